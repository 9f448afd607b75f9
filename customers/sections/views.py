"""Pages of a section: its answers with the form, and what is confidential, which is shown to a post that says so."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.accounts.permissions import is_administrator
from careerplan.base import clock
from careerplan.base.addresses import key_in
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from customers.models import AssessmentSection, Customer, FieldDefinition, SectionRecord
from customers.pages import context_for, staff_customer
from customers.sections import confidential, filling
from customers.sections.filling import answers_of, version_of
from customers.sections.forms import ConfidentialForm, SectionForm
from customers.sections.from_others import from_others
from customers.sections.reading import as_answer

# So many of the newest looks are listed.
LOOKS = 50


def section_named(slug):
    """The section of an address, or 404."""
    return get_object_or_404(AssessmentSection, code=slug.upper().replace("-", "_"))


def section_and_those_beside(slug):
    """The section of an address, or 404, with the one before it and the one after it; None at an end. One query."""
    rows = list(AssessmentSection.objects.order_by("position", "pk"))
    for before, found, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if found.slug == slug:
            return found, {"before": before, "after": after}
    raise Http404


def record_of(customer, section):
    rows = SectionRecord.objects.filter(customer=customer, section=section)
    return rows.select_related("filled_by", "completed_by").first()


def asked_in(section, *, confidential):
    rows = FieldDefinition.objects.asked().filter(field__section=section, is_confidential=confidential)
    return list(rows)


def open_answers(record):
    """By the codes of their questions."""
    rows = answers_of(record).select_related("said_by") if record else []
    return {row.field.code: row for row in rows}


def section_context(request, customer, section, record):
    return context_for(request, customer, "assessments") | {
        "subtab": "assessment",
        "section": section,
        "record": record,
        "seen": version_of(record),
        "may_read": may_open(request.user, customer),
    }


def may_open(user, customer):
    """The page of what is confidential: who may read it; and administrators, who see who looked."""
    return confidential.may_read(customer, user) or is_administrator(user)


def readers_customer(request, pk):
    """As `staff_customer`; a look writes nothing into the record, which may be a former one, or a reader's."""
    people = Customer.objects.visible_to(request.user).select_related("office__region", "merged_into", "merged_by")
    if request.user.is_customer:
        raise Http404
    return get_object_or_404(people, pk=pk)


@require_http_methods(["GET", "POST"])
def section(request, pk, slug):
    customer = staff_customer(request, pk)
    found, beside = section_and_those_beside(slug)
    record = record_of(customer, found)
    answers, definitions = open_answers(record), asked_in(found, confidential=False)
    form = SectionForm(
        request.POST or None,
        definitions=definitions,
        answers=answers,
        record=record,
        present=lambda: open_answers(record_of(customer, found)),
    )

    def save():
        return filling.fill(customer, found, form.said(), by=request.user, at=clock.now())

    if answered(request, form, save, _("The answers were saved.")):
        return after_filling(request, customer, found)
    context = section_context(request, customer, found, record)
    context |= {
        "beside": beside,
        "may_fill": context["may_edit"] and not (record and record.is_complete),
        "answers": answers_told(answers),
        "waiting": [answer for answer in answers_told(answers) if answer.reviewed_at is None],
        "closed": closed_of(customer, found),
        "from_others": from_others(customer, found),
    }
    return form_page(request, "customers/sections/section.html", form, context)


def after_filling(request, customer, section):
    """The section again; the list, where the same press marks the section as complete."""
    here = reverse("customers:section", args=[customer.pk, section.slug])
    if "done" not in request.POST:
        return redirect(here)
    try:
        filling.complete(customer, section, seen=None, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(here + place_of(refusal))
    messages.success(request, _("The section is complete."))
    return redirect(f"{reverse('plan:assessment', args=[customer.pk])}#sections")


def place_of(refusal):
    """Where the question stands that it is about, as the end of the address of the section."""
    return f"#div_id_{refusal.field}" if refusal.field else ""


def answers_told(answers):
    """In the order in which they are asked; without those that were taken back."""
    said = [row for row in answers.values() if row.value is not None or row.reviewed_at is None]
    return [as_answer(row) for row in sorted(said, key=lambda row: (row.field.position, row.field_id))]


def closed_of(customer, section):
    """How many confidential questions the section asks, and how many were answered."""
    asked = len(asked_in(section, confidential=True))
    return {"asked": asked, **(confidential.number_of_answers(customer, section) if asked else {})}


def version_shown(request):
    """Of the section, as the page of a button showed it; None where it does not say."""
    seen = request.POST.get("seen", "")
    return key_in(seen) if seen else None


def done(request, pk, slug, act, *, page="customers:section"):
    """What a button does, and says of it (`act`); what is refused is said on the page to which it leads back."""
    customer, found = staff_customer(request, pk), section_named(slug)
    try:
        said = act(customer, found, version_shown(request))
    except Refusal as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, said)
    return redirect(page, pk, slug)


@require_POST
def section_review(request, pk, slug):
    def review(customer, found, seen):
        filling.review(customer, found, seen=seen, by=request.user, at=clock.now())
        return _("The customer's answers were marked as reviewed.")

    return done(request, pk, slug, review)


@require_POST
def section_complete(request, pk, slug):
    def complete(customer, found, seen):
        filling.complete(customer, found, seen=seen, by=request.user, at=clock.now())
        return _("The section is complete.")

    return done(request, pk, slug, complete)


@require_POST
def section_reopen(request, pk, slug):
    def reopen(customer, found, _seen):
        filling.reopen(customer, found, by=request.user, at=clock.now())
        return _("The section is open again.")

    return done(request, pk, slug, reopen)


# --- what is confidential ---------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def section_confidential(request, pk, slug):
    """Who looked, and a button to look; a post writes down that this person looks, and shows the answers."""
    customer, found = readers_customer(request, pk), section_named(slug)
    if request.method == "GET":
        if not may_open(request.user, customer):
            confidential.require_reader(customer, request.user)
        return confidential_page(request, customer, found, None, {})
    answers = confidential.look(customer, found, by=request.user, at=clock.now())
    record = record_of(customer, found)
    form = ConfidentialForm(definitions=asked_in(found, confidential=True), answers=answers, record=record)
    return confidential_page(request, customer, found, form, answers)


@require_POST
def section_confidential_save(request, pk, slug):
    customer, found = staff_customer(request, pk), section_named(slug)
    confidential.require_reader(customer, request.user)
    record = record_of(customer, found)

    def look():
        return confidential.look(customer, found, by=request.user, at=clock.now())

    definitions = asked_in(found, confidential=True)
    form = ConfidentialForm(request.POST, definitions=definitions, answers={}, record=record, present=look)

    def save():
        return confidential.fill_confidential(customer, found, form.said(), by=request.user, at=clock.now())

    if answered(request, form, save, _("The confidential answers were saved.")):
        return redirect("customers:section-confidential", pk, slug)
    return confidential_page(request, customer, found, form, {})


def confidential_page(request, customer, found, form, answers):
    """`form`: None where nothing is shown."""
    record = record_of(customer, found)
    context = section_context(request, customer, found, record)
    context |= {
        "looks": confidential.looks_at(customer, found)[:LOOKS],
        "may_look": confidential.may_read(customer, request.user),
        "may_fill": context["may_edit"] and not (record and record.is_complete),
        "closed": closed_of(customer, found),
        "answers": answers_told(answers),
        "form": form,
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "customers/sections/confidential.html", context, status=status)


@require_POST
def section_confidential_review(request, pk, slug):
    def review(customer, found, seen):
        number = confidential.review_confidential(customer, found, seen=seen, by=request.user, at=clock.now())
        said = ngettext(
            "%(number)d confidential answer was marked as reviewed.",
            "%(number)d confidential answers were marked as reviewed.",
            number,
        )
        return said % {"number": number}

    return done(request, pk, slug, review, page="customers:section-confidential")
