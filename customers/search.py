"""Under which words a customer is found, and which words a search asks for.

The words of the names, the participant ID, the e-mail and the username, the phone and the birth date stand in one
table (`SearchWord`), so that a search is a prefix of an index however many customers there are. What is typed is read
in one way; what is stored stands there in each way in which it may be typed. Pure, but for the day of today.
"""

import re
from datetime import date
from itertools import permutations

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.names import (
    glued,
    joined_beginnings,
    joined_letters,
    parted_letters,
    search_words,
    words_of,
)
from careerplan.base.typed import DAYS_IN_WORDS, Unreadable, read_day

DIGITS_OF_A_PHONE, LOCAL_DIGITS = 10, 7
LONGEST_WORD = 254
PAIRED = 5  # words of a name: what is more is found all the same, by single words

BETWEEN = r"[\s().\u2010-\u2015/-]*"  # digits of one telephone number
OF_THE_US = rf"(?:\+?1{BETWEEN})?\(?[2-9]\d\d{BETWEEN}\d{{3}}{BETWEEN}\d{{4}}(?!\d|[\s.-]*\d{{1,2}}\b)"
EXTENSION = r"[\s,;]*(?:ext(?:ension|ensión|n)?|x|#)[\s.:]*\d{1,6}(?!\d)"
# A telephone number in any writing: seven digits or more, what stands between them, and an extension. It is no part of
# a longer word, such as a participant ID or an e-mail address.
PHONE = re.compile(
    rf"(?<![\w@.+-])(?:{OF_THE_US}|\+?\(?\d(?:{BETWEEN}\d){{6,}})(?:{EXTENSION})?(?![\w@])", re.IGNORECASE
)
# As it is stored, with words beside it: each number of four digits or more.
STORED_PHONE = re.compile(rf"(?:{OF_THE_US}|\+?\(?\d(?:{BETWEEN}\d){{3,}})(?:{EXTENSION})?", re.IGNORECASE)
# What is dialed to call another country, before the country's code.
ABROAD = re.compile(r"\(?(?:00|011)[\s.-]*(?=[1-9]\d{0,2}[\s().-]|1\d{10}$)")
EMAIL = re.compile(r"(?:mailto:)?[^\s<>()\[\],;:\"“”]*@[^\s<>()\[\],;:\"“”?]*", re.IGNORECASE)
# Days within a text; whether there is such a day, `read_day` says.
DAYS_BETWEEN_WORDS = (
    *DAYS_IN_WORDS,
    re.compile(r"(?<![\w/.+-])\d{4}([-\u2013\u2212])\d{1,2}\1\d{1,2}(?![\w/-]|\.\d)"),
    re.compile(r"(?<![\w/.+-])\d{1,2}([/.\u2013\u2212-])\d{1,2}\1(?:\d{4}|\d{2})(?![\w/-]|\.\d)"),
    re.compile(r"(?<![\w/.+-])(?<!\d )\d{1,2} \d{1,2} (?:\d{4}|\d{2})(?![\w/-]|\.\d| \d{1,2}\b)"),
)


def words_to_find(*names: str, state_id: str, phone: str, born: date | None, email: str, username: str) -> set[str]:
    """Each word under which the search finds this customer, and the pairs of the words of the names.

    `names`: one by one; the last one is first and last name as a whole.
    """
    found = {word for name in (*names, state_id, email, username) for word in search_words(name)}
    found |= {word for name in names[:-1] for word in joined_beginnings(name) | parted_letters(name)}
    found |= joined_letters(" ".join(names[:-1]))
    of_names = list(dict.fromkeys(word for name in names for word in words_of(name)))
    found |= {pair_of(one, other) for one, other in permutations(of_names[:PAIRED], 2)}
    found |= {email.casefold(), username.casefold(), *words_asked(state_id), *phone_words(phone), *birth_words(born)}
    return {word[:LONGEST_WORD] for word in found if word}


def pair_of(one: str, other: str) -> str:
    """Two words of one name. With the space before it, it is no beginning of what is typed, and stands before it."""
    return f" {one} {other}"


def birth_words(born: date | None) -> set[str]:
    """As days are asked for, and as digits alone, month first."""
    return {born.isoformat(), f"{born.month:02}{born.day:02}{born.year:04}"} if born else set()


def phone_words(phone: str) -> set[str]:
    """Of each number its digits with the country's 1 and without it, and those without the area code.

    Where the code of another country and that of its area end, the digits do not say: each end of it counts.
    """
    found = set()
    for number in STORED_PHONE.findall(phone):
        digits = digits_of(number)
        found.add(digits)
        if len(digits) == DIGITS_OF_A_PHONE:
            found |= {f"1{digits}", digits[-LOCAL_DIGITS:]}
        elif len(digits) > DIGITS_OF_A_PHONE:
            found |= {digits[start:] for start in range(len(digits) - LOCAL_DIGITS + 1)}
    return found


def digits_of(number: str) -> str:
    """Without the country's 1."""
    digits = all_digits_of(number)
    return digits[1:] if len(digits) == DIGITS_OF_A_PHONE + 1 and digits[0] == "1" else digits


def all_digits_of(number: str) -> str:
    """An extension is no part of it, nor what is dialed to call another country."""
    said = re.split(r"[a-zA-Z#]", number, maxsplit=1)[0].strip()
    abroad = ABROAD.match(said)
    return re.sub(r"\D", "", said[abroad.end() :] if abroad else said)


def words_asked(text: str) -> list[str]:
    """What is searched for: each is the beginning of one of the customer's words. Empty of a text that says nothing."""
    emails, text = taken_out(EMAIL, " ".join(text.split()))
    asked = [email.casefold().removeprefix("mailto:").strip("'‘’.") for email in emails]
    for pattern in DAYS_BETWEEN_WORDS:
        for said in [found[0] for found in pattern.finditer(text)]:
            born = read_birth(said)
            if born is not None:
                asked.append(born.isoformat())
                text = text.replace(said, " ", 1)
    numbers, text = taken_out(PHONE, text)
    asked += [all_digits_of(number) for number in numbers]
    for token in text.split():
        asked += [glued(token)] if token.isdecimal() else words_of(token)
    return [word[:LONGEST_WORD] for word in asked if word]


def taken_out(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    """What the pattern finds, and the rest of the text."""
    return [found[0] for found in pattern.finditer(text)], pattern.sub(" ", text)


def read_birth(token: str) -> date | None:
    """A day that has been, in the writings of the United States; digits alone are no day, but a number of something."""
    try:
        return None if token.isdecimal() else read_day(token, past=day_of(clock.now()))
    except Unreadable:
        return None
