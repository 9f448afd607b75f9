"""Where things stand with a customer: the plan, what comes next, the last contact, who waits for whom."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from acknowledgments.agreement.readiness import Readiness, contents_to_check
from acknowledgments.agreement.status import Standing, latest_standing
from acknowledgments.models import AcknowledgmentRequest, StaffRequest
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.prepared import PreparedRows
from careerplan.messaging.models import Message
from careerplan.plans.pages import PlanPage, plan_context, plan_page
from customers.models import CaseNote


class NextDate(NamedTuple):
    """A day that is due: what, when, where it is done, and whether it has passed."""

    what: Any
    on: date
    path: str
    is_late: bool


@require_GET
def customer_overview(request, pk):
    page = plan_page(request, pk)
    today = day_of(clock.now())
    latest = latest_standing(page.active, on=today)
    context = plan_context(request, page, "") | {"tab": "overview"}
    context |= {
        "latest": latest,
        "next_dates": next_dates(page, latest, on=today),
        "last_contact": next(iter(LAST_CONTACT.read(page.customer.pk)), None),
        "staff_requests": StaffRequest.objects.waiting().filter(customer=page.customer).select_related("asked_by"),
        "unread": unread_between(page.customer),
    }
    if page.current is not None and page.current.is_awaiting:
        requests = AcknowledgmentRequest.objects.filter(seal__version=page.current, seal__voided_at=None)
        context["asked"] = requests.first()
    return render(request, "customers/overview.html", context)


def next_dates(page: PlanPage, latest: Standing, *, on: date) -> list[NextDate]:
    """What falls due for the customer, the earliest first: of the days that the plan and its agreement hold."""
    agreement = reverse("plan:agreement", args=[page.customer.pk])
    found = []
    if page.legacy is not None:
        found.append((_("The plan moves here from the older system"), page.legacy.next_review_on, agreement))
    if page.active is not None and page.plan is not None and page.plan.is_open:
        found.append((_("Next review"), page.active.next_review_on, agreement))
    if latest.due_on is not None and latest.document is None and latest.version is not None:
        path = reverse("plan:evidence-add", args=[page.customer.pk, latest.version.pk])
        found.append((_("Upload the signed document"), latest.due_on, path))
    days = [NextDate(what, day, path, day < on) for what, day, path in found if day is not None]
    return sorted(days, key=lambda row: row.on)


def last_contacts(customer: int):
    return CaseNote.objects.filter(customer=customer).select_related("written_by").order_by("-contact_on", "-id")[:1]


LAST_CONTACT = PreparedRows(last_contacts)


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
    ready = Readiness(contents_to_check(page.plan, page.profile.enrollments), pk)
    return redirect(ready.next.path if ready.next else reverse("plan:agreement", args=[pk]))
