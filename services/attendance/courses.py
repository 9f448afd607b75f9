"""A class of customers: services under way of one entry of the catalog at one provider, in a planner's sight."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from careerplan.accounts.models import Office, User
from careerplan.base.spoken import isolated
from careerplan.plans.enums import PlanState
from services.attendance.models import Attendance
from services.attendance.policy import WITH_ATTENDANCE
from services.enums import BEGUN_STATUSES, ServiceStatus
from services.models import PlannedService, Service

UNDER_WAY = (ServiceStatus.STARTED, ServiceStatus.ON_HOLD)
# As they are listed: by the names of customers.
ORDER = ("listed", "id")


@dataclass(frozen=True)
class Course:
    """`provider`: as the services name it, "" for the grantee; `number`: so many services are under way."""

    service: Service
    provider: str
    number: int = 0

    @property
    def code(self) -> str:
        """What an address calls it."""
        return f"{self.service.code} {self.provider}".strip()

    def __str__(self) -> str:
        at = isolated(self.provider) if self.provider else _("at the grantee")
        return f"{self.service.plain_name}, {at} ({self.number})"


def in_sight(user: User, office: Office | None = None) -> Any:
    """The services with attendance whose hours the person may record."""
    rows = PlannedService.objects.visible_to(user).in_plan()
    rows = rows.filter(plan__state=PlanState.OPEN, service__form_kind__in=WITH_ATTENDANCE, status__in=BEGUN_STATUSES)
    return rows.filter(plan__customer__office=office) if office else rows


def courses_of(user: User, office: Office | None = None) -> list[Course]:
    """In the order of the catalog. Two queries."""
    found = in_sight(user, office).filter(status__in=UNDER_WAY).order_by()
    counted = list(found.values("service", "provider").annotate(number=Count("pk")))
    services = Service.objects.in_bulk({row["service"] for row in counted})
    courses = [Course(services[row["service"]], row["provider"], row["number"]) for row in counted]
    return sorted(courses, key=lambda course: (str(course.service.plain_name), course.provider))


def attending(course: Course, user: User, office: Office | None = None) -> Any:
    """The services of a class, with their customers, as they are listed."""
    rows = in_sight(user, office).filter(service=course.service, provider=course.provider)
    named = rows.select_related("plan__customer__user", "service")
    return named.annotate(listed=F("plan__customer__name_key")).order_by(*ORDER)


def between(first: date, last: date) -> Q:
    """Of services that have days in this time."""
    return Q(actual_start_on__lte=last) & (Q(ended_on=None) | Q(ended_on__gte=first))


def recorded_in(services: Iterable[PlannedService], week: date) -> dict[int, list[Attendance]]:
    """What stands of a week, and what was taken back, by service. One query."""
    rows = Attendance.objects.filter(planned__in=[row.pk for row in services], week=week).order_by("day")
    found: dict[int, list[Attendance]] = {}
    for row in rows.select_related("recorded_by"):
        found.setdefault(row.planned_id, []).append(row)
    return found
