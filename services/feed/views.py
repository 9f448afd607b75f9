"""What becomes of a record of the inbox, and "Sync now"."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import plan_context, started_page
from customers.models import records_of
from goals.models import Goal
from services.feed import deciding
from services.feed.asking import sync
from services.feed.enums import RecordState
from services.feed.forms import AddRecordForm, IgnoreRecordForm, LinkRecordForm
from services.feed.inbox import heard_of
from services.feed.models import FeedRecord, FeedSource


def record_of(request, page, record_pk):
    rows = FeedRecord.objects.visible_to(request.user).filter(customer__in=records_of(page.customer.pk))
    return get_object_or_404(rows.select_related("service__category", "source", "customer"), pk=record_pk)


def record_to_decide(request, page, record_pk):
    """Raises Refusal where its form is opened and somebody decided already."""
    row = record_of(request, page, record_pk)
    if request.method != "POST":
        deciding.refuse_decided(row)
    return row


@require_http_methods(["GET", "POST"])
def feed_add(request, pk, record_pk):
    page = started_page(request, pk)
    row = record_to_decide(request, page, record_pk)
    form = AddRecordForm(request.POST or None, goals=Goal.objects.in_plan().filter(plan=page.plan).in_order())

    def add():
        return deciding.add_to_plan(row, page.plan, **form.cleaned_data, by=request.user, at=clock.now())

    said = _("%(service)s was added to the plan.") % {"service": row.called}
    if answered(request, form, add, said):
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"row": row}
    return form_page(request, "services/feed/feed_add.html", form, context)


@require_http_methods(["GET", "POST"])
def feed_link(request, pk, record_pk):
    page = started_page(request, pk)
    row = record_to_decide(request, page, record_pk)
    form = LinkRecordForm(request.POST or None, row=row, plan=page.plan)
    is_possible = form.fields["planned"].queryset.exists()
    if form.is_bound and not is_possible:
        return redirect("plan:feed-link", pk, record_pk)  # which says so

    def link():
        return deciding.link(row, form.cleaned_data["planned"], by=request.user, at=clock.now())

    if answered(request, form, link, _("The record was linked to the service.")):
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"row": row, "is_possible": is_possible}
    return form_page(request, "services/feed/feed_link.html", form, context)


@require_http_methods(["GET", "POST"])
def feed_ignore(request, pk, record_pk):
    page = started_page(request, pk)
    row = record_to_decide(request, page, record_pk)
    form = IgnoreRecordForm(request.POST or None)

    def ignore():
        return deciding.ignore(row, **form.cleaned_data, by=request.user, at=clock.now())

    undo = reverse("plan:feed-seen", args=[pk, row.pk])
    if answered(request, form, ignore, _("The record is ignored."), undo=undo):
        return redirect("plan:services", pk)
    context = plan_context(request, page, "services") | {"row": row}
    return form_page(request, "services/feed/feed_ignore.html", form, context)


@require_POST
def feed_seen(request, pk, record_pk):
    """A record that its source changed leaves the inbox; an ignored one may wait again instead, and does where nothing
    changed: it was ignored by mistake."""
    page = started_page(request, pk, acts=True)
    row = record_of(request, page, record_pk)
    again = "again" in request.POST or (row.state == RecordState.IGNORED and not row.is_changed)
    act = deciding.put_back if again else deciding.note_seen
    act(row, by=request.user, at=clock.now())
    messages.success(request, _("The record waits again.") if again else _("The change was noted."))
    return redirect("plan:services", pk)


@require_POST
def feed_sync(request, pk, source_pk):
    """Ask the source for what it has of this customer."""
    page = started_page(request, pk, acts=True)
    sources = FeedSource.objects.for_customer(page.customer).exclude(asking="")
    source = get_object_or_404(sources, pk=source_pk)
    report = sync(source, page.customer, by=request.user, at=clock.now())
    messages.success(request, f"{source.name}: {heard_of(report)}")
    return redirect("plan:services", pk)
