"""Security events: who came in, who did not, what was taken along, and what administrators changed.

One logger, a name an event, and facts as fields of the record: keys and addresses, never what people are called or what
they typed. Who reads the log finds the person by the key.
"""

import logging
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from careerplan.base.client import address_of

logger = logging.getLogger("careerplan.security")

DIGEST_LETTERS = 16


def note_event(event: str, request: HttpRequest | None, *, user_id: int | None = None, **facts: Any) -> None:
    """`user_id`: whom it is about, where that is not who is signed in."""
    by = getattr(getattr(request, "user", None), "pk", None)
    said = {"event": event, "user_id": by if user_id is None else user_id, "by_id": by}
    said["address"] = address_of(request) if request is not None else None
    logger.info(event, extra=said | facts)


def digest_of(text: str) -> str:
    """Stands for what people typed: the same text has the same digest here, and nobody reads the text from it."""
    return salted_hmac("careerplan.base.events", text, algorithm="sha256").hexdigest()[:DIGEST_LETTERS]
