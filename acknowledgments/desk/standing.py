"""How a signing at the desk stands, and whether anything more may come of it: one rule for pages, actions and polls."""

from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare

from acknowledgments.enums import DeskDevice, DeskEnd
from acknowledgments.models import AcknowledgmentRequest, DeskSigning
from careerplan.accounts.middleware import LONGEST_SESSION_SECONDS
from careerplan.accounts.models import User

# A reader who does nothing for so long is asked to begin anew, with a new code.
IDLE = timedelta(minutes=15)


class Standing(StrEnum):
    """What the planner's page says."""

    WAITING = "waiting"
    OPENED = "opened"
    CONFIRMED = "confirmed"
    SIGNED = "signed"
    WRONG_PERSON = "wrong_person"
    EXPIRED = "expired"
    ENDED = "ended"


# The page asks again as long as something may come.
MOVING = frozenset({Standing.WAITING, Standing.OPENED, Standing.CONFIRMED})


def standing_of(desk: DeskSigning, *, at: datetime) -> Standing:
    if desk.signed_at is not None:
        return Standing.SIGNED
    if desk.end == DeskEnd.WRONG_PERSON:
        return Standing.WRONG_PERSON
    if is_over(desk, at=at):
        expired = desk.ended_at is None and waits(desk.request) and session_lives(desk, at=at)
        return Standing.EXPIRED if expired else Standing.ENDED
    if desk.confirmed_at is not None:
        return Standing.CONFIRMED
    return Standing.OPENED if desk.opened_at is not None else Standing.WAITING


def is_over(desk: DeskSigning, *, at: datetime) -> bool:
    """Nothing more comes of it: it ended, its version waits no more, a quarter of an hour passed before it was opened,
    or the planner's session beside it is over."""
    late = desk.opened_at is None and at >= desk.expires_at
    return desk.ended_at is not None or late or not waits(desk.request) or not session_lives(desk, at=at)


def waits(request: AcknowledgmentRequest) -> bool:
    open_request = request.withdrawn_at is None and request.answered_at is None
    return open_request and request.seal.voided_at is None and request.seal.version.is_awaiting


def session_lives(desk: DeskSigning, *, at: datetime) -> bool:
    """The planner is still signed in where the code is shown. A screen that was handed over has no such session."""
    if desk.device == DeskDevice.TABLET:
        return True
    return bool(desk.session_key) and is_session_of(desk.planner, desk.session_key, at=at)


def is_session_of(person: User, key: str, *, at: datetime) -> bool:
    """As Django and `SessionTimeMiddleware` would say of the next page that is asked for in it."""
    found: dict[str, Any] = import_module(settings.SESSION_ENGINE).SessionStore(key).load()
    begun = found.get("begun", at.timestamp())
    return (
        person.is_active
        and found.get(SESSION_KEY) == str(person.pk)
        and constant_time_compare(found.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
        and at.timestamp() - begun <= LONGEST_SESSION_SECONDS
    )
