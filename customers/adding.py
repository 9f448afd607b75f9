"""New customers, one or many at once, with their first program; nobody comes about twice without a word of why."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, User
from careerplan.base.dates import day_of
from careerplan.base.history import record_all
from careerplan.base.history.tracking import settled_changes
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import word
from customers.doubles import Double, doubles_of_many
from customers.enums import ContactMethod, EnrollmentStatus, NoteCategory
from customers.models import CaseNote, Customer, Enrollment
from customers.models.people import read_scope

# What people type of a customer; office and planner change by handing over, once the record stands.
PERSONAL = (
    "first_name", "middle_name", "last_name", "preferred_name", "email", "phone", "birth_date", "street", "city",
    "state", "zip_code", "language", "needs", "large_print", "customer_type", "state_id",
)  # fmt: skip
OF_ENROLLMENT = ("program", "status", "begun_on")
LONGEST_WORD_ON_DOUBLES = 1000

# A participant ID that the product made: the state's own is entered when it is known.
MADE_HERE, DIGITS_MADE_HERE = "CP-", 8


def may_add(by: User) -> bool:
    """Planners and statewide staff, and administrators, who keep the records but not the plans."""
    return by.is_active and (by.edits_plans or by.role == Role.ADMINISTRATOR)


@transaction.atomic
def add_customer(values: Mapping[str, Any], *, word_on_doubles: str = "", by: User, at: datetime) -> Customer:
    """A new record. `values`: names of Customer's fields (`PERSONAL`, office, planner), and program, status and
    begun_on of a first enrollment. Without a participant ID the product makes one.

    Raises:
        NotAllowed: somebody who adds no customers, or none to this office.
        Refusal: a value can't be (`field` names it), or somebody may be the same person and `word_on_doubles` is empty;
            `facts["doubles"]` are they. A participant ID is one person's, whatever the word.
    """
    [customer] = add_customers([(values, word_on_doubles)], by=by, at=at)
    tell_planner(customer, by=by, at=at)
    return customer


@transaction.atomic
def add_customers(rows: Sequence[tuple[Mapping[str, Any], str]], *, by: User, at: datetime) -> list[Customer]:
    """As `add_customer`, of many, each with its word on doubles, in a few statements for a thousand: all or none.

    A refusal says in `facts["row"]` which row it is about, from 0. That two rows are one person, the caller says.
    """
    if not may_add(by):
        raise NotAllowed("may-not-add", _("Only career planners and statewide staff can add customers."))
    lock_offices(values.get("office") for values, _word in rows)
    scopes: dict[int, frozenset[int]] = {}
    customers, enrollments = [], []
    for number, (values, _word) in enumerate(rows):
        try:
            customers.append(new_customer(values, scopes=scopes, by=by, at=at))
            enrollments.append(first_enrollment(customers[-1], values, at=at))
        except Refusal as refusal:
            refusal.facts["row"] = number
            raise
    give_participant_ids(customers)
    alike = doubles_of_many([values for values, _word in rows], user=by)
    for number, (doubles, (_values, said)) in enumerate(zip(alike, rows, strict=True)):
        refuse_doubles(doubles, said, row=number)
    record_all(customers, by=by, at=at, reason="added")
    record_all([row for row in enrollments if row is not None], by=by, at=at, reason="added")
    pairs = zip(customers, alike, [said for _values, said in rows], strict=True)
    notes = [note_on(customer, doubles, said, by=by, at=at) for customer, doubles, said in pairs if doubles]
    record_all(notes, by=by, at=at)
    return customers


def lock_offices(offices: Iterable[Any]) -> None:
    """Two people who add the same person in one office at once: the second one sees the first one's record."""
    keys = {office.pk for office in offices if isinstance(office, Office)}
    list(Office.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def new_customer(values: Mapping[str, Any], *, scopes: dict[int, frozenset[int]], by: User, at: datetime) -> Customer:
    """The unsaved row. `scopes`: whose offices were read before, by key."""
    office, planner = values.get("office"), values.get("planner")
    if not isinstance(office, Office):
        raise Refusal("office-missing", _("Choose the office."), field="office")
    if not sees_office(by, office, scopes):
        raise NotAllowed("office-of-others", _("You do not work for this office. Choose one of your own."))
    if planner is not None and not (planner.is_active and planner.edits_plans):
        raise Refusal("planner-not-at-work", _("Choose a planner who can sign in."), field="planner")
    if planner is not None and not sees_office(planner, office, scopes):
        named = {"planner": planner, "office": office}
        raise Refusal(
            "planner-does-not-see",
            _("%(planner)s does not work for %(office)s. Choose another planner or office.") % named,
            field="planner",
        )
    known = {name: values[name] for name in PERSONAL if values.get(name) is not None}
    customer = Customer(office=office, planner=planner, **known)
    settle_person(customer, at=at)
    return customer


def sees_office(person: User, office: Office, scopes: dict[int, frozenset[int]]) -> bool:
    if person.sees_every_region:
        return True
    if person.pk not in scopes:
        scopes[person.pk] = read_scope(person).offices
    return office.pk in scopes[person.pk]


def settle_person(customer: Customer, *, at: datetime) -> None:
    """The texts as they are kept, and the keys that follow from them. Raises Refusal at the field that can't be."""
    for name in ("email", "state_id", "first_name", "middle_name", "last_name"):
        setattr(customer, name, " ".join(getattr(customer, name).split()))
    given = customer.state_id
    customer.state_id = given or MADE_HERE  # an empty one is made later, and is no fault
    try:
        settled_changes(customer, at=at)
        if not (customer.first_name or customer.last_name):
            raise Refusal("name-missing", _("Enter a first or a last name. One is enough."), field="first_name")
        customer.clean_fields(exclude=["office", "planner", "user", "name_key"])
    except ValidationError as error:
        field, [problem, *_rest] = next(iter(error.error_dict.items()))
        raise Refusal("not-valid", " ".join(problem.messages), field=field) from error
    finally:
        customer.state_id = given
    user: User | None = customer.user
    customer.set_keys(user.username if user is not None else "")


def first_enrollment(customer: Customer, values: Mapping[str, Any], *, at: datetime) -> Enrollment | None:
    """The unsaved row; None where the values name no program."""
    if values.get("program") is None:
        return None
    if values.get("begun_on") is None:
        raise Refusal("begin-missing", _("Enter the day on which the program began."), field="begun_on")
    status = values.get("status") or EnrollmentStatus.APPLICANT
    enrollment = Enrollment(
        customer=customer,
        program=values["program"],
        planner=customer.planner,
        status=status,
        begun_on=values["begun_on"],
    )
    refuse_ended(status)
    settled_changes(enrollment, at=at)
    return enrollment


def refuse_ended(status: str) -> None:
    """A program ends with its exit date."""
    if status == EnrollmentStatus.EXITED:
        raise Refusal("ends-elsewhere", _("Choose End to say on which day the program ended."), field="status")


def give_participant_ids(customers: Sequence[Customer]) -> None:
    """A number of the product's own to those without one, which nobody has."""
    waiting = [customer for customer in customers if not customer.state_id]
    while waiting:
        numbers = {f"{MADE_HERE}{secrets.randbelow(10**DIGITS_MADE_HERE):0{DIGITS_MADE_HERE}}" for _row in waiting}
        numbers -= set(Customer.objects.filter(state_id__in=numbers).values_list("state_id", flat=True))
        numbers -= {customer.state_id for customer in customers}
        for number in sorted(numbers):
            waiting.pop().state_id = number


def refuse_doubles(doubles: Sequence[Double], said: str, *, row: int = 0) -> None:
    """Raises Refusal where somebody may be the same person and no word says why this is another one."""
    certain = [double for double in doubles if double.is_certain]
    if certain:
        sentence = _("Somebody has this participant ID already. Correct it, or open that record.")
        refusal = Refusal("participant-id-taken", sentence, field="state_id")
    elif doubles and is_blank(said):
        sentence = _("There may be a record of this person already. Open it, or say why this is another person.")
        refusal = Refusal("possible-double", sentence, field="word_on_doubles")
    else:
        return
    refusal.facts |= {"doubles": list(doubles), "row": row}
    raise refusal


def note_on(customer: Customer, doubles: Sequence[Double], said: str, *, by: User, at: datetime) -> CaseNote:
    """The word stands in the customer's record, with the IDs of those whom its writer saw."""
    others = ", ".join(double.customer.state_id for double in doubles if double.customer is not None)
    text = said.strip()[:LONGEST_WORD_ON_DOUBLES]
    return CaseNote(
        customer=customer,
        subject=_("Not the same person as another record"),
        text=_("%(word)s\n\nOther records: %(others)s") % {"word": text, "others": others} if others else text,
        contact_on=day_of(at),
        contact_method=ContactMethod.NONE,
        category=NoteCategory.INTAKE,
        written_by=by,
        written_at=at,
    )


def tell_planner(customer: Customer, *, by: User, at: datetime) -> None:
    """Whose customer it is from now on, where somebody else added the record."""
    if customer.planner is None or customer.planner.pk == by.pk:
        return
    notify(
        customer.planner,
        Notice.CUSTOMER_MOVED_HERE,
        key=f"added:{customer.pk}",
        names={
            "planner": str(by),
            "customer": str(customer),
            "former": word(gettext_lazy("nobody")),
            "successor": str(customer.planner),
            "office": str(customer.office),
        },
        path=reverse("customers:overview", args=[customer.pk]),
        by=by,
        at=at,
    )
