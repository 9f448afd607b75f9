"""Entries of reference data: an official name, a plain one (at the reading level of 8th grade) and a Spanish one.

`plain_name` is what a reader is told, in the language in force. The official name goes with it, and stands small beside
it for staff and on paper.
"""

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedModel
from careerplan.base.spoken import Words, plain_words, with_official

LONGEST_NAME = 150


def plain_name_of(way: str = "") -> Coalesce:
    """In a query: the name that a reader is told, in the language in force. `way`: to the entry from the rows."""
    names = [f"{way}plain_english", f"{way}name"]
    if get_language() == "es":
        names.insert(0, f"{way}plain_spanish")
    return Coalesce(*(NullIf(name, Value("")) for name in names), Value(""))


class NamedModel(TrackedModel):
    """An entry of reference data: `name` is official, and says to policy and to reports what it is."""

    plain_english = models.CharField(
        _("plain name"),
        max_length=LONGEST_NAME,
        blank=True,
        help_text=_("What customers read: at the reading level of 8th grade or below. Empty: the official name."),
    )
    plain_spanish = models.CharField(
        _("plain name in Spanish"),
        max_length=LONGEST_NAME,
        blank=True,
        help_text=_("Empty: customers who read Spanish see the English one, marked as English."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)  # type: ignore[attr-defined]  # each model has its own

    @property
    def plain_name(self) -> Words:
        return plain_words(str(self), self.plain_english, self.plain_spanish)

    @property
    def told(self) -> str:
        """For sentences, which have no small print: the plain name, and the official one in brackets."""
        return with_official(self.plain_name)
