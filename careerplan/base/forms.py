"""Forms as every page of the product has them (docs/design.md)."""

import uuid
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import keep_lazy_text
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.base.words import lower_first


class PageForm(forms.Form):
    """A form with words of its own for each empty field, and a place for what an action refuses."""

    use_required_attribute = False
    mark_optional, mark_required = True, False
    # Whether it came back since it was saved already: saved once more, it adds another one (`base/once.py`).
    is_another = False
    # Whether the same words, sent twice, are likely one row too many. What sends, ends or removes something is not: the
    # next draft may be sent, and deleted, with the words of the last one.
    adds_a_row = True

    def __init__(self, *args, **options):
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            words_for_empty(field)
            words_for_gone(field)

    def leave_out(self, *names: str) -> None:
        """Fields that this form does not need; also of the layout, which would log an error for each that it misses."""
        for name in names:
            del self.fields[name]
            self.helper.layout.fields.remove(name)

    def full_clean(self) -> None:
        super().full_clean()
        self.ask_for_files_again()

    def ask_for_files_again(self) -> None:
        """A browser keeps no file for a form that comes back, and says nothing of it."""
        for name, field in self.fields.items():
            sent = isinstance(field, forms.FileField) and self.files.get(self.add_prefix(name))
            if sent and self._errors and name not in self._errors:
                self.add_error(name, forms.ValidationError(_("Choose the file again."), code="file-again"))

    @classmethod
    def fields_sent(cls, data: QueryDict) -> dict[str, forms.Field]:
        """By their names, for what is shown of a form where its page is gone; of some forms they are known by what was
        sent alone."""
        return dict(cls.base_fields)

    @property
    def class_name(self) -> str:
        """Which form this is, for what is shown of it where its page is gone."""
        return f"{type(self).__module__}.{type(self).__qualname__}"

    @property
    def form_key(self) -> uuid.UUID | None:
        """What is saved once alone (`base/once.py`): each time that the form is shown, another one."""
        return uuid.uuid4()

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal's sentence at its field, or above the form."""
        field = refusal.field if refusal.field in self.fields else None
        sentence = refusal.sentence
        if refusal.leads_to:
            sentence = format_html('{} <a href="{}">{}</a>', sentence, refusal.leads_to, refusal.leads_as)
        self.add_error(field, forms.ValidationError(sentence, code=refusal.code))
        self.ask_for_files_again()


class WritingForm(PageForm):
    """What one person writes to another, and in which language, so that it is marked for a reader of another one.

    `language`: the one that is offered first, and taken where the page did not ask yet.
    """

    written_in = forms.ChoiceField(
        label=_("Language in which you write"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    written_in.mark_optional = False

    def __init__(self, *args, language="", **options):
        self.language = language
        super().__init__(*args, initial={"written_in": language}, **options)

    def clean_written_in(self) -> str:
        return self.cleaned_data["written_in"] or self.language


class RowForm(PageForm):
    """Edits one row: carries the row's version, so that a colleague's change is noticed and not overwritten."""

    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, row=None, **options):
        self.row = row
        self.stale: list[dict[str, Any]] = []
        if row is not None:
            options["initial"] = {**self.values_of(row), "row_version": row.row_version, **options.get("initial", {})}
        super().__init__(*args, **options)

    @property
    def form_key(self) -> uuid.UUID | None:
        """A row that is there may be changed over and over: a colleague's change is noticed by its version."""
        return None if self.row is not None and not self.row._state.adding else super().form_key

    def values_of(self, row) -> dict[str, Any]:
        """The row's values by field name."""
        names = [name for name in self.base_fields if name != "row_version" and hasattr(row, name)]
        return {name: getattr(row, name) for name in names}

    def offer_present(self, *names: str) -> None:
        """Offer what the row has already, though it is no longer offered to others: saving must not lose it."""
        for name in names:
            field, present = self.fields[name], getattr(self.row, f"{name}_id", None)
            if present is not None:
                field.queryset = field.queryset | field.queryset.model._default_manager.filter(pk=present)

    def values(self) -> dict[str, Any]:
        """What was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "row_version"}

    @property
    def seen(self) -> int | None:
        return self.cleaned_data.get("row_version")

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, StaleRow):
            self.stale = self.two_texts(refusal.current)
            self.data = self.data.copy()
            self.data[self.add_prefix("row_version")] = refusal.current.row_version

    def two_texts(self, current) -> list[dict[str, Any]]:
        """What differs between what was typed here and the row as it stands: both, side by side."""
        stored = self.values_of(current)
        rows = []
        for name, typed in self.cleaned_data.items():
            if name in stored and not same(typed, stored[name]):
                shown = [self.shown(name, value) for value in (typed, stored[name])]
                rows.append({"label": self.fields[name].label, "typed": shown[0], "stored": shown[1]})
        return rows

    def shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(field.label_from_instance(item) for item in value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices).get(value, value))
        if isinstance(value, date):
            return in_row(value)
        return "" if value is None else str(value)


def same(typed: Any, stored: Any) -> bool:
    if hasattr(typed, "values_list") or isinstance(typed, (list, tuple)):
        return {item.pk for item in typed} == {item.pk for item in stored}
    return (typed if typed is not None else "") == (stored if stored is not None else "")


def words_for_empty(field: forms.Field) -> None:
    """ "Enter the completion date." rather than "This field is required."; a field's own words win."""
    default = forms.Field.default_error_messages["required"]
    if not field.required or field.error_messages.get("required") is not default:
        return
    choose = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
    pattern = _("Choose the %(label)s.") if choose else _("Enter the %(label)s.")
    field.error_messages["required"] = with_label(pattern, field.label or _("value"))


@keep_lazy_text
def with_label(pattern: Any, label: Any) -> str:
    """Said where a field is empty, and not for each field that is shown."""
    return str(pattern) % {"label": lower_first(str(label))}


GONE = _("Choose again. What you chose is no longer in this list.")
CODES_OF_GONE = {"invalid_choice", "invalid_list", "invalid_pk_value"}
FIELDS_OF_CHOICES = (
    forms.ChoiceField,
    forms.MultipleChoiceField,
    forms.ModelChoiceField,
    forms.ModelMultipleChoiceField,
)


def words_for_gone(field: forms.Field) -> None:
    """For a choice that left its list since the page was opened, or was never in it; a field's own words win."""
    djangos = [kind.default_error_messages for kind in FIELDS_OF_CHOICES]
    for code in CODES_OF_GONE & field.error_messages.keys():
        if any(field.error_messages[code] is words.get(code) for words in djangos):
            field.error_messages[code] = GONE
