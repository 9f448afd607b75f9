"""What the product stands on: its database, queue, mail server, disk and clock."""

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.health import DATABASE, Check, Finding
from careerplan.base.health.asking import ask
from careerplan.base.health.heartbeat import look_at_background
from careerplan.base.health.limits import CLOCKS_APART, FREE_BYTES, MAIL_SERVER_SECONDS, PROBE_SECONDS
from careerplan.base.health.probes import ReadOnly, database_answers, migrations_are_applied, queue_answers

MAIL_SERVER = "mail-server"
# Connecting, TLS, the sign-in and the question each take a while.
STEPS_OF_MAIL = 4
DONE = 250  # RFC 5321, 4.2.3


def answers(name: str, question: Callable[[], Any], seconds: float = PROBE_SECONDS) -> Finding:
    """Whether it answers in time; why not is said by the kind of the fault alone, which names no account."""
    try:
        ask(name, question).result(seconds)
    except TimeoutError:
        return Finding(True, _("No answer within %(seconds)d seconds.") % {"seconds": seconds})
    except ReadOnly:
        return Finding(True, _("Can only be read: nothing can be saved."))
    except Exception as error:  # refused, unknown, wrong password: all the same to who depends on it
        return Finding(True, _("No answer (%(error)s).") % {"error": type(error).__name__})
    return Finding(False, _("Answers."))


def look_at_database(at: datetime) -> Finding:
    return answers("database", database_answers)


def look_at_queue(at: datetime) -> Finding | None:
    return answers("queue", queue_answers) if settings.BACKGROUND == "celery" else None


def look_at_migrations(at: datetime) -> Finding:
    try:
        migrations_are_applied()
    except Exception:  # NotReady, or a table that is not there
        return Finding(True, _("The database is of another release: run manage.py migrate."))
    return Finding(False, _("All are applied."))


def look_at_clock(at: datetime) -> Finding | None:
    """Of this process's machine against the database's; SQLite has no clock of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        before = time.time()  # noqa: TID251
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
        ours = datetime.fromtimestamp((before + time.time()) / 2, UTC)  # noqa: TID251
    apart = abs(theirs - ours)
    said = _("%(seconds).1f seconds apart from the database's.") % {"seconds": apart.total_seconds()}
    return Finding(apart > CLOCKS_APART, said)


def look_at_disk(folder: Path) -> Finding:
    """Of the file system on which the folder is, or will be."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    said = _("%(size)s free in %(folder)s.") % {"size": filesizeformat(free), "folder": folder}
    return Finding(free < FREE_BYTES, said)


def mail_server_answers() -> None:
    """Connects as for an e-mail (TLS and sign-in with it), asks for nothing, and leaves."""
    server: Any = get_connection(timeout=MAIL_SERVER_SECONDS)
    server.open()
    try:
        code, _said = server.connection.noop()
        if code != DONE:
            raise ConnectionError(f"NOOP was answered with {code}")
    finally:
        server.close()


def look_at_mail_server(at: datetime) -> Finding | None:
    """None where e-mails are written to files."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return None
    return answers(MAIL_SERVER, mail_server_answers, MAIL_SERVER_SECONDS * STEPS_OF_MAIL)


CHECKS = (
    Check(DATABASE, gettext_lazy("Database"), look_at_database, reads_database=False),
    Check("migrations", gettext_lazy("Migrations"), look_at_migrations),
    Check("clock", gettext_lazy("Clock"), look_at_clock),
    Check("queue", gettext_lazy("Queue and cache (Redis)"), look_at_queue, reads_database=False),
    Check("background", gettext_lazy("Work behind the pages"), look_at_background),
    Check(MAIL_SERVER, gettext_lazy("Mail server"), look_at_mail_server, reads_database=False, is_slow=True),
    Check(
        "disk-of-files",
        gettext_lazy("Disk of uploads and IEP/ISS forms"),
        lambda at: look_at_disk(Path(settings.MEDIA_ROOT)),
        reads_database=False,
    ),
    Check(
        "disk-of-work",
        gettext_lazy("Disk of the working folder"),
        lambda at: look_at_disk(Path(settings.VAR_DIR)),
        reads_database=False,
    ),
)
