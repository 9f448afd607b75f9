"""Files and transactions: a file whose row is not kept is removed, and none stands half-written under its name.

The storage (settings.STORAGES) notes each file that is written while a transaction is open; the database's connection
(`base/postgresql`, `base/sqlite`) removes it where the transaction, or the part of it that wrote the file, is rolled
back. What a process leaves behind that was killed in between, `find_orphans` finds.
"""

import contextlib
import errno
import hashlib
import logging
import os
import stat
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, Error, IntegrityError, connections, models, transaction

logger = logging.getLogger(__name__)

# Longer than any transaction: a younger file may be about to get its row.
OLD_ENOUGH = timedelta(days=1)
UNFINISHED = ".part"


class FileStorage(FileSystemStorage):
    """Django's, whose files stand under their names all at once, and go with their transaction."""

    def _save(self, name: str, content: Any) -> str:
        reserved = ""
        part = f"{name.rpartition('/')[0]}/{uuid.uuid4().hex}{UNFINISHED}".lstrip("/")
        try:
            super()._save(part, content)  # type: ignore[misc]  # the stubs don't know it
            write_through(self.path(part))
            name = reserved = self.reserve(name)
            os.replace(self.path(part), self.path(name))  # noqa: PTH105  # Path.replace says the same
            write_folder_through(Path(self.path(name)).parent)
        except BaseException:
            for left in filter(None, (part, reserved)):
                with contextlib.suppress(OSError):
                    self.delete(left)
            raise
        note_written(self, name)
        return name

    def _open(self, name: str, mode: str = "rb") -> File:
        """A file, and nothing else that stands in its place: a link leads elsewhere, and a pipe never ends."""
        path = self.path(name)
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise FileNotFoundError(errno.ENOENT, "It is no file.")
        file: File = super()._open(name, mode)  # type: ignore[misc]  # the stubs don't know it
        return file

    def reserve(self, name: str) -> str:
        """The name, or one like it, of which an empty file was made: nobody else can take it meanwhile."""
        while True:
            with contextlib.suppress(FileExistsError):
                os.close(os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
                return name
            name = self.get_available_name(name)


def write_through(path: Path | str) -> None:
    """To the disk, before the row that names it: a machine without power forgets what it had in memory alone."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_folder_through(path: Path) -> None:
    """Some file systems of networks have nothing to write here, and say so."""
    try:
        write_through(path)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


class GoesWithTransaction:
    """For the database's connection: removes the files of what is rolled back."""

    def commit(self) -> None:
        """Where the connection breaks meanwhile, nobody knows whether it was done: then the files stay."""
        try:
            super().commit()  # type: ignore[misc]
        except IntegrityError:
            raise  # it was not done, and is rolled back next
        except Error:
            written_by(self).clear()
            raise
        written_by(self).clear()

    def rollback(self) -> None:
        super().rollback()  # type: ignore[misc]
        remove_lost(self)

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)  # type: ignore[misc]
        remove_lost(self)

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        remove_lost(self)


def note_written(storage: FileSystemStorage, name: str) -> None:
    """The file goes where the transaction does, if one is open."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        return

    def mark() -> None:
        """Does nothing: that Django still means to call it says that its part of the transaction stands."""

    written_by(connection)[mark] = (storage, name)
    transaction.on_commit(mark)


def written_by(connection: Any) -> dict[Callable[[], None], tuple[FileSystemStorage, str]]:
    """The files of the open transaction, by their marks."""
    written: dict[Callable[[], None], tuple[FileSystemStorage, str]] = connection.__dict__.setdefault("files", {})
    return written


def remove_lost(connection: Any) -> None:
    """Remove the files whose part of the transaction is gone."""
    written = written_by(connection)
    standing = {mark for _savepoints, mark, _robust in connection.run_on_commit}
    for mark in [mark for mark in written if mark not in standing]:
        storage, name = written.pop(mark)
        try:
            storage.delete(name)
        except OSError:
            logger.exception("A file without its row could not be removed: %s", unnamed(name))


def unnamed(name: str) -> str:
    """A file in the log: its folder, and the digest of its name, which may say whose it is and what is in it."""
    folder, _slash, file = name.rpartition("/")
    return f"{folder}/{hashlib.sha256(file.encode()).hexdigest()[:16]}{Path(file).suffix[:5]}"


def find_orphans(older_than: timedelta = OLD_ENOUGH) -> Iterator[str]:
    """The names, in the storage, of files that belong to no row and are older than this, folder by folder."""
    fields: list[Any] = [field for model in apps.get_models() for field in model._meta.fields if is_stored(field)]
    latest = time.time() - older_than.total_seconds()  # noqa: TID251  # files have the machine's time
    for root in sorted({root_of(field) for field in fields}):
        for folder, _folders, files in os.walk(default_storage.path(root)):
            where = Path(folder).relative_to(default_storage.path("")).as_posix()
            names = {f"{where}/{file}" for file in files if changed_at(Path(folder) / file) < latest}
            for field in fields if names else ():
                of_folder = field.model._base_manager.filter(**{f"{field.name}__startswith": f"{where}/"})
                names.difference_update(of_folder.values_list(field.name, flat=True).iterator())
            yield from sorted(names)


def remove_orphans(older_than: timedelta = OLD_ENOUGH) -> int:
    """How many were removed."""
    removed = 0
    for name in find_orphans(older_than):
        logger.warning("A file that belongs to no row is removed: %s", unnamed(name))
        default_storage.delete(name)
        removed += 1
    return removed


def is_stored(field: Any) -> bool:
    return isinstance(field, models.FileField) and field.storage == default_storage


def root_of(field: models.FileField) -> str:
    """The folder below which all files of the field stand."""
    assert isinstance(field.upload_to, str)
    return field.upload_to.partition("%")[0].rstrip("/")


def changed_at(path: Path) -> float:
    """In seconds since 1970; of a file that is gone by now: in the future."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
