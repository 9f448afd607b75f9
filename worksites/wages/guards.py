"""The database's guards of minimum wages, for their migration."""

from typing import Any

from careerplan.base.database import allow, keep_rows, refuse, refuse_deletion, release_rows

TABLE = "worksites_programminimum"
HISTORY = "worksites_historicalprogramminimum"
NO_OTHER_THEN = "a_program_has_one_minimum_wage_a_day"
# What a rate is of stays; another one is another row.
STAYS_OF_ITS_PROGRAM = "a_minimum_wage_stays_of_its_program_and_region"

OVERLAPS = (
    f'EXISTS (SELECT 1 FROM "{TABLE}" other WHERE other.id <> NEW.id AND other.program_id = NEW.program_id '
    "AND other.region_id IS NOT DISTINCT FROM NEW.region_id "
    "AND (other.until_on IS NULL OR other.until_on >= NEW.from_on) "
    "AND (NEW.until_on IS NULL OR other.from_on <= NEW.until_on))"
)
MOVED = "OLD.program_id <> NEW.program_id OR OLD.region_id IS DISTINCT FROM NEW.region_id"


def keep_program_minimums(schema_editor: Any) -> None:
    release_rows(schema_editor, HISTORY)  # a new installation may have kept it with all others
    keep_rows(schema_editor, HISTORY)
    refuse_deletion(schema_editor, TABLE)
    refuse(schema_editor, TABLE, NO_OTHER_THEN, moment="INSERT", when=OVERLAPS)
    refuse(schema_editor, TABLE, NO_OTHER_THEN, moment="UPDATE", when=OVERLAPS, of=["from_on", "until_on"])
    refuse(schema_editor, TABLE, STAYS_OF_ITS_PROGRAM, moment="UPDATE", when=MOVED, of=["program_id", "region_id"])


def release_program_minimums(schema_editor: Any) -> None:
    for name in (NO_OTHER_THEN, STAYS_OF_ITS_PROGRAM):
        allow(schema_editor, TABLE, name)
    release_rows(schema_editor, HISTORY)
    release_rows(schema_editor, TABLE)
