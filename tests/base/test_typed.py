"""Numbers and days as people type them: one reading, and what has two is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerplan.base.typed import Unreadable, read_day, read_number

NUMBERS = {
    "$1,250.00": "1250.00",
    "1 250": "1250",
    "1\u00a0250": "1250",
    "1\u202f250.5": "1250.5",
    "12.5": "12.5",
    "12.": "12",
    ".5": "0.5",
    "0.125": "0.125",
    "0": "0",
    "007": "7",
    " 40 ": "40",
    "$ 40": "40",
    "-5": "-5",
    "\u22125": "-5",
    "-$5": "-5",
    "\uff11\uff12": "12",
    "\u0661\u0662": "12",
    "4\u200b0": "40",
    "12,500,000.75": "12500000.75",
}

NO_NUMBERS = [
    "12,50", "1,25", "1.250", "1.250,00", "1 250,00", "0,250", "1,250,5", "1,250 000", "10-12", "10 12", "10\u201312",
    "20 hours", "twenty", "1e5", "NaN", "Infinity", "0x10", "1_000", "12.5.0", "$", "-", ".", ",", "", "--5", "5-",
    "1/2", "9" * 41,
]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_a_number_is_read(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_not_one_number_is_refused(text):
    with pytest.raises(Unreadable):
        read_number(text)


def grouped(amount, separator):
    return f"{amount:,}".replace(",", separator)


AMOUNTS = st.decimals(0, 10**7, places=2)


@given(AMOUNTS, st.sampled_from([",", " ", "\u00a0", "\u2009"]), st.sampled_from(["", "$", "$ "]))
def test_every_amount_is_read_back_however_it_is_written(amount, separator, sign):
    assert read_number(f"{sign}{grouped(amount, separator)}") == amount
    assert read_number(f"{sign}{amount}") == amount


@given(st.text(alphabet="0123456789,. -$", max_size=12))
def test_a_number_that_is_read_says_its_digits_in_their_order(text):
    """Nothing is dropped: the digits of the reading are those that were typed."""
    try:
        number = read_number(text)
    except Unreadable:
        return
    typed = "".join(letter for letter in text if letter.isdigit())
    assert f"{abs(number):f}".replace(".", "").lstrip("0") == typed.lstrip("0")
    assert (text.count(",") == 0) or (number == int(number)) or ("." in text)


DAYS = {
    "03/31/2027": date(2027, 3, 31),
    "3/1/2027": date(2027, 3, 1),
    "3/1/27": date(2027, 3, 1),
    "3-31-70": date(1970, 3, 31),
    "3.4.2027": date(2027, 3, 4),
    "3 31 2027": date(2027, 3, 31),
    "03312027": date(2027, 3, 31),
    "2027-03-31": date(2027, 3, 31),
    "2027-3-1": date(2027, 3, 1),
    " 03/31/2027 ": date(2027, 3, 31),
    "12/20/0202": date(202, 12, 20),
    "\uff13/1/2027": date(2027, 3, 1),
    "April 2, 1991": date(1991, 4, 2),
    "apr. 2 1991": date(1991, 4, 2),
    "2 April 1991": date(1991, 4, 2),
    "March 3rd, 2027": date(2027, 3, 3),
    "2 de abril de 1991": date(1991, 4, 2),
    "15 de septiembre del 2027": date(2027, 9, 15),
    "1 dic 2026": date(2026, 12, 1),
    "Setiembre 5, 2026": date(2026, 9, 5),
    "1.º de abril de 1991": date(1991, 4, 1),
    "1º de abril de 1991": date(1991, 4, 1),
    "1° abril 1991": date(1991, 4, 1),
    "1ro de abril del 1991": date(1991, 4, 1),
}

NO_DAYS = [
    "02/31/2027", "31/03/2027", "13/01/2027", "00/10/2027", "3/31-2027", "3/31", "2027", "31", "march 3", "03/31/20270",
    "20270331", "2027/03/31", "3//31/2027", "", "tomorrow", "0000-01-01",
    "april 31, 1991", "ma 3, 2027", "april 2, 91", "foo 3, 2027", "april, 1991", "2 april", "3/31/2027 3/31/2027",
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day_is_read_month_first(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4/2/61", date(1961, 4, 2)), ("04/02/68", date(1968, 4, 2)), ("4-2-45", date(1945, 4, 2)),
        ("3.31.27", date(2027, 3, 31)), ("4/1/27", date(1927, 4, 1)), ("2/29/28", date(1928, 2, 29)),
        ("3/1/69", date(1969, 3, 1)), ("4/1/2027", date(2027, 4, 1)),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_is_not_to_come_where_the_day_is_past(text, day):
    assert read_day(text, past=date(2027, 3, 31)) == day


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_not_one_day_is_refused(text):
    with pytest.raises(Unreadable):
        read_day(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%m%d%Y", "%B %d, %Y"]))
def test_every_day_is_read_back(day, pattern):
    assert read_day(day.strftime(pattern)) == day
