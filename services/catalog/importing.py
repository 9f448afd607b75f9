"""The catalog from a file: looked at line by line, and imported once it is confirmed (careerplan/imports)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from careerplan.accounts.models import User
from careerplan.accounts.permissions import is_administrator
from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import UNIQUE, Difference, Fault, Field, Kind, Outcome, Read, Reader
from careerplan.imports.models import Import
from services.catalog.actions import refuse_wrong_days, save_entries
from services.catalog.columns import COLUMNS, Column, Form, Unreadable, value_in, written
from services.models import Service, ServiceCategory

KEY = "services"
BY_NAME = {column.name: column for column in COLUMNS}
WANTED = frozenset(column.name for column in COLUMNS if column.is_wanted)


class CatalogImport(Kind):
    key = KEY
    title = gettext_lazy("Import the catalog of services")
    who_may = gettext_lazy("Only administrators change the catalog of services.")
    minds_formulas = False
    again_at = ("code",)
    again = gettext_lazy("Line %(line)d is about the same service. Leave one of them out.")
    rows_are = pgettext_lazy("rows", "Service")
    home = "admin:services_service_changelist"
    home_label = gettext_lazy("Service catalog")

    @cached_property
    def fields(self) -> tuple[Field, ...]:  # type: ignore[override]  # the labels are known once the models are
        return tuple(Field(column.name, column.label, (column.heading.replace("_", " "),)) for column in COLUMNS)

    def may_bring(self, person: User) -> bool:
        return is_administrator(person)

    def refuse_columns(self, names: set[str]) -> None:
        if "code" not in names:
            raise Refusal("no-code", _("Choose the column with the codes: they say which service a line is about."))

    def reader(self, bringing: Import) -> Reader:
        return CatalogReader()

    def name_of(self, texts: Mapping[str, str]) -> str:
        return " · ".join(text for text in (texts.get("code", ""), texts.get("name", "")) if text)

    def shown(self, name: str, text: str) -> str:
        return in_row(date.fromisoformat(text)) if BY_NAME[name].form == Form.DAY and text else text

    def address_of(self, found: int) -> str:
        return reverse("admin:services_service_change", args=[found])


class CatalogReader:
    @cached_property
    def categories(self) -> dict[str, ServiceCategory]:
        """By code and by name, in small letters."""
        rows = list(ServiceCategory.objects.all())
        return {str(said).casefold(): row for row in rows for said in (row.name, row.code)}

    def read(self, texts: Mapping[str, str], word: str) -> Read:
        values, faults = {}, []
        for name, text in texts.items():
            try:
                values[name] = value_in(text, BY_NAME[name], self.categories)
            except Unreadable:
                faults.append(self.fault(text, BY_NAME[name]))
        return Read(values, faults, keys=(f"{UNIQUE}code:{texts['code'].casefold()}",))

    def fault(self, text: str, column: Column) -> Fault:
        return Fault.of(column.name, "unreadable-cell", lambda: self.why(text, column))

    def why(self, text: str, column: Column) -> str:
        try:
            value_in(text, column, self.categories)
        except Unreadable as error:
            return str(error)
        raise AssertionError("The cell can be read.")

    def look(self, reads: Sequence[Read]) -> list[Outcome]:
        codes = [read.values["code"] for read in reads]
        known = {row.code: row for row in Service.objects.filter(code__in=codes).select_related("category")}
        return [self.outcome(read, known.get(read.values["code"])) for read in reads]

    def outcome(self, read: Read, entry: Service | None) -> Outcome:
        faults = list(faults_beside(read, entry))
        if faults:
            return Outcome(RowState.BAD, entry.pk if entry else None, faults)
        if entry is None:
            return Outcome(RowState.GOOD)
        differences = list(differences_of(read, entry))
        return Outcome(RowState.CHANGED if differences else RowState.UNCHANGED, entry.pk, differences=differences)

    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        known = Service.objects.in_bulk([outcome.found for _read, outcome in rows if outcome.found is not None])
        entries = [
            (known[outcome.found] if outcome.found is not None else Service(), changed(read, outcome))
            for read, outcome in rows
        ]
        return [entry.pk for entry in save_entries(entries, by=by, at=at)]


def changed(read: Read, outcome: Outcome) -> dict[str, Any]:
    """What the file says otherwise; all of it of a new entry."""
    if outcome.found is None:
        return read.values
    return {one.field: read.values[one.field] for one in outcome.differences}


def differences_of(read: Read, entry: Service) -> list[Difference]:
    pairs = [
        (name, written(getattr(entry, name), BY_NAME[name]), written(value, BY_NAME[name]))
        for name, value in read.values.items()
    ]
    return [Difference(name, before, after) for name, before, after in pairs if before != after]


def faults_beside(read: Read, entry: Service | None) -> list[Fault]:
    """What the cells together say wrong: a new service lacks something, or an offer ends before it begins."""
    if entry is None and WANTED - read.values.keys():
        return [Fault.of("", "incomplete", lambda: lacking(read))]
    days = {name: read.values.get(name, getattr(entry, name, None)) for name in ("offered_from", "offered_until")}
    try:
        refuse_wrong_days(Service(**days))
    except Refusal as refusal:
        return [Fault.of("offered_until", refusal.code, wrong_days)]
    return []


def lacking(read: Read) -> str:
    labels = ", ".join(str(column.label) for column in COLUMNS if column.name in WANTED - read.values.keys())
    return _("This service is new. Choose the columns that say: %(columns)s.") % {"columns": labels}


def wrong_days() -> str:
    return _("The last day can't be before the first. Correct one of the two.")
