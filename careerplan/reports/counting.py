"""The counts of the state are made anew by a worker, and read by the pages."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from careerplan.base.background import nudge
from careerplan.base.database import allow_seconds
from careerplan.base.dates import day_of
from careerplan.reports.counts import co_enrolled, counts_by_region
from careerplan.reports.models import RegionCount, SharedPlanCount, StateCount

# Younger counts are good enough, however many people ask.
FRESH = timedelta(minutes=4)
# From then on the page says that they are old: the task comes every five minutes.
OLD = timedelta(minutes=20)
LISTED = 100
# More than a page's statement may take, less than a worker's task.
SECONDS = 40


@transaction.atomic
def count_state(*, at: datetime, fresh: timedelta = FRESH) -> bool:
    """Make the counts anew; False where they are younger than `fresh`, or another worker is about it."""
    StateCount.objects.get_or_create(pk=StateCount.ONLY)
    state = StateCount.objects.select_for_update(skip_locked=True).first()
    if state is None or (state.counted_at is not None and at - state.counted_at < fresh):
        return False
    allow_seconds(SECONDS)
    regions, shared = counts_by_region(on=day_of(at)), co_enrolled()
    totals = shared.aggregate(everybody=Count("pk"), one=Count("pk", filter=Q(open_plans=1, active_versions=1)))
    first: Any = shared[:LISTED]
    listed = [
        SharedPlanCount(
            position=position,
            customer=customer,
            programs=customer.programs,
            open_plans=customer.open_plans,
            active_versions=customer.active_versions,
        )
        for position, customer in enumerate(first)
    ]
    RegionCount.objects.all().delete()
    RegionCount.objects.bulk_create(regions)
    SharedPlanCount.objects.all().delete()
    SharedPlanCount.objects.bulk_create(listed)
    state.counted_at, state.co_enrolled, state.with_one_active = at, totals["everybody"], totals["one"]
    state.save()
    return True


def counted_state(*, at: datetime) -> StateCount | None:
    """The last count; None before the first one. One that is missing or old is ordered."""
    state = StateCount.objects.filter(counted_at__isnull=False).first()
    if state is None or is_old(state, at=at):
        nudge("careerplan.reports.tasks.count")
    return state


def is_old(state: StateCount, *, at: datetime) -> bool:
    return state.counted_at is not None and at - state.counted_at > OLD
