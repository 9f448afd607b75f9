"""When policy asks for a job fit review, as a table, and what answers say."""

from decimal import Decimal
from itertools import product

import pytest

from goals.fit.rules import (
    EVERY_IEP,
    LEAVING_EXPLORATION,
    MOST_ITEMS,
    MUCH_TO_LEARN,
    NOT_ASKED,
    OFF,
    PARTLY,
    RECOMMENDED,
    REQUIRED,
    REQUIRED_OUTSIDE,
    SCOPES,
    WELL,
    Facts,
    Tally,
    lacks,
    most_important,
    need_of,
    occupations_to_review,
    verdict,
)
from goals.items import CareerGoalItem

# What is asked for, by scope and whether the customer explores, or explored on the version that was last active: where
# a review of the occupation exists, and where none does. Of an IEP with an occupation chosen; of all others nothing.
ASKED = {
    (LEAVING_EXPLORATION, False, False): (RECOMMENDED, NOT_ASKED),
    (LEAVING_EXPLORATION, True, False): (REQUIRED, REQUIRED_OUTSIDE),
    (LEAVING_EXPLORATION, False, True): (REQUIRED, REQUIRED_OUTSIDE),
    (LEAVING_EXPLORATION, True, True): (REQUIRED, REQUIRED_OUTSIDE),
    (EVERY_IEP, False, False): (REQUIRED, REQUIRED_OUTSIDE),
    (EVERY_IEP, True, False): (REQUIRED, REQUIRED_OUTSIDE),
    (EVERY_IEP, False, True): (REQUIRED, REQUIRED_OUTSIDE),
    (EVERY_IEP, True, True): (REQUIRED, REQUIRED_OUTSIDE),
    (OFF, False, False): (RECOMMENDED, NOT_ASKED),
    (OFF, True, False): (RECOMMENDED, NOT_ASKED),
    (OFF, False, True): (RECOMMENDED, NOT_ASKED),
    (OFF, True, True): (RECOMMENDED, NOT_ASKED),
}  # fmt: skip


@pytest.mark.policy("WIS-041", "WIS-042", "WIS-043", "WIS-047", "AMB-W1")
@pytest.mark.parametrize(
    "facts", list(product([False, True], repeat=5)), ids=lambda row: "".join("ny"[is_so] for is_so in row)
)
@pytest.mark.parametrize("scope", SCOPES)
def test_the_table_says_when_a_review_is_required_or_recommended(scope, facts):
    is_iep, explores, explored, has_occupation, is_available = facts
    asked = ASKED[scope, explores, explored][not is_available] if is_iep and has_occupation else NOT_ASKED
    assert need_of(Facts(*facts), scope) == asked


@pytest.mark.parametrize("need", [REQUIRED, REQUIRED_OUTSIDE, RECOMMENDED, NOT_ASKED])
@pytest.mark.parametrize(("done", "outside"), [(False, False), (True, False), (False, True), (True, True)])
def test_sending_waits_for_what_is_required_and_done_neither_here_nor_outside(need, done, outside):
    waits = need in {REQUIRED, REQUIRED_OUTSIDE} and not done and not outside
    assert lacks(need, is_done=done, is_done_outside=outside) == waits


def goal(role, code="", **more):
    return CareerGoalItem(1, role, occupation_code=code, **more)


@pytest.mark.policy("AMB-W1")
@pytest.mark.parametrize(
    ("goals", "codes"),
    [
        ([goal("employment", "31-1131"), goal("long_term", "29-1141")], ["31-1131"]),
        ([goal("employment", explores=True)], []),
        ([goal("employment", explores=True), goal("long_term", "29-1141")], ["29-1141"]),
        ([goal("self_sufficiency", "31-1131"), goal("long_term", "29-1141")], ["29-1141", "31-1131"]),
        ([goal("self_sufficiency", "31-1131"), goal("long_term", "31-1131")], ["31-1131"]),
        ([goal("employment", explores=True), goal("long_term", "29-0000")], []),
        ([goal("short_education", words="A course")], []),
    ],
)
def test_the_occupation_to_review_is_the_goal_or_while_exploring_a_candidate(goals, codes):
    assert occupations_to_review(goals) == codes


def test_answers_are_counted_in_three_parts_with_their_average():
    tally = Tally.of([1, 2, 2, 3, 4, 5, 5])
    assert tally.counts == (1, 2, 1, 1, 2)
    assert (tally.number, tally.fits, tally.practices, tally.learns) == (7, 3, 1, 3)
    assert tally.average == Decimal("3.1")
    assert Tally.of([]).average == 0


@pytest.mark.parametrize(
    ("fits", "number", "said"),
    [(3, 4, WELL), (74, 100, PARTLY), (1, 2, PARTLY), (49, 100, MUCH_TO_LEARN), (0, 5, MUCH_TO_LEARN), (5, 5, WELL)],
)
def test_a_job_fits_well_in_part_or_not_yet(fits, number, said):
    assert verdict(fits, number) == said


def test_of_what_is_hardly_important_the_first_five_are_asked():
    low = [Decimal("2.99")] * 9
    assert most_important(range(9), low, most=10) == [0, 1, 2, 3, 4]
    assert most_important(range(9), [Decimal(3)] * 9, most=10) == list(range(9))
    assert most_important(range(9), [Decimal(3)] * 9, most=7) == list(range(7))
    assert most_important(range(9), [None] * 9, most=10) == list(range(9))
    assert MOST_ITEMS == 35
