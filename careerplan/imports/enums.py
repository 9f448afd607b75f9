"""How far an import is, and what is to be done with each of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(models.TextChoices):
    COLUMNS = "columns", _("Waits for its columns")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Checked, not imported yet")
    SAVING = "saving", _("Being imported")
    DONE = "done", _("Imported")


# What goes on behind the page.
UNDER_WAY = (ImportState.CHECKING, ImportState.SAVING)


class RowState(models.TextChoices):
    UNREAD = "unread", _("Not checked yet")
    BAD = "bad", pgettext_lazy("rows", "To mend")
    DOUBLE = "double", pgettext_lazy("rows", "Perhaps double")
    GOOD = "good", pgettext_lazy("rows", "New")
    CHANGED = "changed", pgettext_lazy("rows", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("rows", "Already so")
    LEFT_OUT = "left_out", pgettext_lazy("rows", "Left out")


# Nothing is imported while one of these is there; what an import writes.
WAITING = (RowState.BAD, RowState.DOUBLE, RowState.UNREAD)
WRITTEN = (RowState.GOOD, RowState.CHANGED)
# With which nothing is wrong.
TAKEN = (*WRITTEN, RowState.UNCHANGED)


class Encoding(models.TextChoices):
    """How a text file writes its letters; a byte order mark at its beginning says it better."""

    UTF_8 = "utf-8", _("As most programs save it today (UTF-8 or UTF-16)")
    WINDOWS_1252 = "cp1252", _("As older Windows programs save it (Windows-1252)")
