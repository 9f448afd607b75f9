"""What was agreed to, for the actions of the floors below the sealed contents: `acknowledgments` registers the answers.

The contents of versions are sealed, and the rules of changes stand, on a floor above. Actions ask here what they say.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from careerplan.plans.models import EmploymentPlan, GatedModel, PlanVersion


class Permission(NamedTuple):
    """The version that lets an item begin or be done, and from which day on; two times None where none does."""

    version: PlanVersion | None
    on: date | None


class Answers(NamedTuple):
    """`adding_asks`: whether adding an item to a plan in force asks the customer, by the rules of a day. `text`: what a
    column of a row says in the version in force, None where it is not listed there. `permission`: of an item as it
    stands now. `has_words`: whether anybody has written in the plan's working copy yet. `explored`: whether career
    exploration was the goal of the version that was last active, in any plan of the customer's."""

    adding_asks: Callable[[GatedModel, date], bool]
    text: Callable[[Any, str], str | None]
    permission: Callable[[GatedModel], Permission]
    has_words: Callable[[EmploymentPlan], bool]
    explored: Callable[[EmploymentPlan], bool]


_registered: list[Answers] = []


def register(answers: Answers) -> None:
    _registered[:] = [answers]


def adding_asks(item: GatedModel, *, on: date) -> bool:
    return _registered[0].adding_asks(item, on)


def agreed_text(row: Any, column: str) -> str | None:
    return _registered[0].text(row, column)


def permit_as_it_stands(item: GatedModel) -> None:
    """Set which version permits the item: the first that lists it as it is now, or none."""
    item.authorised_in, item.authorised_on = _registered[0].permission(item)


def has_words(plan: EmploymentPlan) -> bool:
    return _registered[0].has_words(plan)


def explored_before(plan: EmploymentPlan) -> bool:
    return _registered[0].explored(plan)
