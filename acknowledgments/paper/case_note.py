"""With what the case note of a review begins: what changed in the plan, with actual dates and details of each service,
step and barrier, and the next scheduled review date (12.7.8, note; WIS-108)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acknowledgments.agreement.activation import review_interval_days
from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.sending import about_version
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import REMOVED, Change, compare
from acknowledgments.contents.items import PlanContents
from acknowledgments.models import Acknowledgment, UncollectedAgreement
from acknowledgments.paper.plain import both_in_plain_words
from acknowledgments.paper.words import change_row, in_words, names_of
from careerplan.base.dates import in_text
from careerplan.base.prepared import Prepared
from careerplan.base.telling import Names
from careerplan.plans.enums import VersionState
from careerplan.plans.kinds import Kind
from careerplan.plans.models import PlanVersion
from customers.enums import ContactMethod, NoteCategory, NoteMatter
from customers.models import Customer, Enrollment
from customers.notes.matters import Beginning, MatterKind, Offer

# What a day's field is called: as `actual_start_on`.
OF_A_DAY = "_on"


def text_of_changes(
    changes: Iterable[Change], before: PlanContents, after: PlanContents, *, active: PlanVersion, next_review_on: date
) -> str:
    names = names_of(before, after)
    rows = [change_row(change, names) | {"details": details_of(change, names)} for change in changes]
    context = {"active": active, "changes": rows, "next_review_on": next_review_on}
    return render_to_string("acknowledgments/review_note.txt", context).strip()


def details_of(change: Change, names: Names) -> list[dict[str, str]]:
    """The status and the days of an item that the change itself does not tell, and why it left."""
    kind = change.what
    if not isinstance(kind, Kind):
        return []
    told = [field for field in kind.fields if is_detail(field.name) and field.label]
    found = [
        {"label": _(field.label), "value": in_words(field, change.item, names)}
        for field in told
        if field.name not in change.field_names
    ]
    if change.kind == REMOVED and change.why and kind.removals is not None:
        found.append({"label": _("Why it left the plan"), "value": str(kind.removals(change.why).label)})
    return [row for row in found if row["value"]]


def is_detail(name: str) -> bool:
    return name == "status" or name.endswith(OF_A_DAY)


# --- what a note on the customer's page begins with -----------------------------------------------


def in_force_or_open(customer: int) -> QuerySet[PlanVersion]:
    """Of the open plan of a customer: the version in force, and the one in the making, where there is one."""
    states = [VersionState.ACTIVE, VersionState.DRAFT, VersionState.AWAITING]
    rows: QuerySet[PlanVersion] = PlanVersion.objects.filter(plan__customer=customer, state__in=states)
    return rows.filter(plan__closed_at__isnull=True).order_by("-number")


def keys_in_force(customer: int) -> QuerySet[Any, Any]:
    rows = in_force_or_open(customer).filter(state=VersionState.ACTIVE)
    return rows.values_list("pk")[:1]


IN_FORCE = Prepared(keys_in_force)


def is_open(customer: int) -> bool:
    return bool(IN_FORCE.ask(customer))


def begin_with_changes(customer: Customer, on: date) -> Beginning | None:
    """What stands in the plan now against the version in force."""
    versions = list(in_force_or_open(customer.pk).select_related("plan"))
    active = next((version for version in versions if version.state == VersionState.ACTIVE), None)
    if active is None:
        return None
    version = versions[0]
    before, after = both_in_plain_words(contents_of_active(active.plan_id), contents_of(version.plan, version))
    if before is None:
        return None
    next_review_on = active.next_review_on
    if version != active or next_review_on is None:
        still_open = Enrollment.objects.still_open().filter(customer=customer).with_programs()
        next_review_on = on + timedelta(days=review_interval_days(list(still_open)))
    changes = compare(before, after)
    return Beginning(
        subject=_("Changes since %(version)s") % {"version": active},
        text=text_of_changes(changes, before, after, active=active, next_review_on=next_review_on),
        category=NoteCategory.REVIEW,
        about=about_version(version),
        contact_method=ContactMethod.IN_PERSON,
    )


def begin_about_version(version: PlanVersion, _on: date) -> Beginning:
    lines = [_("Created: %(day)s") % {"day": in_text(version.created_on)}]
    if version.approved_on:
        lines.append(_("Approved: %(day)s") % {"day": in_text(version.approved_on)})
    if version.next_review_on:
        lines.append(_("Next review by %(day)s.") % {"day": in_text(version.next_review_on)})
    return Beginning(
        subject=str(version),
        text="\n".join(lines),
        category=NoteCategory.REVIEW,
        about=about_version(version),
        contact_method=ContactMethod.IN_PERSON,
    )


def versions_of(customer: int) -> QuerySet[PlanVersion]:
    rows: QuerySet[PlanVersion] = PlanVersion.objects.filter(plan__customer=customer)
    return rows


def evidence_names(note: int) -> bool:
    """Whether the note is evidence, or says why there is none: it stays as it was (12.7.6)."""
    return (
        Acknowledgment.objects.filter(case_note=note).exists()
        or UncollectedAgreement.objects.filter(case_note=note).exists()
        or PlanVersion.objects.filter(not_completed_note=note).exists()
    )


VERSIONS = MatterKind(
    kind=NoteMatter.VERSION,
    rows=versions_of,
    page=lambda customer, key: reverse("plan:version", args=[customer, key]),
    begin=begin_about_version,
)
CHANGES = Offer(
    code="changes", label=gettext_lazy("The plan's changes and dates"), is_open=is_open, begin=begin_with_changes
)
