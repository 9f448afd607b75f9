"""Amounts as people read them."""

from decimal import Decimal

import pytest
from django.utils import translation

from careerplan.base.readable import weekly
from careerplan.base.templatetags import wording


@pytest.mark.parametrize(
    ("amount", "english", "spanish"),
    [
        ("1.00", "1 hour a week", "1 hora por semana"),
        ("0.50", "0.5 hours a week", "0.5 horas por semana"),
        ("20.00", "20 hours a week", "20 horas por semana"),
        ("0.00", "", ""),
        ("", "", ""),
    ],
)
def test_hours_of_a_week_are_counted_in_both_languages(amount, english, spanish):
    assert weekly(amount) == english
    with translation.override("es"):
        assert weekly(amount) == spanish


def test_pages_write_an_amount_as_the_paper_does():
    assert wording.dollars(Decimal("1250")) == "$1,250.00"
    assert wording.dollars(Decimal("0")) == "$0.00"
    assert wording.dollars(None) == ""
    assert wording.weekly(Decimal("1.00")) == "1 hour a week"
    assert wording.weekly(None) == ""
