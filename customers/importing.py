"""Customers from a file: which columns there may be, how their cells are read, who is there already, what is written.

A row finds its customer by the participant ID; else by the name with the birth date, or by the e-mail with one of the
two. An empty cell changes nothing. Office and planner of a customer who is there change by handing over, and a program
ends in the record: a file does neither.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from careerplan.accounts.models import Office, User
from careerplan.base import clock
from careerplan.base.dates import in_row
from careerplan.base.names import listed_name
from careerplan.base.refusals import Refusal
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import UNIQUE, Difference, Fault, Field, Kind, Outcome, Read, Reader
from careerplan.imports.models import Import
from customers import import_cells as cells
from customers.adding import (
    MADE_HERE,
    PERSONAL,
    add_customers,
    first_enrollment,
    new_customer,
    settle_person,
)
from customers.correcting import correct_record
from customers.doubles import Double, Known, Likeness, doubles_of_many, known_of, same_name
from customers.enrolling import change_status, enroll
from customers.forms import PlannerField
from customers.models import Customer, Enrollment, Program
from customers.person_forms import offices_of, planners_beside
from customers.scanning import refuse_infected

KEY = "customers"

FIELDS = (
    Field("state_id", gettext_lazy("Participant ID"), ("id", "participant", "customer id", "state id", "client id",
          "número de participante", "id del participante", "identificación")),
    Field("first_name", gettext_lazy("First name"), ("first", "given name", "nombre", "primer nombre", "nombres")),
    Field("middle_name", gettext_lazy("Middle name"), ("middle", "middle initial", "mi", "segundo nombre")),
    Field("last_name", gettext_lazy("Last name"), ("last", "surname", "family name", "apellido", "apellidos")),
    Field("preferred_name", gettext_lazy("Preferred name"), ("nickname", "goes by", "nombre preferido")),
    Field("birth_date", gettext_lazy("Birth date"), ("born", "date of birth", "birthdate", "birthday", "dob",
          "fecha de nacimiento", "nacimiento")),
    Field("email", gettext_lazy("E-mail"), ("email", "mail", "e-mail address", "email address", "correo",
          "correo electrónico")),
    Field("phone", gettext_lazy("Phone"), ("telephone", "phone number", "mobile", "cell", "cell phone", "teléfono",
          "celular")),
    Field("street", gettext_lazy("Street"), ("address", "street address", "address 1", "address line 1", "calle",
          "dirección", "domicilio")),
    Field("city", gettext_lazy("City"), ("town", "ciudad")),
    Field("state", pgettext_lazy("address", "State"), ("st", "estado")),
    Field("zip_code", gettext_lazy("ZIP code"), ("zip", "postal code", "código postal")),
    Field("language", gettext_lazy("Preferred language"), ("language", "spoken language", "idioma", "lengua")),
    Field("needs", gettext_lazy("Accommodation needs"), ("accommodation", "accommodations", "needs", "adaptaciones")),
    Field("customer_type", gettext_lazy("Customer type"), ("type", "tipo", "tipo de cliente")),
    Field("office", gettext_lazy("Office"), ("career center", "center", "location", "site", "oficina", "centro")),
    Field("planner", gettext_lazy("Career planner"), ("planner", "case manager", "planner email", "planificador",
          "planificadora", "asesor")),
    Field("program", gettext_lazy("Program"), ("program code", "programa", "código del programa")),
    Field("status", gettext_lazy("Enrollment status"), ("status", "estado de la inscripción", "estatus")),
    Field("begun_on", gettext_lazy("Program begun"), ("begun", "start date", "enrolled on", "enrollment date",
          "program start", "fecha de inicio", "fecha de inscripción", "inicio")),
)  # fmt: skip
OF_PROGRAM = ("status", "begun_on")
# So many records are named beside a row.
MOST_TOLD = 3


class CustomerImport(Kind):
    key = KEY
    title = gettext_lazy("Import customers")
    fields = FIELDS

    def may_bring(self, person: User) -> bool:
        """Statewide staff, and planners for their own offices."""
        return bool(person.is_active and person.edits_plans)

    def refuse_unfit(self, content: bytes) -> None:
        refuse_infected(content)

    def refuse_columns(self, names: set[str]) -> None:
        if not names & {"first_name", "last_name", "state_id"}:
            sentence = _("Choose the column with the names, or the one with the participant IDs.")
            raise Refusal("no-name", sentence)
        if names & set(OF_PROGRAM) and "program" not in names:
            raise Refusal("no-program", _("Choose the column with the program, or leave its status and day out."))

    def options(self, person: User) -> dict[str, forms.Field]:
        offices, planners = offices_of(person), planners_beside(person)
        first = list(offices[:2])
        office = forms.ModelChoiceField(
            label=gettext_lazy("Office of new customers whose row names none"),
            queryset=offices,
            required=False,
            empty_label=gettext_lazy("None: each row must name its office"),
            initial=first[0].pk if len(first) == 1 else None,
        )
        planner = PlannerField(
            label=gettext_lazy("Career planner of new customers whose row names none"),
            required=False,
            empty_label=gettext_lazy("Nobody yet"),
            initial=None if person.sees_every_region else person.pk,
        )
        planner.queryset = planners
        office.mark_optional = planner.mark_optional = False  # type: ignore[attr-defined]  # of our forms
        return {"office": office, "planner": planner}

    def reader(self, bringing: Import) -> Reader:
        return CustomerReader(bringing.uploaded_by, bringing.options)

    def name_of(self, texts: Mapping[str, str]) -> str:
        name = listed_name(texts.get("first_name", ""), texts.get("last_name", ""))
        return " · ".join(part for part in (name, texts.get("state_id", "")) if part) or texts.get("email", "")

    def shown(self, name: str, text: str) -> str:
        if name in {"birth_date", "begun_on"} and text:
            return in_row(date.fromisoformat(text))
        if name in cells.LABELS:
            return str(dict(cells.LABELS[name]()).get(text, text))
        return text

    def address_of(self, found: int) -> str:
        return reverse("customers:overview", args=[found])


class CustomerReader:
    """Reads for the person who brought the file: offices and customers are those whom this person sees."""

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
        first_enrollment(customer, read.values, at=self.at)

    def values_of_new(self, read: Read) -> dict[str, Any]:
        return {**self.defaults, **read.values}

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
            of_program = fault_from(lambda: first_enrollment(customer, read.values, at=self.at))
            faults += [of_program] if of_program else []
        if faults:
            return Outcome(RowState.BAD, customer.pk, faults)
        return Outcome(RowState.CHANGED if differences else RowState.UNCHANGED, customer.pk, [], differences)

    def try_changes(self, customer: Customer, changed: Mapping[str, Any]) -> None:
        trial = Customer(pk=customer.pk, office_id=customer.office_id)
        apply(trial, {name: getattr(customer, name) for name in PERSONAL} | {**changed}, at=self.at)

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

    # --- writing ---------------------------------------------------------------------------------

    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        new = [(self.values_of_new(read), read.word) for read, outcome in rows if outcome.found is None]
        made = iter(add_customers(new, by=by, at=at) if new else [])
        written = []
        for read, outcome in rows:
            if outcome.found is None:
                written.append(next(made).pk)
            else:
                write_changes(outcome.found, read, outcome, by=by, at=at)
                written.append(outcome.found)
        return written


def write_changes(key: int, read: Read, outcome: Outcome, *, by: User, at: datetime) -> None:
    customer = Customer.objects.get(pk=key)
    names = {one.field for one in outcome.differences}
    changed = {name: value for name, value in differing(read.values, customer).items() if name in names}
    if changed:
        customer = correct_record(customer, changed, by=by, at=at)
    if "program" in names:
        enroll(customer, {name: read.values.get(name) for name in ("program", *OF_PROGRAM)}, by=by, at=at)
    elif names & set(OF_PROGRAM):
        present = customer.enrollments.get(program=read.values["program"], exited_on=None)
        status, begun_on = read.values.get("status", present.status), read.values.get("begun_on")
        change_status(present, status=status, begun_on=begun_on, by=by, at=at)


def apply(customer: Customer, values: Mapping[str, Any], *, at: datetime) -> None:
    for name, value in values.items():
        setattr(customer, name, value)
    settle_person(customer, at=at)


def differing(values: Mapping[str, Any], customer: Customer) -> dict[str, Any]:
    """Of the person; a participant ID of the state takes the place of one that was made here. What a former record of
    the person says is known, and changes nothing."""
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
