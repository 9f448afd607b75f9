"""What a day holds for a caseload: late, due this week, open without a day, and with others."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from acknowledgments.agreement.reminding import told_on
from customers.deadlines import Due, Topic, WaitsFor, end_of_week, read_due
from customers.models import Customer

REQUEST = "request"


@dataclass(frozen=True)
class Item:
    """A row of Today: what is due, of whom."""

    due: Due
    customer: Customer
    on: date
    is_told_today: bool = False

    @property
    def days_late(self) -> int:
        return self.due.days_late(self.on)

    @property
    def days_waiting(self) -> int | None:
        return (self.on - self.due.since).days if self.due.since else None

    @property
    def is_reminded_here(self) -> bool:
        """The page itself can do it: the customer is told once more."""
        return self.due.code == REQUEST


@dataclass(frozen=True)
class Group:
    """Items under one heading. `key`: stands in the address as `#key`."""

    key: str
    title: str
    items: list[Item]
    nothing: str

    def by_customer(self) -> list[tuple[Customer, list[Item]]]:
        """The items of each customer together, whose first is due first."""
        first = {item.customer.pk: place for place, item in reversed(list(enumerate(self.items)))}
        ordered = sorted(self.items, key=lambda item: first[item.customer.pk])
        grouped = [list(found) for _key, found in groupby(ordered, lambda item: item.customer.pk)]
        return [(found[0].customer, found) for found in grouped]


@dataclass(frozen=True)
class Work:
    """All that is open in a caseload on a day."""

    items: list[Item]
    on: date

    def of_topic(self, topic: str) -> "Work":
        return Work([item for item in self.items if not topic or item.due.deadline.topic == topic], self.on)

    def by_topic(self) -> Counter[str]:
        return Counter(str(item.due.deadline.topic) for item in self.items)

    @property
    def overdue(self) -> list[Item]:
        return [item for item in self.items if item.due.waits_for_staff and item.days_late]

    @property
    def this_week(self) -> list[Item]:
        last = end_of_week(self.on)
        return [
            item
            for item in self.items
            if item.due.waits_for_staff and item.due.due_on is not None and self.on <= item.due.due_on <= last
        ]

    @property
    def open_ended(self) -> list[Item]:
        """Without a day in policy; the longest open first."""
        found = [item for item in self.items if item.due.waits_for_staff and item.due.due_on is None]
        return sorted(found, key=lambda item: item.due.since or date.min)

    @property
    def with_others(self) -> list[Item]:
        found = [item for item in self.items if not item.due.waits_for_staff]
        return sorted(found, key=lambda item: item.due.since or date.min)

    @property
    def with_customers(self) -> int:
        return sum(item.due.deadline.waits_for == WaitsFor.CUSTOMER for item in self.items)

    def groups(self) -> list[Group]:
        return [
            Group("overdue", pgettext("group", "Overdue"), self.overdue, _("Nothing is overdue.")),
            Group("week", _("This week"), self.this_week, _("Nothing else is due this week.")),
            Group("open", pgettext("status", "Open"), self.open_ended, _("Nothing else is open.")),
            Group("others", _("Waiting for others"), self.with_others, _("Nobody else has to act.")),
        ]


def work_of(customers: Collection[int], *, on: date) -> Work:
    """Four queries at most, however many customers."""
    last = end_of_week(on)
    rows = [row for row in read_due(on, customers) if row.is_work_on(on, until=last)]
    people = Customer.objects.in_bulk({row.customer for row in rows})
    told = told_on(on, [row.key for row in rows if row.code == REQUEST])
    return Work([Item(row, people[row.customer], on, row.code == REQUEST and row.key in told) for row in rows], on)


def topics(work: Work) -> Iterable[tuple[Topic, int]]:
    counted = work.by_topic()
    return [(topic, counted[topic]) for topic in Topic if counted[topic]]
