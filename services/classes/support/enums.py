"""Choices of supportive services."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often the same amount is given, of what is given more than once."""

    DAY = "day", _("Each day")
    WEEK = "week", _("Each week")
    MONTH = "month", _("Each month")
    TERM = "term", _("Each school term")
