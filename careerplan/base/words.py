"""What people write: nothing but white space is nothing said, whichever way it comes in.

Forms strip what is typed; actions are called by others, too. `record` asks this of every column that must say
something, and actions ask it of the reasons and notes that they are given.
"""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal


def said(text: str, sentence: Any, *, field: str) -> str:
    """The text without white space around it.

    Raises:
        Refusal: nothing is said; `sentence` says what to enter, `field` where.
    """
    text = text.strip()
    if not text:
        raise Refusal("nothing-said", sentence, field=field)
    return text


def settle_texts(row: models.Model, columns: Collection[str]) -> None:
    """Of the changed text columns, those that must say something do; white space alone is kept as nothing.

    Raises Refusal, at the field that is empty.
    """
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname) if field.attname in columns and is_text(field) else None
        if value is None or not isinstance(value, str) or value.strip():
            continue
        if not field.blank:
            said(value, _("Enter the %(label)s.") % {"label": lower_first(str(field.verbose_name))}, field=field.name)
        setattr(row, field.attname, "")


def is_text(field: models.Field) -> bool:
    """Words of a person: no choice, and nothing that the system writes."""
    texts = isinstance(field, (models.CharField, models.TextField))
    return texts and field.editable and not field.choices and not isinstance(field, models.FileField)


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
