"""Pages that wait for a worker ask by themselves, until what they wait for is there."""

# How often a page asks for a paper that is being made: about five minutes in all, so that no session is kept for ever.
SECONDS, TRIES_AT_FIRST = 2, 10
SECONDS_LATER, TRIES = 10, 40


def tries_of(request):
    """How often a page that waits has asked."""
    tries = request.GET.get("tries", "")
    return int(tries[:3]) if tries.isascii() and tries.isdigit() else 0


def waiting(tries=0):
    """When a page that waits for a copy asks again: a worker takes seconds, a full queue minutes; then no more."""
    return {
        "next_try": tries + 1 if tries < TRIES else None,
        "seconds": SECONDS if tries < TRIES_AT_FIRST else SECONDS_LATER,
    }
