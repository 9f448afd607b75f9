"""What planners and customers answer in a section, and what becomes of it: reviewed, complete, open again (ILL-051)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from customers.actions import refuse_merged, require_editor
from customers.enums import SectionState
from customers.models import (
    AssessmentSection,
    ConfidentialAnswer,
    Customer,
    FieldDefinition,
    SectionAnswer,
    SectionRecord,
)
from customers.sections.policy import QUESTIONS_OF_STAFF, SECTIONS_OF_STAFF
from customers.sections.questions import in_words, says_the_same, settled

REVIEWED = "reviewed"
# Of a form that was opened before anything was answered.
NOTHING_YET = 0


@dataclass(frozen=True)
class GivenAnswers:
    """What a form brings: answers by the codes of their questions, each with the number of the wording that it showed.

    `seen`: the version of the section that it showed, `NOTHING_YET` where there was none; None where nobody compares.
    """

    values: Mapping[str, Any]
    numbers: Mapping[str, int]
    seen: int | None = None


def is_own(customer: Customer, by: User) -> bool:
    return by.is_active and by.is_customer and customer.user_id == by.pk


def require_filler(customer: Customer, by: User) -> None:
    """The customer, of one's own record, or who writes it.

    Raises NotAllowed.
    """
    if is_own(customer, by):
        refuse_merged(customer)
    else:
        require_editor(customer, by)


def refuse_what_staff_write(
    customer: Customer, section: AssessmentSection, codes: Collection[str], *, by: User
) -> None:
    """Raises NotAllowed where the customer answers what staff see, measure and test. `codes`: of questions."""
    if is_own(customer, by) and (section.code in SECTIONS_OF_STAFF or not QUESTIONS_OF_STAFF.isdisjoint(codes)):
        raise NotAllowed("staff-write-it", _("Your career planner fills this in."))


def locked_section(
    customer: Customer, section: AssessmentSection, *, seen: int | None, by: User, at: datetime
) -> SectionRecord:
    """The section's row, locked; a new one, not yet saved, where nothing was answered.

    Raises StaleRow where somebody changed the section since it was shown.
    """
    # One who answers after the other, so that two at once don't both begin it.
    Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
    rows = SectionRecord.objects.filter(customer=customer, section=section)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        row = SectionRecord(customer=customer, section=section, filled_by=by, filled_at=at)
    row.customer, row.section = customer, section
    if seen is not None and seen != version_of(row):
        sentence = _("Someone else changed this since you opened it. Nothing of theirs was overwritten.")
        raise StaleRow(row, sentence)
    return row


def version_of(row: SectionRecord | None) -> int:
    return NOTHING_YET if row is None or row._state.adding else row.row_version


def refuse_complete(row: SectionRecord) -> None:
    if row.is_complete:
        sentence = _("This section is marked complete. Open it again before you change it.")
        raise Refusal("section-complete", sentence)


def questions_answered(
    section: AssessmentSection, said: GivenAnswers, *, confidential: bool
) -> list[tuple[FieldDefinition, Any]]:
    """The questions of today that are answered, each with what was said.

    Raises Refusal: a question was another one when it was answered, or is asked no longer.
    """
    asked = FieldDefinition.objects.asked().filter(field__section=section, is_confidential=confidential)
    found = [definition for definition in asked if definition.field.code in said.values]
    gone = said.values.keys() - {definition.field.code for definition in found}
    if gone:
        sentence = _("A question was taken out of this section while you answered. Look at it, and save again.")
        raise Refusal("question-gone", sentence)
    for definition in found:
        if said.numbers.get(definition.field.code) != definition.number:
            sentence = _("This question was changed while you answered: “%(label)s”. Look at it, and save again.")
            raise Refusal("question-changed", sentence % {"label": definition.label}, field=definition.field.code)
    return [(definition, said.values[definition.field.code]) for definition in found]


@transaction.atomic
def fill(
    customer: Customer, section: AssessmentSection, said: GivenAnswers, *, by: User, at: datetime
) -> SectionRecord:
    """Keep what was answered; what says the same as before stays as it was said.

    What the customer says waits until a planner has reviewed it.

    Raises:
        NotAllowed: neither the customer nor a planner of the customer; or what staff write.
        StaleRow: somebody changed the section meanwhile.
        Refusal: the section is complete, a question was changed meanwhile, or an answer does not fit.
    """
    require_filler(customer, by)
    refuse_what_staff_write(customer, section, said.values.keys(), by=by)
    row = locked_section(customer, section, seen=said.seen, by=by, at=at)
    refuse_complete(row)
    present = {} if row._state.adding else {answer.field_id: answer for answer in answers_of(row)}
    changed = []
    for definition, value in questions_answered(section, said, confidential=False):
        answer = present.get(definition.field_id)
        if says_the_same(answer, value, definition):
            continue
        before = in_words(answer.definition, answer.value) if answer else ""
        answer = answer or SectionAnswer(field=definition.field)
        answer.definition, answer.value = definition, settled(definition, value)
        say(answer, customer, by=by, at=at)
        changed.append((answer, told(definition.label, before, in_words(definition, answer.value))))
    if not changed:
        return row
    keep_section(row, by=by, at=at, answered=[answer for answer, _change in changed])
    for answer, change in changed:
        answer.record = row
        record(answer, by=by, at=at, also=[change])
    return row


def say(answer: Any, customer: Customer, *, by: User, at: datetime) -> None:
    """Who says it; a planner's word is reviewed as it is written."""
    reviewed = not is_own(customer, by)
    answer.said_by, answer.said_at = by, at
    answer.reviewed_by, answer.reviewed_at = (by, at) if reviewed else (None, None)


def told(label: Any, before: str, now: str) -> dict[str, Any]:
    return {"label": str(label), "from": before, "to": now}


def answers_of(row: SectionRecord) -> Iterable[SectionAnswer]:
    return SectionAnswer.objects.filter(record=row).select_related("definition", "field")


def keep_section(
    row: SectionRecord, *, by: User, at: datetime, answered: Iterable[Any], also: Iterable[dict[str, Any]] = ()
) -> None:
    """The section is in progress where something is answered. `answered`: what is about to be saved."""
    now = list(answered)
    others: Any = [] if row._state.adding else [answer.field_id for answer in now]
    says = any(answer.value is not None for answer in now) or (not row._state.adding and said_in(row, without=others))
    row.state = SectionState.IN_PROGRESS if says else SectionState.NOT_STARTED
    row.filled_by, row.filled_at = by, at
    record(row, by=by, at=at, also=list(also))


def said_in(row: SectionRecord, *, without: Iterable[int] = ()) -> bool:
    """Whether anything is answered, confidential or not; what it says is not read."""
    return any(
        model._default_manager.filter(record=row, value__isnull=False).exclude(field__in=list(without)).exists()
        for model in (SectionAnswer, ConfidentialAnswer)
    )


@transaction.atomic
def review(customer: Customer, section: AssessmentSection, *, seen: int | None, by: User, at: datetime) -> int:
    """A planner has read what the customer answered; how many answers waited. `seen`: what was read.

    Confidential ones are reviewed where they are read (`confidential.py`).
    """
    require_editor(customer, by)
    row = locked_section(customer, section, seen=seen, by=by, at=at)
    waiting = [] if row._state.adding else [answer for answer in answers_of(row) if answer.reviewed_at is None]
    for answer in waiting:
        answer.reviewed_by, answer.reviewed_at = by, at
        record(answer, by=by, at=at, reason=REVIEWED)
    return len(waiting)


def unanswered(row: SectionRecord) -> list[FieldDefinition]:
    """What is needed to complete the section, and is not answered."""
    needed = FieldDefinition.objects.asked().filter(field__section=row.section, is_required=True)
    if row._state.adding:
        return list(needed)
    said = Q(record=row, value__isnull=False)
    fields = set(SectionAnswer.objects.filter(said).values_list("field", flat=True))
    fields |= set(ConfidentialAnswer.objects.filter(said).values_list("field", flat=True))
    return [definition for definition in needed if definition.field_id not in fields]


@transaction.atomic
def complete(
    customer: Customer, section: AssessmentSection, *, seen: int | None, by: User, at: datetime
) -> SectionRecord:
    """Say that a section is done: by the customer or the planner, who has reviewed what the customer said.

    Raises Refusal: something is missing, waits for review, or it is complete already.
    """
    require_filler(customer, by)
    refuse_what_staff_write(customer, section, (), by=by)
    row = locked_section(customer, section, seen=seen, by=by, at=at)
    if row.is_complete:
        raise Refusal("complete-already", _("This section is complete already."))
    if missing := unanswered(row):
        names = ", ".join(str(definition.label) for definition in missing)
        words = ngettext("Answer this first: %(names)s.", "Answer these first: %(names)s.", len(missing))
        raise Refusal("unanswered", words % {"names": names}, field=missing[0].field.code)
    if not is_own(customer, by) and waits_for_review(row):
        raise Refusal("not-reviewed", _("First mark as reviewed what the customer answered."))
    row.state, row.completed_by, row.completed_at = SectionState.COMPLETE, by, at
    if row._state.adding:
        row.filled_by, row.filled_at = by, at
    record(row, by=by, at=at, reason="complete")
    return row


def waits_for_review(row: SectionRecord) -> bool:
    """Whether the customer's word waits; what it says is not read."""
    return not row._state.adding and any(
        model._default_manager.filter(record=row, reviewed_at=None).exists()
        for model in (SectionAnswer, ConfidentialAnswer)
    )


@transaction.atomic
def reopen(customer: Customer, section: AssessmentSection, *, by: User, at: datetime) -> SectionRecord:
    """A complete section is worked on again; one that is open stays so."""
    require_filler(customer, by)
    refuse_what_staff_write(customer, section, (), by=by)
    row = locked_section(customer, section, seen=None, by=by, at=at)
    if row.is_complete:
        row.state = SectionState.IN_PROGRESS if said_in(row) else SectionState.NOT_STARTED
        row.completed_by, row.completed_at = None, None
        record(row, by=by, at=at, reason="reopened")
    return row
