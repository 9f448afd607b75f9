"""Choices of costs and budgets."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CostStage(models.TextChoices):
    """In this order, and none is left out."""

    PLANNED = "planned", pgettext_lazy("a cost", "Planned")
    OBLIGATED = "obligated", pgettext_lazy("a cost", "Obligated")
    PAID = "paid", pgettext_lazy("a cost", "Paid")


class WhenOver(models.TextChoices):
    """What becomes of an obligation for which a budget has not enough left."""

    STOP = "stop", pgettext_lazy("a budget", "It is refused")
    WARN = "warn", pgettext_lazy("a budget", "It is taken once the planner confirms it")
