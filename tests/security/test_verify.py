"""`manage.py verify` and the check of each night: whatever was tampered with is named, and nothing else is."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from acknowledgments import tasks
from acknowledgments.contents.sealed_text import digest_of
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.proof import daily, sealed, wrong
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.actions import upload_file
from customers.models import Upload
from tests import people, states
from tests.databases import NUMBERS_OF_A_TABLE
from tests.real_files import PDF
from tests.security.checking import named, verify
from tests.security.tampering import flip_a_byte, run, taken_away, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

FINE = "All is as it was sealed and filed."
MOMENT = timedelta(seconds=1)


def seal():
    """In force, linked, and followed by another seal of its plan."""
    first = Seal.objects.get(version=states.newest(people.angela()))
    states.deleted(states.reviewed(people.angela()))
    return first


def kept():
    """Of a draft that was deleted: nobody agreed to it."""
    states.deleted(states.reviewed(people.angela()))
    return Seal.objects.order_by("-id")[0]


def agreement():
    return Acknowledgment.objects.get(version=states.newest(people.angela()))


def upload():
    values = {"name": "A file", "category": "other", "document_type": "resume", "purpose": "resume"}
    file = SimpleUploadedFile("resume of david.pdf", PDF)
    return upload_file(people.david(), file, values, by=people.planner(), at=states.now())


def test_a_record_as_it_was_is_fine():
    seal(), upload()
    assert verify() == ([FINE], True)


# --- seals, chains, agreements ----------------------------------------------------------------


def test_contents_that_were_changed():
    row = seal()
    tamper(row, canonical=row.canonical.replace('"', "'", 1))
    where = f"Seal {row.pk} (version {row.version_id}, plan {row.version.plan_id})"
    assert named() == f"{where}: its contents do not have the digest that was sealed with them."


def test_contents_that_were_changed_with_their_digest():
    row = kept()
    changed = row.canonical.replace('"', "'", 1)
    tamper(row, canonical=changed, digest=digest_of(changed))
    assert f"Seal {row.pk} " in named()
    assert "it does not follow from the seals before it" in named()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sealed_at", lambda row: row.sealed_at + MOMENT),
        ("planner_name", lambda row: "Somebody Else"),
        ("sealed_by", lambda row: people.statewide()),
        ("short_code", lambda row: "ACDEFGHJKMNP"),
        ("decision", lambda row: {"needs_acknowledgment": False}),
        ("chain_digest", lambda row: "0" * 64),
    ],
)
def test_what_a_seal_says_of_itself_was_changed(name, change):
    row = kept()
    tamper(row, **{name: change(row)})
    assert f"Seal {row.pk} " in named()
    assert "what it says of itself was changed" in named()


def test_a_seal_that_was_taken_away_is_missed_by_the_next():
    gone = kept()
    states.deleted(states.reviewed(people.angela()))
    after = Seal.objects.order_by("-id")[0]
    taken_away(gone)
    assert f"Seal {after.pk} " in named()


def test_a_link_that_is_taken_away_is_found():
    states.deleted(states.reviewed(people.angela()))
    last = Seal.objects.order_by("-id")[0]
    tamper(last, chain_digest=None)
    assert f"Seal {last.pk} " in named()


def the_chain_came(ago):
    """In a database that a former release had made long before."""
    run(f"UPDATE django_migrations SET applied = now() - interval '9 years' WHERE name = '{sealed.BEGIN}'")
    run(f"UPDATE django_migrations SET applied = now() - interval '{ago}' WHERE name = '{sealed.CHAIN}'")


def test_a_seal_of_a_release_that_knew_no_chain_is_fine_and_the_next_follows_it():
    the_chain_came("1 hour")
    for row in Seal.objects.all():
        tamper(row, chain_digest=None)
    states.deleted(states.reviewed(people.angela()))
    assert Seal.objects.order_by("-id")[0].chain_digest
    assert verify() == ([FINE], True)
    first = Seal.objects.filter(version__plan=states.plan_of(people.angela())).order_by("id")[0]
    tamper(first, sealed_at=first.sealed_at - MOMENT)
    assert "it does not follow from the seals before it" in named()


def test_while_an_upgrade_runs_or_is_taken_back_a_former_release_seals_without_links():
    """Also behind a seal that has one."""
    the_chain_came("1 hour")
    states.deleted(states.reviewed(people.angela()))
    without = Seal.objects.order_by("-id")[0]
    tamper(without, chain_digest=None)
    states.deleted(states.reviewed(people.angela()))
    assert verify() == ([FINE], True)
    tamper(without, planner_name="Somebody Else")
    assert "it does not follow from the seals before it" in named()


def test_the_link_of_a_plans_only_seal_is_missed_once_each_has_one():
    row = Seal.objects.get(version=states.newest(people.tyrell()), voided_at=None)
    tamper(row, chain_digest=None, planner_name="Somebody Else")
    missed = (
        f"Seal {row.pk} (version {row.version_id}, plan {row.version.plan_id}): it has no link, and was sealed when"
    )
    assert named().startswith(missed)  # the chain came as the database was made
    the_chain_came("1 hour")
    assert verify() == ([FINE], True)
    the_chain_came("9 days")
    assert named().startswith(missed)
    run(f"DELETE FROM django_migrations WHERE name = '{sealed.CHAIN}'")
    assert named().startswith(missed)


def test_an_agreement_whose_request_was_not_answered():
    row = agreement()
    tamper(row.request, answered_at=None)
    where = f"Agreement {row.pk} (version {row.version_id}, seal {row.seal_id})"
    assert named() == f"{where}: the request that it answers was not answered."


def test_an_agreement_with_another_digest():
    row = agreement()
    tamper(row, digest="0" * 64)
    where = f"Agreement {row.pk} (version {row.version_id}, seal {row.seal_id})"
    assert named() == f"{where}: its digest is not the digest of its seal."


def test_an_agreement_to_a_voided_seal():
    row = agreement()
    tamper(row.seal, voided_at=row.seal.sealed_at)
    assert f"Agreement {row.pk} " in named()
    assert named().endswith("its seal was voided.")


def test_an_agreement_that_was_taken_away():
    row = agreement()
    taken_away(row)
    plan = row.version.plan_id
    assert named() == f"Version {row.version_id} (plan {plan}) came into force, and has no agreement."


def test_a_version_that_waits_without_its_seal():
    version = states.newest(people.tyrell())
    tamper(Seal.objects.get(version=version, voided_at=None), voided_at=states.now())
    assert named().startswith(f"Version {version.pk} ")


# --- files ------------------------------------------------------------------------------------


def test_a_file_that_was_changed():
    row = upload()
    flip_a_byte(row)
    assert named() == f"Upload {row.pk} (customer {row.customer_id}): its file is not the one that was filed."


def test_a_file_that_was_cut_short():
    row = upload()
    Path(row.file.path).write_bytes(PDF[:-10])
    assert "is not the one that was filed" in named()


def test_a_file_that_is_missing():
    row = upload()
    Path(row.file.path).unlink()
    assert named() == f"Upload {row.pk} (customer {row.customer_id}): its file is missing, or can't be read."


def test_a_file_whose_digest_was_changed_or_emptied():
    row = upload()
    for digest in (digest_of("x"), ""):
        tamper(row, sha256=digest)
        assert f"Upload {row.pk} " in named()


def test_the_files_may_be_left_out():
    flip_a_byte(upload())
    assert verify("--without-files") == ([FINE], True)


# --- all of it --------------------------------------------------------------------------------


def everything_wrong():
    signed, row = agreement(), kept()
    tamper(signed, digest="0" * 64)
    tamper(row, planner_name="-")
    flip_a_byte(upload())
    run("DROP TRIGGER customers_upload_no_delete ON customers_upload")
    return row


def test_what_is_found_does_not_depend_on_how_much_is_read_at_a_time(monkeypatch):
    everything_wrong()
    lines, _well = verify()
    assert len(lines) == 4
    monkeypatch.setattr(wrong, "BATCH", 1)
    monkeypatch.setattr(wrong, "WINDOW", NUMBERS_OF_A_TABLE // 10)
    monkeypatch.setattr(sealed, "PLANS", 1)
    assert verify()[0] == lines


def test_no_line_names_a_person_or_a_file():
    everything_wrong()
    text = " ".join(verify()[0]).lower()
    assert not any(name.lower() in text for name in ("angela", "whitfield", "david", "resume", "okafor", ".pdf"))


# --- each night -------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def record_begins_lately(monkeypatch):
    """That of the demo people is years old: two days are enough."""
    monkeypatch.setattr(daily, "first_day", lambda: states.today() - timedelta(days=2))


def told():
    return Message.objects.filter(kind=Notice.RECORD_DAMAGED)


def test_the_night_finds_logs_and_tells_once(caplog):
    everything_wrong()
    with caplog.at_level(logging.INFO, "careerplan.security"):
        assert tasks.verify() == 4
        assert tasks.verify() == 4
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert {record.name for record in errors} == {"careerplan.security"}
    assert {record.event for record in errors} == {
        "chain-broken", "evidence-does-not-fit", "file-changed", "guard-missing",
    }  # fmt: skip
    (message,) = told()
    assert message.recipient == people.administrator()
    with translation.override("en"):
        assert "seals out of their chain (1)" in message.body
        assert "files that were changed (1)" in message.body


def test_a_night_on_which_all_is_well_tells_nobody_and_logs_the_digest_of_the_day(caplog):
    with caplog.at_level(logging.INFO, "careerplan.security"):
        assert tasks.verify() == 0
    assert [record.event for record in caplog.records] == ["daily-digest", "verified"]
    assert not told().exists()


def test_what_is_changed_on_a_day_is_found_on_every_night_after_it(caplog):
    assert tasks.verify() == 0
    row = agreement()
    tamper(row, ip_address="192.0.2.99", statement="Something else.")
    assert tasks.verify() == 1
    (error,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert error.event == "day-changed"
    with translation.override("en"):
        assert "days of which something was changed (1)" in told().get().body


def test_a_check_that_can_not_be_ended_is_logged(caplog, monkeypatch):
    def away(**_options):
        raise OSError("no disk")

    monkeypatch.setattr(tasks, "verify_and_tell", away)
    with pytest.raises(OSError, match="no disk"):
        tasks.verify()
    errors = [record.event for record in caplog.records if record.levelno == logging.ERROR]
    assert errors == ["verify-failed"]


def test_beat_asks_for_it_each_night(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["check the record"]
    assert entry["task"] in current_app.tasks
    assert entry["schedule"].hour == {1}
    assert str(settings.CELERY_TIMEZONE) == settings.TIME_ZONE
    assert not current_app.tasks[entry["task"]].acks_late


def test_uploads_of_the_demo_people_are_all_checked():
    assert Upload.objects.exists()
    assert verify() == ([FINE], True)
