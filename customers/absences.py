"""Who reads and answers what customers write to somebody who is away. It gives no right beyond that: whoever stands in
sees and writes the records of these customers already."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.models import Absence, Message
from customers.duties import Caseload, out_of_sight
from customers.models import Customer


def answerable(rows: QuerySet[Message], person: User) -> QuerySet[Message]:
    """What customers wrote whose record the person may write today."""
    return rows.filter(sender__customer__in=Customer.objects.editable_by(person))


@transaction.atomic
def go_away(person: User, *, begins_on: date, ends_on: date, stand_in: User, by: User, at: datetime) -> Absence:
    """The person is away on these days, both included, and the stand-in reads and answers the person's messages.

    Raises:
        NotAllowed: for somebody else, or by a customer.
        Refusal: the days can't be, or meet another absence; or the stand-in can't read what the customers write.
    """
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if by.pk != person.pk or person.is_customer:
        raise NotAllowed("not-oneself", _("Each person says when they are away."))
    today = day_of(at)
    refuse_days(begins_on, ends_on, today)
    if Absence.objects.filter(person=person, ended_at=None, begins_on__lte=ends_on, ends_on__gte=begins_on).exists():
        raise Refusal("away-already", _("You are away on some of these days already. End that absence first."))
    refuse_unfit_stand_in(person, stand_in)
    return Absence.objects.create(person=person, stand_in=stand_in, begins_on=begins_on, ends_on=ends_on, said_at=at)


def refuse_days(begins_on: date, ends_on: date, today: date) -> None:
    refuse_unlikely(begins_on, today, happened=False, field="begins_on")
    refuse_unlikely(ends_on, today, happened=False, field="ends_on")
    if ends_on < begins_on:
        raise Refusal("ends-before", _("The last day can't be before the first."), field="ends_on")
    if ends_on < today:
        raise Refusal(
            "over-already", _("This absence is over already. Enter a last day of today or later."), field="ends_on"
        )


def refuse_unfit_stand_in(person: User, stand_in: User) -> None:
    """Raises Refusal where the stand-in could not open the record of a customer of the person's, to answer."""
    if stand_in.pk == person.pk or not (stand_in.is_active and stand_in.edits_plans):
        raise Refusal("stand-in-not-at-work", _("Choose a colleague who can sign in."), field="stand_in")
    unseen = list(out_of_sight(Caseload().customers(person), stand_in)[:3])
    if unseen:
        sentence = ngettext(
            "%(person)s does not see your customer %(customers)s. Choose someone else.",
            "%(person)s does not see all of your customers, for example %(customers)s. Choose someone else.",
            len(unseen),
        )
        names = ", ".join(str(customer) for customer in unseen)
        raise Refusal("stand-in-does-not-see", sentence % {"person": stand_in, "customers": names}, field="stand_in")


@transaction.atomic
def come_back(absence: Absence, *, by: User, at: datetime) -> None:
    """The absence is over, or does not come about. Raises NotAllowed: somebody else's."""
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if by.pk != absence.person_id:
        raise NotAllowed("not-oneself", _("Each person says when they are away."))
    if absence.ended_at is None:
        absence.ended_at = at
        absence.save(update_fields=["ended_at"])


def absence_of(person: User | None, *, on: date) -> Absence | None:
    """Today's, for customers who write to the person. One query."""
    rows = Absence.objects.on(on).filter(person=person, stand_in__is_active=True).select_related("stand_in")
    return rows.first() if person is not None else None
