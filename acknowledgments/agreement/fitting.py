"""The job fit review as contents hold it: what is asked for, of which occupation, and what was done (12.7.5)."""

from dataclasses import replace

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from acknowledgments.contents.items import JobFitItem, PlanContents
from acknowledgments.models import Seal
from careerplan.plans.kinds import iso
from careerplan.plans.models import EmploymentPlan
from customers.models import Customer
from goals.fit.reading import Standing, standing_of

# As canonical JSON has it: a quotation mark that somebody typed has a backslash before it.
SAYS_EXPLORES = '"explores":true'


def explored_last() -> Subquery:
    """In a query of customers: whether career exploration was the goal of the version that was last active, in any of
    the customer's plans: a goal that changes closes the plan, and the next one begins (AMB-W1; AMB-W23)."""
    seals = Seal.objects.valid().filter(version__plan__customer=OuterRef("pk"), version__approved_at__isnull=False)
    explores = ExpressionWrapper(Q(canonical__contains=SAYS_EXPLORES), output_field=BooleanField())
    newest = seals.order_by("-version__approved_at", "-version_id").annotate(explores=explores)
    return Subquery(newest.values("explores")[:1])


def with_job_fit(contents: PlanContents, plan_id: int, *, explored: bool | None) -> PlanContents:
    """The same contents, whose head says how it stands with the review. One query where an occupation is chosen."""
    standing = standing_of(plan_id, contents.plan_type, contents.career_goals, explored=bool(explored))
    return replace(contents, about=replace(contents.about, job_fit=job_fit_item(standing)))


def job_fit_item(standing: Standing) -> JobFitItem | None:
    done = standing.shown
    if done is None:
        return None
    item = JobFitItem(standing.need, done.occupation.code, done.occupation.title, iso(done.done_on))
    if done.is_done:
        return replace(item, asked_of=done.asked_of, fits=done.fits, learns=done.learns)
    if done.is_done_outside:
        return replace(item, outside=done.outside, outside_result=done.outside_result)
    return item


def explored(plan: EmploymentPlan) -> bool:
    """As `explored_last`, of the plan's customer. One query."""
    found = Customer.objects.filter(pk=plan.customer_id).values_list(explored_last(), flat=True)
    return bool(found[0])
