"""The digest of a day: of all that was sealed, agreed to and filed on it, and of the digest of the day before.

Each night the days that are over get theirs (`DayDigest`), and `verify` compares them with the record ever after.
Whoever changes the database, its guards, its chains and these rows together can't change what another house has in its
drawer: the last digest that was kept there keeps all the days before it. A day is the installation's, from midnight to
midnight by `TIME_ZONE`; what began before midnight has ended some minutes later.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from acknowledgments.contents.chain import in_utc
from acknowledgments.models import DayDigest
from acknowledgments.proof.lines import FORMS, NEWEST, Line
from acknowledgments.proof.wrong import Kind, Wrong
from careerplan.base.dates import day_of

# No transaction, and no making of a paper, takes longer.
STILL_WRITTEN = timedelta(minutes=5)
# Days that get theirs in one night: a state that was there before has years of them.
MOST_A_NIGHT = 400
DAY = timedelta(days=1)
# The first day that is kept begins here: nothing comes to be before it.
EVER = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_OF_ALL = ""


def read(form: int, heading: list[Any], begin: datetime, end: datetime) -> str:
    """Row by row: a day takes no more memory than a row."""
    sha256 = hashlib.sha256()
    add(sha256, heading)
    for line in FORMS[form]:
        for row in line.rows(begin, end):
            add(sha256, [line.kind, row])
    return sha256.hexdigest()


def read_again(row: DayDigest, before: str) -> str:
    """What the record gives now. `before`: the digest of the day before."""
    heading = [f"careerplan day {row.form}", row.day, row.begins_at, row.ends_at, before]
    return read(row.form, heading, row.begins_at, row.ends_at)


def digest_of_former(day: date) -> str:
    """As releases before these rows gave it: of a day by itself."""
    heading = ["careerplan daily digest 1", day, str(timezone.get_default_timezone())]
    return read(1, heading, *bounds(day))


def add(sha256: Any, said: list[Any]) -> None:
    text = json.dumps(said, default=as_text, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    sha256.update(text.encode() + b"\n")


def as_text(value: date | datetime | UUID) -> str:
    if isinstance(value, UUID):
        return str(value)
    return in_utc(value) if isinstance(value, datetime) else value.isoformat()


def bounds(day: date) -> tuple[datetime, datetime]:
    """Midnight and the next midnight, of the installation; a day with a change of clocks has 23 or 25 hours."""
    zone = timezone.get_default_timezone()
    begin, end = (datetime.combine(one, time.min, tzinfo=zone) for one in (day, day + DAY))
    return begin.astimezone(UTC), end.astimezone(UTC)


def is_over(day: date, at: datetime) -> bool:
    """Whether nothing more comes to be on it."""
    return bounds(day)[1] + STILL_WRITTEN <= at


def keep_days(*, at: datetime, until: date | None = None, most: int | None = MOST_A_NIGHT) -> int:
    """Give each day that is over and has no digest its own, the oldest first (`until` and with that one). Returns how
    many days got theirs, at most `most`."""
    last = last_kept()
    day = first_day() if last is None else last.day + DAY
    made = 0
    while day is not None and is_over(day, at) and (until is None or day <= until) and (most is None or made < most):
        last = keep(day, last)
        day, made = day + DAY, made + 1
    return made


def keep(day: date, before: DayDigest | None) -> DayDigest:
    """Of two who do so at a time the first one counts."""
    begin = EVER if before is None else before.ends_at
    row = DayDigest(day=day, begins_at=begin, ends_at=max(bounds(day)[1], begin), form=NEWEST)
    row.digest = read_again(row, FIRST_OF_ALL if before is None else before.digest)
    DayDigest.objects.bulk_create([row], ignore_conflicts=True)
    return DayDigest.objects.get(day=day)


def last_kept() -> DayDigest | None:
    return DayDigest.objects.order_by("-day").first()


def first_day() -> date | None:
    """The first one on which anything came to be; None where nothing ever did."""
    moments = [moment for line in FORMS[NEWEST] if (moment := first_moment(line)) is not None]
    return day_of(min(moments)) if moments else None


def first_moment(line: Line) -> datetime | None:
    rows = line.model._default_manager.filter(**{f"{line.moment}__gte": EVER})
    found: datetime | None = rows.order_by(line.moment).values_list(line.moment, flat=True).first()
    return found


def wrong_days(until: date | None = None) -> Iterator[Wrong]:
    """Days of which the record says something else than on the night after them (`until` and with that one)."""
    rows = DayDigest.objects.order_by("day")
    before, end = FIRST_OF_ALL, EVER
    for row in rows.filter(day__lte=until) if until else rows:
        where = f"Day {row.day.isoformat()}"
        if row.form not in FORMS:
            yield Wrong(Kind.DAY, f"{where}: its digest is of a form that this release does not know.")
        elif row.begins_at != end:
            yield Wrong(Kind.DAY, f"{where}: the digest of the day before it is missing.")
        elif read_again(row, before) != row.digest:
            yield Wrong(
                Kind.DAY,
                f"{where}: something sealed, agreed to or filed that day was changed, added or taken away since.",
            )
        before, end = row.digest, row.ends_at
