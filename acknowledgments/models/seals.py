"""Sealed contents, requests to customers, acknowledgments with evidence, and papers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from acknowledgments.contents.chain import LINKED
from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.schema_1 import Codes
from acknowledgments.contents.sealed_text import read_contents
from acknowledgments.enums import Capture, Method, PrintKind, UnableReason
from acknowledgments.rules.evidence import EVIDENCE_DAYS
from careerplan.base.days import DaysAfter
from careerplan.base.history.rows import history_model
from careerplan.plans.enums import VersionState
from careerplan.plans.models import PlanVersion
from customers.models import CaseNote, Enrollment, Upload
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

    def links_of(self, plan_id):
        """What the chain of a plan is made of, in its order, without the contents."""
        return self.filter(version__plan=plan_id).order_by("id").values("chain_digest", *LINKED)

    def links_with_contents_in_force(self, plan_id):
        """As `links_of`; the seal in force has its text, as `text_in_force`."""
        in_force = When(voided_at=None, version__state=VersionState.ACTIVE, then="canonical")
        return self.links_of(plan_id).annotate(text_in_force=Case(in_force))


class Seal(models.Model):
    """The frozen contents of a sent version. A recall voids the seal; nothing of it is ever changed or deleted."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="seals")
    canonical = models.TextField()
    digest = models.CharField(max_length=64)
    # With that of the seal before it in the plan (contents/chain.py); None in seals of releases that knew no chain.
    chain_digest = models.CharField(max_length=64, null=True, editable=False)
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
        indexes = [
            models.Index(fields=["sealed_at"], name="seals_by_time"),
            models.Index(fields=["voided_at"], condition=Q(voided_at__isnull=False), name="voidings_by_time"),
        ]
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
        indexes = [
            models.Index(fields=[moment], condition=Q(**{f"{moment}__isnull": False}), name=name)
            for moment, name in (
                ("opened_at", "openings_by_time"),
                ("withdrawn_at", "withdrawals_by_time"),
                ("answered_at", "answers_by_time"),
            )
        ]
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
    # Electronic only: when an administrator had set up or changed the sign-in, within a week before.
    sign_in_set_up_at = models.DateTimeField(null=True)
    sign_in_changed_at = models.DateTimeField(null=True)
    # Paper and e-mail only: the day on which the customer agreed, and who sent the e-mail.
    agreed_on = models.DateField(_("agreed on"), null=True)
    sender = models.EmailField(_("sender"), blank=True)

    objects = AcknowledgmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgment")
        indexes = [models.Index(fields=["acknowledged_at"], name="agreements_by_time")]
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
        indexes = [models.Index(fields=["filed_at"], name="evidence_by_time")]

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
        indexes = [models.Index(fields=["recorded_at"], name="uncollected_by_time")]

    def __str__(self):
        return f"{self.seal}: {self.get_reason_display()}"


class PaperQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(rendered_at__isnull=True, seal__voided_at__isnull=True, attempts__lt=Paper.ATTEMPTS)

    def waiting(self, at):
        """Nobody makes them at this moment: those not tried yet first, and of these those that a customer waits for.
        One that failed waits for its pause to end."""
        waits = Case(When(kind=PrintKind.TO_SIGN, then=0), default=1)
        free = Q(claimed_until=None) | (Q(claimed_until__lte=at) & ~Q(error=""))
        return self.unfinished().filter(free).order_by("attempts", waits, "id")

    def abandoned(self, at):
        """Whoever made them was ended meanwhile, and could not say so."""
        return self.filter(rendered_at__isnull=True, claimed_until__lte=at, error="").order_by("id")

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
    # While somebody makes it: past that time whoever did was ended. After a failure (`error`): when to try again.
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    rendered_at = models.DateTimeField(null=True)
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, related_name="paper")

    objects = PaperQuerySet.as_manager()

    class Meta:
        db_table = "acknowledgments_printedform"  # as it was first called: its guards and its rows stay
        verbose_name = _("printed form")
        indexes = [
            models.Index(fields=["id"], condition=Q(rendered_at__isnull=True), name="papers_unfinished"),
            models.Index(fields=["rendered_at"], condition=Q(rendered_at__isnull=False), name="papers_by_time"),
        ]
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
