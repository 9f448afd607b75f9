"""The customer proposes action steps, and the planner decides on each (12.7.5, Action Steps, note).

Deciding is never silent: the customer hears what became of the step. Accepting adds an action step as a planner does,
so that it needs an open draft, and waits for the agreement like every other.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank, said
from careerplan.messaging.actions import notify, settle
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, typed
from careerplan.messaging.models import Message
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.policy import CUSTOMER
from careerplan.plans.rows import require_open
from careerplan.plans.transitions import lock_plan, require_actor
from customers.in_charge import staff_to_tell
from goals.enums import ProposalState
from goals.models import Goal
from goals.proposing.models import StepProposal
from goals.steps import save_step

# So many may wait for a decision at one time: more than anybody plans at once, and few enough to be read.
MOST_WAITING = 20
# And so many are proposed within a day, with those that were taken back or decided: each tells the planners.
MOST_A_DAY = 40
WORD_MISSING = gettext_lazy("Say why the words are others now. The customer reads it.")


@transaction.atomic
def propose_step(
    plan: EmploymentPlan,
    *,
    text: str,
    goal: Goal | None = None,
    wished_on: date | None = None,
    written_in: str = "",
    by: User,
    at: datetime,
) -> StepProposal:
    """`written_in`: the language of the text; "": that of the customer's account.

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: the plan is closed, enough steps wait already, or the goal or the day can't be.
    """
    plan = lock_plan(plan.pk)
    require_actor(plan, CUSTOMER, by)
    if not plan.is_open:
        raise Refusal("plan-closed", _("Your plan is closed. Ask your planner about a new one."))
    if StepProposal.objects.waiting().filter(plan=plan).count() >= MOST_WAITING:
        sentence = _(
            "%(number)d of your steps wait for your planner already. Wait for an answer, or take one back first."
        )
        raise Refusal("too-many-proposals", sentence % {"number": MOST_WAITING})
    if StepProposal.objects.filter(plan=plan, proposed_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        sentence = _("You proposed %(number)d steps within a day. Propose more tomorrow, or write to your planner.")
        raise Refusal("too-many-proposals", sentence % {"number": MOST_A_DAY})
    if goal is not None and goal.plan_id != plan.pk:
        raise Refusal("goal-of-another-plan", _("Choose a goal of this plan."), field="goal")
    if wished_on is not None and wished_on < day_of(at):
        raise Refusal("day-has-passed", _("This day has passed. Choose a day to come."), field="wished_on")
    proposal = StepProposal(
        plan=plan,
        goal=goal,
        text=said(text, _("Write what you want to do."), field="text"),
        wished_on=wished_on,
        written_in=written_in or by.language,
        proposed_by=by,
        proposed_at=at,
    )
    record(proposal, by=by, at=at)
    tell_planners(proposal, by=by, at=at)
    return proposal


@transaction.atomic
def take_back_proposal(proposal: StepProposal, *, by: User, at: datetime) -> StepProposal:
    """The customer does not want it any more, while nobody has decided on it.

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: it is decided.
    """
    plan = lock_plan(proposal.plan_id)
    require_actor(plan, CUSTOMER, by)
    row = locked_proposal(plan, proposal)
    if row.state == ProposalState.TAKEN_BACK:  # the button was pressed twice
        return row
    if not row.is_waiting:
        raise Refusal("decided-already", _("Your planner has already decided. Read the answer under My steps."))
    return decide(row, ProposalState.TAKEN_BACK, by=by, at=at)


@transaction.atomic
def accept_proposal(
    proposal: StepProposal,
    values: dict[str, Any],
    *,
    word: str = "",
    written_in: str = "",
    by: User,
    at: datetime,
) -> StepProposal:
    """The step goes into the plan, as the planner writes it; both texts are kept where they differ.

    `values`: of the action step, as `save_step` takes them. `written_in`: the language of the word; "": the plan's.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: it is decided, no draft is open, or the words are others and nothing is said about it.
    """
    row = undecided(proposal, by=by)
    text = said(values["text"], _("Enter the action step."), field="text")
    if text != row.text and is_blank(word):
        raise Refusal("word-missing", str(WORD_MISSING), field="word")
    row.step = save_step(row.plan, None, {**values, "text": text}, by=by, at=at)
    row.accepted_as = text if text != row.text else ""
    say(row, word, written_in)
    decide(row, ProposalState.ACCEPTED, by=by, at=at)
    tell_customer(row, Notice.STEP_ACCEPTED, by=by, at=at)
    return row


@transaction.atomic
def decline_proposal(
    proposal: StepProposal, *, word: str, written_in: str = "", by: User, at: datetime
) -> StepProposal:
    """The step does not go into the plan; the customer reads why. As free as a note: no draft has to be open.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: it is decided, the plan is closed, or nothing is said.
    """
    row = undecided(proposal, by=by)
    say(row, said(word, _("Say why. The customer reads it."), field="word"), written_in)
    decide(row, ProposalState.DECLINED, by=by, at=at)
    tell_customer(row, Notice.STEP_DECLINED, by=by, at=at)
    return row


def undecided(proposal: StepProposal, *, by: User) -> StepProposal:
    """The row as it stands, its plan locked, if `by` may decide on it now: first who, then state."""
    plan = lock_plan(proposal.plan_id)
    require_open(plan, by=by)
    row = locked_proposal(plan, proposal)
    if row.state == ProposalState.TAKEN_BACK:
        raise Refusal("taken-back", _("The customer took this step back. There is nothing to decide."))
    if not row.is_waiting:
        sentence = _("%(name)s has already decided on this step. Open Set Goals again to see how.")
        raise Refusal("decided-already", sentence % {"name": row.decided_by})
    return row


def locked_proposal(plan: EmploymentPlan, proposal: StepProposal) -> StepProposal:
    """As it stands, locked, of a locked plan."""
    rows = StepProposal.objects.select_for_update(of=("self",)).select_related("decided_by")
    row: StepProposal | None = rows.filter(pk=proposal.pk, plan=plan).first()
    if row is None:
        raise Refusal("moved-on", _("This proposal went on into the next plan. Open the plan again."))
    row.plan = plan
    return row


def say(row: StepProposal, word: str, written_in: str) -> None:
    """Not saved. What says nothing is in no language."""
    row.word = "" if is_blank(word) else word.strip()
    row.word_in = (written_in or row.plan.written_in) if row.word else ""


def decide(row: StepProposal, state: ProposalState, *, by: User, at: datetime) -> StepProposal:
    """With the last of a plan, nothing waits for the planners any more."""
    row.state, row.decided_by, row.decided_at = state, by, at
    record(row, by=by, at=at)
    if not StepProposal.objects.waiting().filter(plan=row.plan_id).exists():
        settle(proposals_path(row.plan), kind=Notice.STEP_PROPOSED, at=at)
    return row


def take_proposals_along(former: EmploymentPlan, latter: EmploymentPlan, *, by: User, at: datetime) -> None:
    """What waits for a decision goes on into the plan that takes the place of this one; its goals are others."""
    for row in StepProposal.objects.select_for_update(of=("self",)).waiting().filter(plan=former):
        row.plan, row.goal = latter, None
        record(row, by=by, at=at, reason=gettext_noop("carried over from the plan before"))


# --- telling ----------------------------------------------------------------------------------


def proposals_path(plan: EmploymentPlan) -> str:
    """Where a planner decides on them."""
    return reverse("plan:goals", args=[plan.customer_id]) + "#proposals"


def tell_planners(proposal: StepProposal, *, by: User, at: datetime) -> None:
    """Who is in charge; nobody a second time while the message about an earlier one is unread."""
    customer, path = proposal.plan.customer, proposals_path(proposal.plan)
    unread = Message.objects.filter(kind=Notice.STEP_PROPOSED, path=path, read_at=None)
    know = set(unread.values_list("recipient", flat=True))
    for person in staff_to_tell(customer, customer.planner):
        if person.pk not in know:
            notify(
                person,
                Notice.STEP_PROPOSED,
                key=f"step-proposed:{proposal.pk}:{person.pk}",
                names={"customer": str(customer)},
                path=path,
                by=by,
                at=at,
            )


def tell_customer(row: StepProposal, kind: Notice, *, by: User, at: datetime) -> None:
    customer = row.plan.customer.user
    if customer is None:
        return
    names: dict[str, Fact] = {
        "planner": str(by),
        "step": typed(row.text, row.written_in),
        "word": typed(row.word, row.word_in),
    }
    path = reverse("my:steps") + "#proposals"
    notify(customer, kind, key=f"{kind}:{row.pk}", names=names, path=path, by=by, at=at)
