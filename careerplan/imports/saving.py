"""Imports what was confirmed: in one transaction, all of it or nothing, one import of a kind after the other.

What the page showed is looked at again first. Where the records are no longer as they were then, nothing is imported,
and whoever confirmed it looks again. A process that ends meanwhile leaves the import as it was confirmed: the next one
begins anew.
"""

import logging
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.base.database import allow_seconds, update_quickly
from careerplan.base.dates import moment_in_text
from careerplan.base.every_language import in_every_language
from careerplan.base.refusals import Refusal
from careerplan.imports.checking import PART, settle, tidy_up
from careerplan.imports.enums import WRITTEN, ImportState, RowState
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.rows import one_done_before
from careerplan.imports.seen import Seen

logger = logging.getLogger(__name__)

# Of one statement, behind the page.
STATEMENT_SECONDS = 120


class NotAsShown(Exception):
    """The records changed since the rows were checked; `rows` of them differ now."""

    def __init__(self, rows: int):
        super().__init__(rows)
        self.rows = rows


def save(bringing: Import, *, at: datetime) -> bool:
    """Import it; False where somebody else is at it, or it was refused (`Import.refused` says why)."""
    try:
        with transaction.atomic():
            allow_seconds(STATEMENT_SECONDS)
            locked = take(bringing)
            if locked is None:
                return False
            write(locked, at=at)
            locked.state, locked.done_at = ImportState.DONE, at
            locked.save(update_fields=["state", "done_at"])
    except NotAsShown as changed:
        give_back(bringing, changed.rows, refusal=None)
        return False
    except Refusal as refusal:
        give_back(bringing, 1, refusal=refusal)
        return False
    except IntegrityError:  # somebody wrote the same at the same moment
        logger.warning("Import %s met what another wrote at the same moment.", bringing.pk)
        give_back(bringing, 1, refusal=None)
        return False
    return True


def take(bringing: Import) -> Import | None:
    """The row, where it is confirmed and no other import of its kind is being written."""
    waiting = Import.objects.select_for_update(of=("self",), skip_locked=True)
    locked = waiting.filter(pk=bringing.pk, state=ImportState.SAVING).first()
    return locked if locked is not None and it_is_our_turn(locked.kind) else None


def it_is_our_turn(kind: str) -> bool:
    """SQLite has one who writes anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [zlib.crc32(f"careerplan.imports.{kind}".encode())])
        return bool(cursor.fetchone()[0])


def write(bringing: Import, *, at: datetime) -> None:
    """Raises NotAsShown, or the Refusal of a row, of which nothing stays written."""
    reader, seen = bringing.about.reader(bringing), Seen.of(bringing)
    differ, keys, taken = 0, [], []
    for number, part in enumerate(parts_of(bringing), start=1):
        tidy_up(number)
        shown = [what_was_shown(row) for row in part]
        settled = settle(bringing, part, reader=reader, seen=seen)
        differ += sum(before != what_was_shown(row) for before, row in zip(shown, part, strict=True))
        for row, read, outcome in settled:
            if outcome.state in WRITTEN:
                keys.append(row.pk)
                taken.append((read, outcome))
    if differ:
        raise NotAsShown(differ)
    assert bringing.confirmed_by is not None  # as the table asks of what is being imported
    made = reader.write(taken, by=bringing.confirmed_by, at=at)
    for start in range(0, len(keys), PART):
        pairs = zip(keys[start : start + PART], made[start : start + PART], strict=True)
        update_quickly([ImportRow(pk=key, found=about) for key, about in pairs], ["found"])


def parts_of(bringing: Import) -> Iterator[list[ImportRow]]:
    """In the order of the file. The cells of one part are in memory at a time."""
    rows, last = ImportRow.objects.filter(bringing=bringing).exclude(state=RowState.LEFT_OUT).order_by("number"), 0
    while part := list(rows.filter(number__gt=last)[:PART]):
        yield part
        last = part[-1].number


def what_was_shown(row: ImportRow) -> tuple[Any, ...]:
    return row.state, row.found, row.differences


def give_back(bringing: Import, rows: int, *, refusal: Refusal | None) -> None:
    """All rows are checked anew, and the page says why nothing was imported."""
    with transaction.atomic():
        locked = Import.objects.select_for_update().filter(pk=bringing.pk, state=ImportState.SAVING).first()
        if locked is None:
            return
        before = one_done_before(locked, since=locked.uploaded_at)
        locked.refused = in_every_language(lambda: why(rows, before, refusal))
        locked.state, locked.confirmed_by, locked.confirmed_at = ImportState.CHECKING, None, None
        locked.save(update_fields=["refused", "state", "confirmed_by", "confirmed_at"])
        known = ImportRow.objects.filter(bringing=locked).exclude(state=RowState.LEFT_OUT)
        known.update(state=RowState.UNREAD)


def why(rows: int, before: Import | None, refusal: Refusal | None) -> str:
    if before is not None and before.done_at is not None:
        sentence = _(
            "Nothing was imported: %(person)s imported the same file meanwhile (%(moment)s). Look at what is left."
        )
        done_at = timezone.localtime(before.done_at, timezone.get_default_timezone())
        return sentence % {"person": before.confirmed_by, "moment": moment_in_text(done_at)}
    if refusal is not None:
        return _("Nothing was imported: %(why)s Look at the rows again.") % {"why": refusal.sentence}
    sentence = ngettext(
        "Nothing was imported: somebody changed the records meanwhile, and %(number)d row is not as it was shown. Look "
        "again.",
        "Nothing was imported: somebody changed the records meanwhile, and %(number)d rows are not as they were shown. "
        "Look again.",
        rows,
    )
    return sentence % {"number": rows}
