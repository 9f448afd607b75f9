"""The pages of a follow-up: done or corrected, and taken back where it was recorded by mistake."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from customers.pages import context_for, staff_customer
from worksites.follow_ups.actions import correct_follow_up, do_follow_up, take_back_follow_up
from worksites.follow_ups.forms import FollowUpForm, TakeBackForm
from worksites.follow_ups.models import FollowUp


@require_http_methods(["GET", "POST"])
def follow_up(request, pk, follow_up_pk):
    """What is done is corrected on the same page."""
    customer = staff_customer(request, pk)
    row = follow_up_of(request, customer, follow_up_pk)
    form = FollowUpForm(request.POST or None, row=row)
    act = correct_follow_up if row.is_done else do_follow_up

    def save():
        return act(row, form.values(), seen=form.seen, by=request.user, at=clock.now())

    said = _("The follow-up was corrected.") if row.is_done else _("The follow-up was recorded.")
    if answered(request, form, save, said):
        return redirect(back_to(customer, row))
    return form_page(request, "worksites/follow_ups/follow_up.html", form, page_of(request, customer, row))


@require_http_methods(["GET", "POST"])
def follow_up_take_back(request, pk, follow_up_pk):
    customer = staff_customer(request, pk)
    row = follow_up_of(request, customer, follow_up_pk)
    if not row.is_done:
        raise Http404
    form = TakeBackForm(request.POST or None, row=row)

    def take_back():
        return take_back_follow_up(row, **form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, take_back, _("The follow-up was taken back. It waits again.")):
        return redirect(back_to(customer, row))
    return form_page(request, "worksites/follow_ups/take_back.html", form, page_of(request, customer, row))


def follow_up_of(request, customer, follow_up_pk):
    rows = FollowUp.objects.visible_to(request.user).of_begun().filter(placement__planned__plan__customer=customer)
    named = ("placement__job__worksite__employer", "placement__planned", "done_by")
    return get_object_or_404(rows.select_related(*named).prefetch_related("placement__wages"), pk=follow_up_pk)


def back_to(customer, row):
    return reverse("placement", args=[customer.pk, row.placement_id]) + "#follow-ups"


def page_of(request, customer, row):
    return context_for(request, customer, "worksites") | {
        "follow_up": row,
        "placement": row.placement,
        "wage": row.placement.wage_on(day_of(clock.now())),
        "entries": row.history.filter(history_type="~").select_related("history_user").order_by("-history_id"),
        "days_late": 0 if row.is_done else max((day_of(clock.now()) - row.due_on).days, 0),
        "back_to": back_to(customer, row),
    }
