"""Text messages (SMS): one interface, a back end that writes files (the trial), and one that asks an HTTP gateway.

A text message says that something waits and names nobody: not who gets it, not the planner, not what it is.
"""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from careerplan.base.outbox import Unwritable
from careerplan.messaging.models import TextMessage

# So long a gateway may take to answer.
SECONDS = 20
# Answers that are about this number or text, and stay as they are.
FINAL = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY}


class Backend(Protocol):
    def send(self, text: "Text") -> None:
        """Hand it over. Raises Unwritable where the number takes none, anything else where another try may help."""


@dataclass(frozen=True)
class Text:
    """What an outbox sends (`delivery.py`). It goes to no e-mail address."""

    number: str
    words: str
    # The same at each try: a gateway that has it already sends it once.
    key: str
    to: tuple[str, ...] = ()

    def recipients(self) -> list[str]:
        return []

    def send(self) -> None:
        backend().send(self)


class Files:
    """Writes each to a file of its own beside the e-mails of the trial."""

    def send(self, text: Text) -> None:
        settings.TEXT_MESSAGES_DIR.mkdir(parents=True, exist_ok=True)
        file = settings.TEXT_MESSAGES_DIR / f"{text.key}.txt"
        file.write_text(f"To: {text.number}\n\n{text.words}\n", encoding="utf-8")


class Gateway:
    """An HTTP gateway: POST of JSON with `to`, `from`, `text` and `id`, and a bearer token (docs/running.md)."""

    def send(self, text: Text) -> None:
        body = {"to": text.number, "from": settings.TEXT_MESSAGES_FROM, "text": text.words, "id": text.key}
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.TEXT_MESSAGES_TOKEN}",
            "Idempotency-Key": text.key,
        }
        request = urllib.request.Request(  # the address is a setting, checked as it is read
            settings.TEXT_MESSAGES_URL, json.dumps(body).encode(), headers, method="POST"
        )
        try:
            opener.open(request, timeout=SECONDS).close()
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in FINAL:
                raise Unwritable(f"The gateway answered {error.code}.") from error
            raise


class StaysHere(urllib.request.HTTPRedirectHandler):
    """The token goes to the address that was set, and to no other."""

    def redirect_request(self, *_details: object) -> None:
        return None


opener = urllib.request.build_opener(StaysHere)

BACKENDS: dict[str, type[Backend]] = {"files": Files, "gateway": Gateway}


def are_sent() -> bool:
    """Whether this installation sends text messages."""
    return settings.TEXT_MESSAGES in BACKENDS


def backend() -> Backend:
    return BACKENDS[settings.TEXT_MESSAGES]()


def text_for(row: TextMessage) -> Text:
    """In the language that the person who gets it speaks today."""
    with translation.override(row.recipient.language):
        words = _("%(agency)s: something is waiting for you in CareerPlan. Sign in: %(address)s") % {
            "agency": settings.AGENCY_NAME,
            "address": settings.SITE_ADDRESS,
        }
    return Text(row.number, words, f"careerplan-{row.pk}")
