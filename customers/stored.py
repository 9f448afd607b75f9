"""The one place that opens a file that was filed: none is handed out that is not, byte for byte, what was filed.

What is missing or was changed is refused in words, logged as a security event and told to the administrators.
"""

import hashlib
import io
import logging
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import IO, Any, Protocol

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.readonly import writing_all_the_same
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, word

security = logging.getLogger("careerplan.security")


class Filed(Protocol):
    """A row with a file: an upload of a customer, or what a floor above files in this way."""

    pk: Any
    file: Any
    sha256: Any

    @property
    def filed_under(self) -> str:
        """The address of the page that lists it."""

    @property
    def keys_in_log(self) -> dict[str, int]:
        """Its own key, by what it is called, and that of whom or what it is about."""


class Damage(StrEnum):
    MISSING = "file-missing"
    CHANGED = "file-changed"


# No such file, none that may be read, a row that names none, or one outside the folder of files.
NOT_THERE = (OSError, ValueError, SuspiciousFileOperation)
# What the administrators are told, and what whoever asked for the file is.
TOLD = {
    Damage.MISSING: _("files that are missing"),
    Damage.CHANGED: _("files that were changed"),
}
SENTENCES = {
    Damage.MISSING: _(
        "This file is missing where we keep files, so we can't give it to you. The administrators have been told: they "
        "bring it back from the backup. If you need it now, ask your career planner or an administrator."
    ),
    Damage.CHANGED: _(
        "This file is not the one that was filed: it was changed or damaged where we keep files, so we can't give it "
        "to you. The administrators have been told: they bring it back from the backup. If you need it now, ask your "
        "career planner or an administrator."
    ),
}


class DamagedFile(Refusal):
    def __init__(self, damage: Damage):
        super().__init__(damage.value, SENTENCES[damage])
        self.damage = damage
        # 410 Gone: what is missing is no conflict with what anybody did.
        self.status = 410 if damage == Damage.MISSING else 409


def opened(filed: Filed) -> File:
    """The file, to be streamed: read once and compared with its digest before anybody gets a byte of it.

    Raises:
        DamagedFile: it is missing, can't be read, or is not what was filed.
    """
    try:
        file: File = filed.file.open()
    except NOT_THERE as error:
        raise damaged(filed, Damage.MISSING) from error
    try:
        fits = is_as_filed(filed, file)
    except OSError as error:  # the disk gives no more than a part of it
        file.close()
        raise damaged(filed, Damage.CHANGED) from error
    if not fits:
        file.close()
        raise damaged(filed, Damage.CHANGED)
    file.seek(0)
    return file


def content_of(filed: Filed) -> bytes:
    """As `opened`, the whole of it."""
    try:
        file = filed.file.open()
    except NOT_THERE as error:
        raise damaged(filed, Damage.MISSING) from error
    try:
        with file:
            content: bytes = file.read()
    except OSError as error:  # the disk gives no more than a part of it
        raise damaged(filed, Damage.CHANGED) from error
    if not is_as_filed(filed, io.BytesIO(content)):
        raise damaged(filed, Damage.CHANGED)
    return content


def is_as_filed(filed: Filed, file: IO[bytes] | File) -> bool:
    """Whether these are the bytes that were filed. A row without a digest names none: every release has kept one."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads
    return digest == str(filed.sha256)


def damage_of(filed: Filed) -> Damage | None:
    """What is wrong with the stored file; nobody is told."""
    try:
        with filed.file.open() as file:
            return None if is_as_filed(filed, file) else Damage.CHANGED
    except NOT_THERE:
        return Damage.MISSING


# --- telling ----------------------------------------------------------------------------------


def damaged(filed: Filed, damage: Damage) -> DamagedFile:
    """The refusal, once it is logged and told. A page that was asked with GET writes here alone: that somebody asked
    for the file is how it was found, and not what the writing is about."""
    log_damage(filed, damage)
    at = clock.now()
    with writing_all_the_same(), suppress(DatabaseError), transaction.atomic():
        tell_administrators(
            [word(TOLD[damage], 1)],
            key=f"{damage}:{name_in_log(filed)}:{day_of(at).isoformat()}",
            path=filed.filed_under,
            at=at,
        )
    return DamagedFile(damage)


def log_damage(filed: Filed, damage: Damage) -> None:
    event = {"event": damage.value, **filed.keys_in_log}
    security.error("The file of %s: %s.", name_in_log(filed), damage.value, extra=event)


def name_in_log(filed: Filed) -> str:
    """As "upload 17"."""
    return " ".join(map(str, next(iter(filed.keys_in_log.items()))))


def tell_administrators(what: Fact, *, key: str, path: str, at: datetime) -> None:
    """Each administrator once for each `key`."""
    for person in User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk"):
        notify(
            person,
            Notice.RECORD_DAMAGED,
            key=f"{key}:{person.pk}",
            names={"what": what},
            path=path,
            by=None,
            at=at,
        )
