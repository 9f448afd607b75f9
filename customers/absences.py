"""Who reads and answers what customers write to somebody who is away. It gives no right beyond that: whoever stands in
sees and writes the records of these customers already.

A person says it, or whoever manages the person: nobody who is suddenly ill signs in to say so. Who leaves stands in for
nobody: the absences go to the successor, as all that hangs on a person does (`StandingIn`).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.accounts.duties import Hanging
from careerplan.accounts.models import User
from careerplan.accounts.permissions import may_manage
from careerplan.base import clock
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
        NotAllowed: for somebody whom one does not manage, or by a customer.
        Refusal: the days can't be, or meet another absence; or the stand-in can't read what the customers write.
    """
    # The stand-in, too: nobody is switched off meanwhile.
    both = User.objects.select_for_update(of=("self",), no_key=True).in_bulk(sorted({person.pk, stand_in.pk}))
    person, stand_in = both[person.pk], both[stand_in.pk]
    require_may_say(person, by)
    today = day_of(at)
    refuse_days(begins_on, ends_on, today)
    if Absence.objects.filter(person=person, ended_at=None, begins_on__lte=ends_on, ends_on__gte=begins_on).exists():
        sentence = _("%(person)s is away on some of these days already. End that absence first.")
        raise Refusal("away-already", sentence % {"person": person})
    refuse_unfit_stand_in(person, stand_in)
    days = {"begins_on": begins_on, "ends_on": ends_on}
    return Absence.objects.create(person=person, stand_in=stand_in, **days, said_by=by, said_at=at)


def require_may_say(person: User, by: User) -> None:
    if person.is_customer or not (by.pk == person.pk or may_manage(by, person)):
        raise NotAllowed(
            "not-oneself", _("People say themselves when they are away, or whoever manages the staff of their region.")
        )


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
            "%(person)s does not see the customer %(customers)s. Choose someone else.",
            "%(person)s does not see all of the customers, for example %(customers)s. Choose someone else.",
            len(unseen),
        )
        names = ", ".join(str(customer) for customer in unseen)
        raise Refusal("stand-in-does-not-see", sentence % {"person": stand_in, "customers": names}, field="stand_in")


@transaction.atomic
def come_back(absence: Absence, *, by: User, at: datetime) -> None:
    """The absence is over, or does not come about. Raises NotAllowed: of somebody whom one does not manage."""
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    require_may_say(absence.person, by)
    if absence.ended_at is None:
        absence.ended_at = at
        absence.save(update_fields=["ended_at"])


class StandingIn:
    """Absences of colleagues for whom the person reads, today or on days to come: a duty (`accounts.duties`)."""

    def absences(self, person: User) -> QuerySet[Absence]:
        rows: QuerySet[Absence] = Absence.objects.not_over(day_of(clock.now())).filter(stand_in=person)
        return rows

    def hanging(self, person: User) -> list[Hanging]:
        return [Hanging(gettext_lazy("Absences in which this person stands in"), self.absences(person).count())]

    def customers(self, person: User) -> set[int]:
        """Of whom a stand-in sees no more, the stand-in does not read (`answerable`)."""
        return set()

    def people(self, customer_id: int) -> set[int]:
        return set()

    def hand_over(
        self, person: User, successor: User, *, customer_id: int | None = None, by: User, at: datetime
    ) -> None:
        """Nothing of one customer alone: an absence is of all customers of the one who is away."""
        if customer_id is not None:
            return
        for absence in self.absences(person).select_for_update(of=("self",)).select_related("person"):
            refuse_unfit_successor(absence, successor)
            absence.stand_in = successor
            absence.save(update_fields=["stand_in"])


def refuse_unfit_successor(absence: Absence, successor: User) -> None:
    """Raises Refusal where the successor is the one who is away, or would not see the customers."""
    if absence.person_id == successor.pk:
        sentence = _("%(person)s is away on these days. Choose someone else, or end the absence first.")
        raise Refusal("successor-is-away", sentence % {"person": successor}, field="successor")
    unseen = out_of_sight(Caseload().customers(absence.person), successor)
    if unseen.exists():
        sentence = _(
            "%(successor)s would stand in for %(person)s, and does not see all of their customers, for example "
            "%(customer)s. Choose someone else, or end the absence first."
        )
        names = {"successor": successor, "person": absence.person, "customer": unseen[0]}
        raise Refusal("successor-does-not-see", sentence % names, field="successor")


def absence_of(person: User | None, *, on: date) -> Absence | None:
    """Today's, for customers who write to the person. One query."""
    rows = Absence.objects.on(on).filter(person=person, stand_in__is_active=True).select_related("stand_in")
    return rows.first() if person is not None else None
