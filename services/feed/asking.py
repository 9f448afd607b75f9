"""Asking a source for what it has of a customer, where it can be asked ("Sync now", ILL-105).

One interface and two ways: an address over HTTP, which is asked only where its host is among those that the
installation allows (`FEED_HOSTS`), and a file in the feed folder (`FEED_FOLDER`). What comes is taken as anything else
that the source writes. Nothing of the database is held while a source is waited for.
"""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.accounts.tries import Budget, counted
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.messaging.texts import opener
from customers.actions import require_editor
from customers.models import Customer, records_of
from services.feed.enums import Asking, Way
from services.feed.facts import Facts, facts_of
from services.feed.files import items_of
from services.feed.models import FeedSource
from services.feed.taking import Item, Report, note_run, take

# So long a source may take to answer; somebody waits for it.
SECONDS = 10
MOST_BYTES = 1_000_000
MOST_RECORDS = 1000
# Of one customer and source: whoever clicks twice asks once.
ASKED_AGAIN = (Budget(3, timedelta(minutes=1)),)


class Source(Protocol):
    def items(self, source: FeedSource, ids: set[str]) -> Iterator[Item]:
        """What the source has of the customer with these participant IDs. Raises Refusal where it gives nothing."""


class Http:
    """`GET address?participant_id=...` with a bearer token: an object with the list `records`, as the API takes it."""

    def items(self, source: FeedSource, ids: set[str]) -> Iterator[Item]:
        refuse_other_host(source.address)
        records: list[Any] = []
        for participant_id in sorted(ids):
            records += self.records(source, participant_id)
        for number, record in enumerate(records, start=1):
            yield number, item_of(record)

    def records(self, source: FeedSource, participant_id: str) -> list[Any]:
        joint = "&" if urlsplit(source.address).query else "?"
        address = f"{source.address}{joint}{urlencode({'participant_id': participant_id})}"
        headers = {"Accept": "application/json"}
        if token := settings.FEED_TOKENS.get(source.code):
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(address, headers=headers)  # its host is one that is allowed
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                said = json.loads(answer.read(MOST_BYTES + 1)[: MOST_BYTES + 1])
        except urllib.error.HTTPError as error:
            error.close()
            raise silent(source) from error
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            raise silent(source) from error
        records = said.get("records") if isinstance(said, dict) else None
        if not isinstance(records, list) or len(records) > MOST_RECORDS:
            raise silent(source)
        return records


class Files:
    """The file `code.csv` in the feed folder, which the source's system writes there."""

    def items(self, source: FeedSource, ids: set[str]) -> Iterator[Item]:
        path = Path(settings.FEED_FOLDER) / f"{source.code}.csv"
        try:
            with path.open("rb") as file:
                for line, facts in items_of(file):
                    if isinstance(facts, Facts) and facts.participant_id in ids:
                        yield line, facts
        except OSError as error:
            raise silent(source) from error


SOURCES: Mapping[str, Source] = {Asking.HTTP: Http(), Asking.FILES: Files()}


def sync(source: FeedSource, customer: Customer, *, by: User, at: datetime) -> Report:
    """Ask the source for the customer's records, and file them.

    Raises Refusal: it can't be asked, was asked just now, or does not answer.
    """
    require_editor(customer, by)
    if not source.may_be_asked:
        raise Refusal("not-asked", _("This source can't be asked. It sends its records by itself."))
    if counted({("feed", "sync", f"{source.pk} {customer.pk}"): ASKED_AGAIN}, at=at).is_over:
        raise Refusal("asked-just-now", _("This source was asked just now. Try again in a minute."))
    ids = {row.state_id for row in Customer.objects.filter(pk__in=records_of(customer.pk))}
    kept: dict[str, Any] = {"way": Way.ASKED, "customer": customer, "begun_at": at, "by": by}
    try:
        items = list(SOURCES[source.asking].items(source, ids))
        report = take(source, items, only=customer, by=by, at=at)
    except Refusal as refusal:
        note_run(source, Report(), **kept, refusal=str(refusal.sentence), at=clock.now())
        raise
    note_run(source, report, **kept, at=clock.now())
    return report


def refuse_other_host(address: str) -> None:
    """Raises Refusal: the address is of no host that may be asked, or would tell the token to everybody on the way."""
    parts = urlsplit(address)
    is_plain = parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "::1", "localhost")
    if parts.netloc not in settings.FEED_HOSTS or is_plain or parts.scheme not in ("http", "https"):
        sentence = _("%(host)s is not among the hosts that this installation may ask. Ask your administrator.")
        raise Refusal("other-host", sentence % {"host": parts.netloc or "-"}, field="address")


def silent(source: FeedSource) -> Refusal:
    sentence = _("%(source)s does not answer as it should. Nothing was changed. Try again later.")
    return Refusal("source-silent", sentence % {"source": source.name})


def item_of(record: Any) -> Facts | Refusal:
    if not isinstance(record, dict):
        return Refusal("not-a-record", _("This is no record."))
    try:
        return facts_of({name: "" if value is None else str(value) for name, value in record.items()})
    except Refusal as refusal:
        return refusal
