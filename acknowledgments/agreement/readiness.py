"""Whether a draft is ready to be sent: the list of tasks, from the one check that also refuses the sending (12.7.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from acknowledgments.agreement.fitting import with_job_fit
from acknowledgments.agreement.sending import local_conditions
from acknowledgments.agreement.working_copy import assemble, what_came_before
from acknowledgments.contents.items import About, PlanContents
from acknowledgments.rules.completeness import ADVISED, DONE, TO_DO, Task, tasks_of
from careerplan.base.prepared import PreparedRows
from careerplan.plans.kinds import Kind, iso
from careerplan.plans.models import EmploymentPlan
from customers.models import Customer, Enrollment

# Where what is missing is mended: the address, and the place on its page.
PLACES = {
    "career-goals": ("plan:goals", "#career-goals"),
    "job-fit": ("plan:job-fit", ""),
    "goals": ("plan:goals", "#goals"),
    "barriers": ("plan:goals", "#barriers"),
    "steps": ("plan:goals", "#steps"),
    "proposals": ("plan:goals", "#proposals"),
    "services": ("plan:services", "#planned"),
    "unassigned": ("plan:services", "#unassigned"),
    "initial-assessment": ("plan:initial-assessment", ""),
    "summary": ("plan:assessment", "#summary"),
}
# The form that does a task which the plan as a whole lacks, where one form does it.
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "EMPLOYMENT-GOAL": ("plan:career-goal", ("employment",)),
    "ISS-SHORT-EMPLOYMENT": ("plan:career-goal", ("short_employment",)),
    "ISS-SHORT-EDUCATION": ("plan:career-goal", ("short_education",)),
    "ISS-LONG-TERM": ("plan:career-goal", ("long_term",)),
    "JOB-FIT-OUTSIDE": ("plan:job-fit-outside", ()),
    "GOAL": ("plan:goal-add", ()),
    "BARRIER": ("plan:barrier-add", ()),
    "NO-BARRIERS-COMMENT": ("plan:barriers-comment", ()),
    "OTHER-BARRIER-COMMENT": ("plan:barriers-comment", ()),
    "SERVICE": ("plan:catalog", ()),
    "ACTION-STEP": ("plan:step-add", ()),
}
# Of this many items a task says the names.
NAMED = 3


@dataclass(frozen=True)
class ShownTask:
    task: Task
    path: str

    @property
    def words(self) -> str:
        return _(self.task.sentence)

    @property
    def state(self) -> str:
        return self.task.state

    @property
    def citation(self) -> str:
        return self.task.citation

    @property
    def items(self) -> Sequence[Any]:
        return self.task.items[:NAMED] if self.state == TO_DO else ()

    @property
    def more(self) -> int:
        return len(self.task.items) - len(self.items)


class Readiness:
    """The tasks of a draft with where each is done, and how many there are. `has_panel`: the page shows the list."""

    def __init__(self, contents: PlanContents, customer: int, *, has_panel: bool = False):
        self.contents, self.customer, self.has_panel = contents, customer, has_panel
        self.tasks = tasks_of(contents, blocking=local_conditions())

    @cached_property
    def rows(self) -> list[ShownTask]:
        return [ShownTask(task, self.path_of(task)) for task in self.tasks]

    @property
    def to_do(self) -> int:
        return sum(task.number for task in self.tasks)

    @property
    def done(self) -> int:
        return sum(task.state == DONE for task in self.tasks)

    @property
    def advised(self) -> int:
        return sum(task.state == ADVISED for task in self.tasks)

    @property
    def next(self) -> ShownTask | None:
        """What is to be done first."""
        return next((row for row in self.rows if row.state == TO_DO), None)

    def path_of(self, task: Task) -> str:
        """To the form that does it; to the place on the page where it is done already, or no one form does it."""
        name, fragment = PLACES[task.place]
        needs_goal = task.code == "ACTION-STEP" and not self.contents.goals
        if task.state == TO_DO and task.code in FORMS and not task.items and not needs_goal:
            name, more = FORMS[task.code]
            return reverse(name, args=[self.customer, *more])
        if task.state == DONE and task.place == "initial-assessment":
            name = "plan:assessment"
        return reverse(name, args=[self.customer]) + fragment


def customers_before(plan: int, customer: int) -> QuerySet[Customer]:
    return Customer.objects.filter(pk=customer).annotate(**what_came_before(plan))


BEFORE = PreparedRows(customers_before)


def contents_to_check(
    plan: EmploymentPlan, enrollments: Sequence[Enrollment], rows: Mapping[Kind, list[Any]]
) -> PlanContents:
    """The working copy with as much of its head as the check reads; never to be sealed. One query, and one where an
    occupation is chosen.

    `enrollments`: all of the customer's, those that ended, too. `rows`: as `rows_of_plan`.
    """
    before: Any = BEFORE.read(plan.pk, plan.customer_id)[0]
    still_open = [enrollment for enrollment in enrollments if enrollment.exited_on is None]
    head = About(
        programs=tuple(enrollment.program.name for enrollment in still_open),
        is_first=not (before.agreed_before or before.moved_from),
        initial_assessed_on=iso(before.initial_assessed_on),
        comprehensive_assessed_on=iso(before.comprehensive_assessed_on),
        assessment_summary=before.summary or "",
        undecided_steps=before.undecided_steps,
    )
    contents = assemble(plan, rows, enrollments, head)
    return with_job_fit(contents, plan.pk, explored=before.explored)
