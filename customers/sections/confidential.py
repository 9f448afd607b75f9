"""Confidential answers: who may read them, and that each look is written down before anything is shown.

What they say stands in their table and on the page of who looks, and nowhere else: no history, no log, no draft, no
search, no export. WIOA sec. 188 and 29 CFR 38.41(b)(3): medical and disability information is kept apart.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from customers.models import AssessmentSection, ConfidentialAnswer, ConfidentialLook, Customer, SectionRecord
from customers.models.people import sees
from customers.sections.filling import (
    REVIEWED,
    GivenAnswers,
    is_own,
    keep_section,
    locked_section,
    questions_answered,
    refuse_complete,
    refuse_what_staff_write,
    require_filler,
    say,
)
from customers.sections.questions import says_the_same, settled


def may_read(customer: Customer, by: User) -> bool:
    """The customer, of one's own record; and staff to whom an administrator gave it, of those whom they see."""
    if is_own(customer, by):
        return True
    return by.is_active and not by.is_customer and by.reads_confidential and sees(by, customer)


def require_reader(customer: Customer, by: User) -> None:
    if not may_read(customer, by):
        sentence = _(
            "These answers are confidential. An administrator says who may read them; ask one if your work needs it."
        )
        raise NotAllowed("not-a-reader", sentence)


@transaction.atomic
def look(customer: Customer, section: AssessmentSection, *, by: User, at: datetime) -> dict[str, ConfidentialAnswer]:
    """The answers by the codes of their questions; first it is written down that this person looked."""
    require_reader(customer, by)
    ConfidentialLook.objects.create(customer=customer, section=section, looked_by=by, looked_at=at)
    rows = ConfidentialAnswer.objects.filter(record__customer=customer, record__section=section)
    return {row.field.code: row for row in rows.select_related("field", "definition", "said_by", "reviewed_by")}


def looks_at(customer: Customer, section: AssessmentSection | None = None) -> QuerySet[ConfidentialLook]:
    """Who looked, newest first; of all sections where none is named. The caller asks `may_read`."""
    rows = ConfidentialLook.objects.filter(customer=customer).select_related("looked_by", "section")
    rows = rows.filter(section=section) if section is not None else rows
    return rows.order_by("-looked_at", "-id")


@transaction.atomic
def fill_confidential(
    customer: Customer, section: AssessmentSection, said: GivenAnswers, *, by: User, at: datetime
) -> SectionRecord:
    """As `filling.fill`. The history of the section says that something confidential was changed, and not what."""
    require_filler(customer, by)
    require_reader(customer, by)
    refuse_what_staff_write(customer, section, said.values.keys(), by=by)
    row = locked_section(customer, section, seen=said.seen, by=by, at=at)
    refuse_complete(row)
    present = {} if row._state.adding else {answer.field_id: answer for answer in confidential_of(row)}
    changed = []
    for definition, value in questions_answered(section, said, confidential=True):
        answer = present.get(definition.field_id)
        if says_the_same(answer, value, definition):
            continue
        answer = answer or ConfidentialAnswer(field=definition.field)
        answer.definition, answer.value = definition, settled(definition, value)
        say(answer, customer, by=by, at=at)
        changed.append(answer)
    if changed:
        keep_section(row, by=by, at=at, answered=changed, also=[that_it_changed() for _answer in changed])
    for answer in changed:
        answer.record = row
        answer.save()
    return row


def that_it_changed() -> dict[str, Any]:
    """For the history: without the value, and without the question."""
    return {"label": _("Confidential answer"), "from": "", "to": _("changed")}


def number_of_answers(customer: Customer, section: AssessmentSection) -> dict[str, int]:
    """How many there are, and how many wait for review; what they say is not read."""
    rows = ConfidentialAnswer.objects.filter(record__customer=customer, record__section=section)
    said, waits = Q(value__isnull=False), Q(reviewed_at=None)
    found: dict[str, int] = rows.aggregate(said=Count("id", filter=said), waiting=Count("id", filter=waits))
    return found


def confidential_of(row: SectionRecord) -> Iterable[ConfidentialAnswer]:
    return ConfidentialAnswer.objects.filter(record=row).select_related("definition", "field")


def waiting_for_other_readers(by: User) -> QuerySet[SectionRecord]:
    """Sections of which confidential answers wait, of customers whose own planner may not read them: who may is told.
    The longest waiting first; none for whoever may not read or review them."""
    if not by.reads_confidential:
        return SectionRecord.objects.none()
    waits = ConfidentialAnswer.objects.filter(record=OuterRef("pk"), reviewed_at=None).order_by("said_at")
    unread = Customer.objects.editable_by(by).filter(~Q(planner__reads_confidential=True))
    rows = SectionRecord.objects.filter(customer__in=unread).annotate(since=Subquery(waits.values("said_at")[:1]))
    return rows.filter(since__isnull=False).select_related("customer", "section").order_by("since", "pk")


@transaction.atomic
def review_confidential(
    customer: Customer, section: AssessmentSection, *, seen: int | None, by: User, at: datetime
) -> int:
    """A planner who may read them has read what the customer answered: it was shown to them, as the looks say."""
    require_reader(customer, by)
    if is_own(customer, by):
        raise NotAllowed("planners-review", _("Your career planner reviews what you answered."))
    require_filler(customer, by)
    row = locked_section(customer, section, seen=seen, by=by, at=at)
    waiting = [] if row._state.adding else [one for one in confidential_of(row) if one.reviewed_at is None]
    refuse_unseen(customer, section, waiting, by=by)
    for answer in waiting:
        answer.reviewed_by, answer.reviewed_at = by, at
        answer.save()
    if waiting:
        also = [{"label": _("Confidential answer"), "from": "", "to": _("reviewed")} for _answer in waiting]
        record(row, by=by, at=at, reason=REVIEWED, also=also)
    return len(waiting)


def refuse_unseen(
    customer: Customer, section: AssessmentSection, waiting: Collection[ConfidentialAnswer], *, by: User
) -> None:
    """Raises Refusal: one of the answers was said after this person last looked, or they never did."""
    if not waiting:
        return
    newest = max(answer.said_at for answer in waiting)
    if not looks_at(customer, section).filter(looked_by=by, looked_at__gte=newest).exists():
        raise Refusal("not-looked", _("Look at the confidential answers first. Then mark them as reviewed."))
