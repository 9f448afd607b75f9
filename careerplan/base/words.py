"""What people write: a text with nothing to see in it says nothing, whichever way it comes in.

Forms ask this of what is typed (`base.forms.TextField`); actions are called by others, too. `record` asks it of every
column that must say something, and actions ask it of the reasons and notes that they are given. Only a text without
anything visible is empty: what shows nothing inside a text (a joiner in a name, a mark of direction) stays as typed.
"""

import unicodedata
from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal

# Control and format characters: zero-width spaces and joiners, the soft hyphen, marks of direction and of byte order.
UNSEEN = frozenset({"Cc", "Cf"})
# Letters, signs and marks that are drawn as nothing: the fillers of Hangul, the empty Braille cell, vowels of Khmer
# that are never written, the joiner of marks, and what selects a variant of the character before it.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f\u180b\u180c\u180d") | {
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in it."""
    return all(letter.isspace() or letter in FILLERS or unicodedata.category(letter) in UNSEEN for letter in text)


def said(text: str, sentence: Any, *, field: str) -> str:
    """The text without white space around it.

    Raises:
        Refusal: nothing is said; `sentence` says what to enter, `field` where.
    """
    if is_blank(text):
        raise Refusal("nothing-said", sentence, field=field)
    return text.strip()


def settle_texts(row: models.Model, columns: Collection[str]) -> None:
    """Of the changed text columns, those that must say something do; a blank text is kept as nothing.

    Raises Refusal, at the field that is empty.
    """
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname) if field.attname in columns and is_text(field) else None
        if value is None or not isinstance(value, str) or not is_blank(value):
            continue
        if not field.blank:
            said(value, _("Enter the %(label)s.") % {"label": lower_first(str(field.verbose_name))}, field=field.name)
        setattr(row, field.attname, "")


def is_text(field: models.Field) -> bool:
    """Words of a person: no choice, and nothing that the system writes."""
    texts = isinstance(field, (models.CharField, models.TextField))
    return texts and field.editable and not field.choices and not isinstance(field, models.FileField)


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == "-" else text
