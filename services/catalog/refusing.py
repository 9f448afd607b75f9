"""What the catalog doesn't offer to a plan is not added, whatever page it comes from."""

from collections.abc import Iterable
from datetime import date

from careerplan.base.refusals import Refusal
from customers.models import Enrollment
from goals.models import CareerGoal
from services.catalog.rules import ADDED, Here, Standing, standing_of
from services.catalog.words import why_not
from services.models import PlannedService
from services.policy import forbidden_in_exploration
from services.programs import offered_programs

CODES = {
    Standing.SWITCHED_OFF: "service-not-offered",
    Standing.NOT_YET: "service-not-offered-yet",
    Standing.ENDED: "service-not-offered",
    Standing.NO_PROGRAM: "no-open-program",
    Standing.BY_SYSTEM: "opened-by-the-plan",
    Standing.EXPLORATION: "not-in-exploration",
}


def refuse_not_offered(planned: PlannedService, enrollments: Iterable[Enrollment], on: date) -> None:
    """Raises Refusal with the sentence that the catalog shows. `enrollments`: those that are open."""
    service, programs = planned.service, list(enrollments)
    offer = service.offer(is_offered_here=bool(offered_programs(service, programs)))
    explores = forbidden_in_exploration(service.in_exploration) and explores_now(planned.plan_id)
    standing = standing_of(offer, Here(on, has_program=bool(programs), explores=explores))
    if standing not in ADDED:
        raise Refusal(CODES[standing], why_not(service, standing))


def explores_now(plan: int) -> bool:
    found: bool = CareerGoal.objects.in_plan().filter(plan=plan, explores=True).exists()
    return found
