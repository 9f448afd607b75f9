"""The digest of each day, which is kept: the same for ever, unless something of that day was changed since."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from acknowledgments.models import (
    DayDigest,
)
from acknowledgments.proof import daily
from acknowledgments.proof.daily import EVER, bounds, keep_days, last_kept
from acknowledgments.proof.lines import FORMS, NEWEST
from careerplan.base import clock
from careerplan.base.dates import day_of
from tests import states
from tests.rows import refuses
from tests.security.digests import CHANGED, DAY, agreement, kept, printed, wrong
from tests.security.tampering import taken_away, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people", "begins_lately")]

# --- what is kept -----------------------------------------------------------------------------


def test_each_day_that_is_over_is_kept_from_the_end_of_the_one_before():
    rows = kept()
    assert [row.day for row in rows] == [states.today() + n * DAY for n in range(-2, 2)]
    assert [row.begins_at for row in rows] == [EVER, *(row.ends_at for row in rows[:-1])]
    assert [row.ends_at for row in rows] == [bounds(row.day)[1] for row in rows]
    assert keep_days(at=states.now() + 2 * DAY) == 0
    assert wrong() == []


def test_a_day_is_kept_once_all_that_began_on_it_has_ended():
    end = bounds(states.today())[1]
    keep_days(at=end)
    assert last_kept().day == states.today() - DAY
    keep_days(at=end + daily.STILL_WRITTEN)
    assert last_kept().day == states.today()


def test_a_night_keeps_so_many_days_the_oldest_first():
    assert keep_days(at=states.now() + 2 * DAY, most=2) == 2
    assert last_kept().day == states.today() - DAY
    assert keep_days(at=states.now() + 2 * DAY) == 2


def test_two_who_keep_the_same_day_keep_it_once():
    rows = kept()
    assert daily.keep(rows[1].day, rows[0]) == rows[1]


def test_an_empty_record_has_no_day(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(daily, "FORMS", {NEWEST: ()})
    assert keep_days(at=states.now()) == 0


def test_the_first_day_is_that_of_the_first_that_came_to_be(monkeypatch):
    monkeypatch.undo()
    first = min(line.model.objects.order_by(line.moment).values_list(line.moment, flat=True).first() or clock.now()
                for line in FORMS[NEWEST])  # fmt: skip
    assert daily.first_day() == day_of(first)


def test_what_is_kept_of_a_day_is_neither_changed_nor_deleted():
    row = kept()[0]
    rows = models.QuerySet(DayDigest).filter(pk=row.pk)
    refuses("are kept as they are", lambda: rows.update(digest="x"))
    refuses("are kept as they are", lambda: rows._raw_delete(rows.db))


def test_a_zone_that_changes_leaves_no_hour_out(settings):
    first = kept()[-1]
    settings.TIME_ZONE = "Pacific/Honolulu"
    keep_days(at=states.now() + 4 * DAY)
    row = DayDigest.objects.get(day=first.day + DAY)
    assert (row.begins_at, row.ends_at) == (first.ends_at, bounds(row.day)[1])
    assert wrong() == []


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/Chicago", "2026-03-08", 23),
        ("America/Chicago", "2026-11-01", 25),
        ("Pacific/Honolulu", "2026-03-08", 24),
    ],
)
def test_a_day_is_the_installations(settings, zone, day, hours):
    settings.TIME_ZONE = zone
    begin, end = bounds(datetime.fromisoformat(day).date())
    assert end - begin == timedelta(hours=hours)
    assert day_of(begin).isoformat() == day
    assert day_of(end - timedelta(microseconds=1)).isoformat() == day
    assert begin.tzinfo is UTC


# --- the days themselves ----------------------------------------------------------------------


@pytest.mark.parametrize("gone", [0, 2])
def test_a_day_that_is_missing_is_named_by_the_one_after_it(gone):
    rows = kept()
    taken_away(rows[gone])
    assert wrong() == [f"Day {rows[gone + 1].day.isoformat()}: the digest of the day before it is missing."]


def test_a_digest_that_was_changed_is_named_with_the_one_that_follows():
    rows = kept()
    tamper(rows[1], digest="0" * 64)
    assert wrong() == [f"Day {row.day.isoformat()}: {CHANGED}" for row in rows[1:3]]


def test_who_makes_all_days_anew_gets_another_last_digest():
    """It is the last one that another house keeps."""
    last = kept()[-1]
    tamper(agreement(), typed_name="Somebody Else")
    with pytest.raises(CommandError, match="another digest was kept"):
        printed("verify", day=last.day, digest=last.as_kept)
    for row in DayDigest.objects.order_by("day"):
        taken_away(row)
    kept()
    assert wrong() == []
    with pytest.raises(CommandError, match="another digest was kept"):
        printed("verify", day=last.day, digest=last.as_kept)


def test_a_digest_of_a_later_release_is_no_digest_of_this_one():
    row = kept()[-1]
    tamper(row, form=NEWEST + 1)
    assert wrong() == [f"Day {row.day.isoformat()}: its digest is of a form that this release does not know."]


# --- by hand ----------------------------------------------------------------------------------


def test_the_command_keeps_and_prints_yesterday_and_writes_a_file(tmp_path):
    path = tmp_path / "digest.json"
    yesterday = day_of(clock.now()) - DAY
    line = printed("daily_digest", out=path).strip()
    row = DayDigest.objects.get(day=yesterday)
    assert line == f"{yesterday.isoformat()}: v3:{row.digest}"
    data = json.loads(path.read_text())
    assert (data["day"], data["digest"]) == (yesterday.isoformat(), row.as_kept)


def test_a_day_that_is_not_over_has_no_digest():
    with pytest.raises(CommandError, match="is not over yet"):
        call_command("daily_digest", date=day_of(clock.now()))


def test_a_day_before_all_others_has_no_digest():
    with pytest.raises(CommandError, match="or on any day before it"):
        call_command("daily_digest", date=states.today() - 9 * DAY)


def test_a_digest_that_was_kept_is_compared_later():
    row = agreement()
    last = kept()[-1]
    assert "It is the digest that was kept." in printed("verify", day=last.day, digest=last.as_kept.upper())
    tamper(row, typed_name="Somebody Else")
    with pytest.raises(CommandError, match="another digest was kept"):
        printed("verify", day=last.day, digest=last.as_kept)


def test_a_digest_of_a_former_release_is_compared_with_its_day_alone(settings):
    row = agreement()
    day = day_of(row.acknowledged_at)
    digest = daily.digest_of_former(day)
    kept()
    assert "It is the digest that was kept." in printed("verify", day=day, digest=digest)
    tamper(row, sign_in_changed_at=states.now())
    with pytest.raises(CommandError, match="another digest was kept"):
        printed("verify", day=day, digest=digest)


def test_a_day_without_the_digest_that_was_kept_is_no_check():
    with pytest.raises(CommandError, match="Give both"):
        call_command("verify", day=states.today())
