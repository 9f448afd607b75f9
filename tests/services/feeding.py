"""Sources of a feed and what they say, for tests."""

import io
from pathlib import Path

from careerplan.accounts.models import Region
from careerplan.base import clock
from careerplan.base.history import record
from services.feed.facts import COLUMNS, Facts
from services.feed.models import FeedRecord, FeedSource
from services.feed.taking import take
from tests import people


def source(code="ivle", *, region=None, **values):
    row = FeedSource(code=code, name=code.upper(), region=region, **values)
    record(row, by=people.administrator(), at=clock.now())
    return row


def region_of(customer):
    return Region.objects.get(pk=customer.office.region_id)


def said(customer, external_id="A-1", service="BC-COUN", **values):
    return Facts(external_id, customer.state_id, service, **values)


def filed(source, *facts):
    return take(source, enumerate(facts, start=1), by=None, at=clock.now())


def waiting(customer, external_id="A-1", **values):
    """A record in the inbox of the customer."""
    row = source(f"source-{FeedSource.objects.count()}")
    assert filed(row, said(customer, external_id, **values)).new == 1
    return FeedRecord.objects.get(source=row)


def csv_of(rows, *, columns=COLUMNS):
    """`rows`: mappings of columns to texts."""
    lines = [",".join(columns), *(",".join(f'"{row.get(name, "")}"' for name in columns) for row in rows)]
    return "\r\n".join(lines) + "\r\n"


def row(customer, external_id="A-1", **values):
    return {"external_id": external_id, "participant_id": customer.state_id, "service": "BC-COUN"} | values


def written(folder: Path, text: str, *, encoding="utf-8") -> Path:
    path = folder / "feed.csv"
    path.write_bytes(text.encode(encoding))
    return path


def in_memory(text: str, *, encoding="utf-8"):
    return io.BytesIO(text.encode(encoding))
