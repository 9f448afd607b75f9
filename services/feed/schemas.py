"""What the API takes and gives, as its OpenAPI description tells it."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, get_args

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from services.enums import ServiceStatus
from services.feed.enums import RecordState
from services.feed.facts import LONGEST_ID, LONGEST_PROVIDER, Facts
from services.feed.models import HOURS_A_WEEK, LONGEST_CODE, LONGEST_NOTES

MOST_RECORDS = 1000
# Without what controls a terminal, which stands in no key.
SEEN = r"^[^\x00-\x1f\x7f-\x9f]+$"
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def only_iso(value: Any) -> Any:
    """Pydantic would take numbers and moments for days, too."""
    if value is not None and not (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        raise ValueError("Write the day as 2026-03-31.")
    return value


def exactly(value: Any) -> Any:
    """A number of JSON, as it is written."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float | Decimal)):
        raise ValueError("Write the weekly hours as a number.")
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("Write the weekly hours as a number.") from error


Day = Annotated[date, BeforeValidator(only_iso)]
Hours = Annotated[
    Decimal,
    BeforeValidator(exactly),
    Field(ge=0, le=HOURS_A_WEEK),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": HOURS_A_WEEK}),
]
Status = Literal["planned", "started", "on_hold", "complete", "never_provided", "terminated"]
State = Literal["waiting", "added", "linked", "ignored"]
assert set(get_args(Status)) == set(ServiceStatus.values)
assert set(get_args(State)) == set(RecordState.values)


ExternalId = Annotated[str, Field(min_length=1, max_length=LONGEST_ID, pattern=SEEN)]


class RecordIn(Schema):
    """What a source says of one service of one customer."""

    model_config = ConfigDict(extra="forbid")

    external_id: str = Field(
        min_length=1, max_length=LONGEST_ID, pattern=SEEN, description="The source's own key: sent again, it replaces."
    )
    participant_id: str = Field(min_length=1, max_length=20, pattern=SEEN, description="The customer's participant ID.")
    service: str = Field(
        min_length=1,
        max_length=LONGEST_CODE,
        pattern=SEEN,
        description="Your own code of the service, as your table of codes knows it, or one of the catalog. One that "
        "neither knows is filed, and waits for its place in the table.",
    )
    status: Status = Field("planned")
    planned_start_on: Day | None = None
    planned_end_on: Day | None = None
    actual_start_on: Day | None = None
    ended_on: Day | None = None
    weekly_hours: Hours | None = None
    provider: str = Field("", max_length=LONGEST_PROVIDER)
    notes: str = Field("", max_length=LONGEST_NOTES)

    def facts(self) -> Facts:
        """Keys without spaces around them, as a file's are: one record has one key, whichever way it comes."""
        keys = {name: getattr(self, name).strip() for name in ("external_id", "participant_id")}
        return Facts(**(dict(self) | keys))


class RecordsIn(Schema):
    model_config = ConfigDict(extra="forbid")

    records: list[RecordIn] = Field(max_length=MOST_RECORDS)


class FaultOut(Schema):
    """Why one record was not filed; the others stand."""

    index: int = Field(description="Its place in the call, from 0.")
    external_id: str
    code: str = Field(description="By which a program tells one reason from another.")
    field: str
    detail: str


class ReportOut(Schema):
    new: int
    changed: int
    unchanged: int
    refused: int
    unmapped: int = Field(description="Of the new and the changed ones: whose code no table knows yet.")
    faults: list[FaultOut]


class RecordOut(Schema):
    """As it was filed, and what was decided about it."""

    external_id: str
    participant_id: str
    service: str = Field(description="As you sent it.")
    catalog_service: str | None = Field(description="What it means in the catalog; null while no table knows it.")
    status: Status
    planned_start_on: date | None
    planned_end_on: date | None
    actual_start_on: date | None
    ended_on: date | None
    weekly_hours: float | None
    provider: str
    notes: str
    state: State


class EntryOut(Schema):
    code: str
    name: str


class ErrorOut(Schema):
    pointer: str
    detail: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    code: str | None = None
    errors: list[ErrorOut] | None = None
