"""Forms of case notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base.fields import CountedTextField, DateField, TextField
from careerplan.base.forms import PageForm, RowForm
from customers.enums import REACHED, ContactMethod, NoteCategory
from customers.models.notes import LONGEST_NOTE
from customers.notes.matters import matter_in

NO_DATE_NEEDED = _("Leave it empty if it was no contact.")


class WordsOfNote(forms.Form):
    """What a note says. Its day is that of the contact; a note that is none needs no date."""

    subject = TextField(label=_("Subject"), max_length=120)
    text = CountedTextField(label=_("Note"), limit=LONGEST_NOTE)
    category = forms.ChoiceField(label=_("Category"), choices=NoteCategory, required=False)
    contact_method = forms.ChoiceField(label=_("Kind of contact"), choices=ContactMethod)
    contact_on = DateField(label=_("Date of contact"), required=False, help_text=NO_DATE_NEEDED)

    category.mark_optional = contact_on.mark_optional = False

    field_order = ["subject", "text", "category", "contact_method", "contact_on"]

    def clean(self):
        values = super().clean()
        if values.get("contact_method") in REACHED and not values.get("contact_on") and "contact_on" not in self.errors:
            self.add_error("contact_on", _("Enter the date of contact."))
        return values


class CaseNoteForm(WordsOfNote, PageForm):
    """A new note. `about`: what it is written about, as "service-12"."""

    about = TextField(required=False, widget=forms.HiddenInput)

    def values(self):
        return self.cleaned_data | {"about": matter_in(self.cleaned_data["about"])}


class EditNoteForm(WordsOfNote, RowForm):
    """Within a day of writing it."""

    def clean_category(self):
        return self.cleaned_data["category"] or self.row.category


class AddendumForm(PageForm):
    text = CountedTextField(label=_("Addendum"), limit=LONGEST_NOTE)
