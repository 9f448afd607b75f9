"""Work goes to another person: of one customer who moves or changes planners, or all of it where a person leaves."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.actions import save_person
from careerplan.accounts.duties import OWN_SIGN_IN, hand_over_duties, hanging_on
from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, User
from careerplan.accounts.permissions import manages_people, may_switch_off
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, word
from customers.calendar_feeds import end_of_who_leaves
from customers.duties import REASON, Caseload, left_behind, refuse_out_of_sight
from customers.in_charge import planners_of, statewide_staff
from customers.models import Customer, Enrollment


def may_hand_over(customer: Customer, by: User) -> bool:
    """Whoever writes the record, and administrators, who keep the record but not the plan."""
    if by.role == Role.ADMINISTRATOR:
        return bool(Customer.objects.visible_to(by).not_merged().filter(pk=customer.pk).exists())
    return bool(Customer.objects.editable_by(by).filter(pk=customer.pk).exists())


@transaction.atomic
def hand_over(
    customer: Customer, *, former: User | None, successor: User | None, office: Office, by: User, at: datetime
) -> Customer:
    """What `former` answers for goes to the successor: as the customer's planner, of programs, and what waits.

    `former` None: the customer had no planner yet, and with `successor` None goes to the office without one. The office
    changes with the customer's planner, who may go along.

    Raises:
        NotAllowed: somebody who does not write the record.
        Refusal: the successor, or who keeps a program, does not see the customer there; nobody takes what `former` has;
            or somebody else handed it over meanwhile.
    """
    customer = Customer.objects.select_for_update(of=("self",), no_key=True).get(pk=customer.pk)
    if not may_hand_over(customer, by):
        raise NotAllowed("not-an-editor", _("Only the customer's career planners can hand the customer over."))
    moved = customer.office_id != office.pk
    if former is None and customer.planner_id is not None:
        raise Refusal("handed-over-already", _("The customer has a planner now. Open the page again."))
    goes_along = moved and former is not None and former == successor
    if successor is None:
        refuse_nobody(former, moved=moved)
    else:
        refuse_unfit(None if goes_along else former, successor)
    if former is not None and former.pk not in Caseload().people(customer.pk):
        sentence = _("%(customer)s has another planner by now. Open the list again.") % {"customer": customer}
        raise Refusal("went-elsewhere", sentence, field="former")
    if moved and former is not None and customer.planner_id not in {former.pk, None}:
        raise Refusal(
            "office-of-the-planner",
            _("The office goes with the customer's own planner. Keep the office, or hand over that planner's work."),
            field="office",
        )
    customer.office = office
    if former is None:
        customer.planner = successor
    record(customer, by=by, at=at, reason=REASON)
    if successor is not None:
        if former is not None and not goes_along:
            hand_over_duties(former, successor, customer_id=customer.pk, by=by, at=at)
        refuse_out_of_sight({customer.pk}, successor)
    if moved:
        refuse_left_behind(customer)
        pass_on_unseen(customer, successor, by=by, at=at)
    tell_of_move(customer, former, successor, moved=moved, by=by, at=at)
    customer.refresh_from_db()
    return customer


def refuse_nobody(former: User | None, *, moved: bool) -> None:
    """Raises Refusal but where a customer of nobody moves: then the people of the other office are told."""
    if former is not None or not moved:
        raise Refusal("successor-missing", _("Choose the new planner."), field="successor")


def refuse_left_behind(customer: Customer) -> None:
    """Raises Refusal where the planner of a program would not see the customer in the other office."""
    rows = Enrollment.objects.filter(customer=customer, exited_on=None, planner__isnull=False)
    for row in rows.select_related("planner", "program"):
        if not Customer.objects.visible_to(row.planner).filter(pk=customer.pk).exists():
            raise Refusal(
                "program-left-behind",
                _(
                    "%(planner)s is the planner of %(program)s and would no longer see the customer there. Hand over "
                    "that program first."
                )
                % {"planner": row.planner, "program": row.program.told},
                field="office",
            )


def pass_on_unseen(customer: Customer, successor: User | None, *, by: User, at: datetime) -> None:
    """What waits of colleagues who do not see the customer in the other office goes along, too.

    Raises Refusal where nobody takes it.
    """
    people = left_behind(customer)
    if not people:
        return
    if successor is None:
        sentence = _(
            "A request is still open with %(people)s, who would no longer see the customer there. Choose the new "
            "planner, who takes it over."
        )
        named = {"people": ", ".join(str(person) for person in people)}
        raise Refusal("requests-left-behind", sentence % named, field="successor")
    for person in people:
        hand_over_duties(person, successor, customer_id=customer.pk, by=by, at=at)


def refuse_unfit(former: User | None, successor: User) -> None:
    """Raises Refusal where the successor can't take the work."""
    if former is not None and former.pk == successor.pk:
        raise Refusal("same-person", _("Choose someone else: this person already has the work."), field="successor")
    if not (successor.is_active and successor.edits_plans):
        raise Refusal("successor-not-at-work", _("Choose a planner who can sign in."), field="successor")


def tell_of_move(
    customer: Customer, former: User | None, successor: User | None, *, moved: bool, by: User, at: datetime
) -> None:
    """The one who gives, the one who takes, and where the office changes those who work in the new one."""
    names: dict[str, Fact] = {
        "planner": str(by),
        "customer": str(customer),
        "former": str(former) if former else word(gettext_lazy("nobody")),
        "successor": str(successor),
        "office": str(customer.office),
    }
    key = f"handed-over:{customer.pk}:{at.isoformat()}"
    page = reverse("customers:overview", args=[customer.pk])
    here = {successor.pk: successor} if successor else {}
    if moved:
        here |= {person.pk: person for person in planners_of(customer.office)}
    if successor is None and not here:
        here = {person.pk: person for person in statewide_staff()}
    for person in here.values():
        if person.pk != by.pk:
            notify(
                person,
                Notice.CUSTOMER_MOVED_HERE if successor else Notice.CUSTOMER_HAS_NO_PLANNER,
                key=f"{key}:{person.pk}",
                names=names,
                path=page,
                by=by,
                at=at,
            )
    if former is not None and former.is_active and former.pk not in {by.pk, *here}:
        path = reverse("customers:list")
        notify(
            former,
            Notice.CUSTOMER_MOVED_AWAY,
            key=f"{key}:{former.pk}",
            names=names,
            path=path,
            by=by,
            at=at,
        )


@transaction.atomic
def switch_off(person: User, *, successor: User | None = None, by: User, at: datetime) -> User:
    """The person can't sign in any more; what hangs on the person goes to the successor in the same step, who is told.

    Raises:
        NotAllowed: somebody else than an administrator, or a local administrator of the planner.
        Refusal: one's own sign-in, one that is off already with nothing left on it, or nobody takes what hangs on it.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.pk == by.pk and manages_people(by):
        raise Refusal("own-sign-in", str(OWN_SIGN_IN))
    if not may_switch_off(by, person):
        raise NotAllowed("not-an-administrator", _("Only an administrator can switch a sign-in off."))
    hanging = hanging_on(person)
    if not person.is_active and not hanging:
        raise Refusal("off-already", _("This sign-in is already switched off."))
    if hanging and successor is None:
        raise Refusal("successor-missing", _("Choose who takes over this person's work."), field="successor")
    if hanging and successor is not None:
        refuse_unfit(person, successor)
        hand_over_duties(person, successor, by=by, at=at)
        what = [word(entry.label, entry.number) for entry in hanging]
        key, path = f"left:{person.pk}:{at.isoformat()}", reverse("customers:list")
        names: dict[str, Fact] = {"former": str(person), "what": [*what]}
        notify(successor, Notice.WORK_HANDED_OVER, key=key, names=names, path=path, by=by, at=at)
    person.is_active = False
    save_person(person, by=by, at=at)
    end_of_who_leaves(person, at=at)
    return person
