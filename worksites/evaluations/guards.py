"""The database's guards of what supervisors are asked and answer, for their migration."""

from typing import Any

from careerplan.base.database import allow, keep_rows, refuse, release_rows

LINK, ANSWER = "worksites_supervisorlink", "worksites_supervisoranswer"
MOVES = (
    "tries_left", "answered_at", "answered_as", "ip_address", "user_agent", "hours", "withdrawn_at", "withdrawn_by_id",
)  # fmt: skip
FIXED = (
    "id", "placement_id", "kind", "begins_on", "ends_on", "hours_asked", "sent_to", "email", "language", "seed",
    "secret_digest", "code_digest", "made_at", "made_by_id", "ends_at",
)  # fmt: skip

SETTLED_STAYS = "what_a_supervisor_answered_stays"
TRIES_GO_DOWN = "tries_of_a_supervisors_code_go_down"
OF_AN_EVALUATION = "a_supervisor_answers_the_evaluation_that_was_asked"


def keep_evaluations(schema_editor: Any) -> None:
    keep_rows(schema_editor, LINK, changeable=MOVES, columns=[*FIXED, *MOVES])
    keep_rows(schema_editor, ANSWER)
    settled = "OLD.answered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL"
    refuse(schema_editor, LINK, SETTLED_STAYS, moment="UPDATE", when=settled)
    more = "NEW.tries_left > OLD.tries_left"
    refuse(schema_editor, LINK, TRIES_GO_DOWN, moment="UPDATE", when=more, of=["tries_left"])
    evaluated = (
        f'EXISTS (SELECT 1 FROM "{LINK}" link WHERE link.id = NEW.link_id '
        "AND link.kind = 'evaluation' AND link.answered_at IS NOT NULL)"
    )
    refuse(schema_editor, ANSWER, OF_AN_EVALUATION, moment="INSERT", when=f"NOT {evaluated}")


def release_evaluations(schema_editor: Any) -> None:
    allow(schema_editor, ANSWER, OF_AN_EVALUATION)
    for name in (SETTLED_STAYS, TRIES_GO_DOWN):
        allow(schema_editor, LINK, name)
    for table in (ANSWER, LINK):
        release_rows(schema_editor, table)
