"""Sealed contents, the request to the customer, the acknowledgment with its evidence, and the printed forms."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from acknowledgments.contents import PlanContents, read_contents
from acknowledgments.enums import Method, PrintKind
from careerplan.plans.models import PlanVersion
from customers.models import CaseNote, Upload


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
        return read_contents(self.canonical)


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


class Acknowledgment(models.Model):
    """The agreement to one version, with its evidence; kept as it is for ever.

    The customer's own, or the planner's record that the rules asked for none (AMB-W2): `method` says which.
    """

    version = models.OneToOneField(PlanVersion, models.PROTECT, related_name="acknowledgment")
    seal = models.OneToOneField(Seal, models.PROTECT, related_name="acknowledgment")
    request = models.OneToOneField(AcknowledgmentRequest, models.PROTECT, null=True, related_name="acknowledgment")
    case_note = models.ForeignKey(CaseNote, models.PROTECT, null=True, related_name="+")
    method = models.CharField(_("way"), max_length=12, choices=Method)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acknowledgments")
    signer_name = models.CharField(max_length=201)
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

    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledgment")
        constraints = [
            models.CheckConstraint(condition=~Q(typed_name=""), name="an_acknowledgment_has_a_typed_name"),
            models.CheckConstraint(
                condition=(
                    Q(method="electronic", request__isnull=False, case_note__isnull=True)
                    | Q(method="not_required", request__isnull=True, case_note__isnull=False)
                ),
                name="an_acknowledgment_answers_a_request_or_has_a_case_note",
            ),
        ]

    def __str__(self):
        return f"{self.version}: {self.typed_name}"


class PrintedFormQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(rendered_at__isnull=True, seal__voided_at__isnull=True, attempts__lt=PrintedForm.ATTEMPTS)


class PrintedForm(models.Model):
    """The PDF of a seal, rendered by a worker and filed in Uploads."""

    ATTEMPTS = 5

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="forms")
    kind = models.CharField(max_length=8, choices=PrintKind)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    rendered_at = models.DateTimeField(null=True)
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, related_name="printed_form")

    objects = PrintedFormQuerySet.as_manager()

    class Meta:
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
