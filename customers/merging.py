"""Two records of one person become one: one goes on, the other stays readable as it is and leads to it.

Nothing that was sealed, agreed to, filed or written moves or changes. What goes on moves: programs that are still open,
the sign-in, and what is written to each other. The record that was merged is in nobody's caseload, is changed by
nobody and found by none: its names and its participant ID lead to the one that goes on, which lists what it holds.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from careerplan.accounts.actions import save_person
from careerplan.accounts.duties import people_of
from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.accounts.telling import tell_of_one_sign_in
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank
from careerplan.messaging.models import Message, Notification
from customers.actions import note_given, write_case_note
from customers.correcting import follow_record
from customers.deadlines import read_due
from customers.duties import Inbox
from customers.enrolling import at_one_time
from customers.enums import REACHED, ContactMethod
from customers.handing_over import refuse_left_behind, tell_of_move
from customers.holding import hindrances
from customers.in_charge import staff_beside, works_for
from customers.models import CaseNote, Customer, Enrollment

REASON = "merged"
LONGEST_REASON = 1000


def may_merge(by: User) -> bool:
    """Statewide staff: the two records may be those of two regions."""
    return by.is_active and by.role == Role.STATEWIDE


@transaction.atomic
def merge(
    kept: Customer, other: Customer, *, reason: str, sign_in: User | None = None, by: User, at: datetime
) -> Customer:
    """`other` goes into `kept`. `sign_in`: with which the person goes on where both records have one; the other one is
    switched off, and both addresses are told.

    Raises:
        NotAllowed: somebody else than statewide staff.
        Refusal: it is one record, one of them was merged already, no reason is given, no sign-in is chosen, or `other`
            has something that must be settled first: an open plan, a program at the same time, what is due.
    """
    if not may_merge(by):
        raise NotAllowed("may-not-merge", _("Only statewide staff can merge two records."))
    kept, other = locked(kept, other)
    refuse_chain(kept, other)
    if is_blank(reason):
        raise Refusal("reason-missing", _("Say how you know that this is one person."), field="reason")
    for found in hindrances(kept, other):
        raise Refusal(found.code, found.sentence)
    programs = programs_that_go_on(kept, other)
    former = other.planner
    if kept.planner is None and works_for(kept, former):
        kept.planner = former
    pass_inbox(kept, other, former, by=by, at=at)
    settle_sign_ins(kept, other, sign_in, by=by, at=at)
    close(other, kept, reason=reason, by=by, at=at)
    for row in programs:
        row.customer = kept
        record(row, by=by, at=at, reason=REASON)
    record(kept, by=by, at=at, reason=REASON)
    Customer.keep_derived([kept])
    refuse_unsettled(other, at=at)
    refuse_left_behind(kept)
    note_merge(kept, other, reason=reason, by=by, at=at)
    if former is not None and former != kept.planner:
        tell_of_move(kept, former, kept.planner, moved=False, by=by, at=at)
    return kept


def locked(*customers: Customer) -> list[Customer]:
    """In the order of their keys, whoever merges which of them into which."""
    keys = [customer.pk for customer in customers]
    rows = Customer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys]


def refuse_chain(kept: Customer, other: Customer) -> None:
    """One leads to one: who reads the former record is led to the one that goes on in one step."""
    if kept.pk == other.pk:
        raise Refusal("one-record", _("This is the same record. Choose another one."), field="other")
    for row in (kept, other):
        if row.merged_into_id is not None:
            refuse_merged_already(row)
    if other.former_records.exists():
        sentence = _("Another record was merged into %(record)s before. Choose it as the one that goes on.")
        raise Refusal("has-former-records", sentence % {"record": other.state_id}, field="kept")


def refuse_merged_already(row: Customer) -> None:
    sentence = _("%(record)s was merged already, into %(other)s. Choose that one.")
    named = {"record": row.state_id, "other": row.merged_into.state_id if row.merged_into else ""}
    raise Refusal("merged-already", sentence % named, field="other")


def programs_that_go_on(kept: Customer, other: Customer) -> list[Enrollment]:
    """What is open in the record that goes. Raises Refusal where the person would be in a program twice at one time."""
    present = list(kept.enrollments.select_related("program"))
    rows = other.enrollments.filter(exited_on=None).select_related("program").select_for_update(of=("self",))
    moving = list(rows.order_by("pk"))
    for row in moving:
        for there in present:
            if there.program_id == row.program_id and at_one_time(row, there):
                sentence = _(
                    "Both records have the program %(program)s at the same time. First end it or correct its days, "
                    "under Intake Review of %(record)s."
                )
                named = {"program": row.program.told, "record": other.state_id}
                raise Refusal("program-twice", sentence % named)
    return moving


def pass_inbox(kept: Customer, other: Customer, former: User | None, *, by: User, at: datetime) -> None:
    """What nobody has read yet of the customer goes to who answers from now on, where the reader does not any more:
    the former planner, and whoever does not see the record that goes on. Before the sign-ins: they say who wrote it."""
    inbox = Inbox()
    for reader in inbox.readers(other.pk):
        if (reader == former and former != kept.planner) or not works_for(kept, reader):
            inbox.hand_over(reader, staff_beside(kept, kept.planner)[0], customer_id=other.pk, by=by, at=at)


def settle_sign_ins(kept: Customer, other: Customer, chosen: User | None, *, by: User, at: datetime) -> None:
    """The record that goes on has the sign-in with which the person goes on; another one is switched off."""
    keys = {row.user_id for row in (kept, other) if row.user_id}
    people = {row.pk: row for row in User.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    if not people:
        return
    stays = next(iter(people.values())) if len(people) == 1 else people.get(chosen.pk if chosen else 0)
    if stays is None:
        raise Refusal("sign-in-missing", _("Choose with which sign-in the person goes on."), field="sign_in")
    off = next((row for row in people.values() if row.pk != stays.pk), None)
    if off is not None and off.is_active and not stays.is_active:
        raise Refusal("sign-in-off", _("This sign-in is switched off. Choose the other one."), field="sign_in")
    if off is not None:
        pass_messages(off, stays)
    if kept.user_id != stays.pk:
        other.user = None
        record(other, by=by, at=at, reason=REASON)
        note_given(stays, first=kept.user_id is None, at=at)
        kept.user, kept.email = stays, stays.email
        follow_record(stays, kept)
        save_person(stays, by=by, at=at)  # and the record after it
        if off is not None:
            other.user, other.email = off, off.email
    if off is not None and off.is_active:
        tell_of_one_sign_in(stays, former=off, by=by, at=at)
        record_off(off, by=by, at=at)


def record_off(person: User, *, by: User, at: datetime) -> None:
    person.is_active = False
    record(person, by=by, at=at, reason=REASON)


def pass_messages(off: User, stays: User) -> None:
    """What the person got and wrote is the same person's under the sign-in that stays, in the same threads."""
    rows: models.QuerySet[Message] = Message.objects.all()
    rows.filter(recipient=off).update(recipient=stays)
    rows.filter(sender=off).update(sender=stays)
    Notification.objects.filter(recipient=off, sent_at=None).update(recipient=stays)


def close(other: Customer, kept: Customer, *, reason: str, by: User, at: datetime) -> None:
    other.planner, other.office, other.in_daily_list = None, kept.office, False
    other.merged_into, other.merged_at, other.merged_by = kept, at, by
    other.merge_reason = reason.strip()[:LONGEST_REASON]
    other.set_keys(other.user.username if other.user else "")
    record(other, by=by, at=at, reason=REASON)


def refuse_unsettled(other: Customer, *, at: datetime) -> None:
    """Nobody can do anything in the record any more: what is due there, or waits, is done first."""
    due = read_due(day_of(at), [other.pk])
    if due:
        sentence = _("In %(record)s is still to do: %(what)s. Do it first, or choose it as the one that goes on.")
        named = {"record": other.state_id, "what": ", ".join(dict.fromkeys(str(row.deadline.what) for row in due))}
        raise Refusal("still-due", sentence % named)
    if people_of(other.pk):
        sentence = _("A request among staff about %(record)s is still open. Have it answered first.")
        raise Refusal("still-waiting", sentence % {"record": other.state_id})


def note_merge(kept: Customer, other: Customer, *, reason: str, by: User, at: datetime) -> None:
    """In both records. In the one that goes on with the last contact, if that was under the other one: it counts."""
    named = {"record": other.state_id, "kept": kept.state_id, "reason": reason.strip()[:LONGEST_REASON]}
    went = _("This record was merged into %(kept)s, which goes on. Nothing is written here any more.\n\n%(reason)s")
    here: dict[str, Any] = {"contact_on": day_of(at), "contact_method": ContactMethod.NONE}
    write_case_note(other, subject=_("Merged into another record"), text=went % named, **here, by=by, at=at)
    came = _("The record %(record)s is of the same person and was merged into this one.\n\n%(reason)s") % named
    contact = last_contact(other)
    before = last_contact(kept)
    if contact is not None and (before is None or contact.contact_on > before.contact_on):
        came += "\n\n" + _("The last contact is written down there: %(subject)s") % {"subject": contact.subject}
        here = {"contact_on": contact.contact_on, "contact_method": contact.contact_method}
    write_case_note(kept, subject=_("Another record was merged into this one"), text=came, **here, by=by, at=at)


def last_contact(customer: Customer) -> CaseNote | None:
    rows = CaseNote.objects.filter(customer=customer, contact_method__in=REACHED)
    found: CaseNote | None = rows.order_by("-contact_on", "-id").first()
    return found
