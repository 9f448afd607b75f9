"""The gate: nothing new is received, and no new step is done, before it is agreed to (12.7.5, 12.7.8; AMB-W30).

The gate asks what the table of rules asks: would adding this need the customer's acknowledgment? Then it waits for the
first active version that lists it (`careerplan.plans.agreed`).
"""

from datetime import date
from typing import Any, NamedTuple

from careerplan.base.dates import in_text
from careerplan.base.refusals import Refusal


class TooEarly(Refusal):
    """It may not begin, or be done, on this day; the sentence names the version and the day."""

    def __init__(self, sentence: str, *, field: str):
        super().__init__("not-authorised", sentence, field=field)


class Sentences(NamedTuple):
    """What is said where an item waits; each names %(version)s and %(day)s, the second neither."""

    too_early: Any
    not_listed: Any
    not_active: Any


def require_authorised(item: Any, day: date | None, sentences: Sentences, *, field: str) -> None:
    """Raises TooEarly where no version that lists the item was active on the day."""
    version = item.authorised_in
    if version is not None and day is not None and day >= item.authorised_on:
        return
    if version is not None:
        named = {"version": version, "day": in_text(item.authorised_on)}
        raise TooEarly(sentences.too_early % named, field=field)
    current = item.plan.versions.open().first()
    if current is None:
        raise TooEarly(str(sentences.not_listed), field=field)
    named = {"version": current, "day": in_text(current.created_on)}
    raise TooEarly(sentences.not_active % {**named, "state": current.get_state_display().lower()}, field=field)
