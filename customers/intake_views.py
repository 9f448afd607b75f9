"""Who the customers are: added, corrected, invited to sign in, enrolled in programs, and given to other planners."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.events import note_event
from careerplan.base.pages import answered, form_page
from careerplan.base.typed import Unreadable, read_day
from customers import enrolling
from customers.adding import add_customer
from customers.correcting import correct_record
from customers.doubles import doubles_of
from customers.exits import due_at_exit
from customers.inviting import invite
from customers.models import Customer, Enrollment
from customers.pages import context_for, require_staff, staff_customer
from customers.person_forms import (
    AddCustomerForm,
    CorrectForm,
    EndForm,
    EnrollForm,
    InviteForm,
    ReassignForm,
    StatusForm,
    planners_beside,
)
from customers.reassigning import MOST_AT_ONCE, customers_with, reassign


@require_http_methods(["GET", "POST"])
def customer_add(request):
    require_staff(request)
    form, added = AddCustomerForm(request.POST or None, by=request.user), []

    def add():
        at = clock.now()
        said = form.cleaned_data["word_on_doubles"]
        customer = add_customer(form.values(), word_on_doubles=said, by=request.user, at=at)
        if form.cleaned_data["invite"]:
            invite(customer, by=request.user, at=at)
        note(request, "customer-added", customer)
        added.append(customer)

    invited = form.is_bound and form.data.get("invite")
    said = _("The customer was added, and an invitation is on its way.") if invited else _("The customer was added.")
    if answered(request, form, add, said):
        return redirect("customers:intake", added[0].pk) if added else redirect("customers:list")  # saved before
    context = {"doubles": doubles_of(form.said_of_the_person(), user=request.user), "nav_section": "customers"}
    return form_page(request, "customers/add.html", form, context)


@require_POST
def customer_doubles(request):
    """As one types: who may be the same person."""
    require_staff(request)
    form = AddCustomerForm(request.POST, by=request.user)
    doubles = doubles_of(form.said_of_the_person(), user=request.user)
    return render(request, "customers/_doubles.html", {"form": form, "doubles": doubles})


@require_http_methods(["GET", "POST"])
def intake_edit(request, pk):
    customer = staff_customer(request, pk)
    form = CorrectForm(request.POST or None, row=customer)

    def save():
        correct_record(customer, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The record was saved.")):
        return redirect("customers:intake", pk)
    return form_page(request, "customers/intake_edit.html", form, context_for(request, customer, "intake"))


@require_http_methods(["GET", "POST"])
def customer_invite(request, pk):
    """The customer gets a sign-in; or, where no password was chosen yet, another link."""
    customer = staff_customer(request, pk)
    form = InviteForm(request.POST or None, initial={"email": customer.email})
    if customer.user_id is not None:
        form.fields["email"].disabled = True

    def send():
        invite(customer, email=form.cleaned_data["email"], by=request.user, at=clock.now())
        note(request, "customer-invited", customer)

    said = _("An invitation is on its way to the customer. You will get a message if it does not arrive.")
    if answered(request, form, send, said):
        return redirect("customers:intake", pk)
    return form_page(request, "customers/invite.html", form, context_for(request, customer, "intake"))


@require_http_methods(["GET", "POST"])
def enroll(request, pk):
    customer = staff_customer(request, pk)
    initial = {"planner": customer.planner_id, "begun_on": day_of(clock.now())}
    form = EnrollForm(request.POST or None, customer=customer, by=request.user, initial=initial)

    def save():
        enrolling.enroll(customer, form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, save, _("The customer was enrolled.")):
        return redirect("customers:intake", pk)
    return form_page(request, "customers/enroll.html", form, context_for(request, customer, "intake"))


@require_http_methods(["GET", "POST"])
def enrollment_edit(request, pk, enrollment_pk):
    customer, enrollment = enrollment_of(request, pk, enrollment_pk)
    form = StatusForm(request.POST or None, row=enrollment)

    def save():
        enrolling.change_status(enrollment, **form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The enrollment was saved.")):
        return redirect("customers:intake", pk)
    context = context_for(request, customer, "intake") | {"enrollment": enrollment}
    return form_page(request, "customers/enrollment_edit.html", form, context)


@require_http_methods(["GET", "POST"])
def enrollment_end(request, pk, enrollment_pk):
    """With what policy makes due at the exit: listed, warned of, and no reason to refuse it (WIS-085, WIS-087)."""
    customer, enrollment = enrollment_of(request, pk, enrollment_pk)
    today = day_of(clock.now())
    initial = {"exited_on": enrollment.exited_on or today}
    form = EndForm(request.POST or None, row=enrollment, initial=initial)

    def end():
        enrolling.end_enrollment(enrollment, **form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, end, _("The program was ended.")):
        still_seen = Customer.objects.visible_to(request.user).filter(pk=pk).exists()
        return redirect("customers:intake", pk) if still_seen else redirect("customers:list")
    due = due_at_exit(enrollment, on=day_typed(form, today))
    context = context_for(request, customer, "intake") | {"enrollment": enrollment, "due": due}
    return form_page(request, "customers/enrollment_end.html", form, context)


def day_typed(form, today):
    """The exit date as it stands in the form; today where it can't be read."""
    try:
        return read_day(str(form.data.get("exited_on", "")))
    except Unreadable:
        return today


def enrollment_of(request, pk, enrollment_pk):
    customer = staff_customer(request, pk)
    rows = Enrollment.objects.filter(customer=customer).select_related("program", "customer")
    return customer, get_object_or_404(rows, pk=enrollment_pk)


@require_http_methods(["GET", "POST"])
def customers_reassign(request):
    """Many customers of one planner go to another one. `?planner=`: whose; "nobody" of nobody."""
    require_staff(request)
    planners = planners_beside(request.user).annotate(customers=Count("caseload"))
    own = "" if request.user.sees_every_region else str(request.user.pk)
    asked = request.POST.get("planner") or request.GET.get("planner", own)
    former = next((row for row in planners if str(row.pk) == asked), None)
    context = {"planners": planners, "former": former, "asked": asked, "nav_section": "customers"}
    if former is None and asked != "nobody":
        return render(request, "customers/reassign.html", context)
    rows = customers_with(former, request.user)
    others, moved = planners.exclude(pk=former.pk) if former else planners, []
    form = ReassignForm(request.POST or None, customers=first_of(rows), planners=others, initial={"planner": asked})

    def act():
        chosen, successor = form.chosen(), form.cleaned_data["successor"]
        reassign(chosen, former=former, successor=successor, by=request.user, at=clock.now())
        moved.extend(str(row.pk) for row in chosen)
        note_event("administration", request, act="reassigned", thing="customers.Customer", keys=moved)

    if answered(request, form, act, ""):
        messages.success(request, said_of(len(moved)))
        return redirect(f"{reverse('customers:reassign')}?planner={asked}")
    return form_page(request, "customers/reassign.html", form, context | {"most": MOST_AT_ONCE, "number": rows.count()})


def first_of(rows):
    """A list that a field can choose from, which a part of a queryset is not."""
    keys = list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return Customer.objects.filter(pk__in=keys).order_by("name_key", "pk")


def said_of(number):
    said = ngettext("%(number)d customer was reassigned.", "%(number)d customers were reassigned.", number)
    return said % {"number": number}


def note(request, act, customer):
    note_event("administration", request, act=act, thing="customers.Customer", keys=[str(customer.pk)])
