"""Whom a row of a file of customers is about, what it says that the record does not, and why it can't be imported.

A row finds its customer by the participant ID; else by the name with the birth date, or by the e-mail with one of the
two. An empty cell changes nothing. Office and planner of a customer who is there change by handing over, and a program
ends in the record: a file does neither.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from careerplan.accounts.models import Office, User
from careerplan.base import clock
from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import UNIQUE, Difference, Fault, Outcome, Read
from customers import import_cells as cells
from customers.adding import MADE_HERE, PERSONAL, first_enrollment, new_customer, settle_person
from customers.doubles import Double, Known, Likeness, doubles_of_many, known_of, same_name
from customers.enrolling import refuse_twice
from customers.models import Customer, Enrollment, Program
from customers.person_forms import offices_of, planners_beside

OF_PROGRAM = ("status", "begun_on")
# So many records are named beside a row.
MOST_TOLD = 3


class CustomerMatching:
    """For the person who brought the file: offices and customers are those whom this person sees."""

    def __init__(self, person: User, options: Mapping[str, Any]):
        self.person, self.options = person, options
        self.scopes: dict[int, frozenset[int]] = {}
        self.at = clock.now()
        self.cells = cells.fields(offices=self.offices, planners=self.planners, programs=Program.objects.all())

    @cached_property
    def offices(self) -> list[Office]:
        return list(offices_of(self.person))

    @cached_property
    def planners(self) -> list[User]:
        return list(planners_beside(self.person))

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """Of new customers, as the page of columns says."""
        offices = {office.pk: office for office in self.offices}
        planners = {planner.pk: planner for planner in self.planners}
        return {
            "office": offices.get(self.options.get("office", 0)),
            "planner": planners.get(self.options.get("planner", 0)),
        }

    # --- one row by itself -----------------------------------------------------------------------

    def read(self, texts: Mapping[str, str], word: str) -> Read:
        values, faults = {}, []
        for name, text in texts.items():
            if not text:
                continue
            try:
                values[name] = self.cells[name].clean(text)
            except ValidationError as error:
                faults.append(fault_of_cell(name, text, error, self.cells[name]))
        if "program" not in texts or not texts["program"]:
            faults += [
                Fault.of(name, "no-program", lambda: _("Name the program, or empty this cell."))
                for name in OF_PROGRAM
                if texts.get(name)
            ]
        keys, asks = keys_of(values)
        return Read(values, faults, keys, asks, word)

    # --- what is there already -------------------------------------------------------------------

    def look(self, reads: Sequence[Read]) -> list[Outcome]:
        alike = doubles_of_many([read.values for read in reads], user=self.person)
        keys = {double.customer.pk for doubles in alike for double in doubles if double.customer is not None}
        self.enrollments: dict[int, list[Enrollment]] = {key: [] for key in keys}
        for row in Enrollment.objects.filter(customer__in=keys).select_related("program").order_by("begun_on", "id"):
            self.enrollments[row.customer_id].append(row)
        return [self.outcome(read, doubles) for read, doubles in zip(reads, alike, strict=True)]

    def outcome(self, read: Read, doubles: Sequence[Double]) -> Outcome:
        if doubles and doubles[0].is_certain:
            return self.of_the_id(read, doubles[0])
        if read.word:
            return self.of_new(read)
        shown = [double.customer for double in doubles if double.customer is not None]
        has_id = bool(read.values.get("state_id"))
        same = [] if has_id else [customer for customer in shown if self.says_the_same(read, customer)]
        sure = same or [double.customer for double in doubles if double.customer and is_sure(read, double)]
        if len(sure) == 1:
            return self.of_known(read, sure[0])
        if doubles:
            said = Fault.of("", "possible-double", lambda: words_for_doubles(doubles))
            return Outcome(RowState.DOUBLE, faults=[said])
        return self.of_new(read)

    def of_the_id(self, read: Read, double: Double) -> Outcome:
        customer = double.customer
        if customer is None:
            said = Fault.of("state_id", "id-of-another-office", words_for_other_office)
            return Outcome(RowState.BAD, faults=[said])
        if is_somebody_else(read.values, customer):
            said = Fault.of("state_id", "id-of-another-person", lambda: words_for_another_person(customer))
            return Outcome(RowState.BAD, faults=[said])
        return self.of_known(read, customer)

    def of_new(self, read: Read) -> Outcome:
        fault = fault_from(lambda: self.try_new(read))
        return Outcome(RowState.BAD, faults=[fault]) if fault else Outcome(RowState.GOOD)

    def try_new(self, read: Read) -> None:
        customer = new_customer(self.values_of_new(read), scopes=self.scopes, by=self.person, at=self.at)
        first_enrollment(customer, self.with_day(read.values), at=self.at)

    def values_of_new(self, read: Read) -> dict[str, Any]:
        return {**self.defaults, **self.with_day(read.values)}

    def with_day(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Of a new enrollment whose row names no day: the day that the page of columns says."""
        said = self.options.get("begun_on")
        if not said or "program" not in values or "begun_on" in values:
            return values
        return {**values, "begun_on": date.fromisoformat(said)}

    # --- a customer who is there -----------------------------------------------------------------

    def of_known(self, read: Read, customer: Customer) -> Outcome:
        faults = [*self.kept_elsewhere(read.values, customer)]
        changed = differing(read.values, customer)
        differences = [
            Difference(name, neutral(getattr(customer, name)), neutral(new)) for name, new in changed.items()
        ]
        differences += self.of_program(read.values, customer)
        if not faults and changed:
            of_person = fault_from(lambda: self.try_changes(customer, changed))
            faults += [of_person] if of_person else []
        if not faults and "program" in {one.field for one in differences}:
            values = self.with_day(read.values)
            of_program = fault_from(lambda: first_enrollment(customer, values, at=self.at))
            faults += [of_program] if of_program else []
        elif not faults and "begun_on" in {one.field for one in differences}:
            of_day = fault_from(lambda: self.try_day(read.values, customer))
            faults += [of_day] if of_day else []
        if faults:
            return Outcome(RowState.BAD, customer.pk, faults)
        return Outcome(RowState.CHANGED if differences else RowState.UNCHANGED, customer.pk, [], differences)

    def try_changes(self, customer: Customer, changed: Mapping[str, Any]) -> None:
        trial = Customer(pk=customer.pk, office_id=customer.office_id)
        apply(trial, {name: getattr(customer, name) for name in PERSONAL} | {**changed}, at=self.at)

    def try_day(self, values: Mapping[str, Any], customer: Customer) -> None:
        of_it = [row for row in self.enrollments[customer.pk] if row.program_id == values["program"].pk]
        present = next(row for row in of_it if row.exited_on is None)
        trial = Enrollment(pk=present.pk, begun_on=values["begun_on"])
        refuse_twice(trial, field="begun_on", others=of_it)

    def says_the_same(self, read: Read, customer: Customer) -> bool:
        return self.of_known(read, customer).state == RowState.UNCHANGED

    def kept_elsewhere(self, values: Mapping[str, Any], customer: Customer) -> list[Fault]:
        """What a file does not change of a customer who is there."""
        faults = []
        if "office" in values and values["office"].pk != customer.office_id:
            faults.append(Fault.of("office", "other-office", lambda: words_for_office(customer)))
        if "planner" in values and values["planner"].pk != customer.planner_id:
            faults.append(Fault.of("planner", "other-planner", lambda: words_for_planner(customer)))
        email = values.get("email", customer.email).casefold()
        if customer.user_id and email not in {customer.email.casefold(), *former_values("email", customer)}:
            faults.append(Fault.of("email", "email-of-sign-in", lambda: words_for_email(customer)))
        return faults

    def of_program(self, values: Mapping[str, Any], customer: Customer) -> list[Difference]:
        program = values.get("program")
        if program is None:
            return []
        of_it = [row for row in self.enrollments[customer.pk] if row.program_id == program.pk]
        present = next((row for row in of_it if row.exited_on is None), None)
        if present is not None:
            wanted = {name: values[name] for name in OF_PROGRAM if name in values}
            return [
                Difference(name, neutral(getattr(present, name)), neutral(new))
                for name, new in wanted.items()
                if getattr(present, name) != new
            ]
        begun_on = values.get("begun_on")
        if any(begun_on is None or begun_on <= row.exited_on for row in of_it):
            return []  # it ended here since
        return [Difference("program", "", program.code)]


def apply(customer: Customer, values: Mapping[str, Any], *, at: datetime) -> None:
    for name, value in values.items():
        setattr(customer, name, value)
    settle_person(customer, at=at)


def differing(values: Mapping[str, Any], customer: Customer) -> dict[str, Any]:
    """Of the person; a participant ID of the state takes the place of one that was made here. What a former record of
    the person says is known, and changes nothing; neither does a row that is about a former record."""
    if is_of_former(values, customer):
        return {}
    found = {}
    for name in PERSONAL:
        if name not in values or same_text(name, values[name], getattr(customer, name)):
            continue
        if name in {"email", "state_id"} and str(values[name]).casefold() in former_values(name, customer):
            continue
        if name != "state_id" or customer.state_id.startswith(MADE_HERE):
            found[name] = values[name]
    return found


def same_text(name: str, new: Any, old: Any) -> bool:
    if name in {"email", "state_id"}:
        return str(new).casefold() == str(old).casefold()
    return bool(new == old)


def former_values(name: str, customer: Customer) -> set[str]:
    """The e-mails or participant IDs of records that were merged into this one, as they are compared."""
    return {getattr(known, name) for known in customer.known_as} - {""}


def is_of_former(values: Mapping[str, Any], customer: Customer) -> bool:
    """By its participant ID; without one by the name, which is the former record's alone. It would rename the person,
    and the row of the record that goes on would name the person back: each time that the file comes."""
    said, own = known_of(values), known_of(vars(customer))
    if said.state_id:
        return said.state_id in former_values("state_id", customer)
    return not same_name(said.names, own.names) and any(same_name(said.names, row.names) for row in customer.known_as)


def neutral(value: Any) -> str:
    """In no language, and the same whenever it is asked."""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


# --- who it is -----------------------------------------------------------------------------------


def keys_of(values: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Under which other rows find this one, and under which it looks for them: as `doubles.likeness_of` compares."""
    known = known_of(values)
    both = [f"{UNIQUE}id:{known.state_id}"] if known.state_id else []
    both += [f"email:{known.email}"] if known.email else []
    first, last = known.names
    name = min(first + last, last + first)
    if not name:
        return tuple(both), tuple(both)
    if known.birth_date is None:
        return (*both, f"name:{name}", f"unborn:{name}"), (*both, f"name:{name}")
    both.append(f"born:{known.birth_date.isoformat()}:{name}")
    return (*both, f"name:{name}"), (*both, f"unborn:{name}")


def is_sure(read: Read, double: Double) -> bool:
    """Whether a row without an ID of its own, or with the first one that the person gets, is this customer."""
    customer = double.customer
    if customer is None or (read.values.get("state_id") and not customer.state_id.startswith(MADE_HERE)):
        return False
    if double.likeness == Likeness.NAME_AND_BIRTH:
        return True
    return double.likeness == Likeness.EMAIL and not is_somebody_else(read.values, customer)


def is_somebody_else(values: Mapping[str, Any], customer: Customer) -> bool:
    """Neither the name nor the birth date is the record's; what is not said speaks for nobody else."""
    said = known_of(values)

    def differs_from(known: Known) -> bool:
        other_name = "".join(said.names) != "" and not same_name(said.names, known.names)
        return other_name and (said.birth_date is None or said.birth_date != known.birth_date)

    return all(differs_from(known) for known in (known_of(vars(customer)), *customer.known_as))


# --- words ---------------------------------------------------------------------------------------


def fault_of_cell(name: str, text: str, error: ValidationError, field: forms.Field) -> Fault:
    def say() -> str:
        try:
            field.clean(text)
        except ValidationError as again:
            return " ".join(again.messages)
        return " ".join(error.messages)

    return Fault.of(name, error.error_list[0].code or "invalid", say)


def fault_from(attempt: Callable[[], Any]) -> Fault | None:
    """What refuses it, in each language; None where nothing does."""
    try:
        attempt()
    except Refusal as refusal:
        code, field, first = refusal.code, refusal.field or "", refusal.sentence
    else:
        return None

    def say() -> Any:
        try:
            attempt()
        except Refusal as again:
            return again.sentence
        return first

    return Fault.of(field, code, say)


def words_for_doubles(doubles: Sequence[Double]) -> str:
    told = [
        f"{double.customer} ({double.customer.state_id}): {double.sentence}" if double.customer else double.sentence
        for double in doubles[:MOST_TOLD]
    ]
    return _("There may be a record of this person already. %(records)s") % {"records": "; ".join(told)}


def words_for_other_office() -> str:
    return _("Somebody in another office has this participant ID. Correct it, or ask statewide staff.")


def words_for_another_person(customer: Customer) -> str:
    born = in_row(customer.birth_date) if customer.birth_date else "-"
    said = _(
        "This participant ID belongs to %(person)s (birth date %(day)s). Correct the ID, the name or the birth date."
    )
    return said % {"person": customer, "day": born}


def words_for_office(customer: Customer) -> str:
    said = _("The customer belongs to %(office)s. Empty this cell, or hand the customer over first.")
    return said % {"office": customer.office}


def words_for_planner(customer: Customer) -> str:
    said = _("The customer's career planner is %(planner)s. Empty this cell, or hand the customer over first.")
    return said % {"planner": customer.planner or _("nobody")}


def words_for_email(customer: Customer) -> str:
    return _("The customer signs in with %(email)s. Empty this cell, or change the sign-in first.") % {
        "email": customer.email
    }
