"""A file goes with its transaction, and never stands half-written under its name."""

import contextlib
import errno
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DataError, OperationalError, connection, transaction

from careerplan.base import clock, files
from customers.actions import file_by_system
from customers.models import Upload
from customers.stored import content_of
from tests import people
from tests.real_files import PDF
from tests.workers import url_of_the_test_database

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = timedelta(0)


class Fault(Exception):
    pass


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def file_one(name="paper.pdf"):
    customer = people.angela()
    return file_by_system(customer, file_name=name, name="Paper", content=PDF, at=clock.now())


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@contextlib.contextmanager
def rolled_back():
    with contextlib.suppress(Fault), transaction.atomic():
        yield
        raise Fault


@pytest.mark.django_db
def test_a_file_whose_part_of_the_transaction_is_rolled_back_is_removed(folder):
    kept = file_one("kept.pdf")
    with rolled_back():
        with transaction.atomic():
            file_one("lost.pdf")
        assert stored(folder) == ["kept.pdf", "lost.pdf"]
    assert stored(folder) == ["kept.pdf"]
    assert content_of(kept) == PDF


@pytest.mark.django_db
def test_a_file_whose_row_the_database_refuses_is_removed(folder):
    with pytest.raises(DataError), transaction.atomic():
        file_by_system(people.angela(), file_name="lost.pdf", name="x" * 1000, content=PDF, at=clock.now())
    assert stored(folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_transaction_that_is_done_stays(staff_and_lists, folder):
    with transaction.atomic():
        default_storage.save("uploads/kept.pdf", ContentFile(PDF))
    with rolled_back():
        default_storage.save("uploads/lost.pdf", ContentFile(PDF))
    connection.close()
    assert stored(folder) == ["kept.pdf"]


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_as_soon_as_its_whole_transaction_is_rolled_back(staff_and_lists, folder):
    """Not only once the connection closes, a minute later or never."""
    with rolled_back():
        default_storage.save("uploads/lost.pdf", ContentFile(PDF))
        assert stored(folder) == ["lost.pdf"]
    assert stored(folder) == []


def committed_in_vain():
    """The server ends the connection before it commits."""
    with transaction.atomic():
        default_storage.save("uploads/perhaps.pdf", ContentFile(PDF))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            ended = cursor.fetchone()[0]
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [ended])
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_file_stays_where_nobody_knows_whether_the_transaction_was_done(staff_and_lists, folder):
    """The connection broke at the commit: the row may be there. The nightly search asks the database."""
    with pytest.raises(OperationalError):
        committed_in_vain()
    assert stored(folder) == ["perhaps.pdf"]
    assert list(files.find_orphans(AT_ONCE)) == ["uploads/perhaps.pdf"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_nothing_stays_of_a_file_that_could_not_be_written(folder, monkeypatch, code):
    def fails(*_values):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match=os.strerror(code)), transaction.atomic():
        file_one()
    assert [name for name in stored(folder) if name.endswith(files.UNFINISHED)] == []
    assert not Upload.objects.filter(name="Paper").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk of its own is root's to mount")
@pytest.mark.django_db
def test_a_disk_that_is_full_leaves_nothing(folder):
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", folder], check=False).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        with pytest.raises(OSError) as full, transaction.atomic():
            file_by_system(people.angela(), file_name="a.pdf", name="a", content=PDF + b" " * 100_000, at=clock.now())
        assert full.value.errno == errno.ENOSPC
        assert stored(folder) == []
        assert file_by_system(people.angela(), file_name="b.pdf", name="b", content=b"small", at=clock.now()).sha256
    finally:
        subprocess.run(["umount", folder], check=True)


def test_two_files_of_one_name_have_two(folder):
    storage = files.FileStorage(folder)
    names = {storage._save("a/same.pdf", ContentFile(b"1")), storage._save("a/same.pdf", ContentFile(b"2"))}
    assert len(names) == 2
    assert {(folder / name).read_bytes() for name in names} == {b"1", b"2"}
    assert {(folder / name).stat().st_mode & 0o777 for name in names} == {settings.FILE_UPLOAD_PERMISSIONS}


def test_a_file_is_on_the_disk_before_anything_names_it(folder, monkeypatch):
    done = []
    monkeypatch.setattr(files.os, "fsync", lambda number: done.append(Path(f"/proc/self/fd/{number}").readlink()))
    files.FileStorage(folder)._save("a/paper.pdf", ContentFile(b"1"))
    part, its_folder = done
    assert (part.suffix, part.parent, its_folder) == (files.UNFINISHED, folder / "a", folder / "a")


@pytest.mark.parametrize("call", [1, 2])
def test_a_disk_that_is_full_only_when_it_is_written_through_leaves_nothing(folder, monkeypatch, call):
    """As disks of a network are: at the file, and at its folder."""
    calls = iter([None] * (call - 1) + [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))])

    def full(_number):
        if error := next(calls):
            raise error

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.FileStorage(folder)._save("a/paper.pdf", ContentFile(b"1"))
    assert stored(folder) == []


def test_a_folder_that_can_not_be_written_through_fails_nothing(folder, monkeypatch):
    answers = iter([None, OSError(errno.EINVAL, "no")])

    def refuses_folders(_number):
        if error := next(answers):
            raise error

    monkeypatch.setattr(files.os, "fsync", refuses_folders)
    name = files.FileStorage(folder)._save("a/paper.pdf", ContentFile(b"1"))
    assert (folder / name).read_bytes() == b"1"


@pytest.mark.django_db
def test_a_file_of_no_row_is_found_once_it_is_old(folder, caplog):
    row = file_one()
    default_storage.save("uploads/2026/01/lonely.pdf", ContentFile(PDF))
    default_storage.save("elsewhere/not-ours.txt", ContentFile(b""))
    assert list(files.find_orphans()) == []  # it may be about to get its row
    assert list(files.find_orphans(AT_ONCE)) == ["uploads/2026/01/lonely.pdf"]
    assert files.remove_orphans(AT_ONCE) == 1
    assert "lonely" not in caplog.text
    assert "is removed: uploads/2026/01/" in caplog.text
    assert stored(folder) == ["not-ours.txt", Path(row.file.name).name]


KILLED = """
import os, signal, django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
with transaction.atomic():
    default_storage.save("uploads/half.pdf", ContentFile(b"%PDF"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db
def test_what_a_killed_process_leaves_is_found(folder):
    variables = os.environ | {"DATABASE_URL": url_of_the_test_database(), "MEDIA_ROOT": str(folder)}
    variables["DJANGO_SETTINGS_MODULE"] = "careerplan.settings"
    ended = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=variables, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(files.find_orphans(AT_ONCE)) == ["uploads/half.pdf"]


@pytest.mark.django_db
def test_the_command_lists_what_belongs_to_no_row_and_removes_it_when_asked(settings, capsys):
    path = Path(default_storage.path("uploads")) / "left.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    os.utime(path, (0, 0))
    call_command("orphans")
    assert "left.pdf" in capsys.readouterr().out
    assert path.exists()
    call_command("orphans", "--remove")
    assert not path.exists()
