"""Whether a job pays less than the minimum wage of its place: told before anybody is added to it, and never refused.
What holds for one customer is found with the placement (WIOA sec. 181(a)(1), ILL-132)."""

from collections.abc import Iterable
from datetime import date

from worksites.places.models import Job, Worksite
from worksites.wages.minimum import Minimum, minimum_of, rates_for
from worksites.wages.policy import Work, minimum_wage, months_later

# No rate for youth is for somebody of this age.
YEARS_OF_AN_ADULT = 30


def minimum_at(worksite: Worksite, *, on: date) -> Minimum | None:
    """Of an adult in no circumstance, as the list has it, verified or not. One query, where the employer is at hand."""
    work = Work(
        state=worksite.state,
        county=worksite.county,
        city=worksite.city,
        employees=worksite.employer.employees,
        born_on=months_later(on, -12 * YEARS_OF_AN_ADULT),
    )
    return minimum_of(minimum_wage(rates_for(work), work, on).listed)


def paid_too_little(jobs: Iterable[Job], minimum: Minimum | None) -> list[Job]:
    """Of those that are offered."""
    return [job for job in jobs if minimum is not None and job.is_offered and job.hourly_wage < minimum.rate]
