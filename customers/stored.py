"""The one place that opens a file that was filed: none is handed out that is not, byte for byte, what was filed.

What is missing or was changed is refused in words, logged as a security event and told to the administrators.
"""

import hashlib
import io
import logging
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import IO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.db import DatabaseError, transaction
from django.urls import reverse
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
from customers.models import Upload

security = logging.getLogger("careerplan.security")


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


def opened(upload: Upload) -> File:
    """The file, to be streamed: read once and compared with its digest before anybody gets a byte of it.

    Raises:
        DamagedFile: it is missing, can't be read, or is not what was filed.
    """
    try:
        file: File = upload.file.open()
    except NOT_THERE as error:
        raise damaged(upload, Damage.MISSING) from error
    try:
        fits = is_as_filed(upload, file)
    except OSError as error:  # the disk gives no more than a part of it
        file.close()
        raise damaged(upload, Damage.CHANGED) from error
    if not fits:
        file.close()
        raise damaged(upload, Damage.CHANGED)
    file.seek(0)
    return file


def content_of(upload: Upload) -> bytes:
    """As `opened`, the whole of it."""
    try:
        file = upload.file.open()
    except NOT_THERE as error:
        raise damaged(upload, Damage.MISSING) from error
    try:
        with file:
            content: bytes = file.read()
    except OSError as error:  # the disk gives no more than a part of it
        raise damaged(upload, Damage.CHANGED) from error
    if not is_as_filed(upload, io.BytesIO(content)):
        raise damaged(upload, Damage.CHANGED)
    return content


def is_as_filed(upload: Upload, file: IO[bytes] | File) -> bool:
    """Whether these are the bytes that were filed. A row without a digest names none: every release has kept one."""
    return hashlib.file_digest(file, "sha256").hexdigest() == upload.sha256  # type: ignore[arg-type]  # it reads


def damage_of(upload: Upload) -> Damage | None:
    """What is wrong with the stored file; nobody is told."""
    try:
        with upload.file.open() as file:
            return None if is_as_filed(upload, file) else Damage.CHANGED
    except NOT_THERE:
        return Damage.MISSING


# --- telling ----------------------------------------------------------------------------------


def damaged(upload: Upload, damage: Damage) -> DamagedFile:
    """The refusal, once it is logged and told. A page that was asked with GET writes here alone: that somebody asked
    for the file is how it was found, and not what the writing is about."""
    log_damage(upload, damage)
    at = clock.now()
    with writing_all_the_same(), suppress(DatabaseError), transaction.atomic():
        tell_administrators(
            [word(TOLD[damage], 1)],
            key=f"{damage}:{upload.pk}:{day_of(at).isoformat()}",
            path=reverse("customers:uploads", args=[upload.customer_id]),
            at=at,
        )
    return DamagedFile(damage)


def log_damage(upload: Upload, damage: Damage) -> None:
    event = {"event": damage.value, "upload": upload.pk, "customer": upload.customer_id}
    security.error("The file of upload %s: %s.", upload.pk, damage.value, extra=event)


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
