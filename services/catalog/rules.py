"""How an entry of the catalog stands for one plan, which entries come first, and which ones words find. Pure.

A plan takes what one of the customer's programs offers on that day (12.7.9), but for what the product opens itself (the
development of the plan, 12.7.6), and what career exploration forbids (12.7.5; AMB-W25).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from careerplan.base.folded import folded
from services.policy import forbidden_in_exploration

# So many of what an office uses most come before the categories.
USED_MOST = 8


class Standing(StrEnum):
    OFFERED = "offered"
    SWITCHED_OFF = "switched-off"
    NOT_YET = "not-yet"
    ENDED = "ended"
    NO_PROGRAM = "no-program"
    ELSEWHERE = "elsewhere"
    BY_SYSTEM = "by-system"
    EXPLORATION = "exploration"


# What nobody looks for here: it is shown with everything alone.
ASIDE = frozenset({Standing.SWITCHED_OFF, Standing.NOT_YET, Standing.ENDED, Standing.ELSEWHERE})
# What may be added. What none of the customer's programs offers may stand in a plan, too, where another program gives
# it; it names no program of the customer's then.
ADDED = frozenset({Standing.OFFERED, Standing.ELSEWHERE})


@dataclass(frozen=True)
class Offer:
    """What the catalog says of an entry. `is_offered_here`: one of the customer's programs offers it."""

    is_offered_here: bool
    is_active: bool = True
    offered_from: date | None = None
    offered_until: date | None = None
    is_opened_by_system: bool = False
    in_exploration: str = "yes"


@dataclass(frozen=True)
class Here:
    """The day, and what the plan and its customer say."""

    on: date
    has_program: bool = True
    explores: bool = False


def standing_by_day(offer: Offer, on: date) -> Standing:
    """Whether the catalog has it on this day, whoever asks; both days belong to the offer."""
    if not offer.is_active:
        return Standing.SWITCHED_OFF
    if offer.offered_from is not None and on < offer.offered_from:
        return Standing.NOT_YET
    if offer.offered_until is not None and on > offer.offered_until:
        return Standing.ENDED
    return Standing.OFFERED


def standing_of(offer: Offer, here: Here) -> Standing:
    """The first reason for which it can't be added; OFFERED where there is none."""
    by_day = standing_by_day(offer, here.on)
    if by_day != Standing.OFFERED:
        return by_day
    if not here.has_program:
        return Standing.NO_PROGRAM
    if not offer.is_offered_here:
        return Standing.ELSEWHERE
    if offer.is_opened_by_system:
        return Standing.BY_SYSTEM
    if here.explores and forbidden_in_exploration(offer.in_exploration):
        return Standing.EXPLORATION
    return Standing.OFFERED


# --- order -------------------------------------------------------------------------------------


class Section(StrEnum):
    """Where an entry stands in the list."""

    CHOSEN = "chosen"
    NEEDED = "needed"
    USED = "used"
    CATEGORY = "category"


NUMBER = re.compile(r"(\d+)")


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Texts in the order of people: "Element 2" before "Element 14"."""
    parts = NUMBER.split(folded(text))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


@dataclass(frozen=True)
class Entry:
    """`found`: 0 where the name has all the words, 1 where only the description does; `answers`: whether it answers a
    barrier or a goal of the plan; `uses`: how often this office plans it."""

    key: int
    name: str
    category: int
    standing: Standing = Standing.OFFERED
    found: int = 0
    answers: bool = False
    uses: int = 0


def in_order(entries: Sequence[Entry], *, searched: bool) -> list[tuple[Section, Entry]]:
    """What answers the plan's needs, then what the office uses most, then each category; of what words found, what
    they found in the name first.

    What can't be added stands in its category alone.
    """
    sections = sections_of(entries, searched=searched)
    rank = [Section.CHOSEN, Section.NEEDED, Section.USED, Section.CATEGORY]

    def place(entry: Entry) -> tuple[object, ...]:
        section = sections[entry.key]
        often = -entry.uses if section in {Section.NEEDED, Section.USED} or searched else 0
        needed = not (entry.answers and entry.standing == Standing.OFFERED) if searched else False
        return entry.found, rank.index(section), needed, often, entry.category, natural(entry.name), entry.key

    return [(sections[entry.key], entry) for entry in sorted(entries, key=place)]


def sections_of(entries: Sequence[Entry], *, searched: bool) -> dict[int, Section]:
    found = {entry.key: Section.CATEGORY for entry in entries}
    if searched:
        return found
    offered = [entry for entry in entries if entry.standing == Standing.OFFERED]
    found |= {entry.key: Section.NEEDED for entry in offered if entry.answers}
    used = [entry for entry in offered if entry.uses and not entry.answers]
    used.sort(key=lambda entry: (-entry.uses, entry.category, natural(entry.name)))
    return found | {entry.key: Section.USED for entry in used[:USED_MOST]}


# --- words ---------------------------------------------------------------------------------------


def found_in(words: str, names: Sequence[str], more: Sequence[str]) -> int | None:
    """0 where the names say every word, 1 where the names and the other texts do together; None where they do not."""
    wanted = folded(words).split()
    named = folded(" ".join(names))
    if all(word in named for word in wanted):
        return 0
    every = f"{named} {folded(' '.join(more))}"
    return 1 if all(word in every for word in wanted) else None
