"""Passwords that are guessed first (NIST SP 800-63B-4, 3.1.1.2): made of words of this place, of common ones, of rows.

What everybody could guess is taken out of the password: names, the agency and the product, years, rows of the alphabet
and of the keyboard, letters that repeat. What is left must be enough. Then once more: its digits and the words of the
list of common passwords are taken out. One word alone, whichever it is, with digits and signs around it is what every
list of words is tried with. No kinds of letters are asked for.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Letters and digits that nobody guesses at once.
ENOUGH = 6
# Letters beside the list of common passwords; each different word of it is worth two: three of them are a phrase.
ENOUGH_UNCOMMON = 5
WORTH_OF_A_COMMON_WORD = 2
SHORTEST_COMMON_WORD, LONGEST_COMMON_WORD = 5, 20
LOOKED_AT = 200
SHORTEST_WORD = 3
SHORTEST_ROW = 4
OUR_WORDS = ("careerplan", "career", "planner", "employment", "workforce", "customer", "jobcenter", "iep", "iss")
COMMON_WORDS = (
    "password", "passwort", "passphrase", "contraseña", "welcome", "bienvenido", "letmein", "changeme", "secret",
    "secreto", "default", "admin", "administrator", "login", "signin", "iloveyou", "teamo", "monkey", "dragon",
    "football", "baseball", "sunshine", "princess", "princesa", "master", "superman", "batman", "spring", "summer",
    "autumn", "winter", "verano", "invierno", "january", "february", "march", "april", "june", "july", "august",
    "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "chicago", "illinois", "wisconsin",
)  # fmt: skip
# Rows that hands and heads go along; backwards as well.
ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm",
    "147258369", "147852369", "741852963", "159357", "159753", "7894561230", "123654789",
)  # fmt: skip
# "!" and "1" stand for two letters.
LOOKS_LIKE = [str.maketrans("@4$5!1307+", f"aass{pair}eott") for pair in ("ii", "il", "li", "ll")]
ALIKE = str.maketrans("l", "i")
# Phrases that everybody quotes.
FAMOUS = (
    "correcthorsebatterystaple", "thequickbrownfox", "jumpsoverthelazydog", "maytheforcebewithyou", "tobeornottobe",
    "openthepodbaydoors", "twinkletwinklelittlestar", "onceuponatime", "godblessamerica", "ingodwetrust",
    "happybirthdaytoyou", "loremipsumdolorsitamet", "supercalifragilistic", "youshallnotpass", "winteriscoming",
    "allyouneedislove", "wethepeople", "hakunamatata", "feliznavidad",
)  # fmt: skip
# A longer row of letters is more than one word.
LONGEST_WORD, FEW_SIGNS_WITHIN = 14, 2
MUTE = "[bcdfghjklmnpqrstvwxz]"
NOBODY_SAYS = re.compile(rf"{MUTE}{{5}}|^[^aeiouy]+$|q(?!u)|[jvx]{MUTE}|[bcdfgkmpt][jqvxz]|{MUTE}[jqx](?={MUTE}|$)")
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
YEAR = re.compile(r"(?:19|20)\d\d")
REPEATED = re.compile(r"(.+?)\1{2,}|(.{3,}?)\2+")
# What leads to a word, and says nothing: "this is my ...".
SAID_BEFORE = re.compile(r"\b(?:(?:this|it)\W*i?s\W*(?:not\W*)?(?:my|our|the|a)|i\W*love\W*(?:my|you))")


class NotEasyToGuess:
    """A password validator."""

    def validate(self, password: str, user: Any = None) -> None:
        words = words_of(user)
        is_easy = left_to_guess(password, words) < ENOUGH or uncommon(password, words) < ENOUGH_UNCOMMON
        if is_easy or is_common(password) or is_one_word(password) or is_famous(password):
            raise ValidationError(
                _(
                    "This password is easy to guess: common words, names, years, rows of keys and repeated letters"
                    " don't count. Take a few words that don't belong together."
                ),
                code="easy_to_guess",
            )

    def get_help_text(self) -> str:
        return _(
            "Take a few words that don't belong together. Common words, your name, our name, years, and rows such as"
            " 1234 or qwerty don't count."
        )


def left_to_guess(password: str, words: Iterable[str]) -> int:
    """How many letters and digits are left of it."""
    return min(sum(letter.isalnum() for letter in text) for text in texts_left(password, words))


def uncommon(password: str, words: Iterable[str]) -> int:
    """How many letters are left where the list of common passwords is taken out, too, and what its words add.

    Digits are left where letters are beside them and nothing is of the list: somebody's machine made that.
    """
    return min(uncommon_in(text) for text in texts_left(password, words))


def uncommon_in(text: str) -> int:
    """What is of the list is found inside of other words, too, the longest first."""
    common, found, letters, start = common_passwords(), set(), 0, 0
    while start < len(text):
        lengths = range(min(LONGEST_COMMON_WORD, len(text) - start), SHORTEST_COMMON_WORD - 1, -1)
        word = next((text[start : start + length] for length in lengths if text[start : start + length] in common), "")
        if word:
            found |= {word}
        letters += not word and text[start].isalpha()
        start += len(word) or 1
    if letters and not found:
        return sum(letter.isalnum() for letter in text)
    return letters + WORTH_OF_A_COMMON_WORD * sum(word.isalpha() for word in found)


def texts_left(password: str, words: Iterable[str]) -> Iterator[str]:
    """What is left of each of its variants; of the last, where a sign may be an "i" here and an "l" there."""
    words = list(words)
    yield from (without(variant, words) for variant in variants(password))
    text = plain(password[:LOOKED_AT]).translate(LOOKS_LIKE[0])
    yield without(text.translate(ALIKE), [plain(word).translate(ALIKE) for word in words])


def variants(password: str) -> set[str]:
    """As it is typed, and with letters for the signs that look like them."""
    text = plain(password[:LOOKED_AT])
    return {text, *(text.translate(letters) for letters in LOOKS_LIKE)}


def without(text: str, words: Iterable[str]) -> str:
    """Without what is guessed at once. What repeats counts once, and not at all where nothing is beside it."""
    text = SAID_BEFORE.sub(" ", text)
    for pattern in sorted({plain(word) for word in words}, key=len, reverse=True):
        text = text.replace(pattern, " ")
    text = YEAR.sub(" ", text)
    for row in rows():
        text = text.replace(row, " ")
    return folded(text)


def folded(text: str) -> str:
    """What repeats, once."""
    return REPEATED.sub(lambda found: f" {found.group(1) or found.group(2)} ", text)


def plain(text: str) -> str:
    """Letters of one case without their accents; spaces and signs between them say nothing new."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def rows() -> tuple[str, ...]:
    """Every stretch of a row, the longest first."""
    both = [way for row in ROWS for way in (row, row[::-1])]
    parts = {
        row[start:end]
        for row in both
        for start in range(len(row))
        for end in range(start + SHORTEST_ROW, len(row) + 1)
    }  # fmt: skip
    return tuple(sorted(parts, key=len, reverse=True))


def words_of(user: Any) -> list[str]:
    """What who knows the person, or the place, tries first."""
    names = [getattr(user, name, "") or "" for name in ("first_name", "last_name", "username", "email")]
    said = " ".join([*names, settings.AGENCY_NAME])
    parts = [part for part in re.split(r"[\W_]+", said) if len(part) >= SHORTEST_WORD]
    return [*parts, *OUR_WORDS, *COMMON_WORDS]


@cache
def common_passwords() -> frozenset[str]:
    """Django's list of 20,000."""
    return frozenset(CommonPasswordValidator().passwords)


def is_common(password: str) -> bool:
    """One of the list with digits and signs around it, or more than once, whatever stands between."""
    texts = variants(password)
    close = {"".join(letter for letter in text if letter.isalnum()) for text in texts}
    texts |= {folded(text).strip() for text in close}
    bare = {text.strip("0123456789 .,:;!?#*+-_$%&@") for text in texts}
    return not (texts | bare).isdisjoint(common_passwords())


def is_one_word(password: str) -> bool:
    """A word or a name as it is written in a list, with digits and signs around it. Some within it stand for letters.

    What nobody can say is no word, nor are letters of both cases among each other: somebody's machine made them.
    """
    text = AROUND.sub("", unicodedata.normalize("NFKC", password[:LOOKED_AT]))
    written = {text}
    if sum(not letter.isalpha() for letter in text) <= FEW_SIGNS_WITHIN:
        written |= {text.translate(letters) for letters in LOOKS_LIKE}
    return any(is_word(each) for each in written)


def is_word(text: str) -> bool:
    is_written_so = text.isalpha() and len(text) <= LONGEST_WORD and (text.isupper() or text[1:].islower())
    letters = plain(text)
    return is_written_so and not (letters.isascii() and NOBODY_SAYS.search(letters))


def is_famous(password: str) -> bool:
    """A phrase that everybody quotes, with little beside it."""
    for text in variants(password):
        letters = "".join(letter for letter in text if letter.isalnum())
        for phrase in FAMOUS:
            letters = letters.replace(phrase, "")
        if len(letters) < ENOUGH:
            return True
    return False
