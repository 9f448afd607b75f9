"""The small state that others are multiplied from: the demo people, made-up customers, and what years leave of them.

    DATABASE_URL=postgres://... .venv/bin/python -m benchmarks.seeds 500

Beside what the demo makes, each customer has three case notes, and each sent plan its papers (rows, no files), its
messages and their e-mails. Nothing waits: all papers are made and all e-mails sent.
"""

import hashlib
import os
import sys
from datetime import datetime, timedelta
from typing import Any

NOTES = (
    ("First talk", "We talked about work that the customer has done, and what would be a next step. Comes again."),
    ("Course", "The school has a place from next month on. The customer brings the papers for the application."),
    ("Call", "Asked how the first weeks went. Bus and hours fit; wants to talk about child care in the summer."),
)


def main() -> None:
    customers = int(sys.argv[1])
    os.environ |= {"TESTING": "1", "DATABASE_STATEMENT_TIMEOUT_MS": "0"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from benchmarks.multiply import begin_keys
    from careerplan.demo.cast import CUSTOMERS

    call_command("migrate", verbosity=0)
    call_command("seed_reference", verbosity=0)
    with connection.cursor() as cursor:
        begin_keys(cursor)
    call_command("seed_demo", verbosity=0)
    call_command("seed_demo", customers=customers - len(CUSTOMERS), seed=1, verbosity=0)
    with transaction.atomic():
        write_notes()
        file_papers()
        tell_of_plans()
        leave_nothing_waiting()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def write_notes() -> None:
    from careerplan.base.history import record_all, signed
    from customers.models import CaseNote, Customer

    rows = []
    for customer in Customer.objects.filter(case_notes=None, planner__isnull=False).select_related("user", "planner"):
        for number, (subject, text) in enumerate(NOTES):
            at = customer.user.date_joined + timedelta(days=number + 1)
            note = CaseNote(customer=customer, subject=subject, text=text, contact_method="in_person")
            note.contact_on, note.written_by, note.written_at = at.date(), customer.planner, at
            rows.append(signed(note, by=customer.planner, at=at))
    record_all(rows, by=None, at=datetime.now().astimezone())


def file_papers() -> None:
    """The paper to sign of each seal, and the agreed one of each that was acknowledged."""
    from acknowledgments.enums import PrintKind
    from acknowledgments.models import Acknowledgment, Paper, Seal

    seals = Seal.objects.filter(papers=None).select_related("version__plan__customer")
    agreed = dict(Acknowledgment.objects.values_list("seal_id", "acknowledged_at"))
    papers = [Paper(seal=seal, kind=PrintKind.TO_SIGN, created_at=seal.sealed_at) for seal in seals]
    papers += [
        Paper(seal=seal, kind=PrintKind.AGREED, created_at=agreed[seal.pk]) for seal in seals if seal.pk in agreed
    ]
    for paper, upload in zip(papers, filed(papers), strict=True):
        paper.upload, paper.rendered_at = upload, paper.created_at + timedelta(minutes=1)
    Paper.objects.bulk_create(papers)


def filed(papers: list[Any]) -> list[Any]:
    from careerplan.base.history import record_all, signed
    from customers.models import Upload

    uploads = []
    for paper in papers:
        plan = paper.seal.version.plan
        name = f"uploads/2026/11/{plan.plan_type}-{plan.customer.state_id}-{paper.seal.short_code}-{paper.kind}.pdf"
        upload = Upload(customer=plan.customer, file=name, name=f"{plan.get_plan_type_display()}, Version 1")
        upload.category, upload.document_type, upload.purpose = "title_1", "employment_plan", "employment_plan"
        upload.content_type, upload.byte_count = "application/pdf", 70_000
        upload.sha256 = hashlib.sha256(name.encode()).hexdigest()
        upload.shown_to_customer = upload.filed_by_system = True
        upload.uploaded_at = paper.created_at + timedelta(minutes=1)
        uploads.append(signed(upload, by=None, at=upload.uploaded_at))
    record_all(uploads, by=None, at=datetime.now().astimezone())
    return uploads


def tell_of_plans() -> None:
    """The customer of each request, and the planner of each acknowledgment."""
    from acknowledgments.models import AcknowledgmentRequest
    from careerplan.messaging.enums import Notice
    from careerplan.messaging.models import Message, Notification

    told: list[tuple[str, Any]] = []
    known = set(Notification.objects.values_list("key", flat=True))
    for request in AcknowledgmentRequest.objects.select_related(
        "seal__version__plan__customer__user", "seal__sealed_by"
    ):
        seal, customer = request.seal, request.seal.version.plan.customer
        if f"requested:{request.pk}" in known:
            continue
        facts = {"planner": seal.planner_name, "version": "1"}
        message = Message(recipient=customer.user, sender=seal.sealed_by, kind=Notice.ACKNOWLEDGMENT_REQUESTED)
        message.facts, message.path, message.sent_at = facts, request.path, seal.sealed_at
        told.append((f"requested:{request.pk}", message))
        if request.answered_at:
            facts = {"customer": str(customer), "version": "1"}
            message = Message(
                recipient=seal.sealed_by, sender=customer.user, kind=Notice.PLAN_ACKNOWLEDGED, facts=facts
            )
            message.path, message.sent_at = f"/customers/{customer.pk}/plan/", request.answered_at
            told.append((f"acknowledged:{seal.version_id}:{seal.sealed_by_id}", message))
    Message.objects.bulk_create(message for _key, message in told)
    Notification.objects.bulk_create(
        Notification(
            key=key,
            recipient=message.recipient,
            message=message,
            created_at=message.sent_at,
            available_at=message.sent_at,
            attempts=1,
            sent_at=message.sent_at + timedelta(seconds=30),
        )
        for key, message in told
    )


def leave_nothing_waiting() -> None:
    from django.db.models import F

    from acknowledgments.models import Paper
    from careerplan.messaging.models import Notification

    Notification.objects.filter(sent_at=None, given_up_at=None).update(sent_at=F("created_at"))
    for paper in Paper.objects.filter(rendered_at=None).select_related("seal__version__plan__customer"):
        (paper.upload,) = filed([paper])
        paper.rendered_at = paper.upload.uploaded_at
        paper.save(update_fields=["upload", "rendered_at"])


if __name__ == "__main__":
    main()
