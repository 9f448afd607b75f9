"""About me: what customers are asked in the assessment, filled by themselves, one section a page (ILL-050, ILL-051)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from customers.pages import own_customer
from customers.sections import confidential, filling
from customers.sections.own_forms import OwnConfidentialForm, OwnForm, rows_asked_for
from customers.sections.policy import QUESTIONS_OF_STAFF, SECTIONS_OF_STAFF
from customers.sections.reading import sections_of
from customers.sections.views import (
    LOOKS,
    answers_told,
    asked_in,
    open_answers,
    place_of,
    record_of,
    section_named,
)


@require_GET
def my_sections(request):
    """The sections with their state: what I fill, and what my planner fills."""
    customer = own_customer(request)
    lines = sections_of(customer.pk, without=QUESTIONS_OF_STAFF)
    context = {
        "customer": customer,
        "mine": [line for line in lines if line.section.code not in SECTIONS_OF_STAFF],
        "of_staff": [line for line in lines if line.section.code in SECTIONS_OF_STAFF],
        "nav_section": "my",
    }
    return render(request, "customers/sections/my_sections.html", context)


@require_http_methods(["GET", "POST"])
def my_section(request, slug):
    customer, found = own_customer(request), section_named(slug)
    if request.method == "POST":
        filling.refuse_what_staff_write(customer, found, (), by=request.user)
    record = record_of(customer, found)
    answers = open_answers(record)
    form = OwnForm(
        request.POST or None,
        definitions=asked_of_customers(found, confidential=False),
        answers=answers,
        record=record,
        present=lambda: open_answers(record_of(customer, found)),
    )

    def save():
        return filling.fill(customer, found, form.said(), by=request.user, at=clock.now())

    if answered(request, form, save, _("Your answers were saved.")):
        return after_saving(request, customer, found, form, "my:section")
    told = answers_told(answers)
    context = section_context(customer, found, record) | {
        "answers": told,
        "of_staff": [answer for answer in told if answer.code in QUESTIONS_OF_STAFF],
        "waiting": sum(answer.reviewed_at is None for answer in told),
        "asks_confidential": bool(asked_in(found, confidential=True)),
    }
    return form_page(request, "customers/sections/my_section.html", form, context)


def asked_of_customers(section, *, confidential):
    """The questions of a section that customers answer themselves."""
    if section.code in SECTIONS_OF_STAFF:
        return []
    asked = asked_in(section, confidential=confidential)
    return [definition for definition in asked if definition.field.code not in QUESTIONS_OF_STAFF]


def after_saving(request, customer, section, form, name):
    """More rows, where they were asked for; else the list, where the next section stands. `name`: of this page."""
    here = reverse(name, args=[section.slug])
    if rows := rows_asked_for(request.POST, form):
        return redirect(f"{here}#{rows}")
    if "done" in request.POST:
        try:
            filling.complete(customer, section, seen=None, by=request.user, at=clock.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(here + place_of(refusal))
    return redirect("my:sections")


def section_context(customer, section, record):
    is_complete = record is not None and record.is_complete
    return {
        "customer": customer,
        "section": section,
        "record": record,
        "may_fill": section.code not in SECTIONS_OF_STAFF and not is_complete,
        "is_of_staff": section.code in SECTIONS_OF_STAFF,
        "nav_section": "my",
    }


# --- what is confidential ---------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def my_section_confidential(request, slug):
    """Who looked, and a button to see my answers; the post writes down that I looked, as it does of everybody."""
    customer, found = own_customer(request), section_named(slug)
    if request.method == "GET":
        return confidential_page(request, customer, found, None, {})
    answers = confidential.look(customer, found, by=request.user, at=clock.now())
    form = OwnConfidentialForm(
        definitions=asked_of_customers(found, confidential=True), answers=answers, record=record_of(customer, found)
    )
    return confidential_page(request, customer, found, form, answers)


@require_POST
def my_section_confidential_save(request, slug):
    customer, found = own_customer(request), section_named(slug)

    def look():
        return confidential.look(customer, found, by=request.user, at=clock.now())

    form = OwnConfidentialForm(
        request.POST,
        definitions=asked_of_customers(found, confidential=True),
        answers={},
        record=record_of(customer, found),
        present=look,
    )

    def save():
        return confidential.fill_confidential(customer, found, form.said(), by=request.user, at=clock.now())

    if answered(request, form, save, _("Your confidential answers were saved.")):
        return after_saving(request, customer, found, form, "my:section-confidential")
    return confidential_page(request, customer, found, form, {})


def confidential_page(request, customer, found, form, answers):
    """`form`: None where nothing is shown."""
    told = answers_told(answers)
    context = section_context(customer, found, record_of(customer, found)) | {
        "asked": asked_in(found, confidential=True),
        "looks": confidential.looks_at(customer, found)[:LOOKS],
        "answers": told,
        "of_staff": [answer for answer in told if answer.code in QUESTIONS_OF_STAFF],
        "form": form,
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "customers/sections/my_confidential.html", context, status=status)
