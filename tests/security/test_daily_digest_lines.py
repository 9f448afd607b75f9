"""What counts for the digest of a day: each column of each line, what is added and what is taken away."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.documents import file_evidence
from acknowledgments.filing.making import make_paper
from acknowledgments.models import (
    Acknowledgment,
    AcknowledgmentRequest,
    EvidenceDocument,
    Paper,
    Seal,
    UncollectedAgreement,
)
from acknowledgments.proof.daily import bounds, keep_days
from acknowledgments.proof.lines import FORMS, NEWEST
from careerplan.base import clock
from customers.models import Upload
from tests import desk, people, states
from tests.plans_of_queries import plan_of
from tests.real_files import PDF
from tests.rows import write
from tests.security.digests import CHANGED, DAY, agreement, day_with, found, kept, wrong
from tests.security.tampering import past_every_guard, run, taken_away, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people", "begins_lately")]

# --- what counts ------------------------------------------------------------------------------

OTHER = {
    models.DateTimeField: lambda value: (value or clock.now()) + timedelta(microseconds=1),
    models.DateField: lambda value: (value or states.today()) - DAY,
    models.JSONField: lambda value: {"something": "else"},
    models.GenericIPAddressField: lambda value: "192.0.2.99",
    models.UUIDField: lambda value: "00000000-0000-4000-8000-000000000000",
    models.BooleanField: lambda value: not value,
}


def otherwise(field, value):
    for kind, change in OTHER.items():
        if isinstance(field, kind):
            return change(value)
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return (value or 0) + 10_000
    return "x" if value != "x" else "y"


def signed_on_paper():
    version = states.agreed_on_paper(states.sent(states.newest(people.lucia()), electronic=False).version)
    scan = {"file": SimpleUploadedFile("signed.pdf", PDF), "capture": "scan"}
    return file_evidence(version.acknowledgment, **scan, by=version.plan.customer.planner, at=states.now())


def uncollected():
    why = {"reason": "no_answer", "note": "No answer to three calls."} | states.contact()
    note_unable(states.newest(people.tyrell()), **why, by=people.youth_planner(), at=states.now())
    return UncollectedAgreement.objects.latest("pk")


def paper():
    row = Paper.objects.get(seal=states.sent(states.newest(people.lucia())))
    make_paper(row.pk, at=states.now())
    return Paper.objects.get(pk=row.pk)


def withdrawn():
    states.recalled(states.newest(people.tyrell()))
    return AcknowledgmentRequest.objects.exclude(withdrawn_at=None).latest("pk")


def answered():
    return AcknowledgmentRequest.objects.exclude(answered_at=None).latest("pk")


def opened():
    row = answered()
    if row.opened_at is None:
        tamper(row, opened_at=row.notified_at)
    return AcknowledgmentRequest.objects.get(pk=row.pk)


def voided():
    states.recalled(states.newest(people.tyrell()))
    return Seal.objects.exclude(voided_at=None).latest("pk")


ROWS = {
    "seal": lambda: Seal.objects.get(version=states.newest(people.angela())),
    "voiding": voided,
    "opening": opened,
    "withdrawal": withdrawn,
    "answer": answered,
    "agreement": agreement,
    "document": signed_on_paper,
    "uncollected": uncollected,
    "paper": paper,
    "upload": lambda: signed_on_paper().upload,
    "desk": desk.signed_on_screen,
}


def test_every_kind_of_line_is_tried():
    assert set(ROWS) == {line.kind for line in FORMS[NEWEST]}


def without_checks(table):
    """Who owns a table takes them away first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass", [table])
        names = [name for (name,) in cursor.fetchall()]
    run("SET CONSTRAINTS ALL IMMEDIATE", *(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"' for name in names))


@pytest.mark.parametrize("line", FORMS[NEWEST], ids=lambda line: line.kind)
def test_any_column_of_a_line_counts(line):
    row = ROWS[line.kind]()
    kept()
    without_checks(line.model._meta.db_table)
    unseen = []
    for name in line.columns:
        field = next(field for field in line.model._meta.concrete_fields if field.attname == name)
        if field.primary_key:
            continue
        with transaction.atomic():
            with past_every_guard():
                write(row, **{name: otherwise(field, getattr(row, name))})
                unseen += [] if wrong() else [name]
            transaction.set_rollback(True)
    assert unseen == []


@pytest.mark.parametrize("line", FORMS[NEWEST], ids=lambda line: line.kind)
def test_what_is_taken_away_counts(line):
    row = ROWS[line.kind]()
    kept()
    taken_away(row)
    assert f"Day {day_with(getattr(row, line.moment)).isoformat()}: {CHANGED}" in wrong()


@pytest.mark.parametrize(
    "model", [Seal, Acknowledgment, AcknowledgmentRequest, EvidenceDocument, UncollectedAgreement, Paper, Upload]
)
def test_every_column_that_stays_is_in_a_line(model):
    """A new column: a new form, with its number, and the former one stays for the days that were kept with it."""
    columns = {name for line in FORMS[NEWEST] if line.model is model for name in line.columns}
    beside = {
        Seal: {"canonical"},  # by its digest
        Paper: {"attempts", "claimed_until", "error"},  # of how it is made
        Upload: {"row_version"},
    }
    assert {field.attname for field in model._meta.concrete_fields} - columns == beside.get(model, set())


def test_a_paper_that_names_another_file_counts():
    row = paper()
    kept()
    with past_every_guard():
        write(row.upload, file="uploads/another.pdf", sha256="0" * 64)
    found(row.rendered_at)


def test_what_came_to_be_on_a_day_that_was_kept_counts_as_added():
    row = agreement()
    moment = row.acknowledged_at
    kept()
    tamper(row, acknowledged_at=states.now())
    assert len(wrong()) == 2
    tamper(row, acknowledged_at=moment)
    assert wrong() == []


def test_a_seal_whose_chain_was_made_anew_changes_its_day():
    """Who owns the database can make every link anew; not what was kept before."""
    states.deleted(states.reviewed(people.angela()))
    seal = Seal.objects.order_by("-id")[0]
    kept()
    tamper(seal, chain_digest="0" * 64)
    found(seal.sealed_at)
    write(seal, voided_at=seal.voided_at)


def test_that_a_seal_is_voided_later_changes_no_day_that_was_kept():
    keep_days(at=states.now())
    states.recalled(states.newest(people.tyrell()))
    assert wrong() == []


def test_the_end_of_a_plan_that_is_taken_away_counts():
    version = states.newest(people.tyrell())
    seal = Seal.objects.get(version=version, voided_at=None)
    kept()
    taken_away(seal)
    assert f"Day {day_with(seal.sealed_at).isoformat()}: {CHANGED}" in wrong()


# --- at a state's size ------------------------------------------------------------------------


@pytest.mark.parametrize("line", FORMS[NEWEST], ids=lambda line: line.kind)
def test_a_day_is_found_by_an_index(line):
    begin, end = bounds(states.today())
    within = {f"{line.moment}__gte": begin, f"{line.moment}__lt": end}
    plan = plan_of(models.QuerySet(line.model).filter(**within).values(line.moment))
    assert plan.whole == []
    assert plan.unbounded == []
