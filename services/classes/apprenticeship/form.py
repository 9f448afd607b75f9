"""The apprenticeship's part of the form of a planned service."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from careerplan.base.addresses import key_in
from careerplan.base.fields import MoneyField, NumberField, TextField, WholeNumberField
from careerplan.base.refusals import Refusal
from goals.occupation_field import OccupationField
from services.classes.apprenticeship.enums import CountedIn
from services.classes.apprenticeship.models import RAPIDS_ID, RAPIDS_WORDS, Apprenticeship, WageStep
from services.classes.apprenticeship.policy import HOURS_LIMIT, MOST_STEPS, Step, faults
from services.classes.apprenticeship.words import as_item, sentence_of, told_steps
from services.classes.form_part import FormPart

# The names of the fields of a row: step-1-after, step-1-wage ...
ROW, COLUMNS = "step", ("after", "wage", "percent")
# Empty rows at the end of the schedule, and of one that nobody began.
ROWS_MORE, ROWS_FIRST = 2, 4
# No form shows more, whatever was sent.
MOST_ROWS = 99


def name_of(place: int, column: str) -> str:
    """`place`: of the row, the first is 0."""
    return f"{ROW}-{place + 1}-{column}"


def field_of(column: str) -> forms.Field:
    if column == "after":
        return WholeNumberField(label=_("After how many"), most=HOURS_LIMIT, required=False)
    if column == "wage":
        words = {"invalid": _("Enter one wage in dollars, for example 18.50, with a period before the cents.")}
        return MoneyField(label=_("Wage an hour"), digits=5, required=False, error_messages=words)
    return NumberField(label=_("Percent"), most=100, required=False)


def as_shown(row: Any) -> dict[str, Any]:
    """The schedule of a planned service, by the names of the fields."""
    shown: dict[str, Any] = {}
    for place, step in enumerate(WageStep.objects.of_service(row)):
        shown["counted_in"] = step.counted_in
        cells = (Decimal(step.after), step.wage, step.percent)
        shown |= {name_of(place, column): cell for column, cell in zip(COLUMNS, cells, strict=True)}
    return shown


class StepRows(LayoutObject):
    """The schedule: in what it is counted, and a row for each wage."""

    template = "services/_wage_step_rows.html"

    def __init__(self, number: int):
        names = [[name_of(place, column) for column in COLUMNS] for place in range(number)]
        self.fields = [Div("counted_in"), *(Div(*row, css_class="fields-row") for row in names)]

    def render(self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **options: Any) -> str:
        counted, *rows = [part.render(form, context, template_pack=template_pack, **options) for part in self.fields]
        return render_to_string(self.template, {"counted": counted, "rows": rows, "most": MOST_STEPS})


class ApprenticeshipPart(FormPart):
    class_rows = (("occupation", "rapids_id"), ("sponsor",), ("instruction_hours", "job_hours"))

    occupation = OccupationField(
        label=_("Occupation (SOC)"), required=False, help_text=_("Its title, its SOC code, or what people call it.")
    )
    rapids_id = TextField(
        label=_("RAPIDS ID"), max_length=40, required=False, help_text=_("Of the registered apprenticeship program.")
    )
    sponsor = TextField(label=_("Sponsor"), max_length=150, required=False)
    instruction_hours = NumberField(label=_("Hours of related instruction"), most=HOURS_LIMIT, required=False)
    job_hours = NumberField(label=_("Hours on the job"), most=HOURS_LIMIT, required=False)
    counted_in = forms.ChoiceField(label=_("The steps are counted in"), choices=CountedIn, required=False)

    def __init__(self, *args: Any, row: Any, **options: Any) -> None:
        options["initial"] = as_shown(row) | options.get("initial", {})
        super().__init__(*args, row=row, **options)  # type: ignore[call-arg]  # of the form into which it is mixed
        for name in Apprenticeship.unsaid(None, self.row.service):
            required = _("Required before the plan is sent, and before the service starts.")
            self.fields[name].help_text = f"{self.fields[name].help_text} {required}"
        self.places = self.number_of_rows()
        for place in range(self.places):
            for column in COLUMNS:
                field = self.fields[name_of(place, column)] = field_of(column)
                field.told_as = _("Wage step %(number)s") % {"number": place + 1}  # type: ignore[attr-defined]
        shown = self.helper.layout.fields
        shown.insert(next(at for at, row in enumerate(shown) if "job_hours" in row.fields) + 1, StepRows(self.places))

    @property
    def rows_sent(self) -> list[int]:
        """The numbers of the rows that were sent, the first is 1; none of a page that had no schedule."""
        return [key_in(name.split("-")[1]) for name in self.data if name.startswith(f"{ROW}-")]

    def number_of_rows(self) -> int:
        """Some more than there are; of a form that comes back as many as it had."""
        said = sum(1 for name in self.initial if name.startswith(f"{ROW}-") and name.endswith("-after"))
        return min(max([*self.rows_sent, said + ROWS_MORE if said else ROWS_FIRST]), MOST_ROWS)

    @classmethod
    def fields_sent(cls, data: QueryDict) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = dict(super().fields_sent(data))  # type: ignore[misc]
        for name in data:
            row, _sign, column = name.rpartition("-")
            if row.startswith(f"{ROW}-") and column in COLUMNS:
                found[name] = field_of(column)
        return found

    def clean_rapids_id(self) -> str:
        typed = "".join(self.cleaned_data["rapids_id"].upper().split())
        if typed and not RAPIDS_ID.fullmatch(typed):
            self.add_error("rapids_id", RAPIDS_WORDS)
        return typed

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        self.filled = [place for place in range(self.places) if self.says_something(place)]
        for place in self.filled:
            for column, words in (
                ("after", _("Enter after how many: 0 from the start.")),
                ("wage", _("Enter the wage.")),
            ):
                name = name_of(place, column)
                if values.get(name) is None and name not in self.errors:
                    self.add_error(name, words)
        # What can't be read has its own words first: the steps around it are compared once it can.
        if not any(name.startswith(f"{ROW}-") for name in self.errors):
            steps = self.steps(values)
            for fault in faults(steps):
                name = name_of(self.filled[fault.place], fault.column)
                self.add_error(name, forms.ValidationError(sentence_of(fault, steps[fault.place]), code=fault.code))
        return values

    def says_something(self, place: int) -> bool:
        """Whether anything was typed in the row, readable or not."""
        return any(str(self[name_of(place, column)].data or "").strip() for column in COLUMNS)

    def steps(self, values: dict[str, Any]) -> tuple[Step, ...]:
        """In the order of their rows; empty rows between them are none."""
        counted_in = values.get("counted_in") or CountedIn.HOURS
        rows = [[values[name_of(place, column)] for column in COLUMNS] for place in self.filled]
        return tuple(Step(counted_in, *row) for row in rows)

    def values(self) -> dict[str, Any]:
        values: dict[str, Any] = super().values()  # type: ignore[misc]
        schedule = {"wage_steps": self.steps(values)} if self.rows_sent else {}
        own = {name for name in values if name.startswith(f"{ROW}-")} | {"counted_in"}
        return {name: value for name, value in values.items() if name not in own} | schedule

    def refuse(self, refusal: Refusal) -> None:
        if refusal.field == "wage_steps":
            refusal.field = name_of(0, "after")
        super().refuse(refusal)  # type: ignore[misc]

    def two_texts(self, current: Any) -> list[dict[str, Any]]:
        """The schedule is told as a whole."""
        told: list[dict[str, Any]] = super().two_texts(current)  # type: ignore[misc]
        schedules = (self.steps(self.cleaned_data), WageStep.objects.of_service(current))
        typed, stored = (told_steps(map(as_item, steps)) for steps in schedules)
        if typed != stored:
            told.append({"label": _("Wage steps"), "typed": typed, "stored": stored})
        return told
