"""The planner's word about a changed text: the same in clearer words, or another (AMB-W8, AMB-W9)."""

from typing import Any

from careerplan.accounts.models import User
from careerplan.base.history import changed_values
from careerplan.plans.agreed import agreed_text
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.policy import ANOTHER
from careerplan.plans.rows import for_changing


def without_word(values: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """The values without the planner's word about a changed text, and the word."""
    return {key: value for key, value in values.items() if key != name}, values.get(name) or ""


def keep_word(row: Any, text: str, word: str, *, name: str = "rewording", by: User) -> None:
    """Keep the planner's word about the `text` of a row: it is about all that differs from what was agreed to.

    Who said "another" and then mends a letter has not taken that back: it stands in this draft until the text says
    again what was agreed to, or the planner corrects the word alone. Other words need a new one with each change.
    """
    if row._state.adding:
        return
    changed, agreed = changed_values(row).get(text), agreed_text(row, text)
    if changed is None and (not word or word == getattr(row, name)):
        return
    if changed is None:
        for_changing(row if isinstance(row, EmploymentPlan) else row.plan, by=by)
    if getattr(row, text) == agreed:
        word = ""
    elif changed is not None and getattr(row, name) == ANOTHER and changed[0] != agreed:
        word = ANOTHER
    setattr(row, name, word)
