"""The six letters that are shown at the desk: made again for who shows them, and kept nowhere.

The database has a keyed digest, by which a typed code is found, and a seed. The letters come of the seed, the key of
the planner's session and the installation's own key: whoever reads the database alone makes none of them, and the page
shows the same letters each time that it is opened in that session, and in no other one.
"""

import re
import secrets

from django.utils.crypto import salted_hmac

# Without vowels, so that no word comes of it, and without what looks or sounds like another letter or a digit.
LETTERS = "BCDFGHJKMNPRTVWXZ"
LENGTH = 6
BETWEEN = re.compile(r"[\s\-.]+")


def new_seed() -> str:
    return secrets.token_hex(16)


def code_of(seed: str, session_key: str) -> str:
    number = int(salted_hmac("careerplan.desk.letters", f"{seed}\n{session_key}", algorithm="sha256").hexdigest(), 16)
    letters = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def digest_of(code: str) -> str:
    return salted_hmac("careerplan.desk.code", code, algorithm="sha256").hexdigest()


def as_typed(text: str) -> str:
    """Small letters, spaces and strokes between them are forgiven."""
    return BETWEEN.sub("", text).upper()


def can_be_one(code: str) -> bool:
    return len(code) == LENGTH and set(code) <= set(LETTERS)


def in_two(code: str) -> str:
    """As people read it aloud."""
    return f"{code[:3]} {code[3:]}"
