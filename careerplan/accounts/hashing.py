"""Passwords are hashed a few at a time: each Argon2 takes 100 MiB and all of a core for a third of a second.

While all turns are taken one waits a little, and every other is asked at once to try again: a thousand people who
sign in at once, or one who only says so, neither fill the memory nor take the threads of those who are signed in.
Strangers leave one turn, and a place to wait, to people who are known: by their device, their session or their link.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth import hashers
from django.utils.translation import gettext_lazy as _

from careerplan.base.refusals import Refusal

# Of this process. A page waits in its thread, of which a process has four (web_server.py): one of strangers and one
# of people who are known, and not longer than people do.
turns = threading.BoundedSemaphore(max(settings.PASSWORD_HASHES_AT_ONCE, 1))
turns_of_strangers = threading.BoundedSemaphore(max(settings.PASSWORD_HASHES_AT_ONCE - 1, 1))
place_to_wait = threading.BoundedSemaphore(1)
place_of_known = threading.BoundedSemaphore(1)
LONGEST_WAIT_SECONDS = 5

is_known: ContextVar[bool] = ContextVar("is known", default=False)


class Busy(Refusal):
    """Too many passwords are looked at in this moment; nothing was looked at."""

    status = 503
    CODE = "busy"

    def __init__(self) -> None:
        super().__init__(self.CODE, _("Many people are signing in right now. Try again in a moment."))


@contextmanager
def for_somebody_known(so: bool = True) -> Iterator[None]:
    """Whose passwords are looked at meanwhile: where it is so, not a stranger's."""
    token = is_known.set(so)
    try:
        yield
    finally:
        is_known.reset(token)


@contextmanager
def turn() -> Iterator[None]:
    """Raises Busy where none comes in time, and at once where somebody waits already."""
    place = place_of_known if is_known.get() else place_to_wait
    needed = [turns] if is_known.get() else [turns_of_strangers, turns]
    with ExitStack() as held:
        for each in needed:
            if not (each.acquire(blocking=False) or waited_for(each, place)):
                raise Busy
            held.callback(each.release)
        yield


def waited_for(wanted: threading.Semaphore, place: threading.Semaphore) -> bool:
    """Whether a turn came."""
    if not place.acquire(blocking=False):
        return False
    try:
        return wanted.acquire(timeout=LONGEST_WAIT_SECONDS)
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
