"""Choices of limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    """For how long the amount has to last."""

    PROGRAM_YEAR = "program_year", _("A program year (July 1 to June 30)")
    IN_ALL = "in_all", _("In all")


class Beyond(models.TextChoices):
    """What becomes of an amount that goes over the limit."""

    WARN = "warn", _("It is saved with a warning")
    STOP = "stop", _("It is refused")
