"""Work that goes to another person: one customer handed over, and a sign-in that is switched off."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.accounts.duties import hanging_on
from careerplan.accounts.models import User
from careerplan.accounts.permissions import (
    is_administrator,
    may_switch_off,
    require_manager,
    require_may_manage,
    staff_visible_to,
)
from careerplan.base import clock
from careerplan.base.events import note_event
from careerplan.base.pages import answered, form_page
from customers import handing_over
from customers.forms import HandOverForm, SwitchOffForm
from customers.models import Customer
from customers.pages import Profile, context_for, require_staff


@require_http_methods(["GET", "POST"])
def hand_over(request, pk):
    """A customer goes to another planner, or moves to another office."""
    require_staff(request)
    rows = Customer.objects.visible_to(request.user).select_related("user", "office__region", "planner")
    customer = get_object_or_404(rows, pk=pk)
    form = HandOverForm(request.POST or None, customer=customer, enrollments=Profile(customer).open_enrollments)

    def act():
        handing_over.hand_over(customer, **form.values(), by=request.user, at=clock.now())
        note_handed_over(request, "handed-over", customer, form.values())

    if answered(request, form, act, _("The customer was handed over. We told everyone involved.")):
        still_seen = Customer.objects.visible_to(request.user).filter(pk=pk).exists()
        return redirect("customers:overview", pk) if still_seen else redirect("customers:list")
    return form_page(request, "customers/hand_over.html", form, context_for(request, customer, "overview"))


@require_http_methods(["GET", "POST"])
def switch_off(request, person_pk):
    """What hangs on a person, to whom it goes, and the end of the sign-in, in one step."""
    require_staff(request)
    require_manager(request.user)
    people = User.objects.all() if is_administrator(request.user) else staff_visible_to(request.user)
    person = get_object_or_404(people, pk=person_pk)
    if not may_switch_off(request.user, person):
        require_may_manage(request.user, person)
    hanging = hanging_on(person)
    if not (person.is_active or hanging) and request.method == "GET":
        raise Http404
    form = SwitchOffForm(request.POST or None, person=person, hangs=bool(hanging), by=request.user)
    leave = reverse("admin:accounts_user_change" if person.is_customer else "person-edit", args=[person_pk])

    def act():
        handing_over.switch_off(person, **form.cleaned_data, by=request.user, at=clock.now())
        note_handed_over(request, "switched-off", person, form.cleaned_data)

    if answered(request, form, act, _("The sign-in was switched off.")):
        return redirect(leave)
    context = {"person": person, "hanging": hanging, "person_url": leave, "nav_section": "people"}
    context |= {"may_reassign": request.user.edits_plans and person.edits_plans, "person_key": str(person.pk)}
    return form_page(request, "careerplan/switch_off.html", form, context)


def note_handed_over(request, act, row, chosen):
    """With the keys of whom and what was chosen."""
    keys = {f"{name}_id": getattr(value, "pk", None) for name, value in chosen.items()}
    note_event("administration", request, act=act, thing=row._meta.label, keys=[str(row.pk)], **keys)
