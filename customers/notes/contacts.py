"""How often the customer was reached, when last, and by when again: what the contact duty counts (12.7.8)."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from customers.deadlines import CONTACT, Due, read_due
from customers.enums import ContactMethod
from customers.models import CaseNote

PERIODS = (30, 60, 90)  # days, today among them


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


def contacts_of(customer: int, *, on: date) -> Contacts:
    """Two queries."""
    since = {f"in_{days}": Count("pk", filter=Q(contact_on__gt=on - timedelta(days=days))) for days in PERIODS}
    notes = CaseNote.objects.contacts().filter(customer=customer).order_by()
    found = list(notes.values("contact_method").annotate(last=Max("contact_on"), **since))
    rows = [
        Counted(str(ContactMethod(row["contact_method"]).label), tuple(row[name] for name in since))
        for row in sorted(found, key=lambda row: ContactMethod.values.index(row["contact_method"]))
        if row[f"in_{PERIODS[-1]}"]
    ]
    if rows:
        columns = zip(*(row.numbers for row in rows), strict=True)
        rows.append(Counted(_("All contacts"), tuple(map(sum, columns))))
    due = next(iter(read_due(on, [customer], only=lambda deadline: deadline.code == CONTACT.code)), None)
    last = max((row["last"] for row in found), default=None)
    return Contacts(last, due, due.days_late(on) if due else 0, rows)
