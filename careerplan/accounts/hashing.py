"""Passwords are hashed a few at a time: each Argon2 takes 100 MiB and all of a core for a third of a second.

While all turns are taken one waits a little, and every other is asked at once to try again: a thousand people who
sign in at once, or one who only says so, neither fill the memory nor take the threads of those who are signed in.
Strangers leave one turn, and a place to wait, to people who are known: by their device, their session or their link.
Of one network they leave a place to those of others.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import hashers
from django.utils.translation import gettext_lazy as _

from careerplan.base.refusals import Refusal

# Of this process. A page waits in its thread, of which a process has six (web_server.py): three pages at most, and not
# longer than people do.
turns = threading.BoundedSemaphore(max(settings.PASSWORD_HASHES_AT_ONCE, 1))
turns_of_strangers = threading.BoundedSemaphore(max(settings.PASSWORD_HASHES_AT_ONCE - 1, 1))
place_to_wait = threading.BoundedSemaphore(1)
place_of_known = threading.BoundedSemaphore(1)
# For a stranger of whose network nobody is here.
place_of_another = threading.BoundedSemaphore(1)
LONGEST_WAIT_SECONDS = 5


@dataclass(frozen=True)
class Asking:
    """Whose password is looked at."""

    is_known: bool = False
    network: str = ""


SOMEBODY = Asking()
asking: ContextVar[Asking] = ContextVar("asking", default=SOMEBODY)
strangers_here: Counter[str] = Counter()
counting = threading.Lock()


class Busy(Refusal):
    """Too many passwords are looked at in this moment; nothing was looked at."""

    status = 503
    CODE = "busy"

    def __init__(self) -> None:
        super().__init__(self.CODE, _("Many people are signing in right now. Try again in a moment."))


@contextmanager
def asked_by(who: Asking) -> Iterator[None]:
    """Whose passwords are looked at meanwhile."""
    token = asking.set(who)
    try:
        yield
    finally:
        asking.reset(token)


@contextmanager
def turn() -> Iterator[None]:
    """Raises Busy where none comes in time, and at once where somebody waits already."""
    who = asking.get()
    places, needed = ([place_of_known], [turns]) if who.is_known else ([place_to_wait], [turns_of_strangers, turns])
    with ExitStack() as held:
        if not who.is_known and held.enter_context(counted(who.network)) == 1:
            places.append(place_of_another)
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        for each in needed:
            if not (each.acquire(blocking=False) or waited_for(each, places, until)):
                raise Busy
            held.callback(each.release)
        yield


@contextmanager
def counted(network: str) -> Iterator[int]:
    """How many strangers of the network are here now, this one among them: at their turn, or waiting for one."""
    with counting:
        strangers_here[network] += 1
        number = strangers_here[network]
    try:
        yield number
    finally:
        with counting:
            strangers_here[network] -= 1
            if not strangers_here[network]:
                del strangers_here[network]


def waited_for(wanted: threading.Semaphore, places: list[threading.BoundedSemaphore], until: float) -> bool:
    """Whether a turn came; `until`: by the clock of `time.monotonic`."""
    place = next((each for each in places if each.acquire(blocking=False)), None)
    if place is None:
        return False
    try:
        return wanted.acquire(timeout=max(until - time.monotonic(), 0))
    finally:
        place.release()


class Argon2(hashers.Argon2PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        with turn():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with turn():
            return bool(super().verify(password, encoded))


class PBKDF2(hashers.PBKDF2PasswordHasher):
    """Its `verify` encodes."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with turn():
            return str(super().encode(password, salt, iterations))
