"""What a row of a list of jobs is about, what it changes of the job, its worksite and its employer, and how it is
written. A job is found by its title at its worksite, that by its name under its employer, and that in its region.

A row may name a worksite and no job. What is found of such a row is the worksite: its key, below zero, so that it is
none of a job."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from careerplan.accounts.models import Region, User
from careerplan.base.dates import is_before
from careerplan.base.names import fold
from careerplan.imports.cells import columns_of, differing, neutral, read_cells
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import UNIQUE, Difference, Fault, Outcome, Read, said_key
from careerplan.imports.models import Import
from worksites.places import import_cells
from worksites.places.actions import (
    save_employer,
    save_job,
    save_worksite,
    words_for_ended,
    words_for_openings,
    words_for_start,
)
from worksites.places.import_cells import NAMES, OF_EMPLOYER, OF_JOB, OF_WORKSITE
from worksites.places.models import Employer, Job, Worksite, regions_of

# What a new one can't be without.
ASKED_OF_WORKSITE = ("state",)
ASKED_OF_JOB = ("employment_type", "hourly_wage", "weekly_hours", "openings")


def name_key(name: Any) -> str:
    """As the database compares names: letter by letter, without regard to where one stands (a last sigma)."""
    return "".join(letter.lower()[0] for letter in str(name))


def key_of(values: Mapping[str, Any], names: int) -> tuple[Any, ...]:
    """Of the employer (1), the worksite (2) or the job (3) of a row."""
    return (values["region"].pk, *(name_key(values[name]) for name in list(NAMES)[:names]))


def keys_of(values: Mapping[str, Any]) -> Iterator[str]:
    """One row is about a job, or about a worksite without one; all must say the same of an employer and a worksite."""
    of, names = ("job", 3) if "job" in values else ("worksite", 2)
    yield f"{UNIQUE}{of}:" + "/".join(map(fold, map(str, key_of(values, names))))
    for of, names, columns in (("employer", 1, OF_EMPLOYER), ("worksite", 2, OF_WORKSITE)):
        said = {name: neutral(values[name]) for name in columns if name in values}
        if said:
            yield said_key(f"{of} {'/'.join(map(str, key_of(values, names)))}", said)


@dataclass
class Known:
    """What is there already, by `key_of`."""

    employers: dict[tuple[Any, ...], Employer] = field(default_factory=dict)
    worksites: dict[tuple[Any, ...], Worksite] = field(default_factory=dict)
    jobs: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @classmethod
    def to(cls, reads: Sequence[Read]) -> "Known":
        """Three queries."""
        known = cls()
        names = {name_key(read.values["employer"]) for read in reads}
        regions = {read.values["region"].pk for read in reads}
        found = Employer.objects.filter(region__in=regions).annotate(lowered=Lower("name")).select_related("region")
        for employer in found.filter(lowered__in=names):
            known.employers[(employer.region_id, name_key(employer.name))] = employer
        rows = Worksite.objects.filter(employer__in=known.employers.values()).select_related("employer__region")
        for worksite in rows:
            known.worksites[key_of_worksite(worksite)] = worksite
        jobs = (
            Job.objects.filter(worksite__in=known.worksites.values(), ended_on=None).with_openings().with_last_start()
        )
        for job in jobs.select_related("worksite__employer__region", "occupation"):
            known.jobs[(*key_of_worksite(job.worksite), name_key(job.title))] = job
        return known


def key_of_worksite(worksite: Worksite) -> tuple[Any, ...]:
    employer = worksite.employer
    return employer.region_id, name_key(employer.name), name_key(worksite.name)


class JobReader:
    def __init__(self, bringing: Import):
        regions = list(regions_of(bringing.uploaded_by))
        self.fields = import_cells.fields(regions)
        chosen = bringing.options.get("region")
        self.region: Region | None = next((region for region in regions if region.pk == chosen), None)

    # --- one row by itself -----------------------------------------------------------------------

    def read(self, texts: Mapping[str, str], word: str) -> Read:
        values, faults = read_cells(self.fields, texts)
        told = {fault.field for fault in faults}
        if "region" not in values and "region" not in told:
            if self.region is None:
                faults.append(Fault.of("region", "no-region", words_for_region))
            else:
                values["region"] = self.region
        of_job = (told | values.keys()) & {"job", *OF_JOB}
        for name in NAMES if of_job else ("employer", "worksite"):
            if name not in values and name not in told:
                faults.append(Fault.of(name, "no-name", words_for_no_name))
        return Read(values, faults, () if faults else tuple(keys_of(values)), (), word)

    # --- what is there already -------------------------------------------------------------------

    def look(self, reads: Sequence[Read]) -> list[Outcome]:
        known = Known.to(reads)
        return [outcome_of(read.values, known) for read in reads]

    # --- writing ---------------------------------------------------------------------------------

    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        writing = Writing(Known.to([read for read, _outcome in rows]), by, at)
        return [writing.write(read.values) for read, _outcome in rows]


@dataclass
class Writing:
    """Of many rows: what one has added, the next finds. What no row says differently is not written again."""

    known: Known
    by: User
    at: datetime

    def write(self, values: Mapping[str, Any]) -> int:
        worksite = self.worksite(values, self.employer(values))
        if "job" not in values:
            return -int(worksite.pk)
        job = self.known.jobs.get(key_of(values, 3))
        said = told(values, OF_JOB, None if job else "job")
        return int(save_job(worksite, job, said, by=self.by, at=self.at).pk)

    def employer(self, values: Mapping[str, Any]) -> Employer:
        key = key_of(values, 1)
        found = self.known.employers.get(key)
        if found is None or differing(values, found, OF_EMPLOYER):
            said = told(values, OF_EMPLOYER, None if found else "employer")
            found = save_employer(values["region"], found, said, by=self.by, at=self.at)
        self.known.employers[key] = found
        return found

    def worksite(self, values: Mapping[str, Any], employer: Employer) -> Worksite:
        key = key_of(values, 2)
        found = self.known.worksites.get(key)
        if found is None or differing(values, found, OF_WORKSITE):
            said = told(values, OF_WORKSITE, None if found else "worksite")
            found = save_worksite(employer, found, said, by=self.by, at=self.at)
        self.known.worksites[key] = found
        return found


def told(values: Mapping[str, Any], columns: Mapping[str, str], name: str | None) -> dict[str, Any]:
    """By column; with the name of what is new, in whichever letters: what is there keeps its own."""
    named = {name: NAMES[name]} if name else {}
    return columns_of(values, named | dict(columns))


def outcome_of(values: Mapping[str, Any], known: Known) -> Outcome:
    employer, worksite = known.employers.get(key_of(values, 1)), known.worksites.get(key_of(values, 2))
    job = known.jobs.get(key_of(values, 3)) if "job" in values else None
    faults = [*faults_of(values, employer, worksite, job)]
    if faults:
        return Outcome(RowState.BAD, job.pk if job else None, faults)
    found: list[Difference] = []
    for entry, columns in ((employer, OF_EMPLOYER), (worksite, OF_WORKSITE), (job, OF_JOB)):
        found += differing(values, entry, columns) if entry is not None else []
    key = job.pk if job else None if worksite is None or "job" in values else -worksite.pk
    if key is None:
        return Outcome(RowState.GOOD, differences=found)
    return Outcome(RowState.CHANGED if found else RowState.UNCHANGED, key, [], found)


def faults_of(values: Mapping[str, Any], employer: Employer | None, worksite: Worksite | None, job: Any) -> list[Fault]:
    """At the cells."""
    is_new_job = job is None and "job" in values
    asked = [*(ASKED_OF_WORKSITE if worksite is None else ()), *(ASKED_OF_JOB if is_new_job else ())]
    faults = [Fault.of(name, "missing", words_for_missing) for name in asked if name not in values]
    for name, place in (("employer", employer), ("worksite", worksite)):
        if place is not None and place.ended_on:
            faults.append(Fault.of(name, "ended", words_for_ended))
    starts_on, ends_on = (values.get(name, getattr(job, name, None)) for name in ("starts_on", "ends_on"))
    if starts_on and ends_on and ends_on < starts_on:
        faults.append(Fault.of("ends_on", "job-ends-before", words_for_days))
    if job is not None and ends_on != job.ends_on and is_before(ends_on, job.last_start):
        faults.append(Fault.of("ends_on", "job-ends-before-a-start", lambda: words_for_start(job.last_start)))
    if job is not None and values.get("openings", job.openings) < job.filled:
        faults.append(Fault.of("openings", "fewer-than-filled", lambda: words_for_openings(job.filled)))
    return faults


def words_for_region() -> str:
    return _("Write the region, or choose one above the columns.")


def words_for_no_name() -> str:
    return _("Write the name.")


def words_for_missing() -> str:
    return _("This is new. Write this, too.")


def words_for_days() -> str:
    return _("The job can't end before it starts.")
