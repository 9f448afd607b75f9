"""Changes of action steps: what the customer will do, and the gate before it is done (12.7.5, 12.7.8)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import changed_values, record
from careerplan.base.history.rows import history_model
from careerplan.base.refusals import Refusal
from careerplan.plans.agreed import adding_asks, agreed_text, permit_as_it_stands
from careerplan.plans.enums import GateExemption
from careerplan.plans.gate import Sentences, TooEarly, require_authorised
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.policy import CUSTOMER, is_another
from careerplan.plans.rewording import keep_word, without_word
from careerplan.plans.rows import for_changing, item_for_saving, locked_item, take_out
from careerplan.plans.transitions import lock_plan, require_actor
from goals.enums import StepWho
from goals.items import ACTION_STEP
from goals.models import ActionStep, require_goal_of_plan

# The steps that a customer may say are done.
OWN = frozenset({StepWho.CUSTOMER, StepWho.BOTH})


@transaction.atomic
def save_step(
    plan: EmploymentPlan,
    step: ActionStep | None,
    values: dict[str, Any],
    *,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> ActionStep:
    """Add (`step` None) or change an action step; its goal is one of the same plan.

    Its `rewording` is the planner's word about changed words (AMB-W9): without it the step counts as another one.

    Raises:
        TooEarly: it is said to be done before a version that lists it was agreed to (12.7.8).
        Refusal: the goal is another plan's, or a step that was done is to become another one.
    """
    values, word = without_word(values, "rewording")
    step = item_for_saving(ACTION_STEP, plan, step, values, seen=seen, by=by)
    keep_word(step, "text", word, by=by)
    require_goal_of_plan(step.goal, plan)
    refuse_to_become_another(step)
    if not step._state.adding and changed_values(step).keys() & {"text", "rewording", "goal_id", "done_on"}:
        let_stand_or_wait(step)
    pass_the_gate(step)
    record(step, by=by, at=at)
    return step


def was_done(step: ActionStep) -> bool:
    return bool(changed_values(step).get("done_on", [step.done_on])[0])


def refuse_to_become_another(step: ActionStep) -> None:
    """What was done was another step (AMB-W9): its words may only grow clearer."""
    if step._state.adding or not was_done(step) or not {"text", "rewording"} & changed_values(step).keys():
        return
    if is_another(agreed_text(step, "text"), step.text, step.rewording):
        raise Refusal(
            "step-is-done", _("This step is done. Add the other step, and keep this one as it is."), field="text"
        )


def let_stand_or_wait(step: ActionStep) -> None:
    """A step that became another one, or stands under another goal, waits as an added one does (AMB-W9).

    One that says again what was agreed to waits no longer. What was done before it moved stays done.
    """
    if not (was_done(step) and step.done_on):
        permit_as_it_stands(step)


SENTENCES = Sentences(
    gettext_lazy(
        "%(version)s, the first that lists this step, became active on %(day)s. The step can't be done before that day."
    ),
    gettext_lazy(
        "No active version lists this step. Choose Update/Review: the step can be done once the new version is active."
    ),
    gettext_lazy(
        "This can't be done yet: %(version)s, which lists it, was opened on %(day)s and is not active (%(state)s)."
    ),
)


def pass_the_gate(step: ActionStep) -> None:
    """Let a step be done, noting why where no version had to list it (12.7.8; AMB-W30).

    Raises TooEarly.
    """
    if "done_on" not in changed_values(step):
        return
    step.gate_exemption = ""
    if step.done_on is None:
        return
    if not adding_asks(step, on=step.done_on):
        step.gate_exemption = GateExemption.NOT_GATED
    else:
        require_authorised(step, step.done_on, SENTENCES, field="done_on")


@transaction.atomic
def remove_step(step: ActionStep, *, reason: str, by: User, at: datetime) -> ActionStep:
    plan = for_changing(step.plan, by=by)
    removed: ActionStep = take_out(plan, step, reason=reason, by=by, at=at)
    return removed


# --- the customer's own steps -----------------------------------------------------------------


@transaction.atomic
def finish_own_step(step: ActionStep, *, by: User, at: datetime) -> ActionStep:
    """The customer says that one's own step is done: today, recorded freely as a planner would (12.7.5, 12.7.8).

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: it is not the customer's to do, has left the plan, or is not agreed to yet.
    """
    step = own_step(step, by)
    if step.done_on is not None:  # the button was pressed twice
        return step
    step.done_on = day_of(at)
    try:
        pass_the_gate(step)
    except TooEarly as early:
        raise Refusal(
            "not-agreed-yet", _("You can do this step once you have agreed to the plan that lists it.")
        ) from early
    record(step, by=by, at=at, reason=gettext_noop("said by the customer"))
    return step


@transaction.atomic
def take_own_done_back(step: ActionStep, *, by: User, at: datetime) -> ActionStep:
    """The customer pressed Done by mistake: while nobody else has changed the step since.

    Raises as `finish_own_step`.
    """
    step = own_step(step, by)
    last = history_model(ActionStep).objects.filter(id=step.pk).order_by("-history_id").first()
    if last is None or last.history_user_id != by.pk:
        raise Refusal("changed-since", _("Your planner has changed this step. Ask your planner about it."))
    step.done_on = None
    pass_the_gate(step)
    record(step, by=by, at=at, reason=gettext_noop("said by the customer"))
    return step


def own_step(step: ActionStep, by: User) -> ActionStep:
    """The step as it stands, locked with its plan, if this customer may say how it goes."""
    plan = lock_plan(step.plan_id)
    require_actor(plan, CUSTOMER, by)
    step = locked_item(plan, step)
    if not plan.is_open or step.removed_at is not None:
        raise Refusal("step-not-in-plan", _("This step is no longer in your plan. Open your plan again."))
    if step.who not in OWN:
        raise Refusal("not-own-step", _("Your planner does this step. Ask your planner how it is going."))
    return step


def said_done(plan: int, customer: int) -> QuerySet[Any]:
    """The rows of history in which the customer said that a step is done: its `id`, and `done_on`."""
    rows: QuerySet[Any] = history_model(ActionStep).objects.filter(about_plan_id=plan, history_user__customer=customer)
    return rows.filter(done_on__isnull=False)
