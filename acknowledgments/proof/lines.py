"""What the digest of a day is made of: each fact under the moment at which it came to be, in columns that stay then.

A digest that is kept is compared for ever with the lines of its form. So what is listed here is never edited: other
lines are another form, with its number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F

from acknowledgments.models import (
    Acknowledgment,
    AcknowledgmentRequest,
    DeskSigning,
    EvidenceDocument,
    Paper,
    Seal,
    UncollectedAgreement,
)
from customers.models import Upload

CHUNK = 500


@dataclass(frozen=True)
class Line:
    """`moment`: the column that says when. `beside`: columns of other tables, by the names that they have in a line."""

    kind: str
    model: type[models.Model]
    moment: str
    columns: tuple[str, ...]
    beside: Mapping[str, str] = field(default_factory=dict)

    def rows(self, begin: datetime, end: datetime) -> Iterator[dict[str, Any]]:
        """In the order in which they were written; of those that have a moment, by its index."""
        within = {f"{self.moment}__gte": begin, f"{self.moment}__lt": end}
        rows: models.QuerySet[Any] = models.QuerySet(self.model).filter(**within).order_by("id")
        others = {name: F(path) for name, path in self.beside.items()}
        yield from rows.values(*self.columns, **others).iterator(chunk_size=CHUNK)


OF_A_SEAL = (
    "id", "version_id", "digest", "chain_digest", "schema", "short_code", "sealed_at", "sealed_by_id", "planner_name",
    "decision",
)  # fmt: skip
OF_AN_AGREEMENT = (
    "id", "version_id", "seal_id", "request_id", "case_note_id", "method", "signer_id", "signer_name", "sealed_name",
    "typed_name", "acknowledged_at", "local_time", "time_zone", "digest", "statement", "statement_version", "language",
    "ip_address", "user_agent", "sign_in_set_up_at", "sign_in_changed_at", "agreed_on", "sender",
)  # fmt: skip
OF_A_DOCUMENT = ("id", "acknowledgment_id", "upload_id", "capture", "filed_on", "filed_at", "filed_by_id")
# A request is made with its seal. That it was opened may be noted after it ended.
ASKED = {"asked_id": "request__id", "asked_key": "request__key", "asked_at": "request__created_at"}
OF_AN_ENDED_REQUEST = ("id", "seal_id", "key", "created_at", "notified_at", "withdrawn_at", "answered_at")
OF_A_PAPER = ("id", "seal_id", "kind", "created_at", "rendered_at", "upload_id")
OF_AN_UPLOAD = (
    "id", "customer_id", "file", "name", "category", "document_type", "purpose", "content_type", "byte_count", "sha256",
    "shown_to_customer", "filed_by_system", "uploaded_by_id", "uploaded_at",
)  # fmt: skip
FILE = {"file": "upload__file", "sha256": "upload__sha256"}

# Digests of former releases: without a number before them, and each day by itself.
FIRST = (
    Line(
        "seal", Seal, "sealed_at",
        ("id", "version_id", "digest", "chain_digest", "short_code", "sealed_at", "sealed_by_id"),
    ),
    Line("agreement", Acknowledgment, "acknowledged_at", OF_AN_AGREEMENT),
    Line("document", EvidenceDocument, "filed_at", OF_A_DOCUMENT, {"sha256": "upload__sha256"}),
)  # fmt: skip
SECOND = (
    Line("seal", Seal, "sealed_at", OF_A_SEAL, ASKED),
    Line("voiding", Seal, "voided_at", ("id", "voided_at")),
    Line("opening", AcknowledgmentRequest, "opened_at", ("id", "opened_at")),
    Line("withdrawal", AcknowledgmentRequest, "withdrawn_at", OF_AN_ENDED_REQUEST),
    Line("answer", AcknowledgmentRequest, "answered_at", OF_AN_ENDED_REQUEST),
    Line("agreement", Acknowledgment, "acknowledged_at", OF_AN_AGREEMENT),
    Line("document", EvidenceDocument, "filed_at", OF_A_DOCUMENT, FILE),
    Line(
        "uncollected", UncollectedAgreement, "recorded_at",
        ("id", "seal_id", "reason", "case_note_id", "recorded_at", "recorded_by_id"),
    ),
    Line("paper", Paper, "rendered_at", OF_A_PAPER, FILE),
    Line("upload", Upload, "uploaded_at", OF_AN_UPLOAD),
)  # fmt: skip

# How the customer came to sign, where that was at the desk. What it is made of stays from the moment of signing.
OF_A_DESK_SIGNING = (
    "id", "request_id", "acknowledgment_id", "device", "planner_id", "made_at", "opened_at", "confirmed_at", "identity",
    "signed_at",
)  # fmt: skip
THIRD = (*SECOND, Line("desk", DeskSigning, "signed_at", OF_A_DESK_SIGNING))

FORMS = {1: FIRST, 2: SECOND, 3: THIRD}
NEWEST = 3
