"""The catalog as a planner chooses from it for one plan: what is found, how each entry stands, and in which order."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.plans.coenrollment import others_among
from careerplan.plans.enums import BarrierStatus
from careerplan.plans.models import Barrier, EmploymentPlan
from customers.models import Customer, Enrollment
from goals.models import CareerGoal, Goal
from services.catalog.rules import ADDED, ASIDE, Entry, Here, Section, Standing, found_in, in_order, standing_of
from services.catalog.words import why_not
from services.models import PlannedService, Service, ServiceAnswer, ServiceCategory
from services.programs import offered_programs

PAGE_ROWS = 30
# How often an office plans a service is counted among this many of its customers, those who came last.
CUSTOMERS_COUNTED = 300

HEADINGS = {
    Section.CHOSEN: _("Ticked so far"),
    Section.NEEDED: _("For the barriers and goals of this plan"),
    Section.USED: _("Planned most in this office"),
}


@dataclass(frozen=True)
class Asked:
    """What the planner looks for: `category` is a code, "" for all; `everything`: what is not offered here, too;
    `chosen`: codes of what is ticked already; `page` counts from 1."""

    words: str = ""
    category: str = ""
    everything: bool = False
    chosen: Collection[str] = ()
    page: int = 1


@dataclass(frozen=True)
class Row:
    service: Service
    standing: Standing
    section: Section
    planned: int = 0
    needs: Sequence[Any] = ()
    approvers: Sequence[User] = ()

    @property
    def is_offered(self) -> bool:
        return self.standing == Standing.OFFERED

    @property
    def may_be_added(self) -> bool:
        return self.standing in ADDED

    @property
    def is_ticked(self) -> bool:
        return self.section == Section.CHOSEN

    @property
    def why_not(self) -> str:
        return "" if self.is_offered else why_not(self.service, self.standing)

    @property
    def heading(self) -> Any:
        """Of its part of the list."""
        return HEADINGS.get(self.section) or self.service.category.plain_name


@dataclass(frozen=True)
class Catalog:
    """Reads as many rows as the catalog has in one query, and what the plan says of them in six."""

    plan: EmploymentPlan
    enrollments: Sequence[Enrollment]
    asked: Asked
    on: date
    by: User

    @cached_property
    def rows(self) -> list[Row]:
        """All that is found, in order, with what is ticked before it."""
        searched = bool(self.asked.words.strip())
        entries, found = [], {}
        for service in self.services:
            standing, place = self.standing_of(service), self.place_of(service)
            if place is None or (standing in ASIDE and not self.asked.everything):
                continue
            found[service.pk] = service, standing
            needs = self.needs_of(service)
            uses = self.uses[service.pk]
            position = service.category.position
            entries.append(Entry(service.pk, service.name, position, standing, place, bool(needs), uses))
        rows = [self.row(*found[entry.key], section) for section, entry in in_order(entries, searched=searched)]
        return self.ticked + [row for row in rows if row.service.code not in self.asked.chosen]

    @cached_property
    def services(self) -> list[Service]:
        return list(Service.objects.select_related("category"))

    @property
    def categories(self) -> list[ServiceCategory]:
        """Those that have services, in their order."""
        found = {service.category_id: service.category for service in self.services}
        return sorted(found.values(), key=lambda category: (category.position, category.code))

    def row(self, service: Service, standing: Standing, section: Section) -> Row:
        needs, planned = self.needs_of(service), self.planned[service.pk]
        return Row(service, standing, section, planned, needs, self.approvers_of(service))

    @cached_property
    def ticked(self) -> list[Row]:
        if not self.asked.chosen:
            return []
        rows = sorted((row for row in self.services if row.code in self.asked.chosen), key=lambda row: row.name)
        return [self.row(service, self.standing_of(service), Section.CHOSEN) for service in rows]

    # --- a page of it ----------------------------------------------------------------------------

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def finds_nothing(self) -> bool:
        """Beside what is ticked."""
        return self.total == len(self.ticked)

    @property
    def pages(self) -> int:
        """What is ticked stands on each of them and counts on none."""
        return max(1, -(-(self.total - len(self.ticked)) // PAGE_ROWS))

    @property
    def page(self) -> int:
        return min(max(1, self.asked.page), self.pages)

    @property
    def shown(self) -> list[Row]:
        ticked, rest = len(self.ticked), (self.page - 1) * PAGE_ROWS
        return self.ticked + self.rows[ticked + rest : ticked + rest + PAGE_ROWS]

    @property
    def is_searched(self) -> bool:
        return bool(self.asked.words.strip())

    # --- how an entry stands -----------------------------------------------------------------------

    @cached_property
    def here(self) -> Here:
        explored = CareerGoal.objects.in_plan().filter(plan=self.plan, explores=True)
        return Here(self.on, has_program=bool(self.enrollments), explores=explored.exists())

    def standing_of(self, service: Service) -> Standing:
        return standing_here(service, self.enrollments, self.here)

    def place_of(self, service: Service) -> int | None:
        """Where the words are found; None where they are not, or in another category."""
        if self.asked.category and service.category.code != self.asked.category:
            return None
        names = (service.name, service.plain_english, service.plain_spanish, service.code)
        return found_in(self.asked.words, names, (service.description, service.pirl_elements))

    @cached_property
    def others(self) -> list[Enrollment]:
        return others_among(list(self.enrollments), self.by)

    def approvers_of(self, service: Service) -> list[User]:
        """The other planners without whose approval it does not come into the plan (12.7.9)."""
        offering = {program.pk for program in offered_programs(service, self.enrollments)}
        asked = [row for row in self.others if row.program_id in offering]
        if {row.program_id for row in asked} != offering:
            return []
        return [row.planner for row in asked if row.planner is not None]

    # --- what the plan and the office say ----------------------------------------------------------

    @cached_property
    def planned(self) -> Counter[int]:
        rows = PlannedService.objects.in_plan().filter(plan=self.plan)
        return Counter(rows.values_list("service_id", flat=True))

    @cached_property
    def answers(self) -> list[ServiceAnswer]:
        return list(answers_to(self.plan))

    def needs_of(self, service: Service) -> list[Any]:
        """The barriers and kinds of goals of the plan that it answers, each once."""
        fits = [row for row in self.answers if service.pk == row.service_id or service.category_id == row.category_id]
        return list(dict.fromkeys(row.need for row in fits))

    @cached_property
    def uses(self) -> Counter[int]:
        return used_in(self.plan.customer)


def standing_here(service: Service, enrollments: Iterable[Enrollment], here: Here) -> Standing:
    is_offered_here = bool(offered_programs(service, enrollments))
    return standing_of(service.offer(is_offered_here=is_offered_here), here)


def answers_to(plan: EmploymentPlan) -> QuerySet[ServiceAnswer]:
    """To the barriers that are not resolved, and to the kinds of goals."""
    barriers = Barrier.objects.in_plan().filter(plan=plan).exclude(status=BarrierStatus.RESOLVED)
    goals = Goal.objects.in_plan().filter(plan=plan)
    fits = Q(barrier__in=barriers.values("category")) | Q(goal_category__in=goals.values("category"))
    rows = ServiceAnswer.objects.filter(fits, is_active=True).select_related("barrier", "goal_category")
    return rows.order_by("barrier__position", "goal_category__position", "id")


def used_in(customer: Customer) -> Counter[int]:
    """How often each service was planned for the customers of the office who came last. One query, as long as an
    office whatever the state has."""
    latest = Customer.objects.filter(office=customer.office_id, in_daily_list=True).order_by("-id")
    plans = EmploymentPlan.objects.filter(customer__in=latest.values("pk")[:CUSTOMERS_COUNTED])
    rows = PlannedService.objects.in_plan().filter(plan__in=plans.values("pk"))
    return Counter(dict(rows.order_by().values_list("service").annotate(Count("pk"))))
