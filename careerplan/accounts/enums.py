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


class LetterKind(models.TextChoices):
    """What an e-mail about signing in says."""

    RESET_LINK = "reset-link", _("Link to set a password")
    INVITATION = "invitation", _("Invitation to choose a password")
    CUSTOMER_INVITATION = "customer-invitation", _("Invitation of a customer")
    UNKNOWN_ADDRESS = "unknown-address", _("Nobody signs in with this address")
    PASSWORD_CHANGED = "password-changed", _("The password was changed")
    EMAIL_CHANGED = "email-changed", _("The e-mail address was changed")
    ONE_SIGN_IN = "one-sign-in", _("Two sign-ins became one")


LINKS_TO_PASSWORD = frozenset({LetterKind.RESET_LINK, LetterKind.INVITATION, LetterKind.CUSTOMER_INVITATION})
