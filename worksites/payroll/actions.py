"""Payroll is taken over, and a file of it withdrawn whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import said
from careerplan.imports.models import Import
from worksites.payroll.models import PayrollEntry, PayrollUpload
from worksites.payroll.rights import WHO_MAY, may_bring_payroll
from worksites.placements.models import Placement

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Paid:
    """A row of a file that can be taken over."""

    line: int
    placement: int
    planned: int
    begins_on: date
    ends_on: date
    hours: Decimal
    hourly_wage: Decimal
    gross: Decimal
    subsidized: Decimal


def lock_placements(keys: Iterable[int]) -> None:
    """In one order, so that no two wait for each other; until the transaction ends nobody moves or pays them."""
    rows = Placement.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update(of=("self",))
    list(rows.values_list("pk", flat=True))


@transaction.atomic
def take_over(bringing: Import, paid: Sequence[Paid], *, by: User, at: datetime) -> list[int]:
    """The rows of a file that was confirmed, whose placements are locked and were looked at since: the keys of what was
    stored, in their order."""
    if not may_bring_payroll(by):
        raise NotAllowed("may-not-bring-payroll", WHO_MAY)
    lock_placements(row.placement for row in paid)
    upload = PayrollUpload.objects.create(
        file_name=bringing.file_name,
        sha256=bringing.sha256,
        import_number=bringing.pk,
        rows=len(paid),
        uploaded_by=bringing.uploaded_by,
        uploaded_at=bringing.uploaded_at,
        confirmed_by=by,
        confirmed_at=at,
    )
    keys: list[int] = []
    for start in range(0, len(paid), AT_ONCE):
        entries = [entry_of(row, upload) for row in paid[start : start + AT_ONCE]]
        keys += [entry.pk for entry in PayrollEntry.objects.bulk_create(entries)]
    return keys


def entry_of(row: Paid, upload: PayrollUpload) -> PayrollEntry:
    return PayrollEntry(
        upload=upload,
        placement_id=row.placement,
        planned_id=row.planned,
        line=row.line,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        hours=row.hours,
        hourly_wage=row.hourly_wage,
        gross=row.gross,
        subsidized=row.subsidized,
    )


@transaction.atomic
def withdraw(upload: PayrollUpload, reason: str, *, by: User, at: datetime) -> PayrollUpload:
    """All rows of the file count no more; they stay to be read. The file can be brought again, mended.

    Raises:
        NotAllowed: not one who brings payroll.
        Refusal: it was withdrawn already, or no reason is given.
    """
    if not may_bring_payroll(by):
        raise NotAllowed("may-not-withdraw-payroll", WHO_MAY)
    found = PayrollUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if found.is_withdrawn:
        raise Refusal("withdrawn-already", _("This upload was withdrawn already."))
    found.withdrawn_reason = said(reason, _("Enter why the upload is withdrawn."), field="reason")
    found.withdrawn_at, found.withdrawn_by = at, by
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return found
