"""What a minimum wage depends on beside the place and the day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Circumstance(models.TextChoices):
    """What the career planner says of the work, where a minimum wage depends on it."""

    FEW_HOURS = "few_hours", _("Under 18, and fewer than 650 hours of work in the calendar year")
    YOUTH_PROGRAM = "youth_program", _("24 or younger, in a subsidized youth employment program")
    CITY_CONTRACT = "city_contract", _("Work under a contract or concession of the city")


class HoldsFor(models.TextChoices):
    """For whom a rate is: everybody, who is young enough, who works in a circumstance, or no placement at all."""

    EVERYBODY = "everybody", _("Everybody, unless a rate for youth replaces it")
    AGE = "age", _("Everybody below an age")
    FEW_HOURS = Circumstance.FEW_HOURS.value, Circumstance.FEW_HOURS.label
    YOUTH_PROGRAM = Circumstance.YOUTH_PROGRAM.value, Circumstance.YOUTH_PROGRAM.label
    CITY_CONTRACT = Circumstance.CITY_CONTRACT.value, Circumstance.CITY_CONTRACT.label
    NOBODY = "nobody", _("No placement: tipped, training and opportunity rates")


# Rates that depend on the age, and say which.
YOUTH = (HoldsFor.AGE, HoldsFor.FEW_HOURS, HoldsFor.YOUTH_PROGRAM)


class Checked(models.TextChoices):
    """Whether somebody read the rate where it is published."""

    VERIFIED = "verified", pgettext_lazy("a minimum wage", "verified")
    NOT_VERIFIED = "not verified", pgettext_lazy("a minimum wage", "not verified")
    DERIVED = "derived", pgettext_lazy("a minimum wage", "derived")
