"""Rows of the files that the product brings, and how they come into their tables: what is there already stays."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from careerplan.base.history import record_all, record_quietly

Row = dict[str, str]


def read(path: str) -> list[Row]:
    """The rows of a CSV file of the product."""
    with (Path(settings.BASE_DIR) / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def yes(word: str) -> bool:
    return word == "yes"


def add_missing(model: type[models.Model], rows: Iterable[Any], *, key: tuple[str, ...], at: datetime) -> int:
    """Insert the rows whose `key` no stored row has, each with its history; returns how many."""
    present = set(model._default_manager.values_list(*key))
    missing = [row for row in rows if tuple(getattr(row, name) for name in key) not in present]
    record_all(missing, by=None, at=at, reason="reference data")
    return len(missing)


PLAIN_NAMES = ("plain_english", "plain_spanish")


def names_in(row: Row) -> Row:
    """What an entry is called: officially, in plain words, in Spanish."""
    return {column: row[column] for column in ("name", *PLAIN_NAMES)}


def add_named(
    model: Any, rows: list[Any], *, key: tuple[str, ...] = ("code",), names: tuple[str, ...] = PLAIN_NAMES, at: datetime
) -> int:
    """`add_missing` by `key`, with plain names for the rows that never had one."""
    brought = {tuple(getattr(row, name) for name in key): row for row in rows}
    unnamed = dict.fromkeys(names, "")
    once_named = model.history.exclude(**unnamed).values("id")
    named = []
    for stored in model.objects.filter(**unnamed).exclude(pk__in=once_named):
        row = brought.get(tuple(getattr(stored, name) for name in key))
        if row is not None and str(stored) == str(row):  # its official name
            for name in names:
                setattr(stored, name, getattr(row, name))
            named.append(stored)
    record_quietly(named, names, by=None, at=at, reason="plain names")
    return add_missing(model, rows, key=key, at=at)
