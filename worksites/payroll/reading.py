"""What payroll adds up to. The database makes every sum."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from careerplan.base.dates import in_row
from careerplan.base.names import listed_name
from worksites.payroll.models import FIGURES, PayrollEntry, sum_of

JOB = "placement__job"
CUSTOMER = "placement__planned__plan__customer"
PROGRAM = "planned__program"


@dataclass(frozen=True)
class Way:
    """What payroll is added up by. `columns`: by which the rows are grouped; `keys`: those in whose order they stand,
    together unique; `name`: what a group is called; `beside`: what else is said of it."""

    code: str
    label: Any
    caption: Any
    columns: Mapping[str, Any]
    keys: tuple[str, ...]
    name: Callable[[Mapping[str, Any]], str]
    beside: Callable[[Mapping[str, Any]], str] = lambda _row: ""


def name_of_program(row: Mapping[str, Any]) -> str:
    return row["name"] or pgettext("a service", "No program")


WAYS = (
    Way(
        "placement", _("Placement"), _("By placement"),
        {"of": F("placement"), "last": F(f"{CUSTOMER}__last_name"), "first": F(f"{CUSTOMER}__first_name"),
         "title": F(f"{JOB}__title"), "site": F(f"{JOB}__worksite__name")},
        ("last", "first", "of"),
        lambda row: listed_name(row["first"], row["last"]), lambda row: f"{row['title']}, {row['site']}",
    ),
    Way(
        "worksite", _("Worksite"), _("By worksite"),
        {"name": F(f"{JOB}__worksite__name"), "of": F(f"{JOB}__worksite"),
         "employer": F(f"{JOB}__worksite__employer__name")},
        ("name", "of"), lambda row: row["name"], lambda row: row["employer"],
    ),
    Way(
        "employer", _("Employer"), _("By employer"),
        {"name": F(f"{JOB}__worksite__employer__name"), "of": F(f"{JOB}__worksite__employer")},
        ("name", "of"), lambda row: row["name"],
    ),
    Way(
        "program", _("Program"), _("By program"),
        {"name": Coalesce(f"{PROGRAM}__name", Value("")), "of": Coalesce(F(PROGRAM), Value(0))},
        ("name", "of"), name_of_program,
    ),
    Way(
        "period", _("Pay period"), _("By pay period"),
        {"begins": F("begins_on"), "ends": F("ends_on")},
        ("-begins", "-ends"), lambda row: f"{in_row(row['begins'])} – {in_row(row['ends'])}",
    ),
)  # fmt: skip
BY_CODE = {way.code: way for way in WAYS}
NUMBER_OF_ROWS = pgettext_lazy("payroll", "Rows")


def grouped(entries: QuerySet[PayrollEntry], way: Way) -> QuerySet[Any, dict[str, Any]]:
    """A dictionary for each group: its columns, how many `rows` it has, and the sums."""
    rows = entries.standing().order_by().annotate(**way.columns).values(*way.columns)  # type: ignore[attr-defined]
    found: QuerySet[Any, dict[str, Any]] = rows.annotate(
        rows=Count("pk"), **{f"{name}_sum": sum_of(name) for name in FIGURES}
    )
    return found


@dataclass(frozen=True)
class Sums:
    name: str
    beside: str
    rows: int
    hours: Decimal
    gross: Decimal
    subsidized: Decimal

    @property
    def unsubsidized(self) -> Decimal:
        return self.gross - self.subsidized


def shown(row: Mapping[str, Any], way: Way) -> Sums:
    figures = {name: row[f"{name}_sum"] for name in FIGURES}
    return Sums(way.name(row), way.beside(row), row["rows"], **figures)


def total(entries: QuerySet[PayrollEntry]) -> Sums:
    """Of all of them, withdrawn ones among them where they are. One query."""
    found = entries.aggregate(rows=Count("pk"), **{f"{name}_sum": sum_of(name) for name in FIGURES})
    return Sums("", "", found["rows"], **{name: found[f"{name}_sum"] for name in FIGURES})


def sums_of_uploads(uploads: Collection[Any]) -> dict[int, Sums]:
    """By the key of the upload. One query."""
    rows = PayrollEntry.objects.filter(upload__in=uploads).order_by().values("upload")
    figures = {f"{name}_sum": sum_of(name) for name in FIGURES}
    found: Any = rows.annotate(rows=Count("pk"), **figures)
    return {row["upload"]: Sums("", "", row["rows"], **{name: row[f"{name}_sum"] for name in FIGURES}) for row in found}


def told_of_sums(entries: QuerySet[PayrollEntry], way: Way) -> Iterator[list[str]]:
    """The rows of a file."""
    yield [
        str(way.label), "", str(NUMBER_OF_ROWS), str(_("Hours")), str(_("Gross wages")), str(_("Subsidized wages")),
        str(_("Paid by the employer")),
    ]  # fmt: skip
    for row in grouped(entries, way).order_by(*way.keys).iterator(chunk_size=1000):
        sums = shown(row, way)
        figures = (sums.hours, sums.gross, sums.subsidized, sums.unsubsidized)
        yield [sums.name, sums.beside, str(sums.rows), *(f"{figure:.2f}" for figure in figures)]


def overlapping(entries: QuerySet[PayrollEntry], first: date | None, last: date | None) -> QuerySet[PayrollEntry]:
    """Of pay periods that have a day in this time."""
    entries = entries if first is None else entries.filter(ends_on__gte=first)
    return entries if last is None else entries.filter(begins_on__lte=last)
