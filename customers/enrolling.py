"""A customer's time in programs: enrolled, changed, ended. Nothing stands against an end: what is due is said before
(customers/exits.py)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.duties import people_of
from careerplan.accounts.models import User
from careerplan.base.dates import in_text
from careerplan.base.history import ensure_current, record
from careerplan.base.refusals import NotAllowed, Refusal
from customers.adding import first_enrollment, refuse_ended
from customers.enums import EnrollmentStatus
from customers.handing_over import may_hand_over
from customers.models import Customer, Enrollment
from customers.sight import refuse_chosen_unseeing, settle_sight, unseen_by


def locked_record(customer: Customer, by: User) -> Customer:
    """The row, which nobody else changes meanwhile. Raises NotAllowed for who does not keep the record."""
    row: Customer = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
    if not may_hand_over(row, by):
        raise NotAllowed("not-an-editor", _("You can read this record, but only its career planners can change it."))
    return row


@transaction.atomic
def enroll(customer: Customer, values: Mapping[str, Any], *, by: User, at: datetime) -> Enrollment:
    """In another program. `values`: program, status and begun_on, and the program's planner (the customer's, where none
    is named).

    Raises Refusal: the customer is in this program already, or was on that day; a value can't be; or the planner does
        not see the customer.
    """
    customer = locked_record(customer, by)
    row = first_enrollment(customer, values, at=at)
    if row is None:
        raise Refusal("program-missing", _("Choose the program."), field="program")
    if customer.enrollments.filter(program=row.program, exited_on=None).exists():
        raise Refusal("enrolled-already", _("The customer is already enrolled in this program."), field="program")
    planner = values.get("planner")
    if planner is not None:
        if not (planner.is_active and planner.edits_plans):
            raise Refusal("planner-not-at-work", _("Choose a planner who can sign in."), field="planner")
        row.planner = planner
    refuse_twice(row, field="begun_on")
    before = unseen_by(people_of(customer.pk))
    record(row, by=by, at=at)
    try:
        refuse_chosen_unseeing(before, customer)
    except Refusal as refusal:
        refusal.field = "planner"
        raise
    return row


@transaction.atomic
def change_status(
    enrollment: Enrollment,
    *,
    status: str,
    begun_on: date | None = None,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Enrollment:
    """An open enrollment goes on in another status; `begun_on` corrects the day on which it began.

    Raises Refusal: the program has ended, or the status would end it; or the customer was in the program on that day
        until it ended.
    """
    row = locked_enrollment(enrollment, seen=seen, by=by)
    if row.exited_on is not None:
        raise Refusal("program-ended", _("This program has ended. Enroll the customer anew to go on with it."))
    refuse_ended(status)
    row.status = status
    row.begun_on = begun_on or row.begun_on
    refuse_twice(row, field="begun_on")
    record(row, by=by, at=at)
    return row


@transaction.atomic
def end_enrollment(
    enrollment: Enrollment,
    *,
    exited_on: date,
    successor: User | None = None,
    seen: int | None = None,
    by: User,
    at: datetime,
) -> Enrollment:
    """The customer exits from the program, or the day on which that was is corrected. It is never refused for what is
    due (12.7.6, note: a participant may exit before documentation is received).

    Raises Refusal: the day can't be, or the program had begun again by then; or somebody would answer for a customer
        whom nobody sees any more and `successor` is missing.
    """
    row = locked_enrollment(enrollment, seen=seen, by=by)
    if exited_on < row.begun_on:
        raise Refusal("exit-before-begin", _("The exit date can't be before the start."), field="exited_on")
    before = unseen_by(people_of(row.customer_id))
    row.status, row.exited_on = EnrollmentStatus.EXITED, exited_on
    refuse_twice(row, field="exited_on")
    record(row, by=by, at=at)
    settle_sight(before, successor=successor, by=by, at=at)
    return row


def locked_enrollment(enrollment: Enrollment, *, seen: int | None, by: User) -> Enrollment:
    locked_record(enrollment.customer, by)
    row: Enrollment = Enrollment.objects.select_for_update(of=("self",)).get(pk=enrollment.pk)
    ensure_current(row, seen)
    return row


def refuse_twice(row: Enrollment, *, field: str, others: Iterable[Enrollment] | None = None) -> None:
    """Nobody is in a program twice at one time. `others`: the customer's enrollments in it, where they are at hand."""
    if others is None:
        others = Enrollment.objects.filter(customer=row.customer_id, program=row.program_id)
    for other in others:
        if other.pk != row.pk and at_one_time(row, other):
            days = {"begun": in_text(other.begun_on)}
            if other.exited_on is None:
                sentence = _("The customer has been in this program again since %(begun)s. Choose another day.")
            else:
                sentence = _("The customer was in this program from %(begun)s to %(exited)s. Choose another day.")
                days["exited"] = in_text(other.exited_on)
            raise Refusal("program-twice", sentence % days, field=field)


def at_one_time(row: Enrollment, other: Enrollment) -> bool:
    """On the day on which one ends, the other may begin."""
    return row.begun_on < (other.exited_on or date.max) and other.begun_on < (row.exited_on or date.max)
