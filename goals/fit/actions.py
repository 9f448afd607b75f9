"""A job fit review is begun, answered by the customer or for the customer, and ended where the occupation changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record, record_all
from careerplan.base.refusals import Refusal
from careerplan.base.spoken import OFFICIAL_LANGUAGE
from careerplan.messaging.actions import notify, settle
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import typed
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.policy import CUSTOMER
from careerplan.plans.rows import for_changing, require_open
from careerplan.plans.transitions import lock_plan, require_actor
from goals.enums import StepWho
from goals.fit.choosing import items_of, sources_of
from goals.fit.enums import FitEnding
from goals.fit.models import JobFitAnswer, JobFitReview
from goals.fit.reading import codes_of
from goals.models import STEP_LIMIT, ActionStep, Goal, Occupation
from goals.onet.models import OnetRelease
from goals.steps import save_step


@transaction.atomic
def begin(
    plan: EmploymentPlan, occupation: Occupation | None, *, source: str = "", by: User, at: datetime
) -> JobFitReview:
    """Begin a review of the plan's occupation, or go on with the one that is open. `source`: the code of the occupation
    of O*NET that it asks about, where there are several ("": the first).

    Raises Refusal: no draft is open, the occupation is not chosen, or there is no review of it.
    """
    plan = for_changing(plan, by=by)
    occupation = chosen_occupation(plan, occupation)
    open_one: JobFitReview | None = JobFitReview.objects.going_on().filter(plan=plan, occupation=occupation).first()
    if open_one is not None:
        open_one.plan = plan
        return open_one
    sources = sources_of(occupation)
    about = next((row for row in sources if row.code == source), sources[0] if sources else None)
    items = items_of(occupation, about)
    if not items:
        raise Refusal(
            "no-review", _("There is no job fit review for this occupation. Use an assessment from outside (12.7.5).")
        )
    release = OnetRelease.objects.order_by("-number").first() if about else None
    review = JobFitReview(plan=plan, occupation=occupation, source=about, release=release, begun_at=at, begun_by=by)
    record(review, by=by, at=at)
    rows = [
        JobFitAnswer(review=review, position=place, kind=item.kind, onet_item=item.onet_item, own_item=item.own_item)
        for place, item in enumerate(items, start=1)
    ]
    record_all(rows, by=by, at=at, reason="asked")
    return review


def chosen_occupation(plan: EmploymentPlan, occupation: Occupation | None) -> Occupation:
    """The review comes after the occupation is chosen (WIS-044). Raises Refusal where it is none of the plan's."""
    if occupation is None or occupation.code not in codes_of(plan):
        raise Refusal(
            "occupation-not-chosen",
            _("Choose the occupation first, under Set Goals. The job fit review is about the occupation of the plan."),
        )
    return occupation


@transaction.atomic
def ask_customer(
    plan: EmploymentPlan, occupation: Occupation | None, *, source: str = "", by: User, at: datetime
) -> JobFitReview:
    """Begin the review, where none is open, and tell the customer that it waits: once a day.

    Raises Refusal as `begin`, and where the customer has no sign-in.
    """
    review = begin(for_changing(plan, by=by), occupation, source=source, by=by, at=at)
    person = review.plan.customer.user
    if person is None:
        raise Refusal("no-sign-in", _("This customer has no sign-in. Record the answers together instead."))
    review.asked_at, review.asked_by = at, by
    record(review, by=by, at=at, reason="asked")
    names = {"planner": str(by), "occupation": typed(review.occupation.title, OFFICIAL_LANGUAGE)}
    key = f"job-fit-asked:{review.pk}:{day_of(at).isoformat()}"
    notify(person, Notice.JOB_FIT_ASKED, key=key, names=names, path=path_of(review), by=by, at=at)
    return review


def path_of(review: JobFitReview) -> str:
    """Where the customer finds it."""
    return reverse("my:job-fit", args=[review.pk])


# --- answering ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GivenComfort:
    """What a form says of one item: the comfort that is chosen (None: none), what it showed before, and the row's
    version that it showed."""

    comfort: int | None
    showed: int | None
    seen: int


@dataclass
class Rated:
    """What became of a form: the answers that were saved, and those in which somebody else said something else since
    the form was opened, which stand as they said it."""

    saved: list[JobFitAnswer] = field(default_factory=list)
    differing: list[JobFitAnswer] = field(default_factory=list)
    open_ones: int = 0

    @property
    def is_complete(self) -> bool:
        return not self.open_ones


@transaction.atomic
def rate(review: JobFitReview, said: Mapping[int, GivenComfort], *, by: User, at: datetime) -> Rated:
    """Save the answers, by the keys of their rows: by the customer, or by a planner who records what the customer says.

    The last word holds for each item, but nobody overwrites what another person said meanwhile and was not shown: that
    comes back as `differing`. The review is complete once all is answered.

    Raises:
        NotAllowed: neither the plan's customer nor a planner of the customer.
        Refusal: the review is over.
    """
    review = for_answering(review, by=by)
    rated = Rated()
    rows = JobFitAnswer.objects.select_for_update(of=("self",)).filter(review=review).with_items().in_order()
    answers = {row.pk: row for row in rows}
    for key in said.keys() & answers.keys():
        answer, word = answers[key], said[key]
        answer.review = review
        if word.comfort is None or word.comfort in {word.showed, answer.comfort}:
            continue
        if answer.row_version != word.seen:
            rated.differing.append(answer)
            continue
        answer.comfort, answer.said_by, answer.said_at = word.comfort, by, at
        record(answer, by=by, at=at)
        rated.saved.append(answer)
    rated.differing.sort(key=lambda answer: answer.position)
    rated.open_ones = sum(answer.comfort is None for answer in answers.values())
    if rated.is_complete and review.completed_at is None:
        review.completed_at, review.completed_by = at, by
        record(review, by=by, at=at, reason=gettext_noop("all answered"))
        settle(path_of(review), kind=Notice.JOB_FIT_ASKED, at=at)
    return rated


def for_answering(review: JobFitReview, *, by: User) -> JobFitReview:
    """The review, locked with its plan, if this person may answer now. Raises as `rate`."""
    plan = lock_plan(review.plan_id)
    if by.is_customer:
        require_actor(plan, CUSTOMER, by)
    else:
        require_open(plan, by=by)
    found: JobFitReview = (
        JobFitReview.objects.select_for_update(of=("self",)).select_related("occupation").get(pk=review.pk)
    )
    found.plan = plan
    if barred := barred_from_answering(found):
        raise barred
    return found


def barred_from_answering(review: JobFitReview) -> Refusal | None:
    """Why nothing is answered any more; None where it may be. It is done after the occupation was chosen and before the
    customer is asked to agree (WIS-044). Two queries."""
    plan = review.plan
    draft = plan.versions.open().first() if plan.is_open else None
    if review.ended_at is not None or review.occupation.code not in codes_of(plan):
        return Refusal(
            "occupation-changed",
            _("The occupation of the plan changed, so that this review is over. It stays to read."),
        )
    if draft is None or not draft.is_draft:
        return Refusal(
            "plan-was-sent",
            _("The plan was sent, so that this review can't be changed now. Talk with each other first."),
        )
    if review.completed_at is not None and review.completed_at < draft.created_at:
        return Refusal("done-before", _("This review belongs to an earlier version of the plan. Begin a new one."))
    return None


def end_reviews_of_others(plan: EmploymentPlan, *, by: User, at: datetime) -> None:
    """What is open of an occupation that the plan no longer has ends: it stays readable, and satisfies nothing.

    For an action that has changed the career goals of a locked plan, in its transaction.
    """
    rows = JobFitReview.objects.select_for_update(of=("self",)).going_on().filter(plan=plan)
    for review in rows.select_related("occupation").exclude(occupation__code__in=codes_of(plan)):
        review.plan = plan
        review.ended_at, review.ended_by, review.ending = at, by, FitEnding.OCCUPATION_CHANGED
        record(review, by=by, at=at, reason=gettext_noop("the occupation changed"))
        settle(path_of(review), kind=Notice.JOB_FIT_ASKED, at=at)


# --- what is to be learned ------------------------------------------------------------------------


@transaction.atomic
def add_step(review: JobFitReview, answer_key: int, goal: Goal | None, *, by: User, at: datetime) -> ActionStep:
    """What is still to be learned becomes an action step of the customer's under the goal, once.

    Raises Refusal: no draft is open, the answer is none of the review's, or the goal none of this plan's.
    """
    plan = for_changing(review.plan, by=by)
    rows = JobFitAnswer.objects.select_for_update(of=("self",)).with_items().select_related("review")
    answer = rows.filter(review=review, pk=answer_key).first()
    if answer is None or goal is None:
        raise Refusal("goal-of-another-plan", _("Choose a goal of this plan."), field="goal")
    answer.review.plan = plan
    present: ActionStep | None = ActionStep.objects.in_plan().filter(pk=answer.step_id).first()
    if present is not None:
        return present
    values: dict[str, Any] = {"goal": goal, "text": step_text(answer), "who": StepWho.CUSTOMER, "due_on": None}
    step = save_step(plan, None, values, by=by, at=at)
    answer.step = step
    record(answer, by=by, at=at)
    return step


def step_text(answer: JobFitAnswer) -> str:
    """In as many characters as a step has."""
    text = _("Learn and practice: %(item)s") % {"item": answer.in_words}
    return text if len(text) <= STEP_LIMIT else f"{text[: STEP_LIMIT - 1].rstrip()}…"
