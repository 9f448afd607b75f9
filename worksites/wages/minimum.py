"""The minimum wage that holds for a placement, on the day from which it is paid so: `policy` chooses it from the list
and from what programs set (ILL-132, AMB-I9).

Its place is that of the worksite. Where the list is not sure, what it is sure of is the least that may be entered.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from careerplan.base.dates import in_text
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from customers.models import Customer, Program
from worksites.enums import MinimumFrom
from worksites.places.models import Job
from worksites.wages import policy
from worksites.wages.jurisdictions import COUNTRY
from worksites.wages.models import MinimumWage, ProgramMinimum


@dataclass(frozen=True)
class Minimum:
    """Dollars an hour, and where they were found."""

    rate: Decimal
    found_in: MinimumFrom
    place: str
    since: date | None
    source: str


@dataclass(frozen=True)
class Entered:
    """What a career planner found where the list is not sure."""

    rate: Decimal
    source: str


@dataclass(frozen=True)
class Finding:
    """`minimum`: the highest of what the list is sure of; `doubts`: why it may not be the one that holds, in sentences.

    `listed`: the highest of all that the list says; it differs from `minimum` only where there are doubts.
    """

    minimum: Minimum | None
    doubts: tuple[Any, ...] = ()
    # Where the customer works, as it is said beside a rate that was entered.
    place: str = ""
    listed: Minimum | None = None

    @property
    def is_sure(self) -> bool:
        return self.minimum is not None and not self.doubts


def finding_for(
    job: Job, customer: Customer, program: Program | None, on: date, circumstances: Collection[str] = ()
) -> Finding:
    """Two queries, where the job's worksite and employer and the customer's office are at hand."""
    work = work_of(job, customer, program.pk if program else None, circumstances)
    found = policy.minimum_wage(rates_for(work), work, on)
    doubts = tuple(sentence_of(doubt, work) for doubt in found.doubts)
    place = ", ".join(filter(None, [job.worksite.city.strip(), work.state]))
    return Finding(minimum_of(found.sure), doubts, place, minimum_of(found.listed))


def work_of(job: Job, customer: Customer, program: int | None, circumstances: Collection[str] = ()) -> policy.Work:
    worksite = job.worksite
    return policy.Work(
        state=worksite.state,
        county=worksite.county,
        city=worksite.city,
        employees=worksite.employer.employees,
        born_on=customer.birth_date,
        circumstances=frozenset(circumstances),
        program=program,
        region=customer.office.region_id,
    )


def work_on(placement: Any, day: date) -> policy.Work:
    """Of a placement with its job, its customer, its services by funding, and its wages."""
    program, wage = placement.planned.on(day).program_id, placement.wage_on(day)
    return work_of(placement.job, placement.customer, program, wage.circumstances)


def rates_for(work: policy.Work) -> policy.Rates:
    """What concerns this work alone."""
    state = work.state.strip().upper()
    here = Q(jurisdiction__in=[COUNTRY, state]) | Q(jurisdiction__startswith=f"{state}-")
    rows = MinimumWage.objects.filter(here, usable_for_placement=True)
    programs = ProgramMinimum.objects.filter(program=work.program).rules() if work.program is not None else []
    return policy.Rates([row.rule() for row in rows], programs)


def all_rates() -> policy.Rates:
    """For many placements at once. Two queries."""
    rows = MinimumWage.objects.filter(usable_for_placement=True)
    return policy.Rates([row.rule() for row in rows], ProgramMinimum.objects.all().rules())


def minimum_of(rate: policy.Rate | policy.ProgramRate | None) -> Minimum | None:
    if rate is None:
        return None
    if isinstance(rate, policy.ProgramRate):
        return Minimum(rate.dollars, MinimumFrom.PROGRAM, rate.name, rate.from_on, rate.source)
    return Minimum(rate.dollars, MinimumFrom.LIST, rate.jurisdiction, rate.since, rate.source)


def sentence_of(doubt: policy.Doubt, work: policy.Work) -> str:
    """What the planner reads, and can do about it."""
    rate = doubt.rate
    facts: dict[str, str] = {"state": work.state.strip().upper()}
    if rate is not None:
        facts |= {"rate": dollars(str(rate.dollars)), "place": rate.jurisdiction, "day": in_text(rate.since)}
    return sentences()[doubt.code] % facts


def sentences() -> dict[str, str]:
    return {
        "state": _("The list has no minimum wage of %(state)s for this day."),
        "size": _("The minimum wage here depends on the number of employees. Enter it with the employer."),
        "age": _("The minimum wage here depends on the age. Enter the customer's birth date."),
        "county": _("Counties of %(state)s have minimum wages of their own. Enter the county of the worksite."),
        "city": _("Cities of %(state)s have minimum wages of their own. Enter the city of the worksite."),
        "unverified": _("The list says %(rate)s (%(place)s, since %(day)s). That was not verified."),
        "stale": _(
            "The list says %(rate)s (%(place)s, since %(day)s). It changes nearly every year there, and may be more by "
            "now."
        ),
    }


def settled(finding: Finding, entered: Entered | None) -> Minimum:
    """What a placement is held against. Where the list is sure it is the list's, unless more was entered; else what was
    entered.

    Raises Refusal: the list is not sure and nothing was entered, without its source, or less than the list knows.
    """
    if finding.is_sure and finding.minimum is not None and (entered is None or entered.rate <= finding.minimum.rate):
        return finding.minimum
    if entered is None:
        sentence = _("Enter the minimum wage of this place, and where you found it: the list is not sure.")
        raise Refusal("minimum-not-sure", sentence, field="minimum_wage")
    if entered.rate <= 0:
        sentence = _("Enter a minimum wage of a cent or more.")
        raise Refusal("minimum-can-not-be", sentence, field="minimum_wage")
    if is_blank(entered.source):
        raise Refusal("minimum-without-source", _("Enter where you found the minimum wage."), field="minimum_source")
    if finding.minimum is not None and entered.rate < finding.minimum.rate:
        sentence = _("The list knows of %(rate)s (%(place)s). Enter that or more.")
        words = {"rate": dollars(str(finding.minimum.rate)), "place": finding.minimum.place}
        raise Refusal("minimum-too-low", sentence % words, field="minimum_wage")
    return Minimum(entered.rate, MinimumFrom.ENTERED, finding.place, None, entered.source.strip())
