"""The words of what a supervisor is asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Asked(models.TextChoices):
    """What a link asks for."""

    EVALUATION = "evaluation", _("Worksite evaluation")
    HOURS = "hours", _("Confirmation of hours")


class LinkStanding(models.TextChoices):
    """What has become of a link. Kept is what happened to it; this follows from that and the time."""

    WAITS = "waits", _("Waits for the supervisor")
    ANSWERED = "answered", pgettext_lazy("a supervisor's link", "Answered")
    OVER = "over", _("Its two weeks are over")
    LOCKED = "locked", _("Locked: the code was wrong too often")
    REPLACED = "replaced", _("Another supervisor is named at the worksite")
    NOT_PLACED = "not_placed", _("The placement has not begun")
    WITHDRAWN = "withdrawn", pgettext_lazy("a supervisor's link", "Taken back")
