"""How what was still open ended with its plan (12.7.8)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel
from careerplan.plans.enums import EndedKind, Ending
from careerplan.plans.models.plans import PERSON, EmploymentPlan, OfPlanQuerySet


class ItemEnding(TrackedModel):
    """What the planner said of a goal, a service or a step that was open as the plan closed; never changed."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="endings", verbose_name=_("plan"))
    kind = models.CharField(_("kind of item"), max_length=11, choices=EndedKind)
    # The key of its row; the floors above hold the rows.
    item = models.PositiveBigIntegerField(editable=False)
    label = models.CharField(_("item"), max_length=300)
    ending = models.CharField(_("how it ended"), max_length=12, choices=Ending)
    note = models.CharField(_("why, or where it continues"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(**PERSON, verbose_name=_("recorded by"))

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("ending of an item")
        verbose_name_plural = _("endings of items")
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "item"], name="an_item_ends_once_with_its_plan"),
            models.CheckConstraint(condition=Q(kind__in=EndedKind.values), name="an_ending_is_of_a_known_kind_of_item"),
            models.CheckConstraint(condition=Q(ending__in=Ending.values), name="an_ending_is_a_known_one"),
            models.CheckConstraint(
                condition=~Q(ending=Ending.ELSEWHERE) | ~Q(note=""), name="what_goes_on_elsewhere_says_where"
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.get_ending_display()}"

    def history_subject(self):
        return Subject(f"{self.get_kind_display()}: {self.label}", self.plan.customer_id, self.plan_id)
