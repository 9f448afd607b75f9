"""How often the customer was reached, when last, and by when again: what the contact duty counts (12.7.8)."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from careerplan.base.prepared import Prepared
from customers.deadlines import CONTACT, Due
from customers.enums import ContactMethod
from customers.models import CaseNote

PERIODS = (30, 60, 90)  # days, today among them
# More contacts of one customer in the longest period than anybody has.
MOST_CONTACTS = 1000


class Counted(NamedTuple):
    """The contacts of one kind, or of all kinds, in each of the periods."""

    method: str
    numbers: tuple[int, ...]


class Contacts(NamedTuple):
    """`due`: None where no program of the customer asks for contacts. `rows`: the kinds that there were, and all."""

    last_on: date | None
    due: Due | None
    days_late: int
    rows: list[Counted]


def newest_contacts(customer: int) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = CaseNote.objects.contacts().filter(customer=customer).order_by("-contact_on", "-id")
    return rows.values_list("contact_method", "contact_on")[:MOST_CONTACTS]


def duty_of(customer: int) -> QuerySet[Any, Any]:
    """The contact duty of one customer: the same question on every day, as its rows hold the day on which it is due."""
    return CONTACT.due_rows(date.max, [customer])


NEWEST, DUTY = Prepared(newest_contacts), Prepared(duty_of)


def contacts_of(customer: int, *, on: date) -> Contacts:
    """Two queries."""
    days: dict[str, list[date]] = defaultdict(list)
    for method, day in NEWEST.ask(customer):
        days[method] += [day]
    rows = [
        Counted(str(method.label), numbers_of(days[method], on))
        for method in ContactMethod
        if method in days and numbers_of(days[method], on)[-1]
    ]
    if rows:
        columns = zip(*(row.numbers for row in rows), strict=True)
        rows.append(Counted(_("All contacts"), tuple(map(sum, columns))))
    due = next((Due(*values) for values in DUTY.ask(customer)), None)
    last_on = max((found[0] for found in days.values()), default=None)
    return Contacts(last_on, due, due.days_late(on) if due else 0, rows)


def numbers_of(days: list[date], on: date) -> tuple[int, ...]:
    """How many of the days lie in each of the periods that end today."""
    return tuple(len([day for day in days if day > on - timedelta(days=period)]) for period in PERIODS)
