"""Telephone numbers as links dial them."""

import pytest

from careerplan.accounts.contact import dialled


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("217-555-0110", "+12175550110"),
        ("(217) 555-0110", "+12175550110"),
        ("1 217 555 0110", "+12175550110"),
        ("+52 55 5555 0110", "+525555550110"),
        ("217.555.0110 ext. 5", "+12175550110;ext=5"),
        ("217-555-0110 x12", "+12175550110;ext=12"),
    ],
)
def test_a_number_is_dialled_as_it_is_meant(phone, number):
    assert dialled(phone) == number
