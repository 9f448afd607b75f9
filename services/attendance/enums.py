"""Of how long a time hours are recorded, and what is to be done with a pasted line."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Span(models.TextChoices):
    DAY = "day", pgettext_lazy("attendance", "Day")
    WEEK = "week", pgettext_lazy("attendance", "Week")


class LineState(models.TextChoices):
    """Of a line of a pasted class."""

    GOOD = "good", pgettext_lazy("lines", "New")
    CHANGED = "changed", pgettext_lazy("lines", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("lines", "Already so")
    DOUBLE = "double", pgettext_lazy("lines", "Double")
    BAD = "bad", pgettext_lazy("lines", "To correct")


# What saving writes.
WRITTEN = (LineState.GOOD, LineState.CHANGED)
