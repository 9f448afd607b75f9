"""Where things stand with a customer: the plan, what comes next, the last contact, who waits for whom."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from acknowledgments.agreement.readiness import Readiness, contents_to_check
from acknowledgments.agreement.status import latest_standing
from acknowledgments.models import AcknowledgmentRequest, StaffRequest
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.prepared import PreparedRows
from careerplan.messaging.models import Message
from careerplan.plans.pages import plan_context, plan_page
from customers.deadlines import Due, read_due
from customers.holding import held_by
from customers.models import CaseNote, Customer


class NextDate(NamedTuple):
    """What falls due, and whether its day has passed."""

    due: Due
    is_late: bool


@require_GET
def customer_overview(request, pk):
    page = plan_page(request, pk)
    today = day_of(clock.now())
    latest = latest_standing(page.active, on=today)
    context = plan_context(request, page, "") | {"tab": "overview"}
    context |= {
        "latest": latest,
        "next_dates": next_dates(page.customer.pk, on=today),
        "last_contact": next(iter(LAST_CONTACT.read(page.customer.pk)), None),
        "staff_requests": StaffRequest.objects.waiting().filter(customer=page.customer).select_related("asked_by"),
        "unread": unread_between(page.customer),
        "former_records": former_records(page.customer.pk),
    }
    if page.current is not None and page.current.is_awaiting:
        requests = AcknowledgmentRequest.objects.filter(seal__version=page.current, seal__voided_at=None)
        context["asked"] = requests.first()
    return render(request, "customers/overview.html", context)


def next_dates(customer: int, *, on: date) -> list[NextDate]:
    """What has a day, the earliest first. One query."""
    rows = read_due(on, [customer])
    return [
        NextDate(row, row.days_late(on) > 0) for row in rows if row.due_on is not None and not row.deadline.late_only
    ]


def last_contacts(customer: int):
    rows = CaseNote.objects.contacts().filter(customer=customer)
    return rows.select_related("written_by").order_by("-contact_on", "-id")[:1]


def merged_into(customer: int):
    return Customer.objects.filter(merged_into=customer).select_related("merged_by").order_by("merged_at", "pk")


LAST_CONTACT, MERGED = PreparedRows(last_contacts), PreparedRows(merged_into)


def former_records(customer: int) -> list[dict]:
    """Records of the same person that were merged into this one, each with what it holds: no kind of which is none."""
    return [{"customer": row, "held": [held for held in held_by(row) if held.number]} for row in MERGED.read(customer)]


def unread_between(customer) -> dict[str, int]:
    """How many messages the customer wrote that nobody has read, and how many the customer has not read."""
    if customer.user_id is None:
        return {"theirs": 0, "ours": 0}
    rows = Message.objects.filter(read_at__isnull=True).filter(
        Q(sender=customer.user_id) | Q(recipient=customer.user_id)
    )
    wrote = Q(sender=customer.user_id)
    return rows.aggregate(theirs=Count("pk", filter=wrote), ours=Count("pk", filter=~wrote))


@require_GET
def next_step(request, pk):
    """On to what is to be done first in the draft; to the agreement, where nothing is missing."""
    page = plan_page(request, pk)
    if not page.may_change:
        return redirect("plan:overview", pk)
    ready = Readiness(contents_to_check(page.plan, page.profile.enrollments, page.rows), pk)
    return redirect(ready.next.path if ready.next else reverse("plan:agreement", args=[pk]))
