"""Changes of employers, worksites and jobs (ILL-123). Nothing is deleted: what gives no more jobs ends, by its
`ended_on`, and is offered again without it.

Names are looked for while the row above is locked: of two people who enter the same employer one is told.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.accounts.models import Region, User
from careerplan.base.dates import in_text
from careerplan.base.history import changed_values, ensure_current, record
from careerplan.base.refusals import Refusal
from worksites.places.models import Employer, Job, Worksite
from worksites.places.rights import require_keeper_of_places


@transaction.atomic
def save_employer(
    region: Region,
    employer: Employer | None,
    values: Mapping[str, Any],
    *,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Employer:
    """Add (`employer` None) or change an employer of the region. `values`: by column, `ended_on` among them.

    Raises:
        NotAllowed: not a planner of the region.
        Refusal: with the field, for a name that the region has already, and an end while placements go on.
        StaleRow: somebody changed it since it was `seen`.
    """
    require_keeper_of_places(region, by)
    region = Region.objects.select_for_update().get(pk=region.pk)
    if employer is None:
        employer = Employer(region=region)
    else:
        employer = Employer.objects.select_for_update().get(pk=employer.pk, region=region)
        ensure_current(employer, seen)
    say(employer, values)
    if Employer.objects.filter(region=region, name__iexact=employer.name).exclude(pk=employer.pk).exists():
        sentence = _("This region already has an employer of this name. Open that one, or write another name.")
        raise Refusal("employer-twice", sentence, field="name")
    refuse_end_while_placed(employer, Job.objects.filter(worksite__employer=employer.pk))
    record(employer, by=by, at=at)
    return employer


@transaction.atomic
def save_worksite(
    employer: Employer,
    worksite: Worksite | None,
    values: Mapping[str, Any],
    *,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Worksite:
    """Add (`worksite` None) or change a worksite of the employer. Raises as `save_employer`."""
    require_keeper_of_places(employer.region, by)
    employer = Employer.objects.select_for_update().get(pk=employer.pk)
    if worksite is None:
        refuse_ended(employer)
        worksite = Worksite(employer=employer)
    else:
        worksite = Worksite.objects.select_for_update().get(pk=worksite.pk, employer=employer)
        ensure_current(worksite, seen)
    say(worksite, values)
    if Worksite.objects.filter(employer=employer, name__iexact=worksite.name).exclude(pk=worksite.pk).exists():
        sentence = _("This employer already has a worksite of this name. Open that one, or write another name.")
        raise Refusal("worksite-twice", sentence, field="name")
    refuse_end_while_placed(worksite, Job.objects.filter(worksite=worksite.pk))
    record(worksite, by=by, at=at)
    return worksite


@transaction.atomic
def save_job(
    worksite: Worksite,
    job: Job | None,
    values: Mapping[str, Any],
    *,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Job:
    """Add (`job` None) or change a job at the worksite. Raises as `save_employer`; and Refusal, with the field, for an
    end before the start or before a placement starts, and fewer openings than are filled."""
    require_keeper_of_places(worksite.employer.region, by)
    worksite = Worksite.objects.select_for_update(of=("self",)).select_related("employer").get(pk=worksite.pk)
    if job is None:
        refuse_ended(worksite, worksite.employer)
        job = Job(worksite=worksite)
    else:
        job = Job.objects.select_for_update().get(pk=job.pk, worksite=worksite)
        ensure_current(job, seen)
    say(job, values)
    refuse_unfit(job)
    record(job, by=by, at=at)
    return job


def refuse_ended(*places: Employer | Worksite) -> None:
    """What is added there would be offered nowhere. Raises Refusal."""
    if any(place.ended_on for place in places):
        raise Refusal("ended", words_for_ended())


def words_for_ended() -> str:
    return _("This has ended. Open it, and empty the day on which it ended, if it gives jobs again.")


def say(place: Employer | Worksite | Job, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(place, name, value)


def refuse_unfit(job: Job) -> None:
    if job.starts_on and job.ends_on and job.ends_on < job.starts_on:
        raise Refusal("job-ends-before", _("The job can't end before it starts."), field="ends_on")
    own = Job.objects.filter(pk=job.pk)
    if "ends_on" in changed_values(job):
        refuse_end_before_a_start(job, own.with_last_start().values_list("last_start", flat=True).first())
    others = Job.objects.filter(worksite=job.worksite, title__iexact=job.title, ended_on=None).exclude(pk=job.pk)
    if job.ended_on is None and others.exists():
        sentence = _("This worksite already has a job of this title. Open that one, or write another title.")
        raise Refusal("job-twice", sentence, field="title")
    filled = filled_of(own)
    if job.openings < filled:
        raise Refusal("fewer-than-filled", words_for_openings(filled), field="openings")
    refuse_end_while_placed(job, own)


def refuse_end_before_a_start(job: Job, last_start: date | None) -> None:
    """Nobody starts in a job that is over (the other side of it: `placements.within`). Raises Refusal."""
    if last_start is not None and job.is_over_by(last_start):
        raise Refusal("job-ends-before-a-start", words_for_start(last_start), field="ends_on")


def words_for_start(day: date) -> str:
    sentence = _("A placement in this job starts on %(day)s. Enter that day or a later one, or correct it first.")
    return sentence % {"day": in_text(day)}


def words_for_openings(filled: int) -> str:
    sentence = ngettext(
        "%(number)d opening is filled. Enter that number or more.",
        "%(number)d openings are filled. Enter that number or more.",
        filled,
    )
    return sentence % {"number": filled}


def refuse_end_while_placed(place: Employer | Worksite | Job, jobs: QuerySet[Job]) -> None:
    """Where its end changes; its jobs are locked then, and nobody is placed in one meanwhile. Raises Refusal."""
    if not place.ended_on or "ended_on" not in changed_values(place):
        return
    list(jobs.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    placed = filled_of(jobs)
    if placed:
        sentence = ngettext(
            "%(number)d customer is placed here. Terminate the placement first, or take it back if it has not started.",
            "%(number)d customers are placed here. Terminate their placements first, or take back those that have not "
            "started.",
            placed,
        )
        raise Refusal("placed-here", sentence % {"number": placed}, field="ended_on")


def filled_of(jobs: Any) -> int:
    """How many openings of these jobs are taken."""
    return int(jobs.with_openings().aggregate(number=Sum("filled"))["number"] or 0)
