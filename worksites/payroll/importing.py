"""Payroll from a file: looked at row by row, and taken over once it is confirmed (careerplan/imports)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import DateField
from careerplan.base.refusals import Refusal
from careerplan.imports.checking import PART, tidy_up
from careerplan.imports.enums import TAKEN, RowState
from careerplan.imports.kinds import WEIGHED, Beside, Field, Kind, Outcome, Read, Reader, span_key
from careerplan.imports.models import Import, ImportRow
from customers.scanning import refuse_infected
from worksites.payroll.actions import Paid, lock_placements, take_over
from worksites.payroll.former import Former, read_former
from worksites.payroll.minimums import Minimums
from worksites.payroll.models import PayrollEntry, PayrollUpload
from worksites.payroll.of_1904 import refuse_days_of_1904
from worksites.payroll.policy import differs, meet
from worksites.payroll.preview import PERIOD, beside_rows, cells_of, placements_by_key
from worksites.payroll.rights import WHO_MAY, may_bring_payroll
from worksites.payroll.rows import faults_of_period, faults_of_person, faults_of_row, gross_of, subsidized_of
from worksites.payroll.together import OfFile, Together, placements_of, worked
from worksites.payroll.words import fault, fault_of_paid
from worksites.placements.models import Placement

KEY = "payroll"

FIELDS = (
    Field("placement", gettext_lazy("Placement ID"), ("placement", "placement number", "id de la colocación",
          "colocación")),
    Field("participant", gettext_lazy("Participant ID"), ("participant", "customer id", "state id", "employee id",
          "número de participante", "id del participante")),
    Field("customer", pgettext_lazy("a person", "Name"), ("customer", "customer name", "participant name", "employee",
          "employee name", "worker", "nombre", "nombre del participante", "empleado")),
    Field("worksite", gettext_lazy("Worksite"), ("site", "work site", "lugar de trabajo")),
    Field("begins_on", gettext_lazy("Period begins"), ("begins", "period start", "pay period start", "period begin",
          "pay period begins", "start date", "from", "inicio del período", "desde")),
    Field("ends_on", gettext_lazy("Period ends"), ("ends", "period end", "pay period end", "pay period ends",
          "end date", "to", "until", "fin del período", "hasta")),
    Field("hours", gettext_lazy("Hours"), ("hours worked", "total hours", "hrs", "horas", "horas trabajadas")),
    Field("hourly_wage", gettext_lazy("Hourly wage"), ("wage", "rate", "hourly rate", "pay rate", "salario por hora",
          "tarifa por hora")),
    Field("gross", gettext_lazy("Gross wages"), ("gross", "gross pay", "gross amount", "total pay", "salario bruto",
          "bruto")),
    Field("subsidized", gettext_lazy("Subsidized wages"), ("subsidized", "subsidized amount", "subsidy",
          "wages subsidized", "subsidio", "salario subsidiado")),
)  # fmt: skip


class PayrollImport(Kind):
    key = KEY
    title = gettext_lazy("Upload payroll")
    fields = FIELDS
    home, home_label = "payroll", gettext_lazy("Payroll")
    rows_are = gettext_lazy("Whose payroll")
    who_may = WHO_MAY
    columns_beside = (
        gettext_lazy("Pay period"), pgettext_lazy("payroll", "Hours"), gettext_lazy("Hourly wage"),
        gettext_lazy("Gross wages"), gettext_lazy("Subsidized wages"),
    )  # fmt: skip
    again_at = ("begins_on",)
    again = gettext_lazy(
        "Line %(line)d has days of the same placement. Leave one of the two out, or correct its period."
    )
    sheet, sheet_label = "payroll-template", gettext_lazy("Get a file to fill in, with the right people")

    def may_bring(self, person: User) -> bool:
        return may_bring_payroll(person)

    def refuse_unfit(self, content: bytes) -> None:
        refuse_infected(content)
        refuse_days_of_1904(content)

    def refuse_columns(self, names: set[str]) -> None:
        if "placement" not in names:
            raise Refusal("no-placement", _("Choose the column with the placement ID. The file to fill in has it."))
        if not {"hours", "hourly_wage"} <= names:
            raise Refusal("no-hours", _("Choose the columns with the hours and the hourly wage."))

    def options(self, person: User) -> dict[str, forms.Field]:
        help_text = gettext_lazy("For rows that say none.")
        return {
            "begins_on": DateField(label=gettext_lazy("Pay period begins"), required=False, help_text=help_text),
            "ends_on": DateField(label=gettext_lazy("Pay period ends"), required=False, help_text=help_text),
        }

    def refuse_options(self, options: Mapping[str, Any]) -> None:
        first, last = (options.get(name) for name in PERIOD)
        if first and last and last < first:  # as text: 2027-03-31
            sentence = _("The period ends before it begins. Correct one of the two days.")
            raise Refusal("period-backwards", sentence, field="ends_on")

    def reader(self, bringing: Import) -> Reader:
        return PayrollReader(bringing)

    def name_of(self, texts: Mapping[str, str]) -> str:
        return " · ".join(text for text in (texts.get("placement", ""), texts.get("customer", "")) if text)

    def beside(self, bringing: Import, rows: Sequence[ImportRow], person: User) -> dict[int, Beside]:
        return beside_rows(bringing, rows, person)

    def address_of(self, found: int) -> str:
        return reverse("payroll-entry", args=[found])

    def kept_at(self, bringing: Import) -> str:
        upload = PayrollUpload.objects.filter(import_number=bringing.pk).first()
        return reverse("payroll-upload", args=[upload.pk]) if upload else ""


class PayrollReader:
    """Of what the person sees who brought the file, whoever confirms it."""

    def __init__(self, bringing: Import):
        self.bringing, self.person = bringing, bringing.uploaded_by
        self.cells = cells_of(bringing)
        self.of_file = OfFile(bringing, self.cells)
        self.today, self.minimums = day_of(clock.now()), Minimums()

    def read(self, texts: Mapping[str, str], word: str) -> Read:
        values, faults = self.cells.read(texts)
        if not faults:
            faults = faults_of_period(values, self.today)
        if faults:
            return Read(values, faults)
        of = f"placement {values['placement']}"
        return Read(values, [], (of, span_key(of, values["begins_on"], values["ends_on"])))

    def look(self, reads: Sequence[Read]) -> list[Outcome]:
        """Eight queries at most, and once that of the file's lines: whom one sees, the placements with their wages,
        holds and fundings, the customers' other placements, what was paid of them all, and what the file says of
        them. Two more where rows have other IDs, or other worksites."""
        looked_at = {read.line: read.values["placement"] for read in reads}
        placements = placements_by_key(self.person, set(looked_at.values()))
        customers = placements_of({placement.customer.pk for placement in placements.values()})
        stored, in_file = self.stored(reads, customers), self.of_file.taken_over(customers, looked_at)
        together = {key: Together(stored.get(key, []), in_file.get(key, [])) for key in customers}
        of_placements = ((read.values, placements.get(read.values["placement"])) for read in reads)
        former = read_former((values, placement) for values, placement in of_placements if placement is not None)
        outcomes = []
        for read in reads:
            placement = placements.get(read.values["placement"])
            customer = placement.customer.pk if placement else 0
            outcome = self.outcome(read, placement, former, stored.get(customer, []), together.get(customer))
            if outcome.state in TAKEN:
                together[customer].take(worked(read.line, read.values))
            if len(customers.get(customer, [])) > 1:
                outcome = replace(outcome, keys=(f"{WEIGHED}customer {customer}",))
            outcomes.append(outcome)
        return outcomes

    def stored(self, reads: Sequence[Read], customers: Mapping[int, list[int]]) -> dict[int, list[PayrollEntry]]:
        """What was paid of these customers in the days of these rows."""
        if not reads:
            return {}
        whose = {placement: customer for customer, keys in customers.items() for placement in keys}
        days = [read.values[name] for read in reads for name in PERIOD]
        rows = PayrollEntry.objects.standing().filter(begins_on__lte=max(days), ends_on__gte=min(days))
        found: dict[int, list[PayrollEntry]] = {}
        for entry in rows.filter(placement__in=whose).with_upload():
            found.setdefault(whose[entry.placement_id], []).append(entry)
        return found

    def outcome(
        self,
        read: Read,
        placement: Placement | None,
        former: Former,
        stored: Sequence[PayrollEntry],
        together: Together | None,
    ) -> Outcome:
        """`stored`, `together`: of the same customer."""
        if placement is None or together is None:
            return Outcome(RowState.BAD, faults=[fault("placement", "unknown")])
        if whose := list(faults_of_person(read.values, placement, former)):
            return Outcome(RowState.BAD, faults=whose)
        span = read.values["begins_on"], read.values["ends_on"]
        of_placement = [entry for entry in stored if entry.placement_id == placement.pk]
        meeting = next((entry for entry in of_placement if meet((entry.begins_on, entry.ends_on), span)), None)
        if meeting is not None and says_the_same(meeting, read.values, placement):
            return Outcome(RowState.UNCHANGED, meeting.pk)
        faults = faults_of_row(read.values, placement, self.minimums)
        if not faults and meeting is not None:
            faults = [fault_of_paid(meeting, self.person)]
        if not faults and (too_many := together.fault_of(worked(read.line, read.values))):
            faults = [too_many]
        return Outcome(RowState.BAD, faults=faults) if faults else Outcome(RowState.GOOD)

    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        """The placements are locked first, and then each row is looked at once more. Raises Refusal."""
        paid: list[Paid] = []
        lock_placements(read.values["placement"] for read, _outcome in rows)
        for number, start in enumerate(range(0, len(rows), PART), start=1):
            tidy_up(number)
            part = [read for read, _outcome in rows[start : start + PART]]
            if any(outcome.state != RowState.GOOD for outcome in self.look(part)):
                raise Refusal("placement-changed", _("Somebody changed one of the placements meanwhile."))
            placements = placements_by_key(self.person, {read.values["placement"] for read in part})
            paid += [paid_of(read, placements[read.values["placement"]]) for read in part]
        return take_over(self.bringing, paid, by=by, at=at)


def says_the_same(entry: PayrollEntry, values: Mapping[str, Any], placement: Placement) -> bool:
    said = (values["begins_on"], values["ends_on"], values["hours"], values["hourly_wage"])
    stored = (entry.begins_on, entry.ends_on, entry.hours, entry.hourly_wage)
    if "gross" in values and differs(values["gross"], entry.gross):
        return False
    return stored == said and entry.subsidized == subsidized_of(values, placement)


def paid_of(read: Read, placement: Placement) -> Paid:
    values = read.values
    return Paid(
        line=read.line,
        placement=placement.pk,
        planned=placement.planned.on(values["begins_on"]).pk,
        begins_on=values["begins_on"],
        ends_on=values["ends_on"],
        hours=values["hours"],
        hourly_wage=values["hourly_wage"],
        gross=gross_of(values),
        subsidized=subsidized_of(values, placement),
    )
