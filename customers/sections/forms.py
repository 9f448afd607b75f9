"""The form of a section: a field a question, as the questions are today; rows have a field a cell.

It names the number of each wording that it shows. Comes it back after a wording was changed, what was typed stays, and
the question says so. `prefix`: of the confidential questions, whose fields no draft keeps (`base/drafts.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from crispy_forms.layout import Div, Field, Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from careerplan.base.addresses import key_in
from careerplan.base.drafts import CONFIDENTIAL
from careerplan.base.fields import CountedTextField, DateField, MoneyField, NumberField, TextField
from careerplan.base.forms import RowForm, with_label, words_for_gone
from careerplan.base.refusals import Refusal, StaleRow
from customers.models import FieldDefinition, SectionRecord
from customers.models.sections import labels_of
from customers.sections.filling import NOTHING_YET, GivenAnswers, version_of
from customers.sections.policy import DIGITS_OF_MONEY, LONGEST, MOST_NUMBER, MOST_ROWS, RATINGS, ROWS_MORE, Kind
from customers.sections.questions import in_words, says_the_same, settled, typed

# So many choices or fewer stand open, each with its button; a button without a value would be sent as "on".
OPEN_CHOICES = 6
# How choices stand: in one line, or where there is room for it.
STAND_BESIDE = {Kind.YES_NO: "field--beside", Kind.RATING: "field--steps"}
NOTHING, NO_ANSWER = "-", _("No answer")


def yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def rating(value: str) -> int | None:
    return None if value == NOTHING else int(value)


def code(value: str) -> str | None:
    return None if value == NOTHING else value


def choice_field(choices: Iterable[tuple[str, Any]], *, stands_open: bool, **options: Any) -> forms.TypedChoiceField:
    pairs = list(choices)
    if stands_open and len(pairs) <= OPEN_CHOICES:
        shown, widget = [*pairs, (NOTHING, NO_ANSWER)], forms.RadioSelect()
    else:
        shown, widget = [("", NO_ANSWER), *pairs], forms.Select()
    return forms.TypedChoiceField(choices=shown, widget=widget, empty_value=None, **options)


def field_for(kind: str, choices: list[dict[str, Any]], *, in_row: bool = False, **options: Any) -> forms.Field:
    """The field of a question, or of a column."""
    labels = labels_of(choices)
    stands = {"stands_open": not in_row}
    if kind == Kind.YES_NO:
        pairs = [("yes", _("Yes")), ("no", _("No"))]
        return choice_field(pairs, coerce=yes_no, **stands, **options)
    if kind == Kind.RATING:
        steps = [(str(step), f"{step} - {labels.get(str(step), '')}") for step in RATINGS]
        return choice_field(steps, coerce=rating, **stands, **options)
    if kind == Kind.CHOICE:
        return choice_field(labels.items(), coerce=code, **stands, **options)
    if kind == Kind.CHOICES:
        boxes = forms.CheckboxSelectMultiple()
        return forms.MultipleChoiceField(choices=list(labels.items()), widget=boxes, **options)
    if kind == Kind.LONG:
        return CountedTextField(limit=LONGEST[Kind.LONG], **options)
    if kind == Kind.DAY:
        return DateField(**options)
    if kind == Kind.NUMBER:
        return NumberField(most=MOST_NUMBER, **options)
    if kind == Kind.MONEY:
        return MoneyField(digits=DIGITS_OF_MONEY, **options)
    return TextField(max_length=LONGEST[Kind(kind)], **options)


def as_typed_in(kind: str, value: Any) -> Any:
    """A kept answer as its field shows it."""
    if kind == Kind.YES_NO and value is not None:
        return "yes" if value else "no"
    return typed(kind, value)


class Rows(LayoutObject):
    """The rows of one question, each with its columns."""

    template = "customers/sections/_rows.html"

    def __init__(self, definition: FieldDefinition, names: list[list[str]]):
        self.definition, self.names = definition, names
        self.fields = [Div(*row, css_class="fields-row") for row in names]

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **options: Any) -> str:
        rows = [row.render(form, context, template_pack=template_pack, **options) for row in self.fields]
        shown = {"definition": self.definition, "rows": rows, "id": f"div_{form.auto_id % form.add_prefix(self.code)}"}
        return render_to_string(self.template, shown)

    @property
    def code(self) -> str:
        return self.definition.field.code


class SectionForm(RowForm):
    """`definitions`: what is asked now, open or confidential; `answers`: what was answered, by the codes of questions.

    `present`: reads the answers anew, where somebody else changed them meanwhile.
    """

    wordings = TextField(required=False, widget=forms.HiddenInput)

    mark_optional = False
    rows_as = Rows

    def __init__(
        self,
        *args: Any,
        definitions: Collection[FieldDefinition],
        answers: Mapping[str, Any],
        record: SectionRecord | None,
        present: Callable[[], Mapping[str, Any]] | None = None,
        **options: Any,
    ):
        self.definitions, self.answers, self.present = list(definitions), answers, present
        self.gone: list[dict[str, Any]] = []
        self.former: dict[int, list[FieldDefinition]] | None = None
        super().__init__(*args, **options)
        self.initial |= {"row_version": version_of(record), "wordings": self.wordings_now()}
        shown: list[Any] = [self.add_question(definition) for definition in self.definitions]
        self.helper.layout = Layout(*shown, "wordings", "row_version")

    @property
    def form_key(self) -> None:
        """None: saved twice it answers nothing twice, and no digest of what is confidential is kept."""

    # --- the fields ---------------------------------------------------------------------------

    def add_question(self, definition: FieldDefinition) -> Any:
        """Adds its fields; returns what the layout shows."""
        answer = self.answers.get(definition.field.code)
        value = answer.value if answer is not None else None
        if definition.kind == Kind.ROWS:
            return self.add_rows(definition, value or [])
        code = definition.field.code
        field = field_for(
            definition.kind,
            self.choices_of(definition, code, definition.choices, value),
            label=definition.label,
            help_text=definition.help,
            required=False,
        )
        self.add_field(code, field, as_typed_in(definition.kind, value), told_as=str(definition.label))
        beside = STAND_BESIDE.get(Kind(definition.kind))
        return Field(code, wrapper_class=beside) if beside else code

    def add_field(self, name: str, field: forms.Field, value: Any, *, told_as: str) -> None:
        """`told_as`: before what is wrong, in the list of errors; many questions ask for a number or a day."""
        words_for_gone(field)
        field.told_as = told_as
        self.fields[name] = field
        if value is not None:
            self.initial[name] = value

    def choices_of(
        self, definition: FieldDefinition, name: str, offered: list[dict[str, Any]], value: Any, *, column: str = ""
    ) -> list[dict[str, Any]]:
        """With those that were chosen and are no longer offered: saving must not lose them. A form that comes back
        shows what it brought; that it stands there already is for the action to see."""
        sent = self.data.getlist(self.add_prefix(name)) if self.is_bound else []
        chosen = {*(value if isinstance(value, list) else [value]), *sent} - {None, "", NOTHING}
        gone = chosen - {choice["code"] for choice in offered}
        if not offered or not gone:
            return offered
        former = self.former_choices(definition, column)
        return [*offered, *(choice for code, choice in former.items() if code in gone)]

    def former_choices(self, definition: FieldDefinition, column: str = "") -> dict[str, dict[str, Any]]:
        """By their codes, those of all former wordings, of the question or of one of its columns."""
        found: dict[str, dict[str, Any]] = {}
        for former in self.former_wordings(definition):
            asked = next((one for one in former.columns if one["code"] == column), {}) if column else vars(former)
            found |= {choice["code"]: choice for choice in asked.get("choices", [])}
        return found

    def former_wordings(self, definition: FieldDefinition) -> list[FieldDefinition]:
        """In their order. One query for all questions of the form, where one of them was ever reworded."""
        if definition.number == 1:
            return []
        if self.former is None:
            self.former = defaultdict(list)
            fields = [asked.field_id for asked in self.definitions if asked.number > 1]
            for row in FieldDefinition.objects.filter(field__in=fields).order_by("number"):
                self.former[row.field_id].append(row)
        return [row for row in self.former[definition.field_id] if row.number < definition.number]

    def add_rows(self, definition: FieldDefinition, value: list[dict[str, Any]]) -> Rows:
        code, names = definition.field.code, []
        for number in range(self.number_of_rows(code, len(value))):
            row = value[number] if number < len(value) else {}
            names.append([])
            for column in definition.columns:
                name, cell = f"{code}-{number + 1}-{column['code']}", row.get(column["code"])
                label = labels_of([column])[column["code"]]
                choices = self.choices_of(definition, name, column.get("choices", []), cell, column=column["code"])
                field = field_for(column["kind"], choices, in_row=True, label=label, required=False)
                told_as = f"{definition.label} {number + 1}"
                self.add_field(name, field, as_typed_in(column["kind"], cell), told_as=told_as)
                names[-1].append(name)
        return self.rows_as(definition, names)

    def number_of_rows(self, code: str, answered: int) -> int:
        """Some more than there are; of a form that comes back as many as it had."""
        begins = self.add_prefix(f"{code}-")
        typed_in = [name[len(begins) :].partition("-")[0] for name in self.data if name.startswith(begins)]
        had = max(map(key_in, typed_in), default=0)
        return min(max(had, answered + ROWS_MORE), MOST_ROWS)

    @classmethod
    def fields_sent(cls, data: QueryDict) -> dict[str, forms.Field]:
        """Of the questions whose wordings the form named."""
        codes = [part.partition(":")[0] for part in data.get("wordings", "").split()]
        found = dict(super().fields_sent(data))
        for definition in FieldDefinition.objects.newest().filter(field__code__in=codes).select_related("field"):
            columns = {column["code"]: column for column in definition.columns}
            for name in data:
                question, _sign, place = name.partition("-")
                column = columns.get(place.partition("-")[2], {})
                asked = column if place else vars(definition)
                if question == definition.field.code and asked:
                    label = labels_of([column])[column["code"]] if column else definition.label
                    found[name] = field_for(asked["kind"], asked.get("choices", []), label=label, required=False)
        return found

    # --- what was typed -----------------------------------------------------------------------

    def wordings_now(self) -> str:
        return " ".join(f"{definition.field.code}:{definition.number}" for definition in self.definitions)

    def wordings_shown(self) -> dict[str, int]:
        """By their codes, the numbers of the wordings that the form showed when it was filled."""
        pairs = (part.partition(":") for part in str(self.cleaned_data.get("wordings", "")).split())
        return {code: key_in(number) for code, _sign, number in pairs}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        shown = self.wordings_shown()
        for definition in self.definitions:
            if definition.kind == Kind.ROWS:
                self.clean_rows(definition)
            if shown.get(definition.field.code, definition.number) != definition.number:
                self.say_changed(definition)
        self.say_gone(shown.keys() - {definition.field.code for definition in self.definitions})
        return values

    def clean_rows(self, definition: FieldDefinition) -> None:
        """A row that says something lacks nothing that its columns ask for."""
        for row in self.rows_typed(definition):
            if all(value in (None, "") for value in row.values()):
                continue
            for column in definition.columns:
                name = next(name for name in row if name.endswith(f"-{column['code']}"))
                if column.get("required") and row[name] in (None, "") and name not in self.errors:
                    self.add_error(name, with_label(_("Enter the %(label)s."), self.fields[name].label))

    def rows_typed(self, definition: FieldDefinition) -> list[dict[str, Any]]:
        """By the names of their fields."""
        code, found = definition.field.code, []
        for number in range(1, MOST_ROWS + 1):
            names = [f"{code}-{number}-{column['code']}" for column in definition.columns]
            if names and names[0] in self.fields:
                found.append({name: self.cleaned_data.get(name) for name in names})
        return found

    def say_changed(self, definition: FieldDefinition) -> None:
        sentence = _("This question was changed while you answered: “%(label)s”. Look at it, and save again.")
        words = forms.ValidationError(sentence, code="question-changed", params={"label": definition.label})
        self.add_error(self.first_field(definition.field.code), words)
        self.renew("wordings", self.wordings_now())

    def say_gone(self, codes: Collection[str]) -> None:
        """What was typed to a question that is asked no longer is shown, so that it can be copied."""
        if not codes:
            return
        for definition in FieldDefinition.objects.newest().filter(field__code__in=codes).select_related("field"):
            said = ", ".join(value for value in self.data.getlist(self.add_prefix(definition.field.code)) if value)
            self.gone.append({"label": definition.label, "text": said})
        sentence = _("A question was taken out of this section while you answered. Look at it, and save again.")
        self.add_error(None, forms.ValidationError(sentence, code="question-gone"))
        self.renew("wordings", self.wordings_now())

    def renew(self, name: str, value: Any) -> None:
        """The form comes back with this in a field that nobody sees."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = str(value)

    def first_field(self, code: str | None) -> str | None:
        """Of a question: the field at which something is said of it."""
        return next((name for name in self.fields if name == code or name.startswith(f"{code}-")), None)

    def said(self) -> GivenAnswers:
        """What was answered to the questions that the form showed."""
        shown = self.wordings_shown()
        values = {
            definition.field.code: self.answer_to(definition)
            for definition in self.definitions
            if definition.field.code in shown
        }
        return GivenAnswers(values, {code: shown[code] for code in values}, self.seen)

    def answer_to(self, definition: FieldDefinition) -> Any:
        if definition.kind != Kind.ROWS:
            return self.cleaned_data[definition.field.code]
        codes = [column["code"] for column in definition.columns]
        rows = [dict(zip(codes, row.values(), strict=True)) for row in self.rows_typed(definition)]
        return [row for row in rows if any(value not in (None, "") for value in row.values())]

    @property
    def seen(self) -> int:
        return self.cleaned_data.get("row_version") or NOTHING_YET

    # --- what the action refuses --------------------------------------------------------------

    def refuse(self, refusal: Refusal) -> None:
        refusal.field = self.first_field(refusal.field)
        super().refuse(refusal)
        if isinstance(refusal, StaleRow):
            self.renew("row_version", version_of(refusal.current))

    def two_texts(self, current: Any) -> list[dict[str, Any]]:
        """Both answers to each question that differs, side by side."""
        present, rows = self.present() if self.present else {}, []
        for definition in self.definitions:
            stored, value = present.get(definition.field.code), self.answer_to(definition)
            if not says_the_same(stored, value, definition):
                words = in_words(stored.definition, stored.value) if stored is not None else ""
                rows.append({"label": definition.label, "typed": self.typed_words(definition, value), "stored": words})
        return rows

    def typed_words(self, definition: FieldDefinition, value: Any) -> str:
        """In the wording of today, or of the last one that had such a choice."""
        for wording in (definition, *reversed(self.former_wordings(definition))):
            with suppress(Refusal):
                return in_words(wording, settled(wording, value))
        return ""


class ConfidentialForm(SectionForm):
    """Its fields begin with what no draft keeps."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, prefix=CONFIDENTIAL.removesuffix("-"), **options)
