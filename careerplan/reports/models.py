"""What was counted over the state, so that no page counts it: rows that a task makes anew (`counting.py`).

Derived from the rows of every floor, whose history is the history.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Office, Region
from customers.models import Customer


class StateCount(models.Model):
    """One row: when the state was counted, and what the plans of co-enrolled customers come to."""

    ONLY = 1

    counted_at = models.DateTimeField(null=True)
    work_counted_at = models.DateTimeField(null=True)
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


class WorkCount(models.Model):
    """What is due of a planner's own customers in an office, as Today says it; without a planner, of nobody's."""

    NUMBERS = ("overdue", "this_week", "with_others")

    office = models.ForeignKey(Office, models.CASCADE, related_name="work_counted")
    planner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="work_counted")
    overdue = models.PositiveIntegerField(default=0)
    this_week = models.PositiveIntegerField(default=0)
    with_others = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of what is due")
        constraints = [
            models.UniqueConstraint(fields=["office", "planner"], name="what_is_due_is_counted_once_a_planner"),
            models.UniqueConstraint(
                fields=["office"], condition=Q(planner=None), name="what_is_due_with_nobody_is_counted_once_an_office"
            ),
        ]

    def __str__(self):
        return f"{self.office}, {self.planner or ''}"


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
