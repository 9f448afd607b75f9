"""Choices of apprenticeships."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CountedIn(models.TextChoices):
    """In what a schedule counts the way to its next wage."""

    HOURS = "hours", _("Hours on the job")
    MONTHS = "months", _("Months")
