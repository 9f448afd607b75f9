"""Dated duties that follow from policy. Each is one question, asked by the app that owns its dates and registered here
by it: Today, the caseload, reminders and the customer's dashboard all read these.

A row says which customer it is about, by when it is due (the last day on which it is in time, None where policy names
no day), and since when it waits. A deadline is overdue from the day after it was due.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import CharField, DateField, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careerplan.base.days import DaysLater
from customers.enums import REACHED, EnrollmentStatus
from customers.models import CaseNote, Customer, Enrollment
from customers.models.programs import local_days

NO_DAY = Cast(Value(None), DateField())
NOTHING = Value("", output_field=CharField())
THE_ROW = F("pk")


class Topic(models.TextChoices):
    """The kinds by which Today lists what is due."""

    PLANS = "plans", _("Plans and reviews")
    SIGNATURES = "signatures", _("Signatures")
    SERVICES = "services", _("Services and goals")
    PLACEMENTS = "placements", _("Placements")
    CONTACTS = "contacts", _("Contacts")


class WaitsFor(models.TextChoices):
    """Who has to do something."""

    STAFF = "staff", _("Career planner")
    CUSTOMER = "customer", _("Customer")
    COLLEAGUE = "colleague", _("Other staff")


@dataclass(frozen=True)
class Deadline:
    """One duty. `open_rows(on)`: the rows that are open on that day; the other columns are expressions on them.

    `late_only`: what is late and not before it is anybody's work. Of those `open_rows(on)` itself must leave out what
    is due on a later day: what it gives of yesterday counts as late, and nobody asks for its day (reports/work.py).

    `page` takes the keys of the customer and of what `key` names, which is the row itself unless said otherwise.
    """

    code: str
    topic: Topic
    citation: str
    what: Any
    act: Any
    open_rows: Callable[[date], QuerySet]
    customer: str
    page: Callable[[int, int], str]
    # Where customers do it, by the keys of these rows, in one query; of what waits for customers alone.
    own_pages: Callable[[Iterable[int]], dict[int, str]] | None = None
    key: Any = THE_ROW
    due: Any = NO_DAY
    since: Any = NO_DAY
    about: Callable[[], Any] = lambda: NOTHING  # asked for in each language anew
    waits_for: WaitsFor = WaitsFor.STAFF
    late_only: bool = False
    # Who is reminded: an expression on the rows; else the customer's planner, or the customer whose turn it is.
    person: Any = None
    # So many days before the day whoever has to do it is reminded, once each; negative: after it. Without a day of its
    # own, the days are counted from since when it waits.
    reminds: tuple[int, ...] = (7, 0, -7)

    def due_rows(self, on: date, customers: Iterable[int] | QuerySet | None = None) -> QuerySet:
        """Values in the order of `Due`; of these customers alone where they are given."""
        rows = self.open_rows(on).order_by()
        if customers is not None:
            rows = rows.filter(**{f"{self.customer}__in": customers})
        code = Value(self.code, output_field=CharField())
        return rows.values_list(code, F(self.customer), self.due, self.since, self.key, self.about())


class Due(NamedTuple):
    """One row of a deadline. `key`: of the row that it is asked of; `about`: what it names, in the reader's words."""

    code: str
    customer: int
    due_on: date | None
    since: date | None
    key: int
    about: str

    @property
    def deadline(self) -> Deadline:
        return _registered[self.code]

    @property
    def path(self) -> str:
        return self.deadline.page(self.customer, self.key)

    @property
    def waits_for_staff(self) -> bool:
        return self.deadline.waits_for == WaitsFor.STAFF

    def is_work_on(self, day: date, *, until: date) -> bool:
        """Whether it is listed on this day: what is due later than `until` is not yet."""
        if self.due_on is None:
            return True
        return self.due_on < day if self.deadline.late_only else self.due_on <= until

    def days_late(self, on: date) -> int:
        """0 until the end of the day on which it is due."""
        return max((on - self.due_on).days, 0) if self.due_on else 0

    @property
    def in_order(self) -> tuple[date, str, int]:
        """By day; what has none comes last."""
        return (self.due_on or date.max, self.code, self.key)


_registered: dict[str, Deadline] = {}
# Of what people are reminded beside what is due of their customers.
_reminded: dict[str, Deadline] = {}


def register(*deadlines: Deadline) -> None:
    _registered.update({deadline.code: deadline for deadline in deadlines})


def register_reminded(*deadlines: Deadline) -> None:
    """What waits for a person and stands on no caseload, such as a colleague's question."""
    _reminded.update({deadline.code: deadline for deadline in deadlines})


def all_reminded() -> list[Deadline]:
    return [*all_deadlines(), *_reminded.values()]


def all_deadlines() -> list[Deadline]:
    return list(_registered.values())


def due(
    on: date, customers: Iterable[int] | QuerySet | None = None, *, only: Callable[[Deadline], bool] | None = None
) -> QuerySet:
    """The rows of all deadlines (those that `only` takes) in one question; values in the order of `Due`."""
    first, *others = (row.due_rows(on, customers) for row in all_deadlines() if only is None or only(row))
    return first.union(*others, all=True) if others else first


def read_due(on: date, customers: Iterable[int] | QuerySet, **options: Any) -> list[Due]:
    """As `due`, by day. One query."""
    return sorted((Due(*values) for values in due(on, customers, **options)), key=lambda row: row.in_order)


# --- contact with the customer --------------------------------------------------------------------


def customers_to_contact(_on: date) -> Any:
    """In a program that asks for a contact every so many days, by local policy (12.7.8, footnotes 1 and 3)."""
    programs = Enrollment.objects.still_open().filter(customer=OuterRef("pk"), status=EnrollmentStatus.ENROLLED)
    mine = programs.order_by().annotate(days=local_days("contact_interval_days")).values("customer")
    reached = CaseNote.objects.filter(customer=OuterRef("pk"), contact_method__in=REACHED)
    last = reached.order_by("-contact_on", "-id").values("contact_on")[:1]
    found = Customer.objects.annotate(
        contact_days=Subquery(mine.annotate(shortest=Min("days")).values("shortest")),
        begun=Subquery(mine.annotate(first=Min("begun_on")).values("first")),
        contacted=Subquery(last),
    )
    return found.filter(Q(contact_days__isnull=False))


LAST_CONTACT = Coalesce(Greatest("contacted", "begun"), "contacted", "begun")

CONTACT = Deadline(
    code="contact",
    topic=Topic.CONTACTS,
    citation="DWD 12.7.8",
    what=_("Contact the customer"),
    act=_("Record the contact"),
    open_rows=customers_to_contact,
    customer="pk",
    due=DaysLater(LAST_CONTACT, "contact_days"),
    since=LAST_CONTACT,
    page=lambda customer, _key: reverse("customers:case-notes", args=[customer]),
)


def end_of_week(on: date) -> date:
    """The Sunday of the week."""
    return on + timedelta(days=6 - on.weekday())
