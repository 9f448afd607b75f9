"""Sealed contents, requests to customers, acknowledgments with evidence, papers, and requests among staff."""

from acknowledgments.models.days import DayDigest as DayDigest
from acknowledgments.models.desk import DeskSigning as DeskSigning
from acknowledgments.models.item_questions import ItemQuestion as ItemQuestion
from acknowledgments.models.seals import (
    Acknowledgment as Acknowledgment,
)
from acknowledgments.models.seals import (
    AcknowledgmentQuerySet as AcknowledgmentQuerySet,
)
from acknowledgments.models.seals import (
    AcknowledgmentRequest as AcknowledgmentRequest,
)
from acknowledgments.models.seals import (
    EvidenceDocument as EvidenceDocument,
)
from acknowledgments.models.seals import (
    EvidenceQuerySet as EvidenceQuerySet,
)
from acknowledgments.models.seals import (
    OfVersionQuerySet as OfVersionQuerySet,
)
from acknowledgments.models.seals import (
    Paper as Paper,
)
from acknowledgments.models.seals import (
    PaperQuerySet as PaperQuerySet,
)
from acknowledgments.models.seals import (
    RequestQuerySet as RequestQuerySet,
)
from acknowledgments.models.seals import (
    Seal as Seal,
)
from acknowledgments.models.seals import (
    SealQuerySet as SealQuerySet,
)
from acknowledgments.models.seals import (
    UncollectedAgreement as UncollectedAgreement,
)
from acknowledgments.models.staff_requests import (
    StaffAnswer as StaffAnswer,
)
from acknowledgments.models.staff_requests import (
    StaffAnswerQuerySet as StaffAnswerQuerySet,
)
from acknowledgments.models.staff_requests import (
    StaffRequest as StaffRequest,
)
from acknowledgments.models.staff_requests import (
    StaffRequestQuerySet as StaffRequestQuerySet,
)
