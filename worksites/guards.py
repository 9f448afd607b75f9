"""The database's guards of placements, for their migration."""

from typing import Any

from careerplan.base.database import allow, keep_rows, refuse, refuse_deletion, release_rows

TRACKED = ("employer", "worksite", "job", "placement", "placementwage", "formerhold", "followup")
AGREEMENT = "worksites_worksiteagreement"
PLACEMENT, JOB, ENTRY = "worksites_placement", "worksites_job", "worksites_statusentry"
# What a placement is from the first; its service changes where that goes on with other funding.
FIXED = ("id", "job_id", "added_at", "added_by_id")

TAKEN = (
    '(SELECT count(*) FROM "worksites_placement" placement WHERE placement.job_id = {job} '
    "AND placement.withdrawn_at IS NULL AND placement.status <> 'terminated')"
)
OPENINGS = '(SELECT job.openings FROM "worksites_job" job WHERE job.id = NEW.job_id)'
HOLDS = "NEW.withdrawn_at IS NULL AND NEW.status <> 'terminated'"
REGION_OF_CUSTOMER = (
    '(SELECT office.region_id FROM "services_plannedservice" planned '
    'JOIN "plans_employmentplan" plan ON plan.id = planned.plan_id '
    'JOIN "customers_customer" customer ON customer.id = plan.customer_id '
    'JOIN "accounts_office" office ON office.id = customer.office_id WHERE planned.id = NEW.planned_id)'
)
REGION_OF_JOB = (
    '(SELECT employer.region_id FROM "worksites_job" job '
    'JOIN "worksites_worksite" worksite ON worksite.id = job.worksite_id '
    'JOIN "worksites_employer" employer ON employer.id = worksite.employer_id WHERE job.id = NEW.job_id)'
)
FORM_OF_SERVICE = (
    '(SELECT service.form_kind FROM "services_plannedservice" planned '
    'JOIN "services_service" service ON service.id = planned.service_id WHERE planned.id = NEW.planned_id)'
)

CUSTOMER_OF = (
    '(SELECT plan.customer_id FROM "services_plannedservice" planned '
    'JOIN "plans_employmentplan" plan ON plan.id = planned.plan_id WHERE planned.id = {planned})'
)
MOVED = f"{CUSTOMER_OF.format(planned='OLD.planned_id')} <> {CUSTOMER_OF.format(planned='NEW.planned_id')}"

NO_MORE_THAN_OPENINGS = "a_job_has_no_more_placements_than_openings"
OPENINGS_HOLD = "a_job_has_no_fewer_openings_than_placements"
OF_THE_REGION = "a_placement_is_in_the_customers_region"
WORK_EXPERIENCE = "a_placement_is_under_a_work_experience_service"
SAME_CUSTOMER = "a_placement_stays_with_its_customer"


def keep_placements(schema_editor: Any) -> None:
    for name in TRACKED:
        release_rows(schema_editor, f"worksites_historical{name}")  # a new installation may have kept it with all
        keep_rows(schema_editor, f"worksites_historical{name}")
    keep_rows(schema_editor, ENTRY)
    keep_rows(schema_editor, PLACEMENT, changeable=["row_version"], columns=[*FIXED, "row_version"])
    for name in TRACKED:
        if name != "placement":
            refuse_deletion(schema_editor, f"worksites_{name}")
    too_many = f"{HOLDS} AND {TAKEN.format(job='NEW.job_id')} > {OPENINGS}"
    refuse(schema_editor, PLACEMENT, NO_MORE_THAN_OPENINGS, moment="INSERT", when=too_many)
    refuse(
        schema_editor, PLACEMENT, NO_MORE_THAN_OPENINGS, moment="UPDATE", when=too_many, of=["status", "withdrawn_at"]
    )
    too_few = f"{TAKEN.format(job='NEW.id')} > NEW.openings"
    refuse(schema_editor, JOB, OPENINGS_HOLD, moment="UPDATE", when=too_few, of=["openings"])
    elsewhere = f"{REGION_OF_CUSTOMER} <> {REGION_OF_JOB}"
    refuse(schema_editor, PLACEMENT, OF_THE_REGION, moment="INSERT", when=elsewhere)
    refuse(schema_editor, PLACEMENT, SAME_CUSTOMER, moment="UPDATE", when=MOVED, of=["planned_id"])
    other = f"{FORM_OF_SERVICE} <> 'worksite'"
    refuse(schema_editor, PLACEMENT, WORK_EXPERIENCE, moment="INSERT", when=other)


def release_placements(schema_editor: Any) -> None:
    for name in (NO_MORE_THAN_OPENINGS, OF_THE_REGION, WORK_EXPERIENCE, SAME_CUSTOMER):
        allow(schema_editor, PLACEMENT, name)
    allow(schema_editor, JOB, OPENINGS_HOLD)
    for table in (ENTRY, PLACEMENT, *(f"worksites_historical{name}" for name in TRACKED)):
        release_rows(schema_editor, table)
    for name in TRACKED:
        if name != "placement":
            release_rows(schema_editor, f"worksites_{name}")


def keep_agreements(schema_editor: Any) -> None:
    keep_rows(schema_editor, AGREEMENT)


def release_agreements(schema_editor: Any) -> None:
    release_rows(schema_editor, AGREEMENT)
