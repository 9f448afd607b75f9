"""Makes the ordered papers and files them; only then is the customer told.

Two workers never make the same paper: it is claimed, its attempt counted, and then made outside every transaction.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from acknowledgments.enums import PrintKind
from acknowledgments.filing.rendering import paper_of
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Paper, Seal
from acknowledgments.paper.signature import sealed_pdf
from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify, settle_for, settle_rows
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.plans.transitions import lock_plan
from customers.actions import file_by_system, require_editor
from customers.in_charge import staff_to_tell

logger = logging.getLogger(__name__)


# After the first, second, third and each later failure.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
ABANDONED_AT_ONCE = 50
# Longer than a paper may take (`paper.renderer.LIMIT_SECONDS`) with what is read and written around it.
CLAIM = timedelta(minutes=3)


class WasEnded(Exception):
    """The process that made the paper was ended: by a limit of time or of memory, or with its machine."""


def make_paper(paper_id: int, *, at: datetime) -> bool:
    """Make and file one paper; False where there is nothing to do or it failed (and the planner was told).

    No transaction is open while it is made.
    """
    paper = claim(paper_id, at=at)
    if paper is None:
        return False
    try:
        return finish(paper, render(paper, at=at), at=at)
    except Exception as error:  # any failure of making or filing: kept with the paper, told to the planner
        logger.exception("The paper %s could not be made.", paper.pk)
        note_failure(paper, error, at=at)
        return False


@transaction.atomic
def claim(paper_id: int, *, at: datetime) -> Paper | None:
    """The paper, its attempt counted; None where it is made, or somebody makes it."""
    paper = Paper.objects.waiting(at).select_for_update(of=("self",), skip_locked=True).filter(pk=paper_id).first()
    if paper is None:
        return None
    paper.attempts += 1
    paper.claimed_until, paper.error = at + CLAIM, ""
    paper.save(update_fields=["attempts", "claimed_until", "error"])
    return with_its_plan().get(pk=paper.pk)


@transaction.atomic
def finish(paper: Paper, content: bytes, *, at: datetime) -> bool:
    """File it, and tell; False where another one was made meanwhile, or its seal was voided."""
    locked = with_its_plan().select_for_update(of=("self",))
    mine = {"claimed_until": paper.claimed_until, "rendered_at": None}
    found = locked.filter(pk=paper.pk, seal__voided_at=None, **mine).first()
    if found is None:
        return False
    file_paper(found, content, at=at)
    settle_rows(failures_told(found), at=at)
    if found.kind == PrintKind.TO_SIGN:
        tell_customer(found.seal, at=at)
    return True


def with_its_plan() -> QuerySet[Paper]:
    rows: QuerySet[Paper] = Paper.objects.select_related("seal__version__plan__customer__user", "seal__request")
    return rows


def make_waiting(*, until: Callable[[], bool], at: Callable[[], datetime]) -> int:
    """Make what waits until there is nothing or `until` says so; returns how many were made.

    A paper that fails goes behind those that were tried less often: it holds up no other one.
    """
    made, tried = 0, set[int]()
    while not until():
        paper_id = Paper.objects.waiting(at()).exclude(pk__in=tried).values_list("pk", flat=True).first()
        if paper_id is None:
            break
        tried.add(paper_id)
        made += make_paper(paper_id, at=at())
    return made


def note_abandoned(*, at: datetime) -> int:
    """Papers whose maker was ended wait again, and it is told as any failure; returns how many."""
    keys = list(Paper.objects.abandoned(at).values_list("pk", flat=True)[:ABANDONED_AT_ONCE])
    for key in keys:
        paper = with_its_plan().get(pk=key)
        try:
            note_failure(paper, WasEnded("it took too long or too much memory, or its machine stopped"), at=at)
        except Exception:  # one that can't be told of keeps no other one waiting
            logger.exception("That the paper %s was not made could not be noted.", key)
    return len(keys)


def render(paper: Paper, *, at: datetime) -> bytes:
    seal = paper.seal
    acknowledgment = Acknowledgment.objects.filter(seal=seal).first() if paper.kind == PrintKind.AGREED else None
    content = paper_of(seal.version, seal.contents, printed_on=day_of(at), seal=seal, acknowledgment=acknowledgment)
    return sealed_pdf(content)


def file_paper(paper: Paper, content: bytes, *, at: datetime) -> None:
    version = paper.seal.version
    plan = version.plan
    kind = plan.plan_type if plan.plan_type != "both" else "IEP-ISS"
    suffix = "" if paper.kind == PrintKind.TO_SIGN else _(", acknowledged")
    paper.upload = file_by_system(
        plan.customer,
        file_name=f"{kind}-{plan.customer.state_id}-v{version.number}-{paper.seal.short_code}.pdf",
        name=f"{plan.get_plan_type_display()}, {version}{suffix}",
        content=content,
        at=at,
    )
    paper.rendered_at = at
    paper.error = ""
    paper.claimed_until = None
    paper.save(update_fields=["upload", "rendered_at", "error", "claimed_until"])


def failure_key(paper: Paper) -> str:
    return f"form-not-rendered:{paper.pk}"


def failures_told(paper: Paper) -> QuerySet[Message]:
    """The messages of it, each person's; former releases told one alone, under the key itself."""
    key = failure_key(paper)
    told = Q(notifications__key=key) | Q(notifications__key__startswith=f"{key}:")
    rows: QuerySet[Message] = Message.objects.filter(told)
    return rows


@transaction.atomic
def note_failure(paper: Paper, error: Exception, *, at: datetime) -> None:
    """It is tried again after a pause. What is not the paper's fault, but that of a disk or of the database, counts as
    no try: an outage gives no paper up."""
    counts = not isinstance(error, OSError | DatabaseError)
    pause = PAUSES[min(paper.attempts, len(PAUSES)) - 1]
    values = {"error": f"{type(error).__name__}: {error}"[:300], "claimed_until": at + pause}
    if not counts:
        values["attempts"] = paper.attempts - 1
    mine = Paper.objects.filter(pk=paper.pk, claimed_until=paper.claimed_until, rendered_at=None)
    if not mine.update(**values):
        return
    version = paper.seal.version
    for person in staff_to_tell(version.plan.customer, paper.seal.sealed_by):
        notify(
            person,
            Notice.PAPER_NOT_MADE,
            key=f"{failure_key(paper)}:{person.pk}",
            names={"customer": str(version.plan.customer), "version": str(version.number)},
            path=reverse("plan:agreement", args=[version.plan.customer_id]),
            by=None,
            at=at,
        )


def tell_customer(seal: Seal, *, at: datetime) -> None:
    """The electronic request: a dashboard message and an e-mail (Illinois workNet, Electronic Signature).

    Nobody is told of a version that was recalled, or marked as not completed, while its paper was made.
    """
    lock_plan(seal.version.plan_id)
    request = AcknowledgmentRequest.objects.select_related("seal__version").filter(seal=seal).first()
    if request is None or request.notified_at or request.withdrawn_at or not request.seal.version.is_awaiting:
        return
    customer = seal.version.plan.customer.user
    assert customer is not None  # who was asked electronically can sign in
    request.notified_at = at
    request.save(update_fields=["notified_at"])
    settle_for(customer, reverse("my:dashboard"), kind=Notice.REQUEST_WITHDRAWN, at=at)
    notify(
        customer,
        Notice.ACKNOWLEDGMENT_REQUESTED,
        key=f"requested:{request.pk}",
        names={"planner": seal.planner_name, "version": str(seal.version.number)},
        path=request.path,
        by=seal.sealed_by,
        at=at,
    )


@transaction.atomic
def try_again(paper: Paper, *, by: User, at: datetime) -> None:
    """The planner asks for another try after a failure."""
    paper = (
        Paper.objects.select_for_update(of=("self",)).select_related("seal__version__plan__customer").get(pk=paper.pk)
    )
    require_editor(paper.seal.version.plan.customer, by)
    if paper.rendered_at is not None:
        raise Refusal("paper-is-made", _("The form has already been made. Open the page again."))
    paper.attempts, paper.claimed_until = 0, None
    paper.save(update_fields=["attempts", "claimed_until"])
    transaction.on_commit(lambda: nudge("acknowledgments.tasks.render_paper", paper.pk))
