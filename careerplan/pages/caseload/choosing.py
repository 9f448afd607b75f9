"""What a caseload shows: the filters and the order, as the address says them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.accounts.models import Office, Region, StaffScope, User
from careerplan.base.addresses import key_in, search_asked
from careerplan.pages.caseload.facts import Facts, Standing
from customers.deadlines import WaitsFor
from customers.enums import EnrollmentStatus
from customers.models import Customer, Enrollment, Program


class Show(models.TextChoices):
    MINE = "mine", _("My customers")
    ALL = "all", _("All I can see")


class Order(models.TextChoices):
    NEXT = "next", _("Next date")
    NAME = "name", _("Name")


class DueBy(models.TextChoices):
    OVERDUE = "overdue", pgettext_lazy("group", "Overdue")
    WEEK = "week", _("Due this week")
    SOON = "soon", _("Due in 14 days")
    OFF_TRACK = "off-track", _("A goal is off track")


# Of each: whether a customer stays in the list.
BY_FACTS: dict[str, Callable[[Facts], bool]] = {
    DueBy.OVERDUE: lambda facts: facts.is_overdue(),
    DueBy.WEEK: lambda facts: facts.waits_for(WaitsFor.STAFF) or facts.is_overdue(),
    DueBy.SOON: lambda facts: facts.is_due_soon,
    DueBy.OFF_TRACK: lambda facts: facts.is_off_track,
}


@dataclass(frozen=True)
class Chosen:
    """The values of the address that mean something; others are left out, as if nobody had typed them."""

    q: str = ""
    show: str = ""
    office: str = ""
    program: str = ""
    status: str = ""
    plan: str = ""
    waits: str = ""
    due: str = ""
    order: str = ""
    ended: str = ""

    @property
    def asks_of_facts(self) -> bool:
        """Whether it is known only once the dates of each customer were read."""
        return bool(self.plan or self.waits or self.due)

    def narrows(self) -> bool:
        """Whether something beside the order and whose customers they are is chosen."""
        return replace(self, show="", order="") != Chosen()

    @property
    def is_refined(self) -> bool:
        """Whether one of the filters is used that the page folds away."""
        return bool(self.office or self.program or self.status or self.waits or self.ended)

    @property
    def by_name(self) -> str:
        """The address of the same list in the order of names."""
        return self.query(order=Order.NAME)

    @property
    def by_day(self) -> str:
        """The address of the same list in the order of what is due."""
        return self.query(order=Order.NEXT)

    def keeps(self, facts: Facts) -> bool:
        return (
            (not self.plan or facts.standing == self.plan)
            and (not self.waits or facts.waits_for(self.waits))
            and (not self.due or BY_FACTS[self.due](facts))
        )

    def query(self, **changes: str) -> str:
        """As an address says it; what says nothing is left out."""
        values = {row.name: getattr(self, row.name) for row in fields(self)} | changes
        return urlencode({name: value for name, value in values.items() if value})

    def rows(self, user: User, own: Collection[int]) -> QuerySet[Customer]:
        """The customers by what the database knows at once: an index serves each choice. `own`: as `caseload_of`."""
        found: Any = Customer.objects.visible_to(user)
        if self.show == Show.MINE:
            found = found.filter(pk__in=own)
        if self.office:
            found = found.filter(office=key_in(self.office))
        programs = Enrollment.objects.still_open().filter(customer=OuterRef("pk"))
        if self.program:
            found = found.filter(Exists(programs.filter(program__code=self.program)))
        if self.status:
            found = found.filter(Exists(programs.filter(status=self.status)))
        return found.not_merged() if self.q or self.ended == "yes" else found.daily_list()


def caseload_of(person: int) -> list[int]:
    """The keys of the customers whose planner the person (by key) is, or a program's. One query, by two indexes."""
    programs = Enrollment.objects.still_open().filter(planner=person).values_list("customer", flat=True)
    own = Customer.objects.filter(planner=person).values_list("pk", flat=True)
    return list(own.union(programs))


def read_chosen(sent: QueryDict, *, has_caseload: bool) -> Chosen:
    """What an address chooses. Who has customers begins with these, in the order of what is due.

    Raises BadRequest where the words to search for are too long.
    """
    words = search_asked(sent)
    show = known(sent.get("show", ""), Show.values)
    if not show and has_caseload and not words and sent.get("ended") != "yes":
        show = Show.MINE
    return Chosen(
        q=words,
        show=show,
        office=sent.get("office", "") if key_in(sent.get("office", "")) else "",
        program=sent.get("program", "")[:20],
        status=known(sent.get("status", ""), EnrollmentStatus.values),
        plan=known(sent.get("plan", ""), Standing.values),
        waits=known(sent.get("waits", ""), WaitsFor.values),
        due=known(sent.get("due", ""), DueBy.values),
        order=known(sent.get("order", ""), Order.values),
        ended="yes" if sent.get("ended") == "yes" else "",
    )


def still_there(chosen: Chosen, user: User) -> Chosen:
    """Without an office or a program that the page does not offer: a filter that nobody sees narrows nothing.

    A query for each of the two that is chosen.
    """
    if chosen.office and not offices_of(user).filter(pk=key_in(chosen.office)).exists():
        chosen = replace(chosen, office="")
    if chosen.program and not Program.objects.filter(code=chosen.program).exists():
        chosen = replace(chosen, program="")
    return chosen


def known(value: str, values: Iterable[str]) -> str:
    return value if value in set(values) else ""


def offices_of(user: User) -> QuerySet[Office]:
    """Those whose customers the person may see; a planner's own."""
    offices = Office.objects.select_related("region").order_by("region__name", "name")
    if user.sees_every_region:
        return offices
    scopes = StaffScope.objects.filter(user=user)
    own, regions = (scopes.exclude(**{name: None}).values(name) for name in ("office", "region"))
    return offices.filter(Q(pk__in=own) | Q(region__in=regions))


# So many stand in one list to choose from; where there are more, what they belong to is chosen first.
MOST_CHOICES = 200


@dataclass(frozen=True)
class OfficesOffered:
    """`regions`: to be chosen first, where one list of all offices would be too long; `region`: the chosen one."""

    offices: list[Office]
    regions: list[Region]
    region: int | None = None


def offices_offered(user: User, *, region: int | None, office: int | None) -> OfficesOffered:
    """Of a large state those of one region: of the named one, else of the chosen office's."""
    rows = offices_of(user)
    few = list(rows[: MOST_CHOICES + 1])
    if len(few) <= MOST_CHOICES:
        return OfficesOffered(few, [])
    region = region or Office.objects.filter(pk=office or 0).values_list("region", flat=True).first()
    of_region = list(rows.filter(region=region)) if region else []
    return OfficesOffered(of_region, list(Region.objects.order_by("name", "pk")), region)


def programs_offered() -> list[Program]:
    return list(Program.objects.order_by("name"))
