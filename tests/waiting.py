"""How long a test waits for what happens beside it: a process, a server, a page, a lock, another person.

A test waits for the event, never for a time. The limit is for what never comes: it costs nothing where the event comes,
and a machine that is busy with many other programs is slow.
"""

import time
from collections.abc import Callable

LONGEST_WAIT = 1800  # seconds
BETWEEN_LOOKS = 0.05


def eventually(check: Callable[[], object], seconds: float = LONGEST_WAIT) -> object:
    """What the check returns once that is true."""
    deadline = time.monotonic() + seconds
    while not (result := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"Not true after {seconds:.0f} seconds.")
        time.sleep(BETWEEN_LOOKS)
    return result
