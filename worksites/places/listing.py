"""Jobs and employers as staff look them up: what was asked for, and the rows that fit it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from careerplan.accounts.models import Region
from careerplan.base.addresses import key_asked, search_asked
from careerplan.base.searching import with_words
from worksites.places.models import Employer, Job, Worksite, regions_of

# As they were entered: what came last is at the end, and a page stays what it was.
JOBS_IN_ORDER = ["id"]
EMPLOYERS_IN_ORDER = ["name", "id"]
WORDS_OF_JOBS = ("title", "worksite__name", "worksite__employer__name", "worksite__city", "occupation__title")
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


def jobs_asked(asked: Asked, user: Any) -> QuerySet[Job]:
    """Each with `filled` and `left`, with its worksite and its employer."""
    rows = Job.objects.visible_to(user)
    rows = rows if asked.ended_too or asked.job else rows.offered()
    if asked.region:
        rows = rows.filter(worksite__employer__region=asked.region)
    if asked.employer:
        rows = rows.filter(worksite__employer=asked.employer)
    if asked.job:
        rows = rows.filter(pk=asked.job)
    rows = rows.filter(with_words(asked.words, WORDS_OF_JOBS)).with_openings()
    if asked.with_openings:
        rows = rows.filter(left__gt=0)
    found: QuerySet[Job] = rows.select_related("worksite__employer__region", "occupation")
    return found


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
