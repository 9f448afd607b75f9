"""Whether a paper in the hand is the version on file: by its short code, or by the PDF itself. Nothing is written."""

import hashlib
import io
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from acknowledgments.agreement.sealing import SHORT_CODE_LETTERS
from acknowledgments.models import Acknowledgment, Paper, Seal
from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import VersionState
from customers.files import check_size, content_type_of

SHORT_CODE = re.compile(rf"[{SHORT_CODE_LETTERS}]{{12}}")
BETWEEN_LETTERS = re.compile(r"[\s._\-\u2010-\u2015]+")


class Finding(StrEnum):
    THE_FILE = "the file"
    ANOTHER_FILE = "another file"
    THE_CODE = "the code"
    NO_CODE = "no code"
    NO_FILE = "no file"


@dataclass(frozen=True)
class Answer:
    """What is known of a paper. Without a seal it is unknown, or of a customer whom the person may not see."""

    finding: Finding
    seal: Seal | None = None
    paper: Paper | None = None

    @property
    def acknowledgment(self) -> Acknowledgment | None:
        return getattr(self.seal, "acknowledgment", None)

    @property
    def sentence(self) -> str:
        """How the paper was recognised."""
        words = {
            Finding.THE_FILE: _("This is the form on file."),
            Finding.ANOTHER_FILE: _(
                "This file says that it is version %(number)d, but it is not the file that we keep: someone "
                "changed it or saved it again. Compare it with the version on file."
            ),
            Finding.THE_CODE: _(
                "This code belongs to version %(number)d. Compare its digest with the one on the paper."
            ),
            Finding.NO_CODE: _("None of the customers you can see has a form with this code on file."),
            Finding.NO_FILE: _("This file is not a form on file for any customer you can see. A draft has no code."),
        }
        number = {"number": self.seal.version.number} if self.seal else {}
        return words[self.finding] % number

    @property
    def where_it_stands(self) -> str:
        """Whether the version is in force, in a sentence; "" for an unknown one."""
        return where_it_stands(self.seal) if self.seal else ""

    @property
    def kind(self) -> str:
        """The colour of the notice."""
        if self.seal and (self.seal.voided_at or self.finding == Finding.ANOTHER_FILE):
            return "danger"
        return "success" if self.seal and is_in_force(self.seal) else "warning"


def is_in_force(seal: Seal) -> bool:
    version = seal.version
    return seal.voided_at is None and version.state == VersionState.ACTIVE and version.plan.is_open


def where_it_stands(seal: Seal) -> str:
    """Where the version that was sealed stands today."""
    version: Any = seal.version
    plan = version.plan
    at: Any
    if seal.voided_at:
        if seal.is_kept_draft:
            words, at = _("This draft ended on %(day)s: it was never in force."), seal.voided_at
        else:
            words, at = _("This version was recalled on %(day)s: the paper is not in force."), seal.voided_at
    elif version.state == VersionState.ACTIVE and not plan.is_open:
        words, at = _("This version was the last in force: the plan was closed on %(day)s."), plan.closed_at
    elif version.state == VersionState.ACTIVE:
        return _("This version has been in force since %(day)s.") % {"day": in_text(version.approved_on)}
    elif version.state == VersionState.SUPERSEDED:
        words, at = _("This version was superseded on %(day)s: it is no longer in force."), version.superseded_at
    elif version.state == VersionState.NOT_COMPLETED:
        words, at = _("This version was not completed (%(day)s): it never came into force."), version.not_completed_at
    else:
        return _("This version is waiting for the customer's acknowledgment: it is not in force yet.")
    return words % {"day": in_text(timezone.localdate(at))}


# --- asking -----------------------------------------------------------------------------------


def check_code(code: str, *, user: User) -> Answer:
    """The version that a short code names. Two queries."""
    seal = seal_with(code, user)
    return Answer(Finding.THE_CODE, seal, filed_papers(seal).first()) if seal else Answer(Finding.NO_CODE)


def check_file(file: UploadedFile, *, user: User) -> Answer:
    """The version that a PDF names, and whether the PDF is, byte for byte, the one that was filed. Two queries.

    Raises:
        Refusal: the file is too large, or no PDF that can be opened.
    """
    check_size(file.size or 0)
    content = file.read()
    if content_type_of(content) != "application/pdf":
        raise Refusal("not-a-pdf", _("This file is not a PDF. Choose the form as a PDF."), field="file")
    seal = seal_with(code_in(content), user)
    if seal is None:
        return Answer(Finding.NO_FILE)
    papers = list(filed_papers(seal))
    digest = hashlib.sha256(content).hexdigest()
    same = next((paper for paper in papers if paper.upload.sha256 == digest), None)
    if same:
        return Answer(Finding.THE_FILE, seal, same)
    return Answer(Finding.ANOTHER_FILE, seal, papers[0] if papers else None)


def code_in(content: bytes) -> str:
    """The short code among the keywords of a PDF (templates/acknowledgments/paper.html); "" where it has none.

    Raises:
        Refusal: the PDF is damaged or locked.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            keywords = pdf.docinfo.get("/Keywords", "")
            words = str(keywords) if isinstance(keywords, pikepdf.String) else ""
    except Exception as error:  # whatever a hostile file does to the parser
        sentence = _("This PDF can't be opened: it is damaged or locked with a password. Enter its short code instead.")
        raise Refusal("unreadable-pdf", sentence, field="file") from error
    found = re.search(rf"\b{SHORT_CODE.pattern}\b", words)
    return found.group() if found else ""


def plain_code(typed: str) -> str:
    """The code without what people put between its letters."""
    return BETWEEN_LETTERS.sub("", typed).upper()


def seal_with(code: str, user: User) -> Seal | None:
    rows = Seal.objects.visible_to(user).select_related("version__plan__customer", "acknowledgment__signer", "request")
    return rows.filter(short_code=code).first() if code else None


def filed_papers(seal: Seal) -> Any:
    """The papers of a seal as they were filed, newest first."""
    return Paper.objects.filter(seal=seal, upload__isnull=False).select_related("upload").order_by("-id")
