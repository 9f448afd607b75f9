"""What the customer says to a version before agreeing to it: questions, objections, and no (12.7.1, 12.7.7).

Nothing of it signs or ends the version. What the planner does next (answer, recall, Not Complete) is the planner's.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from acknowledgments.enums import Stance
from acknowledgments.models import AcknowledgmentRequest, ItemQuestion, Seal
from careerplan.accounts.models import User
from careerplan.base.choices import chosen
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.messaging.actions import notify, settle, settle_rows
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, typed
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from careerplan.plans.kinds import Kind
from careerplan.plans.models import PlanVersion, VersionEvent
from careerplan.plans.news import ASK_TO_SIGN, NEWS_IN
from careerplan.plans.policy import CUSTOMER
from careerplan.plans.transitions import check, lock_plan, move, require_actor
from customers.actions import require_editor
from customers.in_charge import in_charge, staff_to_tell
from customers.models import Customer

# More than anybody asks about one version; then the telephone is better.
MOST_QUESTIONS = 100
# Who goes through a plan writes several lines: one message tells of those of an hour.
TOLD_FOR = timedelta(hours=1)

ANSWERED_IN = NEWS_IN[Notice.ITEM_ASKED]

# A version that is sent again is another one to say no to.
SAID = ("send", "disagree")


@transaction.atomic
def ask_about_item(
    request: AcknowledgmentRequest, *, kind: Kind, item_id: int, text: str, stance: str, by: User, at: datetime
) -> ItemQuestion:
    """The customer asks about one item of the version that waits, or objects to it, in one line; the planner is told.

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: the version does not wait any more, or has no such item.
    """
    request = waiting_request(request, by)
    seal = request.seal
    item = next((item for item in seal.contents.of(kind) if item.id == item_id), None)
    if item is None:
        raise Refusal("no-such-item", _("This is no longer in your plan. Open the plan again."))
    if ItemQuestion.objects.of_version(seal.version).count() >= MOST_QUESTIONS:
        raise Refusal(
            "too-many-questions", _("You have sent many questions. Call your planner to talk about the rest.")
        )
    question = ItemQuestion(
        seal=seal,
        item_kind=kind.name,
        item_id=item_id,
        label=kind.title(item)[:500],
        is_confidential=getattr(item, "confidential", False),
        stance=chosen(stance, Stance, _("Choose whether you are asking or saying no."), field="stance"),
        text=one_line(text, _("Write what you want to ask or say."), field="text"),
        asked_in=by.language,
        asked_by=by,
        asked_at=at,
    )
    record(question, by=by, at=at)
    tell_planners(seal, Notice.ITEM_ASKED, key=f"item-asked:{question.pk}", once=True, by=by, at=at)
    return question


def one_line(text: str, sentence: str, *, field: str) -> str:
    """Raises Refusal where nothing is said."""
    return " ".join(said(text, sentence, field=field).split())


def waiting_request(request: AcknowledgmentRequest, by: User) -> AcknowledgmentRequest:
    """The request as it stands, its plan locked, if its customer may speak to it now: first who, then state."""
    plan = lock_plan(request.seal.version.plan_id)
    require_actor(plan, CUSTOMER, by)
    rows = AcknowledgmentRequest.objects.waiting().select_related("seal__version__plan__customer", "seal__sealed_by")
    found: AcknowledgmentRequest | None = rows.filter(pk=request.pk).first()
    if found is None or not found.seal.version.is_awaiting:
        raise Refusal(
            "not-waiting",
            _("You no longer need to answer this version of your plan. Open your dashboard to see where it stands."),
        )
    return found


@transaction.atomic
def answer_question(
    question: ItemQuestion, *, answer: str, written_in: str = "", by: User, at: datetime
) -> ItemQuestion:
    """A planner's line back; the customer reads it in a message, and while the version waits beside the item.

    `written_in`: the language of the answer; "": the plan's.

    Raises:
        NotAllowed: not a planner of this customer.
        Refusal: it was answered already.
    """
    plan = lock_plan(question.seal.version.plan_id)
    require_editor(plan.customer, by)
    rows = ItemQuestion.objects.select_for_update(of=("self",)).select_related("seal__version__plan__customer__user")
    question = rows.get(pk=question.pk)
    if question.answered_at is not None:
        raise Refusal("answered-already", _("This has already been answered. Open the page again to read the answer."))
    question.answer = one_line(answer, _("Write the answer."), field="answer")
    question.answered_in = written_in or plan.written_in
    question.answered_by, question.answered_at = by, at
    record(question, by=by, at=at)
    version = question.seal.version
    if not ItemQuestion.objects.of_version(version).unanswered().exists():
        settle(questions_path(question.seal), kind=Notice.ITEM_ASKED, at=at)
    tell_customer(question, by=by, at=at)
    return question


@transaction.atomic
def disagree(request: AcknowledgmentRequest, *, reason: str, by: User, at: datetime) -> PlanVersion:
    """The customer does not agree to the version: kept as its event, and the planner is told (12.7.7, Not Complete).

    The planner confirms it in a contact, and then recalls the version or marks it Not Complete. Until then it waits on,
    and the customer may still agree.

    Raises:
        NotAllowed: somebody else than the plan's customer.
        Refusal: the version does not wait any more, or the customer said so already.
    """
    version = check(request.seal.version, "disagree", by)
    request = waiting_request(request, by)
    if disagreement(version) is not None:
        raise Refusal("disagreed-already", _("You already said that you do not agree. Your planner knows."))
    words = said(reason, _("Say in a few words why you do not agree."), field="reason")
    version = move(version, "disagree", note=words, written_in=by.language, by=by, at=at)
    settle_rows(Message.objects.filter(path=request.path, kind__in=ASK_TO_SIGN), at=at)
    tell_planners(request.seal, Notice.PLAN_NOT_AGREED, key=f"not-agreed:{request.pk}", by=by, at=at)
    return version


def disagreement(version: PlanVersion) -> VersionEvent | None:
    """That the customer does not agree to the version as it was sent last. One query."""
    events = VersionEvent.objects.filter(version=version, name__in=SAID)
    last: VersionEvent | None = events.select_related("by").order_by("-id").first()
    return last if last is not None and last.name == "disagree" else None


def versions_talked_about(user: User, *, most: int) -> list[PlanVersion]:
    """What waits for a planner's word: versions with questions, and those to which the customer does not agree.

    Each carries about how many items is asked (`asks_about`), and `last_said`, which is "disagree" for the latter. Two
    queries.
    """
    said_last = VersionEvent.objects.filter(version=OuterRef("pk"), name__in=SAID).order_by("-id").values("name")[:1]
    open_questions = ItemQuestion.objects.unanswered()
    rows = PlanVersion.objects.visible_to(user).filter(state__in=ANSWERED_IN).select_related("plan__customer")
    rows = rows.annotate(last_said=Subquery(said_last)).filter(
        Exists(open_questions.filter(seal__version=OuterRef("pk")))
        | Q(state=VersionState.AWAITING, last_said="disagree")
    )
    found = list(rows.order_by("sent_at", "id")[:most])
    asked = (
        open_questions.filter(seal__version__in=found).values_list("seal__version", "item_kind", "item_id").distinct()
    )
    items = Counter(version for version, _kind, _item in asked)
    for version in found:
        version.asks_about = items[version.pk]
    return found


# --- telling ----------------------------------------------------------------------------------


def questions_path(seal: Seal) -> str:
    """Where a planner reads and answers what the customer says."""
    return reverse("plan:agreement", args=[seal.version.plan.customer_id]) + "#questions"


def tell_planners(seal: Seal, kind: Notice, *, key: str, once: bool = False, by: User, at: datetime) -> None:
    """Who sent the version, while still at work for the customer, and the customer's planner of today.

    `once`: not again while the last message, of the last hour, is unread.
    """
    customer: Customer = seal.version.plan.customer
    planner = in_charge(customer, None)
    for person in {*staff_to_tell(customer, seal.sealed_by), *([planner] if planner else [])}:
        if once and was_told(person, kind, questions_path(seal), at=at):
            continue
        notify(
            person,
            kind,
            key=f"{key}:{person.pk}",
            names={"customer": str(customer), "version": str(seal.version.number)},
            path=questions_path(seal),
            by=by,
            at=at,
        )


def tell_customer(question: ItemQuestion, *, by: User, at: datetime) -> None:
    version = question.seal.version
    customer = version.plan.customer.user
    waiting = AcknowledgmentRequest.objects.waiting().filter(seal__version=version, seal__voided_at=None).first()
    path = waiting.path if waiting else reverse("my:dashboard")
    if customer is None:
        return
    names: dict[str, Fact] = {
        "planner": str(by),
        "version": str(version.number),
        "answer": typed(question.answer, question.answered_in),
    }
    key = f"item-answered:{question.pk}"
    notify(customer, Notice.ITEM_ANSWERED, key=key, names=names, path=path, by=by, at=at)


def was_told(person: User, kind: Notice, path: str, *, at: datetime) -> bool:
    """Whether a message of this kind, of the last hour, leads there and is still unread."""
    unread = Message.objects.filter(recipient=person, kind=kind, path=path, read_at=None)
    return unread.filter(sent_at__gt=at - TOLD_FOR).exists()
