"""Forms of a class of customers: which class and week, a row a customer, and a pasted table."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Office
from careerplan.base.dates import in_row
from careerplan.base.fields import DateField, NumberField, TextField, written
from careerplan.base.forms import PageForm
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.base.spoken import isolated
from services.attendance.actions import Recorded, Said
from services.attendance.courses import Course
from services.attendance.enums import Span
from services.attendance.models import LONGEST_ABSENCE, Attendance
from services.attendance.policy import HOURS_A_WEEK, monday_of
from services.models import PlannedService

LONGEST_PASTE = 50_000
# The version of the row, the hours and the absence that a page showed.
SHOWED = re.compile(r"(?P<version>\d{1,9}) (?P<hours>-|\d{1,3}(?:\.\d{1,2})?) (?P<absence>.*)", re.DOTALL)

# Of a row.
FIELDS = ("hours", "absence", "showed")
WHOLE_WEEK = ""
DAYS = (
    (WHOLE_WEEK, _("The whole week")),
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)


class ChooseClassForm(PageForm):
    """A GET form: the choice stays in the address. Who sees every region chooses an office first."""

    mark_optional = False

    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.order_by("name"), empty_label=_("Choose an office")
    )
    course = forms.ChoiceField(label=_("Class"))
    week = DateField(label=_("Week"), help_text=_("Any day in it."))
    weekday = forms.ChoiceField(label=_("Week or day"), choices=DAYS, required=False)

    def __init__(self, *args: Any, courses: Mapping[Course, int], with_office: bool, **options: Any):
        """`courses`: with how many services are under way in each."""
        super().__init__(*args, **options)
        self.courses = {course.code: course for course in courses}
        course: Any = self.fields["course"]
        course.choices = [
            ("", _("Choose a class")),
            *((row.code, f"{row} ({number})") for row, number in courses.items()),
        ]
        if not with_office:
            del self.fields["office"]
        self.helper.layout = Layout(Div(*self.fields, css_class="fields-row"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("week"):
            monday = monday_of(values["week"])
            weekday = values.get("weekday") or WHOLE_WEEK
            values["span"] = Span.DAY if weekday else Span.WEEK
            values["day"] = monday.fromordinal(monday.toordinal() + int(weekday or 0))
            values["course"] = self.courses.get(values.get("course", ""))
        return values


class Line:
    """A customer of the class: what stands of the day or week, and the fields of the form.

    `instead`: what stands recorded in the other way, so that there is nothing to enter here. `is_one_of_several`: the
    customer is in the class with another service, too, as where its funding changed.
    """

    def __init__(
        self, planned: PlannedService, rows: Sequence[Attendance], *, span: str, day: date, is_one_of_several: bool
    ):
        self.planned, self.customer, self.is_one_of_several = planned, planned.plan.customer, is_one_of_several
        self.row = next((row for row in rows if (row.span, row.day) == (span, day)), None)
        self.recorded = [row for row in rows if row.hours is not None]
        self.instead = [row for row in self.recorded if row.span != span]
        self.is_saved = False
        # Names the day, too: what was typed for one week, and kept, is not shown in another.
        self.key = f"{planned.pk}_{span}_{day.isoformat()}"

    @property
    def name(self) -> str:
        """Which no other line has."""
        start = self.planned.actual_start_on
        if start is None or not self.is_one_of_several:
            return str(self.customer)
        return gettext("%(name)s, since %(day)s") % {"name": self.customer, "day": in_row(start)}

    @property
    def instead_in_words(self) -> str:
        return hours_in_words(self.instead)

    @property
    def week_in_words(self) -> str:
        """What stands recorded of the week; "" where nothing is."""
        return hours_in_words(self.recorded) if self.recorded else ""

    @property
    def planned_in_words(self) -> str:
        hours = self.planned.weekly_hours
        return "" if hours is None else written(hours)

    def of_form(self, form: "ClassForm") -> "Line":
        if not self.instead:
            self.hours, self.absence, self.showed = (form[f"{name}_{self.key}"] for name in FIELDS)
        return self


def hours_in_words(rows: Sequence[Attendance]) -> str:
    return written(sum((row.hours for row in rows if row.hours is not None), Decimal(0)))


def rows_of_class(
    services: Sequence[PlannedService], recorded: Mapping[int, Sequence[Attendance]], *, span: str, day: date
) -> list[Line]:
    """`recorded`: what stands of the week, and what was taken back, by service."""
    number = Counter(row.plan.customer_id for row in services)
    return [
        Line(row, recorded.get(row.pk, ()), span=span, day=day, is_one_of_several=number[row.plan.customer_id] > 1)
        for row in services
    ]


class ClassForm(PageForm):
    """Two fields a customer, and hidden what the page showed before."""

    # A page may be saved over and over: what others recorded meanwhile is noticed by each row's version.
    form_key = None
    mark_optional = False

    def __init__(self, *args: Any, lines: Sequence[Line], span: str, day: date, **options: Any):
        self.all_lines, self.span, self.day = lines, span, day
        self.open_lines = [line for line in lines if not line.instead]
        fields = {name: field for line in self.open_lines for name, field in fields_of(line)}
        setattr(self, "base_fields", fields)  # noqa: B010  # to Django they are of the class
        self.places: list[Line] = []
        super().__init__(*args, **options)

    @classmethod
    def fields_sent(cls, data: QueryDict) -> dict[str, forms.Field]:
        labels = {"hours": pgettext_lazy("attendance", "Hours"), "absence": _("Absence, in a word")}
        names = {name: name.partition("_")[0] for name in data}
        return {name: forms.CharField(label=labels[kind]) for name, kind in names.items() if kind in labels}

    def lines(self) -> list[Line]:
        return [line.of_form(self) for line in self.all_lines]

    def said(self) -> list[Said]:
        """What was changed, of lines that can be read; `places` are their lines, in the same order."""
        found = []
        for line in self.open_lines:
            key = line.key
            if any(f"{name}_{key}" in self.errors for name in FIELDS):
                continue
            hours, absence = self.cleaned_data[f"hours_{key}"], self.cleaned_data[f"absence_{key}"].strip()
            version, before = showed_before(self.cleaned_data[f"showed_{key}"])
            if (hours, absence) == before:
                continue
            self.places.append(line)
            found.append(Said(line.planned.pk, self.span, self.day, hours, absence, version))
        return found

    def tell(self, recorded: Recorded) -> None:
        """At each line what became of it; what was not saved may be saved again."""
        sent: Any = self.data
        self.data = sent.copy()
        for place, row in recorded.saved.items():
            self.places[place].is_saved = True
            self.showed_now(self.places[place], row)
        for place, refusal in recorded.refused.items():
            self.refuse_line(self.places[place], refusal)

    def refuse_line(self, line: Line, refusal: Refusal) -> None:
        field = "absence" if refusal.field == "absence" else "hours"
        self.add_error(f"{field}_{line.key}", forms.ValidationError(refusal.sentence, code=refusal.code))
        if isinstance(refusal, StaleRow):
            self.showed_now(line, refusal.current)

    def showed_now(self, line: Line, row: Attendance) -> None:
        """The page that comes back shows the row as it stands."""
        sent: Any = self.data
        sent[f"showed_{line.key}"] = showed(row)


def fields_of(line: Line) -> list[tuple[str, forms.Field]]:
    key, row, name = line.key, line.row, isolated(line.name)
    small = {"class": "form-control", "autocomplete": "off"}
    hours = NumberField(
        label=_("Hours of %(name)s") % {"name": name},
        most=HOURS_A_WEEK,
        required=False,
        initial=row.hours if row else None,
        widget=forms.TextInput(small | {"inputmode": "decimal"}),
    )
    absence = TextField(
        label=_("Absence of %(name)s") % {"name": name},
        max_length=LONGEST_ABSENCE,
        required=False,
        initial=row.absence if row else "",
        widget=forms.TextInput(small | {"dir": "auto"}),
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, initial=showed(row))
    return [(f"hours_{key}", hours), (f"absence_{key}", absence), (f"showed_{key}", before)]


def showed(row: Attendance | None) -> str:
    if row is None:
        return "0 - "
    return f"{row.row_version} {'-' if row.hours is None else row.hours} {row.absence}"


def showed_before(text: str) -> tuple[int, tuple[Decimal | None, str]]:
    """The version, and the hours with the absence. What says nothing of it showed nothing."""
    found = SHOWED.fullmatch(text) or SHOWED.fullmatch(f"{text} ")  # fields of forms lose the space at the end
    if found is None:
        return 0, (None, "")
    hours = None if found["hours"] == "-" else Decimal(found["hours"])
    return int(found["version"]), (hours, found["absence"].strip())


class PasteForm(PageForm):
    """A class from a spreadsheet: a line a customer and day."""

    form_key = None
    mark_optional = False

    span = forms.ChoiceField(
        label=_("Week or day"),
        choices=Span,
        widget=forms.RadioSelect,
        help_text=_("Whether each line is about one day or a whole week. For a week, any day in it will do."),
    )
    text = TextField(
        label=_("Paste the lines here"),
        max_length=min(LONGEST_PASTE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE or LONGEST_PASTE),
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "dir": "auto"}),
        help_text=_(
            "In each line the participant ID or the name, the day, the hours and, if you like, a word on the absence. "
            "Commas, semicolons or tabs may be between them."
        ),
        error_messages={"required": _("Paste one or more lines.")},
    )
    # What the preview showed; saving what stands otherwise meanwhile shows it again.
    looked = TextField(required=False, widget=forms.HiddenInput)
