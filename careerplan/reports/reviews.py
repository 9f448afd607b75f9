"""All reviews of the state: who, when, which contact, with or without acknowledgment, and which rules decided
(12.7.8, footnotes 2 and 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from acknowledgments.models import Acknowledgment
from acknowledgments.paper.words import cited
from customers.enums import REACHED, ContactMethod
from customers.models import CaseNote

# A file holds the reviews of so many days at most.
LONGEST = timedelta(days=366)
AT_ONCE = 500
ORDER = ["-acknowledged_at", "-id"]


def reviews(office: int | None = None, region: int | None = None) -> QuerySet[Acknowledgment]:
    """Each agreement, and each review that asked for none, with its contact: the last one of the version's time."""
    of_version = CaseNote.objects.filter(
        customer=OuterRef("version__plan__customer"),
        contact_method__in=REACHED,
        contact_on__gte=OuterRef("version__created_on"),
        contact_on__lte=OuterRef("version__approved_on"),
    ).order_by("-contact_on", "-id")
    rows = Acknowledgment.objects.select_related(
        "version__plan__customer__office__region", "version__sent_by", "version__created_by", "seal", "case_note"
    ).defer("seal__canonical", "statement")
    rows = rows.annotate(
        met_on=Subquery(of_version.values("contact_on")[:1]), met_by=Subquery(of_version.values("contact_method")[:1])
    )
    if office is not None:
        rows = rows.filter(version__plan__customer__office=office)
    if region is not None:
        rows = rows.filter(version__plan__customer__office__region=region)
    return rows


def between(rows: QuerySet[Acknowledgment], first: date, last: date) -> QuerySet[Acknowledgment]:
    """Recorded on these days, both of them included, by the installation's time zone."""
    zone = timezone.get_default_timezone()
    begin = datetime.combine(first, time.min, tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    return rows.filter(acknowledged_at__gte=begin, acknowledged_at__lt=end)


@dataclass(frozen=True)
class Review:
    """One row of the list."""

    row: Any

    @property
    def planner(self) -> str:
        version = self.row.version
        return str(version.sent_by or version.created_by)

    @property
    def contact_on(self) -> date | None:
        note = self.row.case_note
        found: date | None = note.contact_on if note else self.row.met_on
        return found

    @property
    def contact_method(self) -> str:
        method = self.row.case_note.contact_method if self.row.case_note else self.row.met_by
        return str(ContactMethod(method).label) if method else ""

    @property
    def is_asked(self) -> bool:
        """Whether the rules asked for the customer's acknowledgment."""
        return bool(self.row.seal.decision.get("acknowledgment_needed"))

    @property
    def rules(self) -> list[str]:
        """The codes of the rules that decided, each once, in order."""
        changes = self.row.seal.decision.get("changes", [])
        return list(dict.fromkeys(change["rule"] for change in changes))

    @property
    def sources(self) -> list[str]:
        """Where the rules that decided stand, each once, in order; or that there is none."""
        changes = self.row.seal.decision.get("changes", [])
        said = [cited(change["rule"], change.get("citation", "")) or _("No rule speaks of it") for change in changes]
        return list(dict.fromkeys(said))


def read_all(rows: QuerySet[Acknowledgment]) -> Iterator[Review]:
    """All of them by time, read in parts: each part begins where the last one ended."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from (Review(row) for row in found)
        last = found[-1].pk
