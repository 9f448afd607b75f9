"""The database's guards of the status and the days of placements, and of what stays with them, for their migration."""

from typing import Any

from careerplan.base.database import allow, differs, refuse, refuse_at_commit
from worksites.guards import JOB, PLACEMENT

WORKSITE, EMPLOYER = "worksites_worksite", "worksites_employer"
SERVICE = "services_plannedservice"
FORMER_HOLD, FOLLOW_UP = "worksites_formerhold", "worksites_followup"

STAYS_WITH_ITS_PLACEMENT = {
    "worksites_placementwage": "a_wage_stays_with_its_placement",
    FORMER_HOLD: "a_former_hold_stays_with_its_placement",
    FOLLOW_UP: "a_follow_up_stays_with_its_placement",
}

PLACED = (
    'EXISTS (SELECT 1 FROM "worksites_placement" placement JOIN "worksites_job" job ON job.id = placement.job_id '
    'JOIN "worksites_worksite" worksite ON worksite.id = job.worksite_id '
    "WHERE {place} = NEW.id AND placement.withdrawn_at IS NULL)"
)
# What a place stands under, and how a placement leads to that place.
STAYS_WHILE_PLACED = {
    "a_job_stays_at_its_worksite_while_placed": (JOB, "worksite_id", "job.id"),
    "a_worksite_stays_with_its_employer_while_placed": (WORKSITE, "employer_id", "worksite.id"),
    "an_employer_stays_in_its_region_while_placed": (EMPLOYER, "region_id", "worksite.employer_id"),
}

# The moves of `moves.MOVES`. What was terminated on hold, and goes on, is on hold again.
STEPS = (
    "planned to started", "started to on_hold", "started to terminated", "started to planned", "on_hold to started",
    "on_hold to terminated", "terminated to started", "terminated to on_hold",
)  # fmt: skip
NO_SUCH_MOVE = f"NEW.status <> OLD.status AND OLD.status || ' to ' || NEW.status NOT IN {STEPS}"
PAID = (
    'EXISTS (SELECT 1 FROM "worksites_payrollentry" entry '
    'JOIN "worksites_payrollupload" upload ON upload.id = entry.upload_id '
    "WHERE entry.placement_id = NEW.id AND upload.withdrawn_at IS NULL{and_so})"
)
FOLLOWED_UP = (
    f'EXISTS (SELECT 1 FROM "{FOLLOW_UP}" follow_up '
    "WHERE follow_up.placement_id = NEW.id AND follow_up.done_on IS NOT NULL)"
)
NO_LONGER_OFFERED = (
    f'EXISTS (SELECT 1 FROM "{JOB}" job JOIN "{WORKSITE}" worksite ON worksite.id = job.worksite_id '
    f'JOIN "{EMPLOYER}" employer ON employer.id = worksite.employer_id WHERE job.id = NEW.job_id '
    "AND (job.ended_on IS NOT NULL OR worksite.ended_on IS NOT NULL OR employer.ended_on IS NOT NULL))"
)
# A former hold before the start, or one that lasts into the newest or another former one.
HOLDS_CLASH = (
    f'EXISTS (SELECT 1 FROM "{FORMER_HOLD}" hold JOIN "{PLACEMENT}" placement ON placement.id = hold.placement_id '
    "WHERE placement.id = {placement} "
    "AND (hold.inactive_on < placement.starts_on OR hold.returned_on > placement.inactive_on "
    f'OR EXISTS (SELECT 1 FROM "{FORMER_HOLD}" other WHERE other.placement_id = placement.id '
    "AND other.inactive_on > hold.inactive_on AND other.inactive_on < hold.returned_on)))"
)

UNDER_WAY = "{placement}.withdrawn_at IS NULL AND {placement}.status IN ('started', 'on_hold')"
LEAVES_WORK_BEHIND = (
    "OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL "
    f'AND EXISTS (SELECT 1 FROM "{PLACEMENT}" placement WHERE placement.planned_id = NEW.id '
    f"AND {UNDER_WAY.format(placement='placement')})"
)
UNDER_WHAT_LEFT = (
    f"{UNDER_WAY.format(placement='NEW')} "
    f'AND (SELECT planned.removed_at FROM "{SERVICE}" planned WHERE planned.id = NEW.planned_id) IS NOT NULL'
)

BY_ITS_MOVES = "a_placement_moves_from_status_to_status"
KEEPS_ITS_START = "a_placement_that_something_rests_on_keeps_its_start"
AROUND_PAID_DAYS = "a_placement_has_the_days_that_payroll_paid"
OFFERED = "a_placement_is_in_a_job_that_is_offered"
HOLDS_APART = "former_holds_are_apart_and_after_the_start"
AROUND_ITS_HOLDS = "a_placement_fits_around_its_former_holds"
STAYS_IN_THE_PLAN = "a_service_with_work_under_way_stays_in_the_plan"
IN_THE_PLAN = "work_is_under_way_under_a_service_in_the_plan"


def keep_days_and_places(schema_editor: Any) -> None:
    for table, name in STAYS_WITH_ITS_PLACEMENT.items():
        moved = "NEW.placement_id <> OLD.placement_id"
        refuse(schema_editor, table, name, moment="UPDATE", of=["placement_id"], when=moved)
    for name, (table, column, place) in STAYS_WHILE_PLACED.items():
        moved = f"NEW.{column} <> OLD.{column} AND {PLACED.format(place=place)}"
        refuse(schema_editor, table, name, moment="UPDATE", of=[column], when=moved)
    refuse(schema_editor, PLACEMENT, OFFERED, moment="INSERT", when=NO_LONGER_OFFERED)
    refuse(schema_editor, PLACEMENT, BY_ITS_MOVES, moment="UPDATE", of=["status"], when=NO_SUCH_MOVE)
    rests = f"NEW.inactive_on IS NOT NULL OR {FOLLOWED_UP} OR {PAID.format(and_so='')}"
    planned_again = f"OLD.status <> 'planned' AND NEW.status = 'planned' AND ({rests})"
    refuse(schema_editor, PLACEMENT, KEEPS_ITS_START, moment="UPDATE", of=["status"], when=planned_again)
    outside = PAID.format(and_so=" AND (entry.begins_on < NEW.starts_on OR entry.ends_on > NEW.ends_on)")
    others = f"{differs('starts_on', 'ends_on')} AND {outside}"
    refuse(schema_editor, PLACEMENT, AROUND_PAID_DAYS, moment="UPDATE", of=["starts_on", "ends_on"], when=others)
    keep_holds_apart(schema_editor)


def keep_holds_apart(schema_editor: Any) -> None:
    """At the end of the transaction: a placement and its holds are corrected together, row by row."""
    refuse_at_commit(
        schema_editor, FORMER_HOLD, HOLDS_APART, moments="INSERT OR UPDATE OF inactive_on, returned_on",
        when=HOLDS_CLASH.format(placement="NEW.placement_id"),
    )  # fmt: skip
    refuse_at_commit(
        schema_editor, PLACEMENT, AROUND_ITS_HOLDS, moments="UPDATE OF starts_on, inactive_on",
        when=f"{differs('starts_on', 'inactive_on')} AND {HOLDS_CLASH.format(placement='NEW.id')}",
    )  # fmt: skip


def release_days_and_places(schema_editor: Any) -> None:
    for name in (OFFERED, BY_ITS_MOVES, KEEPS_ITS_START, AROUND_PAID_DAYS, AROUND_ITS_HOLDS):
        allow(schema_editor, PLACEMENT, name)
    allow(schema_editor, FORMER_HOLD, HOLDS_APART)
    for table, name in STAYS_WITH_ITS_PLACEMENT.items():
        allow(schema_editor, table, name)
    for name, (table, _column, _place) in STAYS_WHILE_PLACED.items():
        allow(schema_editor, table, name)


def keep_work_in_the_plan(schema_editor: Any) -> None:
    refuse(schema_editor, SERVICE, STAYS_IN_THE_PLAN, moment="UPDATE", of=["removed_at"], when=LEAVES_WORK_BEHIND)
    refuse(schema_editor, PLACEMENT, IN_THE_PLAN, moment="INSERT", when=UNDER_WHAT_LEFT)
    of = ["planned_id", "status", "withdrawn_at"]
    refuse(schema_editor, PLACEMENT, IN_THE_PLAN, moment="UPDATE", of=of, when=UNDER_WHAT_LEFT)


def release_work_in_the_plan(schema_editor: Any) -> None:
    allow(schema_editor, SERVICE, STAYS_IN_THE_PLAN)
    allow(schema_editor, PLACEMENT, IN_THE_PLAN)
