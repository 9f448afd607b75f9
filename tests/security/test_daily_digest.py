"""The digest of a day's seals and evidence, which is kept outside: the same for ever, unless something was changed."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from acknowledgments.agreement.documents import file_evidence
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.proof.daily import bounds, digest_of_day
from careerplan.base.dates import day_of
from tests import people, states
from tests.real_files import PDF
from tests.rows import write
from tests.security.tampering import taken_away, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

DAY = timedelta(days=1)


def agreement():
    return Acknowledgment.objects.get(version=states.newest(people.angela()))


def printed(name, **options):
    out = io.StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def test_a_day_is_the_same_however_often_it_is_read_and_counts_what_it_holds():
    day = day_of(agreement().acknowledged_at)
    first, again = digest_of_day(day), digest_of_day(day)
    assert first == again
    begin, end = bounds(day)
    assert first.seals == Seal.objects.filter(sealed_at__gte=begin, sealed_at__lt=end).count()
    assert (
        first.agreements == Acknowledgment.objects.filter(acknowledged_at__gte=begin, acknowledged_at__lt=end).count()
    )
    assert first.agreements > 0


@pytest.mark.parametrize("name", ["typed_name", "statement", "user_agent", "local_time"])
def test_any_column_of_an_agreement_counts(name):
    row = agreement()
    day = day_of(row.acknowledged_at)
    before = digest_of_day(day).digest
    tamper(row, **{name: "changed"})
    assert digest_of_day(day).digest != before


def test_what_is_changed_added_or_taken_away_changes_its_day_and_no_other():
    row = agreement()
    day, others = day_of(row.acknowledged_at), states.today() - 400 * DAY
    before, elsewhere = digest_of_day(day), digest_of_day(others)
    taken_away(row)
    after = digest_of_day(day)
    assert after.digest != before.digest
    assert after.agreements == before.agreements - 1
    assert digest_of_day(others) == elsewhere


def test_the_document_of_an_agreement_counts_with_the_bytes_of_its_file():
    version = states.agreed_on_paper(states.sent(states.newest(people.lucia()), electronic=False).version)
    day = states.today()
    scan = {"file": SimpleUploadedFile("signed.pdf", PDF), "capture": "scan"}
    document = file_evidence(version.acknowledgment, **scan, by=version.plan.customer.planner, at=states.now())
    before = digest_of_day(day)
    assert before.documents >= 1
    tamper(document.upload, sha256="0" * 64)
    assert digest_of_day(day).digest != before.digest


def test_that_a_seal_is_voided_later_changes_no_day():
    seal = Seal.objects.get(version=states.newest(people.tyrell()), voided_at=None)
    day = day_of(seal.sealed_at)
    before = digest_of_day(day)
    states.recalled(states.newest(people.tyrell()))
    assert digest_of_day(day) == before


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


def test_a_seal_of_the_last_evening_belongs_to_that_day(settings):
    seal = Seal.objects.order_by("id")[0]
    begin, end = bounds(day_of(seal.sealed_at))
    day = digest_of_day(day_of(seal.sealed_at)).seals
    tamper(seal, sealed_at=end - timedelta(microseconds=1))
    assert digest_of_day(day_of(begin)).seals == day
    tamper(seal, sealed_at=end)
    assert digest_of_day(day_of(begin)).seals == day - 1


def test_the_command_prints_yesterday_and_writes_a_file(tmp_path):
    path = tmp_path / "digest.json"
    yesterday = day_of(timezone.now()) - DAY
    line = printed("daily_digest", out=path)
    kept = json.loads(path.read_text())
    assert line.startswith(f"{yesterday.isoformat()} ({timezone.get_default_timezone()}): ")
    assert kept["digest"] in line
    assert kept == digest_of_day(yesterday).as_data()


def test_a_day_that_is_not_over_has_no_digest():
    with pytest.raises(CommandError, match="is not over yet"):
        call_command("daily_digest", date=day_of(timezone.now()))


def test_a_digest_that_was_kept_is_compared_later():
    row = agreement()
    day = day_of(row.acknowledged_at)
    digest = digest_of_day(day).digest
    assert "It is the digest that was kept." in printed("verify", day=day, digest=digest.upper())
    tamper(row, typed_name="Somebody Else")
    with pytest.raises(CommandError, match="another digest was kept"):
        printed("verify", day=day, digest=digest)


def test_a_day_without_the_digest_that_was_kept_is_no_check():
    with pytest.raises(CommandError, match="Give both"):
        call_command("verify", day=states.today())


def test_a_seal_whose_chain_was_made_anew_changes_its_day():
    """Who owns the database can make every link anew; not what is kept outside."""
    states.deleted(states.reviewed(people.angela()))
    seal = Seal.objects.order_by("-id")[0]
    before = digest_of_day(states.today()).digest
    tamper(seal, chain_digest="0" * 64)
    assert digest_of_day(states.today()).digest != before
    write(seal, voided_at=seal.voided_at)
