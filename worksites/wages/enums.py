"""What a minimum wage depends on beside the place and the day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Circumstance(models.TextChoices):
    """What the career planner says of the work, where a minimum wage depends on it."""

    FEW_HOURS = "few_hours", _("Under 18, and fewer than 650 hours of work in the calendar year")
    YOUTH_PROGRAM = "youth_program", _("24 or younger, in a subsidized youth employment program")
    CITY_CONTRACT = "city_contract", _("Work under a contract or concession of the city")
