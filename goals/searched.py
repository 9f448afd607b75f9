"""Titles that a search finds an occupation by (goals/searching.py): ours, and those of O*NET."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goals.wording import search_key


class SearchedTitle(models.Model):
    """`search_key` is how it is searched."""

    title = models.CharField(_("title"), max_length=200)
    search_key = models.CharField(max_length=400, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        self.search_key = search_key(self.title)
