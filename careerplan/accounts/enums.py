"""Who people are in the product."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    PLANNER = "planner", _("Career planner")
    STATEWIDE = "statewide", _("Statewide staff")
    ADMINISTRATOR = "administrator", _("Administrator")


EVERY_REGION_ROLES = frozenset({Role.STATEWIDE, Role.ADMINISTRATOR})
EDITING_ROLES = frozenset({Role.PLANNER, Role.STATEWIDE})
