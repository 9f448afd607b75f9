"""Pages of case notes: the list with the form to add one, one note with what was added, and its edit."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock, drafts
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from customers import actions
from customers.enums import ContactMethod, NoteCategory
from customers.models import CaseNote
from customers.models.notes import EDITED_FOR
from customers.notes.actions import add_addendum, barred_from_editing, edit_note, pin_note, unpin_note
from customers.notes.contacts import PERIODS, contacts_of
from customers.notes.forms import AddendumForm, CaseNoteForm, EditNoteForm
from customers.notes.matters import beginning_about, beginning_of, matter_in, open_offers, place_of
from customers.notes.reading import Chosen, Line, addenda_to, former_words, lines_of, page_of_notes, pinned_of
from customers.pages import context_for, staff_customer


@require_http_methods(["GET", "POST"])
def case_notes(request, pk):
    customer = staff_customer(request, pk)
    today = day_of(clock.now())
    begun = {} if request.method == "POST" else begun_with(request, customer, on=today)
    plain = {"contact_on": today, "contact_method": ContactMethod.IN_PERSON, "category": NoteCategory.CONTACT}
    form = CaseNoteForm(request.POST or None, initial=plain | begun)

    def add():
        return actions.add_case_note(customer, **form.values(), by=request.user, at=clock.now())

    if answered(request, form, add, _("The case note was saved.")):
        return redirect("customers:case-notes", pk)
    chosen = Chosen.read(request)
    context = context_for(request, customer, "case-notes") | list_of_notes(request, customer, chosen)
    context |= {"contacts": contacts_of(customer.pk, on=today), "periods": PERIODS}
    context |= {"offers": open_offers(customer.pk)}
    asked = bool(request.GET.get("add", ""))
    context["opens"] = bool(asked or begun or form.errors) or request.path in drafts.all_of(request)
    return form_page(request, "customers/case_notes.html", form, context)


def begun_with(request, customer, *, on):
    """What the address asks to begin the note with: `?fill=` names an offer, `?about=` what the note is about."""
    found = None
    if code := request.GET.get("fill", ""):
        found = beginning_of(code, customer, on=on)
    elif matter := matter_in(request.GET.get("about", "")):
        found = beginning_about(customer.pk, matter, on=on)
    return found.initial if found else {}


def list_of_notes(request, customer, chosen):
    page = page_of_notes(request, customer.pk, request.user, chosen)
    pinned = pinned_of(customer.pk, chosen) if page.previous_url is None else []
    lines = lines_of(customer.pk, [*pinned, *page.rows])
    return {
        "chosen": chosen,
        "categories": NoteCategory,
        "page": page,
        "pinned": lines[: len(pinned)],
        "lines": lines[len(pinned) :],
    }


def note_of(request, customer, note_pk):
    """A note of the customer, or 404."""
    rows = CaseNote.objects.visible_to(request.user).filter(customer=customer).select_related("written_by")
    note = get_object_or_404(rows, pk=note_pk)
    note.customer = customer
    return note


@require_http_methods(["GET", "POST"])
def case_note(request, pk, note_pk):
    """One note, what it said before, and what was added; a post adds something."""
    customer = staff_customer(request, pk)
    note = note_of(request, customer, note_pk)
    form = AddendumForm(request.POST or None)

    def add():
        return add_addendum(note, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, add, _("The addendum was saved.")):
        return redirect("customers:case-note", pk, note_pk)
    line = Line(note, place_of(pk, note, named=True), addenda_to([note.pk])[note.pk])
    context = context_for(request, customer, "case-notes") | {"line": line, "former": former_words(note)}
    context["may_reword"] = context["may_edit"] and barred_from_editing(note, request.user, clock.now()) is None
    context["opens"] = bool(form.errors) or request.path in drafts.all_of(request)
    return form_page(request, "customers/case_note.html", form, context)


@require_http_methods(["GET", "POST"])
def case_note_edit(request, pk, note_pk):
    """For its writer, for a day; others are led to the note, where they add to it."""
    customer = staff_customer(request, pk)
    note = note_of(request, customer, note_pk)
    barred = barred_from_editing(note, request.user, clock.now())
    if barred and request.method == "GET":
        messages.warning(request, barred.sentence)
        return redirect("customers:case-note", pk, note_pk)
    form = EditNoteForm(request.POST or None, row=note)

    def save():
        return edit_note(note, **form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The case note was saved.")):
        return redirect("customers:case-note", pk, note_pk)
    context = context_for(request, customer, "case-notes") | {"note": note}
    context["edited_until"] = note.written_at + EDITED_FOR
    return form_page(request, "customers/case_note_edit.html", form, context)


@require_POST
def case_note_pin(request, pk, note_pk):
    """Pin it above the others, or take it down again, as the button says."""
    customer = staff_customer(request, pk)
    note = note_of(request, customer, note_pk)
    if request.POST.get("pin") == "no":
        unpin_note(note, by=request.user, at=clock.now())
        messages.success(request, _("The note is no longer pinned."))
    else:
        pin_note(note, by=request.user, at=clock.now())
        messages.success(request, _("The note was pinned. It stands above the others."))
    return redirect("customers:case-notes", pk)
