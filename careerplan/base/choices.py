"""What people choose: what stands in no list is refused in words, whichever way it comes in.

A form offers the list; actions are called by others, too. `record` asks this of every column that has choices, and
actions ask it of what they read before they write.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from careerplan.base.words import lower_first

Choice = TypeVar("Choice", bound=models.TextChoices)


def chosen(value: str, choices: type[Choice], sentence: Any, *, field: str) -> Choice:
    """The choice that the value names.

    Raises:
        Refusal: it names none; `sentence` says what to choose, `field` where.
    """
    if value not in choices.values:
        raise Refusal("not-a-choice", sentence, field=field)
    return choices(value)


def settle_choices(row: models.Model, columns: Collection[str]) -> None:
    """The changed columns with choices hold one of them, or nothing where they may be empty.

    Raises Refusal, at the field that holds something else.
    """
    for field in row._meta.concrete_fields:
        if field.attname not in columns or not field.choices:
            continue
        value = getattr(row, field.attname)
        if (value == "" and field.blank) or (value is None and field.null):
            continue
        if value not in dict(field.flatchoices):
            label = lower_first(str(field.verbose_name))
            raise Refusal("not-a-choice", _("Choose from the list: %(label)s.") % {"label": label}, field=field.name)
