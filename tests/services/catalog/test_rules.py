"""How an entry of the catalog stands for a plan, the order, and what words find: pure rules."""

from datetime import date
from itertools import product

import pytest

from services.catalog.rules import (
    ADDED,
    ASIDE,
    USED_MOST,
    Entry,
    Here,
    Offer,
    Section,
    Standing,
    found_in,
    in_order,
    natural,
    standing_of,
)

TODAY, BEFORE, AFTER = date(2026, 11, 28), date(2026, 11, 27), date(2026, 11, 29)
OFFER, HERE = Offer(is_offered_here=True), Here(TODAY)

CASES = [
    (OFFER, HERE, Standing.OFFERED),
    (Offer(True, is_active=False), HERE, Standing.SWITCHED_OFF),
    (Offer(True, offered_from=AFTER), HERE, Standing.NOT_YET),
    (Offer(True, offered_until=BEFORE), HERE, Standing.ENDED),
    (Offer(True, offered_from=TODAY, offered_until=TODAY), HERE, Standing.OFFERED),
    (Offer(False), HERE, Standing.ELSEWHERE),
    (OFFER, Here(TODAY, has_program=False), Standing.NO_PROGRAM),
    (Offer(True, is_opened_by_system=True), HERE, Standing.BY_SYSTEM),
    (Offer(True, in_exploration="no"), HERE, Standing.OFFERED),
    (Offer(True, in_exploration="no"), Here(TODAY, explores=True), Standing.EXPLORATION),
    (Offer(True, in_exploration="justify"), Here(TODAY, explores=True), Standing.OFFERED),
    (Offer(True, in_exploration="yes"), Here(TODAY, explores=True), Standing.OFFERED),
]


@pytest.mark.parametrize(("offer", "here", "standing"), CASES)
def test_each_standing_has_its_reason(offer, here, standing):
    assert standing_of(offer, here) == standing


def test_every_standing_is_met_by_a_case():
    assert {standing for _offer, _here, standing in CASES} == set(Standing)
    assert Standing.OFFERED in ADDED - ASIDE


def test_what_may_be_added_is_offered_on_the_day_and_no_work_of_the_plan_itself():
    days = [None, BEFORE, TODAY, AFTER]
    for here, own, begins, ends in product([True, False], [True, False], days, days):
        offer = Offer(here, offered_from=begins, offered_until=ends, is_opened_by_system=own)
        if standing_of(offer, HERE) in ADDED:
            assert begins in {None, BEFORE, TODAY}
            assert ends in {None, TODAY, AFTER}
            assert not (own and here)


# --- order ------------------------------------------------------------------------------------


def keys(entries, *, searched=False):
    return [(section, entry.key) for section, entry in in_order(entries, searched=searched)]


def test_elements_stand_in_the_order_of_their_numbers():
    names = [f"Element {number}: x" for number in (14, 2, 10, 1, 3)]
    assert sorted(names, key=natural) == [f"Element {number}: x" for number in (1, 2, 3, 10, 14)]
    assert sorted(["Élan 2", "Elan 10", "Zest"], key=natural) == ["Élan 2", "Elan 10", "Zest"]


def test_what_answers_the_plan_is_first_then_what_the_office_uses_most_then_the_categories():
    entries = [
        Entry(1, "Element 2", 2),
        Entry(2, "Element 1", 2),
        Entry(3, "Zest", 1),
        Entry(4, "Seldom", 1, uses=1),
        Entry(5, "Often", 2, uses=9),
        Entry(6, "Needed", 3, answers=True),
        Entry(7, "Needed and often", 3, answers=True, uses=2),
    ]
    assert keys(entries) == [
        (Section.NEEDED, 7),
        (Section.NEEDED, 6),
        (Section.USED, 5),
        (Section.USED, 4),
        (Section.CATEGORY, 3),
        (Section.CATEGORY, 2),
        (Section.CATEGORY, 1),
    ]


def test_only_so_many_of_what_is_used_most_leave_their_category():
    entries = [Entry(number, f"Service {number}", 1, uses=number) for number in range(1, USED_MOST + 3)]
    found = keys(entries)
    assert [key for section, key in found if section == Section.USED] == list(range(USED_MOST + 2, 2, -1))
    assert [key for section, key in found if section == Section.CATEGORY] == [1, 2]


@pytest.mark.parametrize("standing", sorted(set(Standing) - {Standing.OFFERED}))
def test_what_is_not_offered_stands_in_its_category(standing):
    entries = [Entry(1, "A", 1, standing, answers=True, uses=5), Entry(2, "B", 2, answers=True)]
    assert keys(entries) == [(Section.NEEDED, 2), (Section.CATEGORY, 1)]


def test_of_what_was_searched_the_name_counts_before_the_description():
    entries = [
        Entry(1, "In the text", 1, found=1, answers=True, uses=9),
        Entry(2, "In the name", 2),
        Entry(3, "In the name and needed", 3, answers=True),
    ]
    assert [key for _section, key in keys(entries, searched=True)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("words", "place"),
    [("", 0), ("child CARE", 0), ("care child", 0), ("ninos", 0), ("bus", 1), ("child bus", 1), ("submarine", None)],
)
def test_words_are_found_in_the_names_or_in_the_rest(words, place):
    assert found_in(words, ["Child Care", "Cuidado de niños"], ["Bus fare to the day care"]) == place
