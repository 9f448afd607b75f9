"""From the words of an address to a question that planners ask other staff (12.7.7, 12.7.9)."""

from django.http import Http404, QueryDict

from acknowledgments.approvals.approval import Shared
from acknowledgments.approvals.register import APPROVALS
from acknowledgments.approvals.requests import Question
from acknowledgments.enums import RequestKind
from careerplan.accounts.models import User
from careerplan.base.every_language import in_every_language, in_language_now
from careerplan.plans.pages import PlanPage


def question_for(kind: str, page: PlanPage, data: QueryDict, by: User) -> Question:
    """The question that the address asks; Http404 where it makes no sense for this customer's plan."""
    approval_class = APPROVALS.get(kind)
    if approval_class is None or (page.plan is None and approval_class.needs_a_plan):
        raise Http404
    shared = Shared(page.customer, page.plan if approval_class.needs_a_plan else None, page.current)
    approval = approval_class.from_query(data, shared)
    concerned = approval.concerned(shared, by)
    said = in_every_language(lambda: approval.describe(shared, concerned))
    return Question(
        kind=RequestKind(kind),
        customer=shared.customer,
        plan=shared.plan,
        what=in_language_now(said),
        what_in=said,
        target=approval.target(),
        arguments=approval.as_json(),
        enrollments=concerned,
    )
