"""How things stand with many customers: state of the plan, what is due next, who has to act, and what is unread.

Three questions, however many customers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from careerplan.accounts.models import User
from careerplan.messaging.models import Message
from careerplan.plans.deadlines import NEXT_REVIEW, versions_in
from careerplan.plans.enums import VersionState
from customers.deadlines import Due, WaitsFor, end_of_week, read_due
from goals.deadlines import OFF_TRACK

# "Reviews in 14 days": as far ahead as a planner makes appointments.
DAYS_AHEAD = 14


class Standing(models.TextChoices):
    """The state of a customer's plan, as the caseload shows it."""

    NONE = "none", gettext_lazy("No plan")
    DRAFT = "draft", pgettext_lazy("version", "Draft")
    WITH_CUSTOMER = "sent", gettext_lazy("With the customer")
    IN_FORCE = "in-force", pgettext_lazy("plan", "In force")
    CHANGING = "changing", gettext_lazy("Being changed")
    OVERDUE = "overdue", gettext_lazy("Review overdue")


PILLS = {
    Standing.NONE: "not-started",
    Standing.DRAFT: "on-hold",
    Standing.WITH_CUSTOMER: "started",
    Standing.IN_FORCE: "done",
    Standing.CHANGING: "on-hold",
    Standing.OVERDUE: "overdue",
}


@dataclass
class Facts:
    """Of one customer. `due`: by day."""

    customer: int
    on: date
    versions: set[str] = field(default_factory=set)
    due: list[Due] = field(default_factory=list)
    unread: int = 0

    @property
    def standing(self) -> Standing:
        active, draft = VersionState.ACTIVE in self.versions, VersionState.DRAFT in self.versions
        if VersionState.AWAITING in self.versions:
            return Standing.WITH_CUSTOMER
        if active and self.is_overdue(NEXT_REVIEW.code):
            return Standing.OVERDUE
        if draft:
            return Standing.CHANGING if active else Standing.DRAFT
        return Standing.IN_FORCE if active else Standing.NONE

    @property
    def pill(self) -> str:
        return PILLS[self.standing]

    @property
    def next(self) -> Due | None:
        return self.due[0] if self.due else None

    @property
    def days_late(self) -> int:
        return self.next.days_late(self.on) if self.next else 0

    def is_overdue(self, code: str = "") -> bool:
        return any(row.days_late(self.on) and code in {"", row.code} for row in self.due)

    def is_due_by(self, day: date) -> bool:
        return any(row.due_on is not None and row.due_on <= day for row in self.due)

    def has(self, code: str) -> bool:
        return any(row.code == code for row in self.due)

    def waits_for(self, who: str) -> bool:
        """Of staff what is late, due this week, or has no day and lies open."""
        rows = [row for row in self.due if row.deadline.waits_for == who]
        if who != WaitsFor.STAFF:
            return bool(rows)
        last = end_of_week(self.on)
        return any(row.due_on is None or row.due_on <= last for row in rows)

    def waits_for_words(self, customer_name: str) -> str:
        """Who has to act, in few words; "" where nothing waits now."""
        words = []
        if self.waits_for(WaitsFor.STAFF):
            words.append(_("You"))
        if self.waits_for(WaitsFor.CUSTOMER):
            words.append(customer_name)
        if self.waits_for(WaitsFor.COLLEAGUE):
            words.append(_("Other staff"))
        return ", ".join(words)

    @property
    def is_off_track(self) -> bool:
        return self.has(OFF_TRACK.code)

    @property
    def is_due_soon(self) -> bool:
        return self.is_due_by(self.on + timedelta(days=DAYS_AHEAD))


def read_facts(customers: Collection[int], user: User, *, on: date) -> dict[int, Facts]:
    """By the customer's key, of all of them. Three queries."""
    found = {key: Facts(key, on) for key in customers}
    versions = versions_in(VersionState.DRAFT, VersionState.AWAITING, VersionState.ACTIVE)
    keys = list(found)
    for key, state in versions.filter(plan__customer__in=keys).values_list("plan__customer", "state"):
        found[key].versions.add(state)
    for row in read_due(on, keys):
        found[row.customer].due.append(row)
    for key, number in unread_from(keys, user):
        found[key].unread = number
    return found


def unread_from(customers: Iterable[int], user: User) -> Iterable[tuple[int, int]]:
    """How many messages of each customer the person has not read; of those who wrote one."""
    rows = Message.objects.filter(recipient=user, read_at=None, sender__customer__in=list(customers))
    counted: Iterable[tuple[int, int]] = (
        rows.order_by()
        .values("sender__customer")
        .annotate(number=Count("pk"))
        .values_list("sender__customer", "number")
    )
    return counted
