"""Jobs and employers as staff look them up: what was asked for, and the rows that fit it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from careerplan.accounts.models import Region
from careerplan.base.addresses import key_asked, search_asked
from careerplan.base.keyset import Page, beyond, page_of
from careerplan.base.searching import with_words
from worksites.places.models import Employer, Job, JobQuerySet, Worksite, regions_of

PAGE_ROWS = 25
JOBS_IN_ORDER = ["employer_name", "worksite_name", "title", "id"]
EMPLOYERS_IN_ORDER = ["name", "id"]
# What the labels of both lists of jobs name: that of the tool, and the one from which a job is chosen in a plan.
WORDS_OF_JOBS = (
    "title", "worksite__name", "worksite__employer__name", "worksite__city", "occupation__title", "occupation__code",
)  # fmt: skip
WORDS_OF_EMPLOYERS = ("name", "code", "industry")


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks for."""

    words: str
    region: int | None = None
    employer: int | None = None
    job: int | None = None
    with_openings: bool = False
    ended_too: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        sent = request.GET
        return cls(
            search_asked(sent),
            key_asked(sent, "region"),
            key_asked(sent, "employer"),
            key_asked(sent, "job"),
            sent.get("openings") == "yes",
            sent.get("ended") == "yes",
        )

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.region or self.employer or self.job or self.with_openings)

    @property
    def query(self) -> str:
        """The address of the same list, without its place."""
        said = {"q": self.words, "region": self.region, "employer": self.employer}
        said |= {"openings": "yes" if self.with_openings else "", "ended": "yes" if self.ended_too else ""}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class JobsPage:
    """A page of a list of jobs, and where it stands in it: from the `first` on of all `number`."""

    page: Page
    number: int
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.page.rows) - 1


def page_of_jobs(rows: JobQuerySet, request: HttpRequest, *, words: str, on: date) -> JobsPage:
    """Of these jobs those that have the words, by employer, worksite and title. Two queries.

    Each has its worksite, its employer, `filled` and `left`; and `is_over`: its last day is past.
    """
    found = rows.filter(with_words(words, WORDS_OF_JOBS)).with_openings()
    found = found.annotate(employer_name=F("worksite__employer__name"), worksite_name=F("worksite__name"))
    page = page_of(found.select_related("worksite__employer__region"), request, keys=JOBS_IN_ORDER, rows=PAGE_ROWS)
    for job in page.rows:
        job.is_over = job.is_over_by(on)
    number, behind = numbers_of(found, page.rows)
    return JobsPage(page, number, number - behind)


def numbers_of(found: QuerySet[Job], shown: list[Job]) -> tuple[int, int]:
    """How many there are, and how many of them behind the first that is shown."""
    if not shown:
        return found.count(), 0
    behind = beyond(JOBS_IN_ORDER, [getattr(shown[0], key) for key in JOBS_IN_ORDER])
    counted = found.order_by().aggregate(number=Count("pk"), behind=Count("pk", filter=behind))
    return counted["number"], counted["behind"]


def still_offered(rows: JobQuerySet, *, on: date) -> JobQuerySet:
    """Without those whose last day is past."""
    found: JobQuerySet = rows.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return found


def jobs_asked(asked: Asked, user: Any, *, on: date) -> JobQuerySet:
    """Of what was asked for all but the words."""
    rows: JobQuerySet = Job.objects.visible_to(user)
    rows = rows if asked.ended_too or asked.job else rows.offered()
    if asked.region:
        rows = rows.filter(worksite__employer__region=asked.region)
    if asked.employer:
        rows = rows.filter(worksite__employer=asked.employer)
    if asked.job:
        rows = rows.filter(pk=asked.job)
    if asked.with_openings:
        rows = still_offered(rows.with_openings().filter(left__gt=0), on=on)
    return rows


def employers_asked(asked: Asked, user: Any) -> QuerySet[Employer]:
    """Each with `worksite_count` and `job_count`, of those that are offered."""
    rows = Employer.objects.visible_to(user)
    rows = rows if asked.ended_too else rows.offered()
    if asked.region:
        rows = rows.filter(region=asked.region)
    worksites = Worksite.objects.filter(employer=OuterRef("pk"), ended_on=None)
    jobs = Job.objects.filter(worksite__employer=OuterRef("pk"), worksite__ended_on=None, ended_on=None)
    found: QuerySet[Employer] = (
        rows.filter(with_words(asked.words, WORDS_OF_EMPLOYERS))
        .annotate(worksite_count=number_of(worksites, "employer"), job_count=number_of(jobs, "worksite__employer"))
        .select_related("region")
    )
    return found


def number_of(rows: QuerySet[Any], of: str) -> Any:
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def regions_with_places(user: Any) -> list[Region]:
    """To choose from, where one sees several."""
    return list(regions_of(user).order_by("name"))


def nothing_is_listed(user: Any) -> bool:
    """Whether there is no job yet, whatever was asked for."""
    return not Job.objects.visible_to(user).exists()


def employers_to_choose(asked: Asked, user: Any) -> QuerySet[Employer]:
    """Those with a job, for the filter of the list of jobs."""
    jobs = Job.objects.offered().filter(worksite__employer=OuterRef("pk"))
    rows: QuerySet[Employer] = Employer.objects.visible_to(user).offered().filter(Exists(jobs)).order_by("name", "pk")
    return rows.filter(region=asked.region) if asked.region else rows
