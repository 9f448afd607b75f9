"""The copy that a customer is given (12.7.6): of a plan that was signed, never the unsigned form."""

from dataclasses import dataclass

from django.db.models import QuerySet

from acknowledgments.enums import Method, PrintKind
from acknowledgments.models import Acknowledgment, Paper
from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.plans.models import PlanVersion
from customers.models import Customer, Upload, records_of


@dataclass(frozen=True)
class Copy:
    """The paper of a version for its customer; one that is agreed to may still be on its way to the file."""

    version: PlanVersion
    acknowledgment: Acknowledgment | None
    paper: Paper | None
    # What the customer signed on paper, or wrote, as the planner filed it: any number.
    documents: tuple[Upload, ...] = ()

    @property
    def is_signed(self) -> bool:
        return self.acknowledgment is not None and self.acknowledgment.method != Method.NOT_REQUIRED

    @property
    def is_filed(self) -> bool:
        return self.paper is not None and self.paper.rendered_at is not None

    @property
    def is_given_up(self) -> bool:
        """No worker tries any more: the planner was told, and asks for another try."""
        return self.paper is not None and not self.is_filed and self.paper.attempts >= Paper.ATTEMPTS


def copy_of(version: PlanVersion) -> Copy:
    """Of a version that is agreed to, the agreed paper; of another, the one to sign. Two queries."""
    acknowledgment = Acknowledgment.objects.filter(version=version).first()
    papers = Paper.objects.to_hand_out().filter(seal__version=version).select_related("upload")
    return Copy(version, acknowledgment, papers.first())


def agreed_copies(customer: Customer) -> list[Copy]:
    """All versions that ever came into force, newest first: what the customer signed, and reviews that asked for no
    signature; also those of records that were merged into this one. Two queries."""
    agreed, papers = WITH_PAPERS.read(customer.pk)
    of_seal = {paper.seal_id: paper for paper in papers}
    documents = documents_of(customer)
    return [Copy(found.version, found, of_seal.get(found.seal_id), documents.get(found.pk, ())) for found in agreed]


def agreements_of(customer: int) -> QuerySet[Acknowledgment]:
    rows = Acknowledgment.objects.filter(version__plan__customer__in=records_of(customer)).select_related(
        "version__plan"
    )
    return rows.order_by("-version__plan_id", "-version__number")


def agreed_papers(customer: int) -> QuerySet[Paper]:
    return Paper.objects.filter(kind=PrintKind.AGREED, seal__version__plan__customer__in=records_of(customer))


AGREEMENTS, PAPERS = PreparedRows(agreements_of), PreparedRows(agreed_papers)
WITH_PAPERS = PreparedTogether(AGREEMENTS, PAPERS)


def documents_of(customer: Customer) -> dict[int, tuple[Upload, ...]]:
    """What the customer may see of the documents of agreements, oldest first, by the agreement's key. One query."""
    found: dict[int, tuple[Upload, ...]] = {}
    rows = Upload.objects.visible_to(customer.user).filter(customer__in=records_of(customer.pk), evidence__isnull=False)
    for upload in rows.select_related("evidence").order_by("evidence__pk"):
        key = upload.evidence.acknowledgment_id
        found[key] = (*found.get(key, ()), upload)
    return found
