"""What the database refuses of payroll beside the constraints of its rows, for the migration."""

from typing import Any

from careerplan.base.database import allow, differs, keep_rows, refuse, release_rows
from worksites.payroll.policy import LONGEST_PERIOD
from worksites.placements.policy import HOURS_A_DAY

UPLOAD, ENTRY = "worksites_payrollupload", "worksites_payrollentry"
WITHDRAWAL = ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")
COLUMNS = ("id", "file_name", "sha256", "import_number", "rows", "uploaded_by_id", "uploaded_at", "confirmed_by_id",
           "confirmed_at", *WITHDRAWAL)  # fmt: skip

ONCE = "payroll_is_withdrawn_once"
OF_STANDING = "a_withdrawn_upload_gets_no_more_rows"
NO_OVERLAP = "periods_of_payroll_do_not_overlap"
OF_DAYS = "hours_of_payroll_are_of_their_days"
SAME_CUSTOMER = "payroll_is_of_a_service_of_its_customer"
OF_A_MONTH = "a_period_of_payroll_is_a_month_or_less"

OVERLAPS = (
    f'EXISTS (SELECT 1 FROM "{ENTRY}" other JOIN "{UPLOAD}" upload ON upload.id = other.upload_id '
    "WHERE other.placement_id = NEW.placement_id AND other.id <> NEW.id AND upload.withdrawn_at IS NULL "
    "AND other.begins_on <= NEW.ends_on AND other.ends_on >= NEW.begins_on)"
)
CUSTOMER_OF_PLANNED = (
    '(SELECT plan.customer_id FROM "services_plannedservice" planned '
    'JOIN "plans_employmentplan" plan ON plan.id = planned.plan_id WHERE planned.id = NEW.planned_id)'
)
CUSTOMER_OF_PLACEMENT = (
    '(SELECT plan.customer_id FROM "worksites_placement" placement '
    'JOIN "services_plannedservice" planned ON planned.id = placement.planned_id '
    'JOIN "plans_employmentplan" plan ON plan.id = planned.plan_id WHERE placement.id = NEW.placement_id)'
)
IS_WITHDRAWN = f'(SELECT upload.withdrawn_at FROM "{UPLOAD}" upload WHERE upload.id = NEW.upload_id) IS NOT NULL'


def keep_payroll(schema_editor: Any) -> None:
    keep_rows(schema_editor, ENTRY)
    keep_rows(schema_editor, UPLOAD, changeable=WITHDRAWAL, columns=COLUMNS)
    again = f"OLD.withdrawn_at IS NOT NULL AND {differs(*WITHDRAWAL)}"
    refuse(schema_editor, UPLOAD, ONCE, moment="UPDATE", of=WITHDRAWAL, when=again)
    refuse(schema_editor, ENTRY, OF_STANDING, moment="INSERT", when=IS_WITHDRAWN)
    refuse(schema_editor, ENTRY, NO_OVERLAP, moment="INSERT", when=OVERLAPS)
    other = f"{CUSTOMER_OF_PLANNED} <> {CUSTOMER_OF_PLACEMENT}"
    refuse(schema_editor, ENTRY, SAME_CUSTOMER, moment="INSERT", when=other)
    days = days_of(schema_editor)
    refuse(schema_editor, ENTRY, OF_DAYS, moment="INSERT", when=f"NEW.hours > {HOURS_A_DAY} * {days}")
    refuse(schema_editor, ENTRY, OF_A_MONTH, moment="INSERT", when=f"{days} > {LONGEST_PERIOD}")


def release_payroll(schema_editor: Any) -> None:
    for name in (OF_A_MONTH, OF_DAYS, SAME_CUSTOMER, NO_OVERLAP, OF_STANDING):
        allow(schema_editor, ENTRY, name)
    allow(schema_editor, UPLOAD, ONCE)
    for table in (UPLOAD, ENTRY):
        release_rows(schema_editor, table)


def days_of(schema_editor: Any) -> str:
    """SQL: the days of the period, the last one among them."""
    if schema_editor.connection.vendor == "postgresql":
        return "(NEW.ends_on - NEW.begins_on + 1)"
    return "(julianday(NEW.ends_on) - julianday(NEW.begins_on) + 1)"
