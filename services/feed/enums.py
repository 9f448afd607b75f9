"""How records come in, and what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RecordState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("records of a feed", "Waits for a decision")
    ADDED = "added", _("Added to the plan")
    LINKED = "linked", _("Linked to a service of the plan")
    IGNORED = "ignored", pgettext_lazy("records of a feed", "Ignored")


# In the plan, as a service of it.
IN_PLAN = (RecordState.ADDED, RecordState.LINKED)


class Way(models.TextChoices):
    """By which way records came."""

    API = "api", _("Sent by the source")
    FILE = "file", _("From a file")
    ASKED = "asked", _("The source was asked")


class Asking(models.TextChoices):
    """How a source can be asked for what it has."""

    HTTP = "http", _("At an address (HTTP)")
    FILES = "files", _("By a file in the feed folder")
