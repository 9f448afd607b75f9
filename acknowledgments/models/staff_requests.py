"""What staff ask other staff to approve, and what was answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from acknowledgments.enums import Answer, RequestKind, RequestState
from careerplan.accounts.enums import Role
from careerplan.base.every_language import in_language_now
from careerplan.base.history import Subject, TrackedModel
from careerplan.plans.models import EmploymentPlan
from customers.models import Customer, OfCustomerQuerySet, Program


class StaffRequestQuerySet(OfCustomerQuerySet):
    def visible_to(self, user):
        """Staff's own business: customers don't see it."""
        rows = super().visible_to(user)
        return rows.none() if user.is_authenticated and user.is_customer else rows

    def waiting(self):
        return self.filter(state=RequestState.WAITING)

    def asked_by_person(self, user):
        """What the person asked for, or took over from who asked."""
        return self.filter(Q(passed_to=user) | Q(asked_by=user, passed_to__isnull=True))


class StaffRequest(TrackedModel):
    """What one planner asks others to approve, to be done by the system as soon as all have approved.

    A deleted draft is recovered by statewide staff (12.7.7); what touches another program of a shared plan needs that
    program's planner (12.7.9). `arguments` are those of the action, by key.
    """

    # Two names of programs and one of a service, each plain and official, and what somebody typed.
    WHAT_LIMIT = 1200

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="staff_requests", verbose_name=_("customer"))
    plan = models.ForeignKey(
        EmploymentPlan, models.PROTECT, null=True, related_name="staff_requests", verbose_name=_("plan")
    )
    action = models.CharField(_("action"), max_length=24, choices=RequestKind)
    # What it is about, in the asker's words and as a key: the same thing is asked for once at a time.
    what = models.CharField(_("what"), max_length=WHAT_LIMIT)
    # The same in each language of the product, as it stood then; None in requests of former releases.
    what_in = models.JSONField(null=True, editable=False)
    target = models.CharField(max_length=40, editable=False)
    arguments = models.JSONField(default=dict, editable=False)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(_("state"), max_length=9, choices=RequestState, default=RequestState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), editable=False)
    # Who stands in the asker's place, since the work was handed over.
    passed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("handed over to"),
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = StaffRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff request")
        verbose_name_plural = _("staff requests")
        indexes = [models.Index(fields=["customer", "-asked_at"], name="requests_about_a_customer")]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "action", "target"],
                condition=Q(state=RequestState.WAITING),
                name="a_thing_is_asked_for_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING) ^ Q(ended_at__isnull=False),
                name="a_request_that_ended_says_when",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_staff_request_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.told_what}"

    def history_subject(self):
        return Subject(str(self), self.customer_id, self.plan_id)

    @property
    def told_what(self) -> str:
        """What it is about, in the language in force."""
        return str(in_language_now(self.what_in or {}) or self.what)

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.WAITING

    @property
    def asker(self) -> Any:
        """Who answers for the question now."""
        return self.passed_to or self.asked_by


class StaffAnswerQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answer="", request__state=RequestState.WAITING)

    def put_to(self, user):
        """Put to this very person, or handed over to this person."""
        return self.filter(Q(passed_to=user) | Q(approver=user, passed_to__isnull=True))

    def waiting_for(self, user):
        """Questions that are put to this person: one's own program's, or those that were handed over, and the state's
        for statewide staff."""
        rows = self.put_to(user)
        if user.role == Role.STATEWIDE:
            rows |= self.filter(approver__isnull=True, passed_to__isnull=True)
        return rows.waiting()

    def answerable_by(self, user):
        """Statewide staff may answer in everybody's place (12.7.9)."""
        return self.waiting() if user.role == Role.STATEWIDE else self.waiting_for(user)


class StaffAnswer(models.Model):
    """One person's part of a request; without an `approver` any statewide staff may answer."""

    request = models.ForeignKey(StaffRequest, models.PROTECT, related_name="answers")
    program = models.ForeignKey(Program, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Who answers in the approver's place, since the work was handed over.
    passed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = StaffAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a staff request")
        constraints = [
            models.UniqueConstraint(fields=["request", "approver"], name="a_person_is_asked_once_a_request"),
            models.CheckConstraint(
                condition=(
                    Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                    | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")
                ),
                name="an_answer_says_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(answer="refused") | ~Q(note=""), name="a_refusal_says_why"),
        ]

    def __str__(self):
        return f"{self.request}: {self.get_answer_display() or '-'}"

    @property
    def in_charge(self) -> Any:
        """Who is to answer; None: any statewide staff."""
        return self.passed_to or self.approver
