"""What was decided about a version, and why: for auditors and engineers, years later."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from acknowledgments.contents.sealed_text import digest_of
from acknowledgments.models import Acknowledgment, ItemQuestion, Seal
from careerplan.plans.models import PlanVersion


class Command(BaseCommand):
    help = "Print as JSON a version's dates, seals, evidence and the decision of the rules about it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", type=int, help="the version's id, as in the address of its page")

    def handle(self, *, version: int, **options: Any) -> None:
        found = PlanVersion.objects.filter(pk=version).select_related("plan", "created_by", "sent_by").first()
        if found is None:
            raise CommandError(f"There is no version {version}.")
        self.stdout.write(json.dumps(explained(found), indent=2, ensure_ascii=False))


def explained(version: PlanVersion) -> dict:
    seals = Seal.objects.filter(version=version).order_by("id")
    evidence = Acknowledgment.objects.filter(version=version).select_related("signer", "request").first()
    return {
        "version": version.pk,
        "plan": version.plan_id,
        "plan_type": version.plan_type,
        "number": version.number,
        "state": version.state,
        "created_on": version.created_on.isoformat(),
        "approved_on": version.approved_on.isoformat() if version.approved_on else None,
        "next_review_on": version.next_review_on.isoformat() if version.next_review_on else None,
        "events": [
            {"name": event.name, "at": event.at.isoformat(), "by": event.by.username, "note": event.note}
            for event in version.events.select_related("by").order_by("id")
        ],
        "seals": [seal_data(seal) for seal in seals],
        "questions": [question_data(row) for row in ItemQuestion.objects.of_version(version).select_related("seal")],
        "acknowledgment": evidence_data(evidence) if evidence else None,
    }


def seal_data(seal: Seal) -> dict:
    return {
        "short_code": seal.short_code,
        "sealed_at": seal.sealed_at.isoformat(),
        "sealed_by": seal.planner_name,
        "voided_at": seal.voided_at.isoformat() if seal.voided_at else None,
        "digest": seal.digest,
        "digest_is_of_the_contents": digest_of(seal.canonical) == seal.digest,
        "decision": seal.decision,
    }


def question_data(question: ItemQuestion) -> dict:
    return {
        "seal": question.seal.short_code,
        "item": question.reference,
        "title": question.label,
        "stance": question.stance,
        "text": question.text,
        "asked_by": question.asked_by.username,
        "asked_at": question.asked_at.isoformat(),
        "answer": question.answer,
        "answered_by": question.answered_by.username if question.answered_by else None,
        "answered_at": question.answered_at.isoformat() if question.answered_at else None,
    }


def evidence_data(evidence: Acknowledgment) -> dict:
    return {
        "method": evidence.method,
        "signer": evidence.signer.username,
        "typed_name": evidence.typed_name,
        "sealed_name": evidence.sealed_name,
        "present_name": evidence.signer_name,
        "at_utc": evidence.acknowledged_at.isoformat(),
        "at_local": evidence.local_time,
        "time_zone": evidence.time_zone,
        "ip_address": evidence.ip_address,
        "user_agent": evidence.user_agent,
        "request": str(evidence.request.key) if evidence.request else None,
        "statement_version": evidence.statement_version,
        "statement": evidence.statement,
        "language": evidence.language,
        "digest": evidence.digest,
        "agreed_on": evidence.agreed_on.isoformat() if evidence.agreed_on else None,
        "sender": evidence.sender,
        "documents": [
            {
                "filed_on": document.filed_on.isoformat(),
                "filed_by": document.filed_by.username,
                "capture": document.capture,
                "sha256": document.upload.sha256,
            }
            for document in evidence.documents.select_related("upload", "filed_by").order_by("id")
        ],
    }
