"""Who may be a second record of one person: one rule for the page that adds a customer, for the import and for merging.

A participant ID is one person's: who has it already is the same person for certain. The same e-mail address, the same
name with the same birth date, and the same name where one of the two has no birth date, are signs of it. What a record
says that was merged into another one speaks for that other one. Names are read
as everywhere (`base.names`), first and last in either order, whatever middle name stands between them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import User
from careerplan.base.names import glued
from customers.models import Customer
from customers.search import LONGEST_WORD

# So many words are asked of the index at once: a statement has a limit of values.
WORDS_AT_ONCE = 20_000


class Likeness(TextChoices):
    """What two records have in common, the surest first."""

    PARTICIPANT_ID = "participant_id", gettext_lazy("Same participant ID")
    NAME_AND_BIRTH = "name_and_birth", gettext_lazy("Same name and birth date")
    EMAIL = "email", gettext_lazy("Same e-mail")
    NAME = "name", gettext_lazy("Same name, and a birth date is missing")


@dataclass(frozen=True)
class Known:
    """What is known of a person by which another record is recognised. `email` and `state_id`: as they are compared."""

    names: tuple[str, str]
    birth_date: date | None
    email: str
    state_id: str

    @property
    def words(self) -> set[str]:
        """Under which words of the search whoever may be the same person stands."""
        first, last = self.names
        found = {first + last, last + first, self.email, glued(self.state_id)}
        return {word[:LONGEST_WORD] for word in found if word}


@dataclass(frozen=True)
class Double:
    """`customer` is None for who may not see the other record: then nothing is told of it, the likeness neither."""

    customer: Customer | None
    likeness: Likeness

    @property
    def is_certain(self) -> bool:
        return self.likeness == Likeness.PARTICIPANT_ID

    @property
    def sentence(self) -> str:
        if self.customer is None:
            return _("Somebody in another office may be the same person. Ask statewide staff.")
        return str(self.likeness.label)


def known_of(values: Mapping[str, Any]) -> Known:
    """Of names of a Customer's fields with their values; what is missing is unknown."""
    return Known(
        names=(glued(values.get("first_name") or ""), glued(values.get("last_name") or "")),
        birth_date=values.get("birth_date"),
        email=(values.get("email") or "").strip().casefold(),
        state_id=(values.get("state_id") or "").strip().casefold(),
    )


COMPARED = ("first_name", "last_name", "birth_date", "email", "state_id")


def likeness_of(one: Known, other: Known) -> Likeness | None:
    """Why both may be one person; None where nothing says so. Pure: for rows of a file, too."""
    if one.state_id and one.state_id == other.state_id:
        return Likeness.PARTICIPANT_ID
    alike = same_name(one.names, other.names)
    if alike and one.birth_date is not None and one.birth_date == other.birth_date:
        return Likeness.NAME_AND_BIRTH
    if one.email and one.email == other.email:
        return Likeness.EMAIL
    if alike and (one.birth_date is None or other.birth_date is None):
        return Likeness.NAME
    return None


def same_name(one: tuple[str, str], other: tuple[str, str]) -> bool:
    whole = "".join(one)
    return whole != "" and whole in {"".join(other), "".join(reversed(other))}


def doubles_of(values: Mapping[str, Any], *, user: User, but: int | None = None) -> list[Double]:
    """Who may be the person of these values, the surest first. `but`: the key of the record itself."""
    return doubles_of_many([values], user=user, but=but)[0]


def doubles_of_many(rows: Sequence[Mapping[str, Any]], *, user: User, but: int | None = None) -> list[list[Double]]:
    """As `doubles_of`, of each row, in their order: three queries for 5,000 rows, and what the user's scope costs."""
    wanted = [known_of(values) for values in rows]
    found = Found({word for known in wanted for word in known.words})
    alike = [found.alike(known, but=but) for known in wanted]
    keys = {pk for likenesses in alike for pk in likenesses}
    visible = Customer.objects.visible_to(user).select_related("office__region", "planner")
    seen = visible.in_bulk(keys) if keys else {}
    for pk, customer in seen.items():
        customer.known_as = tuple(found.known[pk][1:])
    return [in_order(likenesses, seen) for likenesses in alike]


class Found:
    """Who stands in the search under one of these very words: by word, and what is known of each."""

    def __init__(self, words: set[str]):
        self.by_word: dict[str, set[int]] = defaultdict(set)
        # Of each record, the first; of those that were merged into it, the others.
        self.known: dict[int, list[Known]] = {}
        asked = sorted(words)
        for start in range(0, len(asked), WORDS_AT_ONCE):
            rows = Customer.objects.filter(words__word__in=asked[start : start + WORDS_AT_ONCE])
            for word, pk, *values in rows.values_list("words__word", "pk", *COMPARED):
                self.by_word[word].add(pk)
                if pk not in self.known:
                    self.known[pk] = [known_of(dict(zip(COMPARED, values, strict=True)))]
        former = Customer.objects.filter(merged_into__in=list(self.known)) if self.known else Customer.objects.none()
        for pk, *values in former.order_by("pk").values_list("merged_into", *COMPARED):
            self.known[pk].append(known_of(dict(zip(COMPARED, values, strict=True))))

    def alike(self, known: Known, *, but: int | None) -> dict[int, Likeness]:
        """By the key of the record, what it has in common with this person."""
        candidates = {pk for word in known.words for pk in self.by_word.get(word, ())} - {but}
        order = list(Likeness)
        found = {pk: [likeness_of(known, one) for one in self.known[pk]] for pk in candidates}
        alike = {pk: [likeness for likeness in some if likeness is not None] for pk, some in found.items()}
        return {pk: min(some, key=order.index) for pk, some in alike.items() if some}


def in_order(likenesses: Mapping[int, Likeness], seen: Mapping[int, Customer]) -> list[Double]:
    """The surest first, then by name; of those who are not seen one, however many they are."""
    order = list(Likeness)
    pairs = [(likeness, seen[pk]) for pk, likeness in likenesses.items() if pk in seen]
    pairs.sort(key=lambda pair: (order.index(pair[0]), pair[1].name_key, pair[1].pk))
    shown = [Double(customer, likeness) for likeness, customer in pairs]
    unseen = [likeness for pk, likeness in likenesses.items() if pk not in seen]
    return shown + ([Double(None, min(unseen, key=order.index))] if unseen else [])
