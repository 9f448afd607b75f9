"""Approvals as part of a person's work: what waits for an answer, and what was asked, goes to the successor."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from acknowledgments.approvals.requests import tell_approver
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.accounts.duties import Hanging
from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.messaging.actions import settle_for
from careerplan.messaging.models import Message
from customers.duties import refuse_out_of_sight


class Approvals:
    """Who was asked first, and who asked, stays with the request (`passed_to` says who stands in the place now)."""

    def asked(self, person: User) -> QuerySet[StaffRequest]:
        rows: QuerySet[StaffRequest] = StaffRequest.objects.waiting().asked_by_person(person)
        return rows

    def to_answer(self, person: User) -> QuerySet[StaffAnswer]:
        rows: QuerySet[StaffAnswer] = StaffAnswer.objects.waiting().put_to(person)
        return rows

    def hanging(self, person: User) -> list[Hanging]:
        return [
            Hanging(gettext_lazy("Approvals waiting for this person"), self.to_answer(person).count()),
            Hanging(gettext_lazy("Approvals this person asked for"), self.asked(person).count()),
        ]

    def customers(self, person: User) -> set[int]:
        asked = self.asked(person).values_list("customer_id", flat=True)
        return {*asked, *self.to_answer(person).values_list("request__customer_id", flat=True)}

    def people(self, customer_id: int) -> set[int]:
        asked = StaffRequest.objects.waiting().filter(customer=customer_id).select_related("asked_by", "passed_to")
        answers = StaffAnswer.objects.waiting().filter(request__customer=customer_id)
        asked_of = {answer.in_charge for answer in answers.select_related("approver", "passed_to")}
        return {person.pk for person in {*asked_of, *(request.asker for request in asked)} if person is not None}

    def hand_over(
        self, person: User, successor: User, *, customer_id: int | None = None, by: User, at: datetime
    ) -> None:
        asked, answers = self.asked(person), self.to_answer(person)
        if customer_id is not None:
            asked, answers = asked.filter(customer=customer_id), answers.filter(request__customer=customer_id)
        refuse_out_of_sight(set(asked.values_list("customer_id", flat=True)), successor)
        for request in asked.select_for_update(of=("self",)).order_by("pk"):
            request.passed_to = successor
            record(request, by=by, at=at, reason="handed over")
        for answer in answers.select_related("request__customer").order_by("pk"):
            answer.passed_to = successor
            answer.save(update_fields=["passed_to"])
            self.tell(answer.request, person, successor, at=at)

    def tell(self, request: StaffRequest, person: User, successor: User, *, at: datetime) -> None:
        """The successor reads of it once, whether the message was read before or not."""
        path = reverse("requests:request", args=[request.pk])
        settle_for(person, path, at=at)
        if not Message.objects.filter(recipient=successor, path=path, read_at=None).exists():
            tell_approver(request, successor, by=request.asker, at=at)
