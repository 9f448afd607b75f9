"""Under which words a customer is found, and which words a search asks for. Pure.

The words of the names, the participant ID, the e-mail and the username, the phone and the birth date stand in one
table (`SearchWord`), so that a search is a prefix of an index however many customers there are.
"""

import re
from datetime import date
from itertools import permutations

from careerplan.base.names import glued, search_words, words_of
from careerplan.base.typed import DAYS_IN_WORDS, Unreadable, read_day

# A telephone number in any writing: seven digits or more, what stands between them, and an extension. It is no part of
# a longer word, such as a participant ID or an e-mail address.
PHONE = re.compile(
    r"(?<![\w@.+-])\+?\(?\d(?:[\s().\u2010-\u2015/-]*\d){6,}(?:\s*(?:ext\.?|x|#)\s*\d+)?(?![\w@])", re.IGNORECASE
)
DIGITS_OF_A_PHONE, LOCAL_DIGITS = 10, 7
LONGEST_WORD = 254
PAIRED = 5  # words of a name: what is more is found all the same, by single words


def words_to_find(*names: str, state_id: str, phone: str, born: date | None, email: str, username: str) -> set[str]:
    """Each word under which the search finds this customer, and the pairs of the words of the names.

    `names`: one by one; the last one is first and last name as a whole.
    """
    found = {word for name in (*names, state_id, email, username) for word in search_words(name)}
    of_names = list(dict.fromkeys(word for name in names for word in words_of(name)))
    found |= {pair_of(one, other) for one, other in permutations(of_names[:PAIRED], 2)}
    found |= {email.casefold(), username.casefold(), *phone_words(phone), born.isoformat() if born else ""}
    return {word[:LONGEST_WORD] for word in found if word}


def pair_of(one: str, other: str) -> str:
    """Two words of one name. With the space before it, it is no beginning of what is typed, and stands before it."""
    return f" {one} {other}"


def phone_words(phone: str) -> set[str]:
    """Its digits without the country's 1, and those without the area code.

    Where the code of another country and that of its area end, the digits do not say: each end of it counts.
    """
    digits = digits_of(phone)
    if len(digits) <= DIGITS_OF_A_PHONE:
        return {digits, digits[-LOCAL_DIGITS:] if len(digits) == DIGITS_OF_A_PHONE else ""} - {""}
    return {digits[start:] for start in range(len(digits) - LOCAL_DIGITS + 1)}


def digits_of(phone: str) -> str:
    """Without the country's 1; an extension is no part of it."""
    digits = re.sub(r"\D", "", re.split(r"[a-zA-Z#]", phone, maxsplit=1)[0])
    return digits[1:] if len(digits) == DIGITS_OF_A_PHONE + 1 and digits[0] == "1" else digits


def words_asked(text: str) -> list[str]:
    """What is searched for: each is the beginning of one of the customer's words. Empty of a text that says nothing."""
    asked = []
    for said in [found[0] for pattern in DAYS_IN_WORDS for found in pattern.finditer(text)]:
        born = read_birth(said)
        if born is not None:
            asked.append(born.isoformat())
            text = text.replace(said, " ", 1)
    for number in PHONE.findall(text):
        if read_birth(number) is None:
            asked.append(digits_of(number))
            text = text.replace(number, " ", 1)
    for token in text.split():
        born = read_birth(token.strip(","))
        if born is not None:
            asked.append(born.isoformat())
        elif "@" in token:
            asked.append(token.casefold())
        elif token.isdecimal():
            asked.append(glued(token))
        else:
            asked += words_of(token)
    return [word[:LONGEST_WORD] for word in asked]


def read_birth(token: str) -> date | None:
    """A day in the writings of the United States; digits alone are no day, but a number of something."""
    try:
        return None if token.isdecimal() else read_day(token)
    except Unreadable:
        return None
