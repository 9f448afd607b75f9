"""Tells somebody outside when a check is out of bounds, once an hour at most, and once when it is over.

The e-mail goes straight to the mail server, and not through the outbox, which may be what hangs. Who tells is decided
in a row, so that two workers don't tell twice: taken, sent, and given back where it could not be sent. While the
database does not answer there are no rows; then a file in VAR_DIR says that it was told in this hour.
"""

import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careerplan.base.dates import as_evidence
from careerplan.base.health import DATABASE, Check, Finding, look_at_all
from careerplan.base.health.limits import BETWEEN_ALARMS, MAIL_SERVER_SECONDS
from careerplan.base.models import Alarm
from careerplan.base.trouble import BUSY, trouble_of

logger = logging.getLogger(__name__)

HOUR = len("2026-11-27 15")


@dataclass(frozen=True)
class News:
    """What somebody is told of one check now; `told_before`: when they were last told, to give back."""

    check: Check
    finding: Finding
    told_before: datetime | None = None


def watch(at: datetime) -> list[News]:
    """Look at everything and tell what is news; returns of what was told."""
    with translation.override(settings.LANGUAGE_CODE):
        return tell_news(list(look_at_all(at)), at)


def tell_news(found: list[tuple[Check, Finding]], at: datetime) -> list[News]:
    if any(check.code == DATABASE and finding.is_wrong for check, finding in found):
        return tell_without_database(found, at)
    over = ended_without_database()
    news: list[News] = []
    try:
        for check, finding in found:
            if one := take(check, finding, at):
                news.append(one)
    except DatabaseError as error:  # it answered, and keeps nothing: somebody is told all the same
        with contextlib.suppress(DatabaseError):
            for one in news:
                give_back(one)
        if trouble_of(error) == BUSY:  # somebody else looks at the same moment
            return []
        said = Finding(True, _("Nothing can be written (%(error)s).") % {"error": type(error).__name__})
        return tell_without_database([(check, said) for check, _found in found if check.code == DATABASE], at)
    news_of_marks = over_of(found, over)
    if not (news or over):
        return []
    if not tell([*news, *news_of_marks]):
        for one in news:
            give_back(one)
        return []
    for mark in over:
        mark.unlink(missing_ok=True)
    return [*news, *news_of_marks]


@transaction.atomic
def take(check: Check, finding: Finding, at: datetime) -> News | None:
    """Keep what was found; the news for whoever has to be told now, which nobody else then tells."""
    row, _is_new = Alarm.objects.select_for_update().get_or_create(check_code=check.code, defaults={"looked_at": at})
    told_before = row.told_at
    row.looked_at = at
    row.wrong_since = (row.wrong_since or at) if finding.is_wrong else None
    if finding.is_wrong:
        is_news = told_before is None or at - told_before >= BETWEEN_ALARMS
    else:
        is_news = told_before is not None
    if is_news:
        row.told_at = at if finding.is_wrong else None
    row.save()
    return News(check, finding, told_before) if is_news else None


def give_back(news: News) -> None:
    """Nobody could be told: the next look tries again."""
    Alarm.objects.filter(check_code=news.check.code).update(told_at=news.told_before)


def tell(news: list[News]) -> bool:
    """Whether it was sent; also True where nobody is to be told (`ALARM_ADDRESS`): the log has it in any case."""
    for one in news:
        level = logging.ERROR if one.finding.is_wrong else logging.WARNING
        logger.log(level, "%s: %s", one.check.code, one.finding.says, extra={"event": "alarm", "check": one.check.code})
    if not settings.ALARM_ADDRESS:
        return True
    server = get_connection(timeout=MAIL_SERVER_SECONDS)
    try:
        letter = EmailMessage(subject_of(news), body_of(news), to=settings.ALARM_ADDRESS, connection=server)
        letter.send()
    except Exception as error:  # whatever the mail server says: the next look tries again
        logger.error("The alarm could not be sent: %s.", type(error).__name__, extra={"event": "alarm-not-sent"})
        return False
    return True


def subject_of(news: list[News]) -> str:
    wrong = [str(one.check.label) for one in news if one.finding.is_wrong]
    return f"CareerPlan: {', '.join(wrong)}: out of bounds" if wrong else "CareerPlan: it is over"


def body_of(news: list[News]) -> str:
    wrong = [f"WRONG  {one.check.label}: {one.finding.says}" for one in news if one.finding.is_wrong]
    over = [f"OVER   {one.check.label}: {one.finding.says}" for one in news if not one.finding.is_wrong]
    after = [
        f"The page {settings.SITE_ADDRESS}/system/ shows everything; so does manage.py doctor. docs/operations.md says "
        "what to do. Of what stays wrong you are told again in an hour."
    ]
    return "\n\n".join("\n".join(lines) for lines in (wrong, over, after) if lines)


# --- without a database -----------------------------------------------------------------------


def tell_without_database(found: list[tuple[Check, Finding]], at: datetime) -> list[News]:
    """Of the database alone: what reads it is wrong with it, and what else is wrong is told once there are rows."""
    news = [News(check, finding) for check, finding in found if check.code == DATABASE]
    mark = folder() / f"database-{as_evidence(at)[:HOUR].replace(' ', '-')}"
    with contextlib.suppress(OSError):  # a full disk: rather told twice than never
        mark.parent.mkdir(parents=True, exist_ok=True)
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return []
    if tell(news):
        return news
    mark.unlink(missing_ok=True)
    return []


def folder() -> Path:
    return Path(settings.VAR_DIR) / "alarms"


def ended_without_database() -> list[Path]:
    """The marks of the time in which there was none."""
    return sorted(folder().glob("database-*"))


def over_of(found: list[tuple[Check, Finding]], marks: list[Path]) -> list[News]:
    return [News(check, finding) for check, finding in found if check.code == DATABASE] if marks else []
