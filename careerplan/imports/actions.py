"""Every change of an import: brought, mapped, mended, confirmed, thrown away."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.database import insert_quickly
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports.checking import Seen, settle
from careerplan.imports.columns import guessed, heading_key
from careerplan.imports.enums import WAITING, WRITTEN, ImportState, RowState
from careerplan.imports.kinds import Kind, Outcome
from careerplan.imports.models import Heading, Import, ImportRow
from careerplan.imports.tables import LONGEST_CELL, Table, refuse_size, table_of, tidied

LONGEST_WORD = 500
TASK = "careerplan.imports.tasks.go_on"
BATCH = 1000


def bring(kind: Kind, name: str, content: bytes, *, encoding: str, by: User, at: datetime) -> Import:
    """Read a file and keep its rows; its columns are guessed.

    Raises:
        NotAllowed: somebody who may not bring such files.
        Refusal: the file can't be read (`tables.py`), or has a virus.
    """
    if not kind.may_bring(by):
        raise NotAllowed("may-not-import", str(kind.who_may))
    refuse_size(len(content))
    kind.refuse_unfit(content)
    table = table_of(name, content, encoding=encoding, marks_formulas=kind.minds_formulas)
    return keep(kind, name, hashlib.sha256(content).hexdigest(), table, by=by, at=at)


@transaction.atomic
def keep(kind: Kind, name: str, sha256: str, table: Table, *, by: User, at: datetime) -> Import:
    remembered = dict(Heading.objects.filter(person=by, kind=kind.key).values_list("heading", "field"))
    bringing = Import.objects.create(
        kind=kind.key,
        file_name=name.replace("\\", "/").rsplit("/", 1)[-1][-150:],
        sha256=sha256,
        uploaded_by=by,
        uploaded_at=at,
        headings=table.headings,
        columns=guessed(table.headings, kind, remembered),
    )
    rows = [ImportRow(bringing=bringing, number=number, cells=cells) for number, cells in table.lines]
    insert_quickly(rows, batch_size=BATCH)
    return bringing


@transaction.atomic
def map_columns(
    bringing: Import, columns: Sequence[str], options: Mapping[str, Any], *, by: User, at: datetime
) -> Import:
    """Say which column is which field ("" for none), and have all rows checked anew.

    Raises Refusal: a field twice, too few fields, or it is being imported.
    """
    bringing = locked(bringing, ImportState.COLUMNS, ImportState.CHECKING, ImportState.READY)
    names = [name for name in columns if name]
    for name in names:
        if names.count(name) > 1:
            label = bringing.about.label_of(name)
            raise Refusal("field-twice", _("Two columns are “%(field)s”. Choose one of them.") % {"field": label})
    bringing.about.refuse_columns(set(names))
    bringing.columns, bringing.options = list(columns), dict(options)
    bringing.state, bringing.refused = ImportState.CHECKING, {}
    bringing.save(update_fields=["columns", "options", "state", "refused"])
    rows = ImportRow.objects.filter(bringing=bringing)
    rows.exclude(state=RowState.LEFT_OUT).update(state=RowState.UNREAD, keys=[], faults=[], differences=[], found=None)
    for heading, name in zip(bringing.headings, columns, strict=True):
        if key := heading_key(heading):
            Heading.objects.update_or_create(person=by, kind=bringing.kind, heading=key, defaults={"field": name})
    transaction.on_commit(lambda: nudge(TASK, bringing.pk))
    return bringing


@transaction.atomic
def mend(row: ImportRow, cells: Sequence[str], *, word: str, by: User, at: datetime) -> tuple[ImportRow, Outcome]:
    """Write the cells of a row anew, where nothing is wrong with them any more; then what else hung on it is looked at.

    Returns the row, and what becomes of it: bad and doubtful rows are not saved. Raises Refusal: it is being imported.
    """
    bringing = locked(row.bringing, ImportState.READY)
    row = ImportRow.objects.select_for_update().get(pk=row.pk, bringing=bringing)
    reader, seen, before = bringing.about.reader(bringing), Seen.of(bringing), set(row.keys)
    row.cells = [tidied(cell)[: LONGEST_CELL + 1] for cell in cells]
    row.word = word.strip()[:LONGEST_WORD]
    [(row, _read, outcome)] = settle(bringing, [row], reader=reader, seen=seen)
    if outcome.state in WAITING:
        return row, outcome
    row.save()
    look_again(bringing, before | set(row.keys), but=row.pk)
    return row, outcome


@transaction.atomic
def leave_out(row: ImportRow, *, out: bool, by: User, at: datetime) -> ImportRow:
    """Take a row out of what is imported, or in again."""
    bringing = locked(row.bringing, ImportState.READY)
    row = ImportRow.objects.select_for_update().get(pk=row.pk, bringing=bringing)
    keys = set(row.keys)
    row.state = RowState.LEFT_OUT if out else RowState.UNREAD
    row.save(update_fields=["state"])
    look_again(bringing, keys, but=row.pk)
    if not out:
        settle_anew(bringing, [row])
    return row


@transaction.atomic
def leave_out_waiting(bringing: Import, *, by: User, at: datetime) -> int:
    """Take every row out that is to be mended or may be double; returns how many."""
    bringing = locked(bringing, ImportState.READY)
    rows = ImportRow.objects.filter(bringing=bringing, state__in=WAITING)
    return rows.update(state=RowState.LEFT_OUT)


def look_again(bringing: Import, keys: set[str], *, but: int) -> None:
    """At the rows that share one of these keys: one of them was the second, and may be the first now."""
    if not keys:
        return
    others = ImportRow.objects.filter(bringing=bringing).exclude(state=RowState.LEFT_OUT).exclude(pk=but)
    sharing = [pk for pk, own in others.values_list("pk", "keys") if keys.intersection(own)]
    settle_anew(bringing, list(ImportRow.objects.filter(pk__in=sharing).order_by("number")))


def settle_anew(bringing: Import, rows: list[ImportRow]) -> None:
    if rows:
        settle(bringing, rows, reader=bringing.about.reader(bringing), seen=Seen.of(bringing))
        for row in rows:
            row.save()


@transaction.atomic
def confirm(bringing: Import, *, by: User, at: datetime) -> Import:
    """Have all rows imported: it is done behind the page, all at once (`saving.py`).

    Raises Refusal: something waits to be mended, there is nothing to import, or somebody confirmed it already.
    """
    if not bringing.about.may_bring(by):
        raise NotAllowed("may-not-import", str(bringing.about.who_may))
    bringing = locked(bringing, ImportState.READY)
    rows = ImportRow.objects.filter(bringing=bringing)
    if rows.filter(state__in=WAITING).exists():
        sentence = _("Some rows are still to be mended. Mend them, or leave them out.")
        raise Refusal("rows-wait", sentence)
    if not (rows.filter(state__in=WRITTEN).exists() or bringing.about.besides(bringing)):
        raise Refusal("nothing-to-import", _("There is nothing to import: everything stands in the records already."))
    bringing.state, bringing.refused = ImportState.SAVING, {}
    bringing.confirmed_by, bringing.confirmed_at = by, at
    bringing.save(update_fields=["state", "refused", "confirmed_by", "confirmed_at"])
    transaction.on_commit(lambda: nudge(TASK, bringing.pk))
    return bringing


@transaction.atomic
def throw_away(bringing: Import, *, by: User, at: datetime) -> None:
    """With all its rows. What was imported stays imported. Raises Refusal while it is being imported."""
    bringing = locked(bringing, ImportState.COLUMNS, ImportState.CHECKING, ImportState.READY, ImportState.DONE)
    bringing.delete()


def locked(bringing: Import, *states: ImportState) -> Import:
    """The row, which nobody else changes meanwhile. Raises Refusal where it is in none of these states."""
    row = Import.objects.select_for_update(of=("self",)).filter(pk=bringing.pk).first()
    if row is None:
        raise Refusal("thrown-away", _("This import was thrown away. Bring the file again."))
    if row.state not in states:
        if row.state == ImportState.DONE:
            raise Refusal("imported-already", _("This file was imported already."))
        raise Refusal("under-way", _("This import is under way. Wait until it is ready."))
    return row
