"""What the database holds of a plan's working copy, for migrations: what was agreed to changes in a draft alone.

`careerplan.base.database` says how it holds it. Each call replaces what stood before, so that a later migration that
adds a bound column calls it again with all of them; a test compares them with what the kinds call bound.
"""

from collections.abc import Sequence
from typing import Any

from careerplan.base.database import allow, differs, refuse

# Membership: whether the item stands in the plan, and why not.
REMOVAL = ("removed_at", "removed_by_id", "removed_reason")


def may_change(plan: str) -> str:
    """SQL: the plan has a draft; or a version that is being declined, while the plan is put back (`restoring`)."""
    return (
        'EXISTS (SELECT 1 FROM "plans_planversion" version '
        'JOIN "plans_employmentplan" plan ON plan.id = version.plan_id '
        f"WHERE version.plan_id = {plan} AND (version.state = 'draft' "
        "OR version.state = 'awaiting' AND plan.restoring_id IS NOT NULL))"
    )


def changes_in_a_draft(table: str) -> str:
    """The name of the guard."""
    return f"{table}_changes_in_a_draft"


def change_in_a_draft(schema_editor: Any, table: str, columns: Sequence[str], *, plan: str = "plan_id") -> None:
    """Refuse a change of the bound columns, or of membership, while the plan has no draft."""
    when = f"{differs(*columns)} AND NOT {may_change(f'NEW.{plan}')}"
    refuse(schema_editor, table, changes_in_a_draft(table), moment="UPDATE", of=columns, when=when)


def enter_in_a_draft(schema_editor: Any, table: str, *, unless: str = "") -> None:
    """Refuse a new item while the plan has no draft. `unless`: SQL of what may be entered all the same."""
    when = f"NOT {may_change('NEW.plan_id')}" + (f" AND NOT ({unless})" if unless else "")
    refuse(schema_editor, table, changes_in_a_draft(table), moment="INSERT", when=when)


def change_at_any_time(schema_editor: Any, table: str) -> None:
    """Take both back (for a migration's reverse)."""
    allow(schema_editor, table, changes_in_a_draft(table))
