"""What the database refuses of wage steps beside the constraints of their rows, for the migration."""

from typing import Any

from careerplan.base.database import allow, keep_rows, refuse_at_commit, release_rows

TABLE, HISTORY = "services_wagestep", "services_historicalwagestep"
CHANGEABLE = ("wage", "percent", "row_version")
COLUMNS = ("id", "apprenticeship_id", "counted_in", "after", *CHANGEABLE)

RISE = "wage_steps_rise_in_one_count"
FALLING = (
    f'EXISTS (SELECT 1 FROM "{TABLE}" one JOIN "{TABLE}" other ON other.apprenticeship_id = one.apprenticeship_id '
    "WHERE one.apprenticeship_id = NEW.apprenticeship_id AND one.wage IS NOT NULL AND other.wage IS NOT NULL "
    'AND (other.counted_in <> one.counted_in OR (other."after" > one."after" AND other.wage <= one.wage)))'
)


def keep_wage_steps(schema_editor: Any) -> None:
    """A row stays, of its apprenticeship and its place in the schedule; its history stays as it is."""
    release_rows(schema_editor, HISTORY)  # a new installation may have kept it with all others
    keep_rows(schema_editor, HISTORY)
    keep_rows(schema_editor, TABLE, changeable=CHANGEABLE, columns=COLUMNS)
    refuse_at_commit(schema_editor, TABLE, RISE, moments="INSERT OR UPDATE", when=FALLING)


def release_wage_steps(schema_editor: Any) -> None:
    allow(schema_editor, TABLE, RISE)
    for table in (HISTORY, TABLE):
        release_rows(schema_editor, table)
