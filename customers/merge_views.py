"""Two records of one person, beside each other, and which of them goes on; two people, who were taken for one. For
statewide staff."""

from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.addresses import search_asked
from careerplan.base.events import note_event
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import NotAllowed
from customers.doubles import COMPARED, doubles_of
from customers.holding import held_by, hindrances
from customers.merge_forms import MergeForm, SeparateForm
from customers.merging import may_merge, merge, refuse_merged_already
from customers.models import Customer, Enrollment
from customers.pages import context_for, person_of, staff_customer
from customers.separating import moved_from, separate

# So many records that the words find are shown.
MOST_FOUND = 20


def record_to_merge(request: HttpRequest, pk: int) -> Customer:
    """404 as every page of a customer. Raises NotAllowed for others than statewide staff, and of a merged record."""
    customer = staff_customer(request, pk)
    if not may_merge(person_of(request)):
        raise NotAllowed("may-not-merge", _("Only statewide staff can merge two records."))
    if customer.merged_into is not None:
        refuse_merged_already(customer)
    return customer


@require_GET
def customer_merge(request, pk):
    """Which other record is the same person's: those that look like it, and a search."""
    customer = record_to_merge(request, pk)
    words = search_asked(request.GET)
    found = []
    if words:
        rows = Customer.objects.visible_to(request.user).not_merged().matching(words).exclude(pk=pk)
        found = list(rows.select_related("office__region").order_by("name_key", "pk")[:MOST_FOUND])
    context = context_for(request, customer, "intake") | {
        "doubles": doubles_of(model_to_dict(customer, COMPARED), user=request.user, but=pk),
        "words": words,
        "found": found,
    }
    return render(request, "customers/merge.html", context)


@require_http_methods(["GET", "POST"])
def customer_merge_with(request, pk, other_pk):
    """Both side by side with what each holds; which of them goes on, why, and with which sign-in."""
    customer = record_to_merge(request, pk)
    rows = Customer.objects.visible_to(request.user).not_merged().exclude(pk=pk)
    other = get_object_or_404(rows.select_related("office__region", "user", "planner"), pk=other_pk)
    form, merged = MergeForm(request.POST or None, records=(customer, other)), []

    def act():
        kept, former = form.chosen()
        values = {"reason": form.cleaned_data["reason"], "sign_in": form.cleaned_data.get("sign_in")}
        merged.append(merge(kept, former, **values, by=request.user, at=clock.now()))
        keys = [str(kept.pk), str(former.pk)]
        note_event("administration", request, act="records-merged", thing="customers.Customer", keys=keys)

    if answered(request, form, act, _("The two records are one now.")):
        return redirect("customers:overview", merged[0].pk if merged else pk)
    context = context_for(request, customer, "intake") | {"records": [side(customer, other), side(other, customer)]}
    return form_page(request, "customers/merge_with.html", form, context)


@require_http_methods(["GET", "POST"])
def customer_separate(request, pk, other_pk):
    """The former record of the customer is another person's: it goes on again by itself."""
    customer = record_to_merge(request, pk)
    rows = Customer.objects.visible_to(request.user).filter(merged_into=customer)
    former = get_object_or_404(rows.select_related("office__region", "user"), pk=other_pk)
    form = SeparateForm(request.POST or None, former=former)

    def act():
        values = {"reason": form.cleaned_data["reason"], "planner": form.cleaned_data["planner"]}
        separate(former, customer, **values, by=request.user, at=clock.now())
        keys = [str(pk), str(other_pk)]
        note_event("administration", request, act="records-separated", thing="customers.Customer", keys=keys)

    if answered(request, form, act, _("The two records are those of two people again.")):
        return redirect("customers:overview", other_pk)
    context = context_for(request, customer, "intake") | {"former": former, "moved": moved_from(former, customer)}
    return form_page(request, "customers/separate.html", form, context)


def side(customer: Customer, other: Customer) -> dict[str, Any]:
    """What one of both is and holds, and what keeps it from going into the other one."""
    return {
        "customer": customer,
        "programs": Enrollment.objects.filter(customer=customer).select_related("program").order_by("begun_on", "pk"),
        "held": held_by(customer),
        "hindrances": hindrances(other, customer),
    }
