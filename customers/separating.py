"""Two records that were merged are those of two people after all: the former one goes on again by itself.

It leaves the other one at once: its customer reads none of its papers, and no search, file or ID leads there from it.
A sign-in that the merge took from it goes back at once, so that nobody reads the other person's plan with it. The
programs stay where they are, since they may have gone on there: they are listed, and set right on the product's pages.
A sign-in that the merge switched off stays off until an administrator switches it on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from careerplan.accounts.actions import save_person
from careerplan.accounts.models import User
from careerplan.accounts.scope import forget_scope
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank
from customers.actions import note_given, write_case_note
from customers.correcting import follow_record
from customers.enums import ContactMethod
from customers.handing_over import tell_of_move
from customers.in_charge import works_for
from customers.merging import LONGEST_REASON, locked, may_merge
from customers.models import Customer, Enrollment
from customers.models.daily_list import keep_ends

REASON = "separated"


@dataclass(frozen=True)
class Moved:
    """What the merge took from the former record. `sign_in`: with which its person signs in to the other one now, and
    soon to the former one again; `is_off`: the sign-in that was switched off, and stands in the former record."""

    programs: list[Enrollment]
    sign_in: User | None
    is_off: User | None

    @property
    def is_nothing(self) -> bool:
        return not (self.programs or self.sign_in or self.is_off)


def moved_from(former: Customer, kept: Customer) -> Moved:
    """As the history of both says."""
    came = Enrollment.history.filter(customer_id=former.pk).values("id")
    programs = kept.enrollments.filter(pk__in=came).select_related("program").order_by("begun_on", "pk")
    was_there = kept.user_id is not None and Customer.history.filter(id=former.pk, user_id=kept.user_id).exists()
    off = former.user if former.user is not None and not former.user.is_active else None
    return Moved(list(programs), kept.user if was_there else None, off)


@transaction.atomic
def separate(
    former: Customer, kept: Customer, *, reason: str, planner: User | None = None, by: User, at: datetime
) -> Customer:
    """`former`, which was merged into `kept`, goes on by itself, in the same office. `planner`: who answers for it.

    Raises:
        NotAllowed: somebody else than statewide staff.
        Refusal: it is not merged into `kept` any more, no reason is given, or the planner does not see it.
    """
    if not may_merge(by):
        raise NotAllowed("may-not-separate", _("Only statewide staff can separate two records."))
    former, kept = locked(former, kept)
    if former.merged_into_id != kept.pk:
        raise Refusal("not-merged", _("The two records are separate already."))
    if is_blank(reason):
        raise Refusal("reason-missing", _("Say how you know that these are two people."), field="reason")
    moved = moved_from(former, kept)
    merged_at: Any = former.merged_at
    former.merged_into = former.merged_at = former.merged_by = None
    former.merge_reason = ""
    if planner is not None and not works_for(former, planner):
        raise Refusal("planner-does-not-see", _("Choose a planner who works for this office."), field="planner")
    former.planner, former.in_daily_list = planner, True
    record(former, by=by, at=at, reason=REASON)
    if moved.sign_in is not None:
        give_back(moved.sign_in, former, kept, merged_at=merged_at, by=by, at=at)
    keep_ends(models.QuerySet(Customer).filter(pk=former.pk), Enrollment.objects.all(), on=day_of(at))
    Customer.keep_derived([kept, former])
    forget_scope()
    note_separation(former, kept, moved, reason=reason, by=by, at=at)
    tell_of_move(former, None, planner, moved=False, by=by, at=at)
    former.refresh_from_db()
    return former


def give_back(sign_in: User, former: Customer, kept: Customer, *, merged_at: datetime, by: User, at: datetime) -> None:
    """The sign-in opens the record that it came from, and no longer the other one: that has its own one back, which is
    switched off, or none, and the e-mail that it had then."""
    own = former.user
    before = Customer.history.filter(id=kept.pk, history_date__lt=merged_at).order_by("-history_id")
    email = own.email if own is not None else before.values_list("email", flat=True).first() or ""
    for row in (kept, former):
        row.user = None
        row.set_keys("")
        record(row, by=by, at=at, reason=REASON)
    note_given(sign_in, first=False, at=at)
    former.user, former.email = sign_in, sign_in.email
    follow_record(sign_in, former)
    save_person(sign_in, by=by, at=at)  # and the record after it
    kept.user, kept.email = own, email
    kept.set_keys(own.username if own is not None else "")
    record(kept, by=by, at=at, reason=REASON)


def note_separation(former: Customer, kept: Customer, moved: Moved, *, reason: str, by: User, at: datetime) -> None:
    """In both records, with what is still to be set right."""
    still = [row.program.told for row in moved.programs]
    still += [moved.is_off.username] if moved.is_off is not None else []
    words = reason.strip()[:LONGEST_REASON]
    if still:
        words += "\n\n" + _("To be set right: %(what)s") % {"what": ", ".join(still)}
    here: dict[str, Any] = {"contact_on": day_of(at), "contact_method": ContactMethod.NONE}
    subject = _("Separated from another record")
    named = {"record": former.state_id, "kept": kept.state_id, "reason": words}
    goes_on = _("This record was merged into %(kept)s by mistake, and goes on again by itself.\n\n%(reason)s")
    write_case_note(former, subject=subject, text=goes_on % named, **here, by=by, at=at)
    left = _("The record %(record)s is another person's. It was merged into this one by mistake.\n\n%(reason)s")
    write_case_note(kept, subject=subject, text=left % named, **here, by=by, at=at)
