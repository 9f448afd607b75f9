"""A whole file of a source: taken from the command line, or brought by an administrator who looks at it first."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.imports.tables import refuse_size
from customers.scanning import refuse_infected
from services.feed.enums import Way
from services.feed.files import items_of
from services.feed.models import FeedFile, FeedSource
from services.feed.taking import Item, Report, note_run, take
from services.feed.tokens import require_administrator

KEPT_FOR = timedelta(days=1)
# Of a file that a page takes, while somebody waits; the command takes any number.
MOST_RECORDS = 10_000


def take_file(source: FeedSource, file: BinaryIO, *, name: str, encoding: str, by: User | None, at: datetime) -> Report:
    """Raises Refusal: the file can't be read, or nothing is taken of the source. Bad records are in the report."""
    report = take(source, items_of(file, encoding=encoding), by=by, at=at)
    note_run(source, report, way=Way.FILE, file_name=name, begun_at=at, by=by, at=clock.now())
    return report


@transaction.atomic
def bring(source: FeedSource, name: str, content: bytes, *, encoding: str, by: User, at: datetime) -> FeedFile:
    """Keep a file until its preview was looked at.

    Raises:
        NotAllowed: somebody who does not keep sources.
        Refusal: the file is too large for a page (the command takes any length), has a virus, or is no such table.
    """
    require_administrator(by)
    refuse_size(len(content))
    refuse_infected(content)
    if sum(1 for _item in items_of(io.BytesIO(content), encoding=encoding)) > MOST_RECORDS:
        sentence = _(
            "This page takes %(number)d records. Part the file, or have it taken by “manage.py import_services”."
        )
        raise Refusal("too-many-records", sentence % {"number": MOST_RECORDS}, field="file")
    return FeedFile.objects.create(
        source=source, file_name=name[-150:], encoding=encoding, content=content, brought_at=at, brought_by=by
    )


def preview(file: FeedFile, *, at: datetime) -> Report:
    """What would become of each record now. Nothing is written."""
    return take(file.source, items_in(file), writes=False, by=None, at=at)


@transaction.atomic
def file_it(file: FeedFile, *, by: User, at: datetime) -> Report:
    """File its records, and let it go. Raises Refusal where somebody did so already."""
    require_administrator(by)
    found = FeedFile.objects.select_for_update(of=("self",)).select_related("source").filter(pk=file.pk).first()
    if found is None:
        raise Refusal("filed-already", _("This file is no longer here: it was filed, or thrown away."))
    content, name = io.BytesIO(bytes(found.content)), found.file_name
    report = take_file(found.source, content, name=name, encoding=found.encoding, by=by, at=at)
    found.delete()
    return report


@transaction.atomic
def throw_away(file: FeedFile, *, by: User, at: datetime) -> None:
    """With nothing filed."""
    require_administrator(by)
    FeedFile.objects.filter(pk=file.pk).delete()


def items_in(file: FeedFile) -> Iterator[Item]:
    return items_of(io.BytesIO(bytes(file.content)), encoding=file.encoding)


def left_lying(at: datetime) -> QuerySet[Any]:
    return FeedFile.objects.filter(brought_at__lt=at - KEPT_FOR)
