"""Who stands in the daily list of planners: everybody but those whose programs all ended long ago.

Two columns of the customer's row say it, so that the list is a range of an index however many have left. Both follow
from enrollments, whose history is the history.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

from customers.policy import DAYS_IN_DAILY_LIST


def last_end(enrollments: models.QuerySet) -> Subquery:
    """In a query of customers: the day of the last end; null while a program is open, and before the first."""
    of_customer = enrollments.filter(customer=OuterRef("pk")).order_by(F("exited_on").desc(nulls_first=True))
    return Subquery(of_customer.values("exited_on")[:1])


def first_day_of_list(on: date) -> date:
    """Whose last program ended before it has left the list."""
    return on - timedelta(days=DAYS_IN_DAILY_LIST)


def keep_ends(customers: models.QuerySet, enrollments: models.QuerySet, *, on: date) -> int:
    """Both columns of these customers as their enrollments are now; returns how many differed.

    Plain querysets: a migration gives those of its day.
    """
    first, known = first_day_of_list(on), customers.annotate(last_end=last_end(enrollments))
    stays = Q(last_end=None) | Q(last_end__gte=first)
    another_day = Q(last_end=None, programs_ended_on__isnull=False) | (
        Q(last_end__isnull=False) & (Q(programs_ended_on=None) | ~Q(programs_ended_on=F("last_end")))
    )
    another_state = (stays & Q(in_daily_list=False)) | Q(last_end__lt=first, in_daily_list=True)
    in_list = Case(When(stays, then=Value(True)), default=Value(False))
    differing = known.filter(another_day | another_state)
    return differing.update(programs_ended_on=F("last_end"), in_daily_list=in_list)
