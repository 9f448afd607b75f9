"""Choices of the job fit review."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Comfort(models.IntegerChoices):
    """How comfortable the customer is with a task, a skill or an area of knowledge (12.7.5, footnote 2)."""

    NOT = 1, _("Not comfortable yet")
    LITTLE = 2, _("A little comfortable")
    SOMEWHAT = 3, _("Somewhat comfortable")
    COMFORTABLE = 4, _("Comfortable")
    VERY = 5, _("Very comfortable")


class FitEnding(models.TextChoices):
    """Why a review ended before all was answered."""

    OCCUPATION_CHANGED = "occupation_changed", _("The occupation changed")


class FitProgram(models.TextChoices):
    """The program under which an assessment from outside is filed (12.7.5, Job Fit, step 2)."""

    ADULT = "adult", _("Title 1 Adult")
    DISLOCATED_WORKER = "dislocated_worker", _("Title 1 Dislocated Worker")
