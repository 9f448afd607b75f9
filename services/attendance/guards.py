"""What the database refuses of attendance beside the constraints of its rows, for the migration."""

from typing import Any

from careerplan.base.database import allow, keep_rows, refuse, release_rows
from services.attendance.policy import WITH_ATTENDANCE
from services.classes.guards import FORM_KIND

TABLE, HISTORY, SERVICES = "services_attendance", "services_historicalattendance", "services_plannedservice"
CHANGEABLE = ("hours", "absence", "recorded_at", "recorded_by_id", "row_version")
COLUMNS = ("id", "planned_id", "span", "day", "week", *CHANGEABLE)

OF_A_CLASS = "attendance_is_of_a_service_that_has_it"
NOT_BOTH = "a_week_and_a_day_within_it_are_not_both_attended"
OF_ITS_DAYS = "attendance_is_of_the_days_of_its_service"
KEEPS_DAYS = "a_service_keeps_the_days_of_its_attendance"

BOTH = (
    f'NEW.hours IS NOT NULL AND EXISTS (SELECT 1 FROM "{TABLE}" other WHERE other.planned_id = NEW.planned_id '
    "AND other.week = NEW.week AND other.span <> NEW.span AND other.hours IS NOT NULL)"
)


def keep_attendance(schema_editor: Any) -> None:
    """A row stays, of its service and its day; its history stays as it is."""
    release_rows(schema_editor, HISTORY)  # a new installation may have kept it with all others
    keep_rows(schema_editor, HISTORY)
    keep_rows(schema_editor, TABLE, changeable=CHANGEABLE, columns=COLUMNS)
    kinds = ", ".join(f"'{kind}'" for kind in sorted(WITH_ATTENDANCE))
    refuse(schema_editor, TABLE, OF_A_CLASS, moment="INSERT", when=f"{FORM_KIND} NOT IN ({kinds})")
    within = (
        f'EXISTS (SELECT 1 FROM "{SERVICES}" planned WHERE planned.id = NEW.planned_id '
        f"AND planned.actual_start_on <= {last_day(schema_editor, 'NEW')} "
        "AND (planned.ended_on IS NULL OR planned.ended_on >= NEW.day))"
    )
    for moment, of in (("INSERT", ()), ("UPDATE", ("hours",))):
        refuse(schema_editor, TABLE, NOT_BOTH, moment=moment, of=of, when=BOTH)
        refuse(schema_editor, TABLE, OF_ITS_DAYS, moment=moment, of=of, when=f"NEW.hours IS NOT NULL AND NOT {within}")
    outside = (
        f'EXISTS (SELECT 1 FROM "{TABLE}" attended WHERE attended.planned_id = NEW.id AND attended.hours IS NOT NULL '
        f"AND (NEW.actual_start_on IS NULL OR {last_day(schema_editor, 'attended')} < NEW.actual_start_on "
        "OR attended.day > NEW.ended_on))"
    )
    refuse(schema_editor, SERVICES, KEEPS_DAYS, moment="UPDATE", of=("actual_start_on", "ended_on"), when=outside)


def release_attendance(schema_editor: Any) -> None:
    allow(schema_editor, SERVICES, KEEPS_DAYS)
    for name in (OF_ITS_DAYS, NOT_BOTH, OF_A_CLASS):
        allow(schema_editor, TABLE, name)
    for table in (HISTORY, TABLE):
        release_rows(schema_editor, table)


def last_day(schema_editor: Any, row: str) -> str:
    """SQL: the last day of what the row is of."""
    end = f"{row}.week + 6" if schema_editor.connection.vendor == "postgresql" else f"date({row}.week, '+6 days')"
    return f"(CASE WHEN {row}.span = 'week' THEN {end} ELSE {row}.day END)"
