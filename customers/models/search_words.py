"""The words under which a customer is found: an index of names, numbers and days, in the order of the list.

Beside the single words stand pairs of the words of a name (`customers/search.py`): of two frequent names whoever bears
both is one range of the index, too.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from customers.models.people import Customer

AFTER_ALL = "\U0010ffff"


class SearchWordQuerySet(models.QuerySet):
    def beginning(self, word: str):
        """One range of the index."""
        return self.filter(word__gte=word, word__lt=word + AFTER_ALL)

    def of_the_row(self, word: str) -> Exists:
        """Whether a word of the customer begins so, in a query of customers."""
        return Exists(self.beginning(word).filter(customer=OuterRef("pk")))

    def keep(self, customers: Iterable["Customer"], more: Mapping[int, set[str]] | None = None) -> None:
        """The words of these customers as they are now: what is new is added, what is no longer true removed.

        `more`: by the key, those of former records of the same person.
        """
        rows, others = list(customers), more or {}
        wanted = {
            (row.pk, word, row.name_key) for row in rows for word in row.search_words() | others.get(row.pk, set())
        }
        of_these = self.filter(customer__in=[row.pk for row in rows])
        present = {(row.customer_id, row.word, row.name_key): row.pk for row in of_these}
        gone = [key for row, key in present.items() if row not in wanted]
        if gone:
            self.filter(pk__in=gone).delete()
        new = sorted(wanted - present.keys())
        if new:
            words = (SearchWord(customer_id=pk, word=word, name_key=name_key) for pk, word, name_key in new)
            self.bulk_create(words, batch_size=1000)


class SearchWord(models.Model):
    """A word under which a customer is found. Derived from the customer's row, whose history is the history."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="words", db_index=False, verbose_name=_("customer")
    )
    word = models.CharField(max_length=254, editable=False)
    # The customer's, so that whom a word finds stand in the order of the list. The former release writes words without
    # it while an upgrade is under way.
    name_key = models.CharField(max_length=310, editable=False, db_default="")

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("search word")
        indexes = [models.Index(fields=["word", "name_key", "customer"], name="customers_by_word_and_name")]
        constraints = [
            models.UniqueConstraint(fields=["customer", "word"], name="a_word_of_a_customer_is_kept_once"),
        ]

    def __str__(self):
        return self.word
