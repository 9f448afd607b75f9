"""What was counted over the state, so that no page counts it: rows that a task makes anew (`counting.py`).

Derived from the rows of every floor, whose history is the history.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Region
from customers.models import Customer


class StateCount(models.Model):
    """One row: when the state was counted, and what the plans of co-enrolled customers come to."""

    ONLY = 1

    counted_at = models.DateTimeField(null=True)
    co_enrolled = models.PositiveIntegerField(default=0)
    with_one_active = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of the state")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="the_state_is_counted_in_one_row")]

    def __str__(self):
        return str(self.counted_at)


class RegionCount(models.Model):
    """Customers of a region, versions of its open plans by state, and reviews that were overdue on the day."""

    NUMBERS = ("customers", "drafts", "awaiting", "active", "overdue")

    region = models.OneToOneField(Region, models.CASCADE, related_name="counted")
    customers = models.PositiveIntegerField(default=0)
    drafts = models.PositiveIntegerField(default=0)
    awaiting = models.PositiveIntegerField(default=0)
    active = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a region")

    def __str__(self):
        return str(self.region)


class SharedPlanCount(models.Model):
    """A co-enrolled customer among the first whom monitors look at."""

    position = models.PositiveSmallIntegerField(unique=True)
    customer = models.OneToOneField(Customer, models.CASCADE, related_name="counted")
    programs = models.PositiveSmallIntegerField()
    open_plans = models.PositiveSmallIntegerField()
    active_versions = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("count of a shared plan")

    def __str__(self):
        return str(self.customer)
