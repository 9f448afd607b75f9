"""Which services answer which needs: reference data, kept by an administrator."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedModel
from careerplan.plans.models import BarrierCategory
from goals.models import GoalCategory


def one_of(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True}) ^ Q(**{f"{second}__isnull": True}), name=name
    )


def once(*fields: str, name: str) -> models.UniqueConstraint:
    both = Q(**{f"{field}__isnull": False for field in fields})
    sentence = _("This is in the list already. Change that row instead.")
    return models.UniqueConstraint(fields=fields, condition=both, name=name, violation_error_message=sentence)


class ServiceAnswer(TrackedModel):
    """A barrier or a kind of goal, and what is planned for it: one service, or all of a category.

    It puts these services first in the list that a planner chooses from, and decides nothing.
    """

    barrier = models.ForeignKey(
        BarrierCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("barrier category")
    )
    goal_category = models.ForeignKey(
        GoalCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category of goals")
    )
    service = models.ForeignKey(
        "services.Service", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("service")
    )
    category = models.ForeignKey(
        "services.ServiceCategory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("category of services"),
    )
    is_active = models.BooleanField(_("used"), default=True)

    class Meta:
        verbose_name = _("answer to a need")
        verbose_name_plural = _("answers to needs")
        constraints = [
            one_of("barrier", "goal_category", "an_answer_is_to_a_barrier_or_a_goal"),
            one_of("service", "category", "an_answer_is_a_service_or_a_category"),
            once("barrier", "service", name="a_barrier_has_a_service_once"),
            once("barrier", "category", name="a_barrier_has_a_category_once"),
            once("goal_category", "service", name="a_kind_of_goal_has_a_service_once"),
            once("goal_category", "category", name="a_kind_of_goal_has_a_category_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.service or self.category}"

    @property
    def need(self) -> BarrierCategory | GoalCategory:
        found = self.barrier or self.goal_category
        assert found is not None  # as the table asks
        return found
