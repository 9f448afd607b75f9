"""What the floors below ask of sealed contents and of the table of rules (`careerplan.plans.agreed`).

The gate asks whether adding an item would ask the customer (12.7.8; AMB-W30): one question with one answer, so that
what could not come into the plan in force without an acknowledgment waits for it.
"""

from typing import Any

from acknowledgments.agreement.adding import adding_asks
from acknowledgments.agreement.fitting import explored
from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.permissions import permission_of
from acknowledgments.agreement.wording import has_words
from acknowledgments.contents.kinds import kind_of
from careerplan.plans.agreed import Answers
from careerplan.plans.models import EmploymentPlan


def agreed_text(row: Any, column: str) -> str | None:
    """What the column of a barrier, a step or the plan itself says in the version in force; None where nothing does."""
    if isinstance(row, EmploymentPlan):
        contents = contents_of_active(row.pk)
        return getattr(contents, column) if contents else None
    contents = contents_of_active(row.plan_id)
    listed = contents.of(kind_of(row)) if contents else ()
    return next((getattr(item, column) for item in listed if item.id == row.pk), None)


ANSWERS = Answers(adding_asks, agreed_text, permission_of, has_words, explored)
