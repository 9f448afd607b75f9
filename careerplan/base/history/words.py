"""The changes of a row in words, as the Update Log shows them, in the language of the person who changes."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careerplan.base.dates import in_row, moment_in_row
from careerplan.base.history.carried import Change

# What every row of a plan says anyway: the log leaves it out.
NOT_TOLD = {"plan", "customer", "last_login"}
# Never kept in history rows, neither the value nor the words.
SECRETS = {"password"}


def describe_changes(row: models.Model, changed: Mapping[str, tuple[Any, Any]]) -> list[Change]:
    """What changed (`changed_values`), in the order of the model's fields."""
    language = get_language()
    told = []
    for field in row._meta.concrete_fields:
        if field.attname not in changed or not field.editable or field.name in NOT_TOLD:
            continue
        old, new = changed[field.attname]
        if old is None and new is False:
            continue
        label = label_of(field, language)
        if field.name in SECRETS:
            told.append({"label": label, "from": "", "to": _("changed")})
            continue
        change = {"label": label, "from": in_words(field, old, row), "to": in_words(field, new, row)}
        if change["from"] != change["to"]:
            told.append(change)
    return told


@cache
def label_of(field: models.Field, _language: str | None) -> str:
    """The field's name in the language in force."""
    return str(field.verbose_name)


def in_words(field: models.Field, value: Any, row: models.Model) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if field.is_relation:
        return related_in_words(field, value, row)
    if field.choices:
        return choices_of(field, get_language()).get(value, str(value))
    if isinstance(field, models.DecimalField):
        return formats.number_format(value, decimal_pos=field.decimal_places)  # 60 and 60.00 are one amount
    return plain_in_words(value)


@cache
def choices_of(field: models.Field, _language: str | None) -> dict[Any, str]:
    return {value: str(label) for value, label in field.flatchoices}


def related_in_words(field: Any, key: Any, row: models.Model) -> str:
    current = row._state.fields_cache.get(field.name)
    if current is not None and getattr(current, field.target_field.attname) == key:
        return str(current)
    found = field.related_model._base_manager.filter(**{field.target_field.attname: key}).first()
    return str(found) if found else str(key)


def plain_in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_in_row(value)
    if isinstance(value, date):
        return day_in_words(value, get_language())
    return str(value)


@lru_cache(maxsize=4000)
def day_in_words(day: date, _language: str | None) -> str:
    return in_row(day)
