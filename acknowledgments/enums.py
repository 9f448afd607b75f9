"""Ways of agreement and kinds of printed forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    ELECTRONIC = "electronic", _("Electronic acknowledgment")
    NOT_REQUIRED = "not_required", _("Plan does not require participant acknowledgment")


class PrintKind(models.TextChoices):
    TO_SIGN = "to_sign", _("Sent for acknowledgment")
    AGREED = "agreed", _("Acknowledged, with its evidence")
