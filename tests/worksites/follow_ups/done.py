"""Follow-ups, brought about by the product's own actions."""

from datetime import timedelta
from decimal import Decimal

from tests import placed, states
from tests.stock import stocked
from worksites.follow_ups.actions import do_follow_up
from worksites.models import FollowUp

DAY = timedelta(days=1)


def employed(**values):
    """What is said of a customer who still works there."""
    return {
        "done_on": states.today(), "outcome": "same_employer", "hourly_wage": Decimal("16.50"),
        "weekly_hours": Decimal(38), "verification": "pay_stub", "notes": "Likes the work.",
    } | values  # fmt: skip


NOT_EMPLOYED = {"outcome": "not_employed", "hourly_wage": None, "weekly_hours": None, "verification": ""}


@stocked
def placement_since(days=0, **about):
    """Under way since so many days ago."""
    under = placed.long_ago(placed.service(), days + 5)
    return placed.started(states.today() - days * DAY, under=under, **about)


def after(placement, days):
    rows = FollowUp.objects.select_related("placement__planned__plan__customer__planner", "placement__job", "done_by")
    return rows.get(placement=placement, days=days)


def do(row, act=do_follow_up, *, by=None, on=None, seen=None, **values):
    """Done or corrected by the customer's planner."""
    said = employed(**values)
    return act(row, said, seen=seen, by=by or row.placement.customer.planner, at=on or states.now())
