"""What a planner answers for: customers, their programs, and messages that nobody has read yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.duties import Hanging, people_of
from careerplan.accounts.enums import Role
from careerplan.accounts.models import StaffScope, User
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.messaging.models import Message, Notification
from customers.models import Customer, Enrollment

REASON = "handed over"


class Caseload:
    """Customers and open enrollments."""

    def hanging(self, person: User) -> list[Hanging]:
        open_enrollments = Enrollment.objects.filter(planner=person, exited_on__isnull=True)
        return [
            Hanging(gettext_lazy("Customers"), Customer.objects.filter(planner=person).count()),
            Hanging(gettext_lazy("Open enrollments"), open_enrollments.count()),
        ]

    def customers(self, person: User) -> set[int]:
        programs = Enrollment.objects.filter(planner=person, exited_on__isnull=True)
        own = Customer.objects.filter(planner=person)
        return {*own.values_list("pk", flat=True), *programs.values_list("customer_id", flat=True)}

    def people(self, customer_id: int) -> set[int]:
        programs = Enrollment.objects.filter(customer=customer_id, exited_on=None, planner__isnull=False)
        own = Customer.objects.filter(pk=customer_id, planner__isnull=False)
        return {*own.values_list("planner_id", flat=True), *programs.values_list("planner_id", flat=True)}

    def hand_over(
        self, person: User, successor: User, *, customer_id: int | None = None, by: User, at: datetime
    ) -> None:
        enrollments = Enrollment.objects.filter(planner=person, exited_on__isnull=True)
        customers = Customer.objects.filter(planner=person)
        if customer_id is not None:
            enrollments, customers = enrollments.filter(customer=customer_id), customers.filter(pk=customer_id)
        concerned = set()
        for enrollment in enrollments.select_for_update(of=("self",), no_key=True).order_by("pk"):
            enrollment.planner = successor
            record(enrollment, by=by, at=at, reason=REASON)
            concerned.add(enrollment.customer_id)
        for customer in customers.select_for_update(of=("self",), no_key=True).order_by("pk"):
            customer.planner = successor
            record(customer, by=by, at=at, reason=REASON)
            concerned.add(customer.pk)
        refuse_out_of_sight(concerned, successor)


def out_of_sight(concerned: set[int], person: User) -> QuerySet[Customer]:
    """Those of the customers whose record the person could not open to write it, by name."""
    seen = Customer.objects.editable_by(person).filter(pk__in=concerned).values("pk")
    rows: QuerySet[Customer] = Customer.objects.filter(pk__in=concerned).exclude(pk__in=seen).order_by("name_key", "pk")
    return rows


def who_see(people: QuerySet[User], concerned: set[int]) -> QuerySet[User]:
    """Those of the people who could open all of these records to write them, as `out_of_sight` says of each; where
    nobody could, all of the people: whoever is chosen then, the action says what to do first.

    One query beside that of the rows.
    """
    scopes = StaffScope.objects.filter(user=OuterRef(OuterRef("pk")))
    shared = Enrollment.objects.still_open().filter(
        Exists(
            Enrollment.objects.still_open().filter(customer=OuterRef("customer")).exclude(planner=OuterRef("planner"))
        ),
        planner=OuterRef(OuterRef("pk")),
        customer=OuterRef("pk"),
    )
    unseen = Customer.objects.filter(
        ~Exists(scopes.filter(Q(office=OuterRef("office")) | Q(region=OuterRef("office__region")))),
        ~Exists(shared),
        pk__in=concerned,
    )
    fit = people.filter(Q(role=Role.STATEWIDE) | ~Exists(unseen))
    return fit if fit.exists() else people


def left_behind(customer: Customer) -> list[User]:
    """On whom something of the customer hangs who does not see the customer, as both stand now. Locks who is asked."""
    people = User.objects.filter(pk__in=people_of(customer.pk)).select_for_update(of=("self",)).order_by("pk")
    return [person for person in people if out_of_sight({customer.pk}, person).exists()]


def refuse_out_of_sight(concerned: set[int], successor: User) -> None:
    """Raises Refusal where the successor could not open a record that is handed over."""
    names = [str(customer) for customer in out_of_sight(concerned, successor)[:3]]
    if names:
        raise Refusal(
            "successor-does-not-see",
            _(
                "%(successor)s works for other offices and does not see %(customers)s. Choose someone else, or "
                "ask an administrator to add the office first."
            )
            % {"successor": successor, "customers": ", ".join(names)},
            field="successor",
        )


class Inbox:
    """Messages that were not read yet: they would wait for ever."""

    def unread(self, person: User, customer_id: int | None) -> QuerySet[Message]:
        rows = Message.objects.filter(recipient=person, read_at=None)
        if customer_id is None:
            return rows
        return rows.filter(self.about(customer_id))

    def about(self, customer_id: int) -> Q:
        """From the customer, or with a link to the customer's record."""
        page = reverse("customers:overview", args=[customer_id])
        return Q(path__startswith=page) | Q(sender__customer=customer_id)

    def readers(self, customer_id: int) -> list[User]:
        """Who works here and has unread messages about the customer."""
        rows = Message.objects.filter(self.about(customer_id), read_at=None)
        people = User.objects.at_work().filter(pk__in=rows.values("recipient")).order_by("pk")
        return list(people)

    def hanging(self, person: User) -> list[Hanging]:
        """Who keeps no plans gets no messages that somebody else would have to answer."""
        count = self.unread(person, None).count() if person.edits_plans else 0
        return [Hanging(gettext_lazy("Unread messages"), count)]

    def customers(self, person: User) -> set[int]:
        """A message is read without its customer's record."""
        return set()

    def people(self, customer_id: int) -> set[int]:
        return set()

    def hand_over(
        self, person: User, successor: User, *, customer_id: int | None = None, by: User, at: datetime
    ) -> None:
        keys = list(self.unread(person, customer_id).values_list("pk", flat=True))
        Message.objects.filter(pk__in=keys).update(recipient=successor)
        Notification.objects.filter(message__in=keys, sent_at=None).update(recipient=successor)
