"""Every change of an import: brought, mapped, mended, confirmed, thrown away."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.database import insert_quickly, update_quickly
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from careerplan.imports.checking import KEPT, PART, settle
from careerplan.imports.columns import guessed, heading_key
from careerplan.imports.enums import TAKEN, WAITING, WRITTEN, ImportState, RowState
from careerplan.imports.kinds import WEIGHED, Kind, Outcome
from careerplan.imports.models import Heading, Import, ImportRow
from careerplan.imports.seen import Seen, Touched
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
    require_bringer(kind, by)
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
    bringing = locked(bringing, ImportState.COLUMNS, ImportState.CHECKING, ImportState.READY, by=by)
    names = [name for name in columns if name]
    for name in names:
        if names.count(name) > 1:
            label = bringing.about.label_of(name)
            raise Refusal("field-twice", _("Two columns are “%(field)s”. Choose one of them.") % {"field": label})
    bringing.about.refuse_columns(set(names))
    bringing.about.refuse_options(options)
    bringing.columns, bringing.options = list(columns), dict(options)
    bringing.state, bringing.refused = ImportState.CHECKING, {}
    bringing.save(update_fields=["columns", "options", "state", "refused"])
    rows = ImportRow.objects.filter(bringing=bringing)
    rows.exclude(state=RowState.LEFT_OUT).update(state=RowState.UNREAD, keys=[], faults=[], differences=[], found=None)
    for key, name in chosen_by_heading(bringing.headings, columns).items():
        Heading.objects.update_or_create(person=by, kind=bringing.kind, heading=key, defaults={"field": name})
    transaction.on_commit(lambda: nudge(TASK, bringing.pk))
    return bringing


def chosen_by_heading(headings: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """By `heading_key`: of two columns with one heading the one that is a field says it."""
    found: dict[str, str] = {}
    for heading, name in zip(headings, columns, strict=True):
        if key := heading_key(heading):
            found[key] = found.get(key) or name
    return found


@transaction.atomic
def mend(
    row: ImportRow, cells: Sequence[str], *, word: str, by: User, at: datetime, seen: str | None = None
) -> tuple[ImportRow, Outcome]:
    """Write the cells of a row anew, where nothing is wrong with them any more; then what else hung on it is looked at.

    `seen`: the mark of the row as its page showed it. Returns the row, and what becomes of it: bad and doubtful rows
    are not saved. Raises Refusal: it is being imported. Raises StaleRow.
    """
    bringing = locked(row.bringing, ImportState.READY, by=by)
    row = row_of(bringing, row)
    if seen is not None and seen != row.mark:
        raise StaleRow(row, words_for_stale(row))
    others, before = Others(bringing), keys_taken(row)
    row.cells = [tidied(cell)[: LONGEST_CELL + 1] for cell in cells]
    row.word = word.strip()[:LONGEST_WORD]
    outcome = others.settle(row)
    if outcome.state in WAITING:
        return row, outcome
    row.save()
    others.look_again(row, keys_of_change(before, keys_taken(row)))
    return row, outcome


@transaction.atomic
def leave_out(row: ImportRow, *, out: bool, by: User, at: datetime) -> ImportRow:
    """Take a row out of what is imported, or in again."""
    bringing = locked(row.bringing, ImportState.READY, by=by)
    row = row_of(bringing, row)
    others, before = Others(bringing), keys_taken(row)
    if out:
        row.state = RowState.LEFT_OUT
        others.seen.forget(row.number, row.keys)
    else:
        others.settle(row)
    row.save()
    others.look_again(row, before ^ keys_taken(row))
    return row


def row_of(bringing: Import, row: ImportRow) -> ImportRow:
    found = ImportRow.objects.select_for_update().get(pk=row.pk, bringing=bringing)
    found.bringing = bringing
    return found


def words_for_stale(row: ImportRow) -> str:
    if row.state == RowState.LEFT_OUT:
        return _("Somebody left this row out meanwhile. Save again to take it in as you wrote it.")
    return _("Somebody changed this row meanwhile. Compare both, then save again.")


@transaction.atomic
def leave_out_waiting(bringing: Import, *, by: User, at: datetime) -> int:
    """Take every row out that is to be mended or may be double; returns how many. Such a row is in no other one's
    way."""
    bringing = locked(bringing, ImportState.READY, by=by)
    rows = ImportRow.objects.filter(bringing=bringing, state__in=WAITING)
    note_changes(bringing)
    return rows.update(state=RowState.LEFT_OUT)


@transaction.atomic
def confirm(bringing: Import, *, by: User, at: datetime, shown: int | None = None) -> Import:
    """Have all rows imported: it is done behind the page, all at once (`saving.py`). `shown`: the number of changes of
    which the page knew.

    Raises Refusal: somebody changed rows meanwhile, something waits to be mended, there is nothing to import, or
    somebody confirmed it already.
    """
    bringing = locked(bringing, ImportState.READY, by=by)
    if shown is not None and shown != bringing.changes:
        raise Refusal("not-as-shown", _("Somebody changed rows meanwhile. Look at them, then confirm."))
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
    bringing = locked(bringing, ImportState.COLUMNS, ImportState.CHECKING, ImportState.READY, ImportState.DONE, by=by)
    bringing.delete()


def require_bringer(kind: Kind, person: User) -> None:
    if not kind.may_bring(person):
        raise NotAllowed("may-not-import", str(kind.who_may))


def locked(bringing: Import, *states: ImportState, by: User) -> Import:
    """The row, which nobody else changes meanwhile.

    Raises NotAllowed: of somebody who may not bring such files. Raises Refusal: it is in none of these states.
    """
    require_bringer(bringing.about, by)
    row = Import.objects.select_for_update(of=("self",)).filter(pk=bringing.pk).first()
    if row is None:
        raise Refusal("thrown-away", _("This import was thrown away. Bring the file again."))
    if row.state not in states:
        if row.state == ImportState.DONE:
            raise Refusal("imported-already", _("This file was imported already."))
        raise Refusal("under-way", _("This import is under way. Wait until it is ready."))
    return row


# --- what hangs on a row -------------------------------------------------------------------------


class Others:
    """The other rows of a file while one of them is changed."""

    def __init__(self, bringing: Import):
        self.bringing, self.reader, self.seen = bringing, bringing.about.reader(bringing), Seen.of(bringing)

    def settle(self, row: ImportRow) -> Outcome:
        [(_row, _read, outcome)] = settle(self.bringing, [row], reader=self.reader, seen=self.seen)
        return outcome

    def look_again(self, row: ImportRow, keys: set[str]) -> None:
        """At the rows after it that this concerns: one of them was the second, and may be the first now. Where there
        are many, it is done behind the page."""
        concerned = rows_concerned(self.bringing, row.number, keys)
        if len(concerned) > PART:
            unread(concerned)
            self.bringing.state = ImportState.CHECKING
            transaction.on_commit(lambda: nudge(TASK, self.bringing.pk))
        elif concerned:
            rows = list(ImportRow.objects.filter(pk__in=concerned).order_by("number"))
            # A reader of its own: the one that has read the row may know the file as it was before.
            settle(self.bringing, rows, reader=self.bringing.about.reader(self.bringing), seen=self.seen)
            update_quickly(rows, KEPT)
        note_changes(self.bringing)


def keys_taken(row: ImportRow) -> set[str]:
    """With which it may be in another one's way."""
    return set(row.keys) if row.state in TAKEN else set()


def keys_of_change(before: set[str], after: set[str]) -> set[str]:
    return (before ^ after) | {key for key in before | after if key.startswith(WEIGHED)}


def rows_concerned(bringing: Import, number: int, keys: set[str]) -> list[int]:
    """Rows after this one that share a key, or share one with such a row. No row hangs on one after it."""
    if not keys:
        return []
    touched, concerned = Touched(keys), []
    later = ImportRow.objects.filter(bringing=bringing, number__gt=number).exclude(state=RowState.LEFT_OUT)
    for pk, own in later.order_by("number").values_list("pk", "keys").iterator(chunk_size=BATCH):
        if touched.concerns(own):
            touched.touch(own)
            concerned.append(pk)
    return concerned


def unread(rows: Sequence[int]) -> None:
    for start in range(0, len(rows), BATCH):
        ImportRow.objects.filter(pk__in=rows[start : start + BATCH]).update(state=RowState.UNREAD)


def note_changes(bringing: Import) -> None:
    bringing.changes += 1
    bringing.save(update_fields=["state", "changes"])
