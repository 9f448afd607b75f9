"""Whether a planned service starts a participation: asked by the rules of changes and by the gate, answered here.

A service counts for the programs that the customer was in on the day of its start; one that has not started, for the
programs of now. One that no version in force has permitted yet counts for the programs of now in any case: the day of
its start is recorded freely, and must not decide whether the customer is asked. Who has left every program does not
escape: then all that one was in count.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from customers.models import Enrollment
    from services.models import PlannedService


def causes_participation(planned: "PlannedService", enrollments: Iterable["Enrollment"]) -> bool:
    """`enrollments`: all of the customer's, with their programs, those that ended, too."""
    every = list(enrollments)
    if planned.authorised_in_id is None:
        return may_cause_participation(planned, every)
    return bool(planned.service.causes_participation(kinds_of_programs(every, planned.actual_start_on)))


def may_cause_participation(planned: "PlannedService", enrollments: Iterable["Enrollment"]) -> bool:
    """The same whatever version permits it: for the programs of its start and for those of now."""
    every = list(enrollments)
    kinds = kinds_of_programs(every, planned.actual_start_on) | kinds_of_programs(every, None)
    return bool(planned.service.causes_participation(kinds))


def kinds_of_programs(enrollments: Iterable["Enrollment"], on: date | None) -> set[str]:
    """The kinds of the programs that the customer was in on a day (None: is in now); of all, where one was in none."""
    every = list(enrollments)
    then = [enrollment for enrollment in every if was_in(enrollment, on)]
    return {enrollment.program.kind for enrollment in then or every}


def was_in(enrollment: "Enrollment", on: date | None) -> bool:
    if on is None:
        return enrollment.exited_on is None
    return enrollment.begun_on <= on and (enrollment.exited_on is None or enrollment.exited_on > on)
