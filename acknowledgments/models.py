"""Sealed contents, requests to customers, acknowledgments with evidence, papers, and requests among staff."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.schema_1 import Codes
from acknowledgments.contents.sealed_text import read_contents
from acknowledgments.enums import Answer, Capture, Method, PrintKind, RequestKind, RequestState, UnableReason
from acknowledgments.rules.evidence import EVIDENCE_DAYS
from careerplan.accounts.enums import Role
from careerplan.base.days import DaysAfter
from careerplan.base.history import Subject, TrackedModel
from careerplan.base.history.rows import history_model
from careerplan.plans.models import EmploymentPlan, PlanVersion
from customers.models import CaseNote, Customer, Enrollment, OfCustomerQuerySet, Program, Upload
from goals.models import Goal
from services.models import PlannedService

# The kinds of items that contents of schema 1 name something of without its code.
SEALED_BY_NAME = (Goal, PlannedService)


class OfVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Exists(PlanVersion.objects.visible_to(user).filter(pk=OuterRef("version"))))


class SealQuerySet(OfVersionQuerySet):
    def valid(self):
        return self.filter(voided_at__isnull=True)


class Seal(models.Model):
    """The frozen contents of a sent version. A recall voids the seal; nothing of it is ever changed or deleted."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="seals")
    canonical = models.TextField()
    digest = models.CharField(max_length=64)
    schema = models.PositiveSmallIntegerField()
    short_code = models.CharField(max_length=12, unique=True)
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planner_name = models.CharField(max_length=201)
    voided_at = models.DateTimeField(null=True)
    # What the rules said on the day of sealing (decisions.Decision.as_data).
    decision = models.JSONField(default=dict)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed contents")
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(voided_at__isnull=True), name="one_valid_seal_a_version"
            )
        ]

    def __str__(self):
        return f"{self.version}: {self.short_code}"

    @cached_property
    def contents(self) -> PlanContents:
        return read_contents(self.canonical, codes=self.codes_when_sealed)

    def codes_when_sealed(self) -> Codes:
        """What contents of schema 1 name without a code: the history of the rows knows it. Two queries."""
        goals, services = (history_model(model).objects.filter(plan=self.version.plan_id) for model in SEALED_BY_NAME)
        then = {"history_date__lte": self.sealed_at}
        return Codes(
            dict(goals.filter(**then).order_by("history_id").values_list("id", "category__code")),
            dict(services.filter(**then).order_by("history_id").values_list("id", "assessment")),
        )

    @property
    def is_kept_draft(self) -> bool:
        """Sealed only to keep what a draft said that was deleted or not completed: void from the first moment."""
        return self.voided_at == self.sealed_at


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Exists(Seal.objects.visible_to(user).filter(pk=OuterRef("seal"))))

    def waiting(self):
        """Told to the customer and neither answered nor withdrawn."""
        return self.filter(notified_at__isnull=False, withdrawn_at__isnull=True, answered_at__isnull=True)


class AcknowledgmentRequest(models.Model):
    """Asks the customer to acknowledge one seal. `key` is the address that the customer opens."""

    seal = models.OneToOneField(Seal, models.PROTECT, related_name="request")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    created_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for acknowledgment")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(answered_at__isnull=True), name="a_request_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(notified_at__isnull=False),
                name="a_request_is_answered_after_the_customer_was_told",
            ),
        ]

    def __str__(self):
        return str(self.key)

    @property
    def path(self) -> str:
        """Where the customer answers it."""
        return reverse("my:acknowledge", args=[self.key])


class AcknowledgmentQuerySet(OfVersionQuerySet):
    def by_customers(self):
        """The customer agreed; a review that asked for no agreement is none (AMB-W2)."""
        return self.exclude(method=Method.NOT_REQUIRED)

    def with_due_on(self):
        """Adds `due_on`, by when the document must be on file: 30 days after the agreement, or the day on which the
        customer left the last program, where that is earlier (AMB-W20); None where no document is asked for."""
        programs = Enrollment.objects.filter(customer=OuterRef("version__plan__customer")).order_by().values("customer")
        left = programs.annotate(open=Count("pk", filter=Q(exited_on=None))).filter(open=0)
        after = DaysAfter("agreed_on", EVIDENCE_DAYS)
        exited = Subquery(left.annotate(last=Max("exited_on")).values("last"))
        earlier = Least(after, Coalesce(exited, after))
        return self.annotate(due_on=Case(When(agreed_on__isnull=False, then=earlier), output_field=models.DateField()))


class Acknowledgment(models.Model):
    """The agreement to one version, with its evidence; kept as it is for ever.

    The customer's own, the planner's record of one on paper or by e-mail, or the planner's record that the rules asked
    for none (AMB-W2, AMB-X1): `method` says which. `signer` is the account that recorded it, `signer_name` the person
    who agreed.
    """

    version = models.OneToOneField(PlanVersion, models.PROTECT, related_name="acknowledgment")
    seal = models.OneToOneField(Seal, models.PROTECT, related_name="acknowledgment")
    request = models.OneToOneField(AcknowledgmentRequest, models.PROTECT, null=True, related_name="acknowledgment")
    case_note = models.ForeignKey(CaseNote, models.PROTECT, null=True, related_name="+")
    method = models.CharField(_("way"), max_length=12, choices=Method)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acknowledgments")
    # The name on record at the agreement, and the one in the sealed contents; "" in evidence of earlier releases.
    signer_name = models.CharField(max_length=201)
    sealed_name = models.CharField(max_length=210, blank=True)
    typed_name = models.CharField(_("typed name"), max_length=200)
    acknowledged_at = models.DateTimeField(_("acknowledged"))
    local_time = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)
    statement = models.TextField()
    statement_version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=400, blank=True)
    # Electronic only: when an administrator had changed the sign-in, within a week before.
    sign_in_changed_at = models.DateTimeField(null=True)
    # Paper and e-mail only: the day on which the customer agreed, and who sent the e-mail.
    agreed_on = models.DateField(_("agreed on"), null=True)
    sender = models.EmailField(_("sender"), blank=True)

    objects = AcknowledgmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgment")
        constraints = [
            models.CheckConstraint(condition=~Q(typed_name=""), name="an_acknowledgment_has_a_typed_name"),
            models.CheckConstraint(
                condition=(
                    Q(method="electronic", request__isnull=False, case_note__isnull=True)
                    | Q(method="not_required", request__isnull=True, case_note__isnull=False)
                    | Q(method__in=["paper", "email"], request__isnull=True, case_note__isnull=True)
                ),
                name="an_acknowledgment_answers_a_request_or_has_a_case_note",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=False) ^ ~Q(method__in=["paper", "email"]),
                name="an_agreement_on_a_document_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(method="email") ^ ~Q(sender=""), name="an_agreement_by_email_has_its_sender"
            ),
        ]

    def __str__(self):
        return f"{self.version}: {self.typed_name}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Exists(Acknowledgment.objects.visible_to(user).filter(pk=OuterRef("acknowledgment"))))


class EvidenceDocument(models.Model):
    """The signed paper or the e-mail chain, filed in Uploads; at once or later (12.7.6)."""

    acknowledgment = models.ForeignKey(Acknowledgment, models.PROTECT, related_name="documents")
    upload = models.OneToOneField(Upload, models.PROTECT, related_name="evidence")
    capture = models.CharField(_("how it was captured"), max_length=10, choices=Capture)
    filed_on = models.DateField(_("filed"))
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of an agreement")

    def __str__(self):
        return f"{self.acknowledgment}: {self.upload}"


class UncollectedAgreement(models.Model):
    """Unable to Get Customer Agreement on File: why, as a planner recorded it (ILL-037, AMB-X4)."""

    seal = models.OneToOneField(Seal, models.PROTECT, related_name="uncollected")
    reason = models.CharField(_("reason"), max_length=12, choices=UnableReason)
    case_note = models.OneToOneField(CaseNote, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement that could not be collected")

    def __str__(self):
        return f"{self.seal}: {self.get_reason_display()}"


class PaperQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(rendered_at__isnull=True, seal__voided_at__isnull=True, attempts__lt=Paper.ATTEMPTS)

    def to_hand_out(self):
        """Newest first. Once a version is agreed to, its agreed paper alone, so that nobody takes an unsigned form for
        the plan that was signed."""
        signed = Exists(Acknowledgment.objects.filter(seal=OuterRef("seal")))
        rows = self.filter(~signed | Q(kind=PrintKind.AGREED), seal__voided_at=None)
        return rows.order_by("-id")


class Paper(models.Model):
    """The PDF of a seal, rendered by a worker and filed in Uploads."""

    ATTEMPTS = 5

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=PrintKind)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    rendered_at = models.DateTimeField(null=True)
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, related_name="paper")

    objects = PaperQuerySet.as_manager()

    class Meta:
        db_table = "acknowledgments_printedform"  # as it was first called: its guards and its rows stay
        verbose_name = _("printed form")
        constraints = [
            models.UniqueConstraint(fields=["seal", "kind"], name="one_form_of_a_kind_a_seal"),
            models.CheckConstraint(
                condition=Q(rendered_at__isnull=True, upload__isnull=True)
                | Q(rendered_at__isnull=False, upload__isnull=False),
                name="a_rendered_form_is_filed",
            ),
        ]

    def __str__(self):
        return f"{self.seal} ({self.get_kind_display()})"


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

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="staff_requests", verbose_name=_("customer"))
    plan = models.ForeignKey(
        EmploymentPlan, models.PROTECT, null=True, related_name="staff_requests", verbose_name=_("plan")
    )
    action = models.CharField(_("action"), max_length=24, choices=RequestKind)
    # What it is about, in words and as a key: the same thing is asked for once at a time.
    what = models.CharField(_("what"), max_length=200)
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
        return f"{self.get_action_display()}: {self.what}"

    def history_subject(self):
        return Subject(str(self), self.customer_id, self.plan_id)

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
