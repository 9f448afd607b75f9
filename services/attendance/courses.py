"""A class of customers in a planner's sight: services under way in one training program, or, where they name none, of
one entry of the catalog at one provider (ILL-114)."""

from collections import Counter
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
from services.providers.models import Provider, TrainingProgram

UNDER_WAY = (ServiceStatus.STARTED, ServiceStatus.ON_HOLD)
# As they are listed: by the names of customers.
ORDER = ("listed", "id")
PROGRAM, LISTED = "training__training_program", "training__listed_provider"


@dataclass(frozen=True)
class Course:
    """Of a training program, which is its provider's, whichever entry of the catalog pays for it; else of an entry at a
    provider: one of the list, one that the services name in words, or the grantee."""

    program: TrainingProgram | None = None
    service: Service | None = None
    listed: Provider | None = None
    named: str = ""

    @classmethod
    def of(cls, planned: PlannedService) -> "Course":
        """The class that a service is of."""
        program = getattr(planned.detail, "training_program", None)
        if program is not None:
            return cls(program)
        return cls(None, planned.service, getattr(planned.detail, "listed_provider", None), planned.provider)

    @property
    def code(self) -> str:
        """What an address calls it."""
        if self.program is not None:
            return f"program {self.program.pk}"
        assert self.service is not None
        return f"listed {self.service.code} {self.listed.pk}" if self.listed else f"at {self.service.code} {self.named}"

    @property
    def services(self) -> Q:
        """Of planned services, which are of it."""
        if self.program is not None:
            return Q(**{PROGRAM: self.program})
        return Q(service=self.service, provider=self.named, **{PROGRAM: None, LISTED: self.listed})

    @property
    def name(self) -> str:
        if self.program is not None:
            return self.program.name
        assert self.service is not None
        plain: str = self.service.plain_name
        return plain

    @property
    def provider(self) -> str:
        """ "" for the grantee."""
        listed = self.program.provider if self.program is not None else self.listed
        return listed.name if listed is not None else self.named

    def __str__(self) -> str:
        at = isolated(self.provider) if self.provider else _("at the grantee")
        return f"{self.name}, {at}"


def in_sight(user: User, office: Office | None = None) -> Any:
    """The services with attendance whose hours the person may record."""
    rows = PlannedService.objects.visible_to(user).in_plan()
    rows = rows.filter(plan__state=PlanState.OPEN, service__form_kind__in=WITH_ATTENDANCE, status__in=BEGUN_STATUSES)
    return rows.filter(plan__customer__office=office) if office else rows


def courses_of(user: User, office: Office | None = None, *, since: date | None = None) -> dict[Course, int]:
    """With how many services are under way in each, by name; with `since`, those that ended from that day on, too,
    whose last hours are still to come. Four queries; two where all are of training programs."""
    shown = under_way = Q(status__in=UNDER_WAY)
    if since is not None:
        shown = shown | Q(ended_on__gte=since)
    found = in_sight(user, office).filter(shown).order_by()
    number = Count("pk", filter=under_way)
    counted = list(found.values("service", "provider", PROGRAM, LISTED).annotate(number=number))
    programs = TrainingProgram.objects.select_related("provider").in_bulk({row[PROGRAM] for row in counted} - {None})
    others = [row for row in counted if row[PROGRAM] is None]
    listed = Provider.objects.in_bulk({row[LISTED] for row in others} - {None})
    services = Service.objects.in_bulk({row["service"] for row in others})
    courses: Counter[Course] = Counter()
    for row in counted:
        if row[PROGRAM] is not None:
            course = Course(programs[row[PROGRAM]])
        else:
            course = Course(None, services[row["service"]], listed.get(row[LISTED]), row["provider"])
        courses[course] += row["number"]
    return dict(sorted(courses.items(), key=lambda item: (str(item[0].name), item[0].provider)))


def attending(course: Course, user: User, office: Office | None = None) -> Any:
    """The services of a class, with their customers, as they are listed."""
    named = in_sight(user, office).filter(course.services).select_related("plan__customer__user", "service")
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
