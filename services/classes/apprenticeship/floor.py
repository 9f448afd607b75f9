"""Which wage steps pay less than the minimum wage where the customer's office is (29 CFR 29.5(b)(5)).

It is said and stops nothing: which minimum wage holds depends on more than the office, such as age and employer.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base.dates import in_row
from careerplan.base.readable import dollars
from goals.careers.wages import wage_floor
from services.classes.apprenticeship.models import WageStep
from services.classes.apprenticeship.words import as_item, told_steps


def low_wages(planned: Any, *, on: date) -> str:
    """In words, of a service that starts on its day, or has started; "" where all pay enough. Two queries."""
    steps = list(WageStep.objects.of_service(planned))
    first_day = planned.actual_start_on or planned.planned_start_on or on
    floor = wage_floor(planned.plan.customer, on=max(on, first_day)) if steps else None
    if floor is None:
        return ""
    low = told_steps(as_item(step) for step in steps if floor.is_above(step.wage))
    if not low:
        return ""
    facts = {"rate": dollars(str(floor.rate)), "day": in_row(floor.since), "whom": floor.told_whom, "steps": low}
    if floor.whom:
        return _("Below the minimum wage of %(rate)s an hour (since %(day)s, for %(whom)s): %(steps)s.") % facts
    return _("Below the minimum wage of %(rate)s an hour (since %(day)s): %(steps)s.") % facts
