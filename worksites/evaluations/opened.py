"""What the browser of a supervisor remembers, in its session: of which links the code was right, and who typed it."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from customers.calendar_feeds import digest_of
from worksites.evaluations.models import SupervisorLink

MARK = "supervisor"
# So long the code need not be typed again, and the thanks say what was answered.
REMEMBERED = timedelta(hours=1)


def remember(request: HttpRequest, link: SupervisorLink, name: str, *, at: datetime) -> None:
    request.session.cycle_key()
    kept = {key: said for key, said in marks(request).items() if said["until"] > at.timestamp()}
    kept[str(link.pk)] = {"name": name, "until": (at + REMEMBERED).timestamp()}
    request.session[MARK] = kept


def opened_as(request: HttpRequest, link: SupervisorLink, *, at: datetime) -> str | None:
    """The name that was typed with the code; None where the code is to be typed first."""
    said = marks(request).get(str(link.pk))
    return str(said["name"]) if said and said["until"] > at.timestamp() else None


def note_sent(request: HttpRequest, link: SupervisorLink, typed: str) -> None:
    """This browser answered, and may read what it sent. Whoever else has the code may not."""
    kept = marks(request)
    request.session[MARK] = kept | {str(link.pk): kept[str(link.pk)] | {"sent": digest_of(typed)}}


def has_sent(request: HttpRequest, link: SupervisorLink, *, at: datetime) -> bool:
    said = marks(request).get(str(link.pk), {})
    return bool(said.get("sent")) and said["until"] > at.timestamp()


def is_what_was_sent(request: HttpRequest, link: SupervisorLink, typed: str) -> bool:
    return bool(marks(request)[str(link.pk)]["sent"] == digest_of(typed))


def marks(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(MARK, {}))
