"""Sources of a feed with their tokens, the records that they write, and the times at which records came."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import Region
from careerplan.base.dates import in_row
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from customers.models import Customer, OfCustomerQuerySet
from services.enums import ServiceStatus
from services.feed.enums import IN_PLAN, Asking, RecordState, Way

HOURS_A_WEEK = 168
CODE = r"^[a-z0-9][a-z0-9-]{1,29}$"
LONGEST_NOTES = 500
LONGEST_REASON = 200
LONGEST_CODE = 40


class FeedSourceQuerySet(TrackedQuerySet):
    def for_customer(self, customer: Customer) -> "FeedSourceQuerySet":
        """Those that may write of the customer."""
        return self.of_region(customer.office.region_id)

    def of_region(self, region: int) -> "FeedSourceQuerySet":
        """Those that may write of customers there."""
        return self.filter(Q(region=None) | Q(region=region), is_active=True).order_by("name", "pk")

    def with_last_sync(self, customer: int | None = None) -> "FeedSourceQuerySet":
        """With `last_sync_at`: when records came last, of all customers or of this one; None where they never did."""
        runs = FeedRun.objects.filter(source=OuterRef("pk"), refusal="").order_by("-ended_at")
        if customer is not None:
            runs = runs.filter(Q(customer=None) | Q(customer=customer))
        return self.annotate(last_sync_at=Subquery(runs.values("ended_at")[:1]))


class FeedSource(TrackedModel):
    """Another system. It writes its own records alone, of customers of its region."""

    code = models.CharField(
        _("code"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(CODE, _("Use 2 to 30 small letters, digits and hyphens, for example ivle."))],
    )
    name = models.CharField(_("name"), max_length=60)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
        help_text=_("It writes of customers of this region alone. Empty: of every region."),
    )
    is_active = models.BooleanField(_("its records are taken"), default=True)
    asking = models.CharField(
        _("how it can be asked"),
        max_length=5,
        choices=Asking,
        blank=True,
        help_text=_("Empty: it sends by itself, and “Sync now” is not offered."),
    )
    address = models.CharField(
        _("address at which it is asked"),
        max_length=300,
        blank=True,
        validators=[URLValidator(["https", "http"])],
        help_text=_("Its host must be among those that this installation may ask (FEED_HOSTS)."),
    )

    objects = FeedSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of a feed")
        verbose_name_plural = _("sources of a feed")
        constraints = [
            models.CheckConstraint(
                condition=Q(asking="http") ^ Q(address=""),
                name="a_source_that_is_asked_by_http_has_an_address",
                violation_error_message=_("Enter an address where the source is asked by HTTP, and nowhere else."),
            ),
            models.CheckConstraint(
                condition=Q(asking__in=["", *Asking.values]), name="a_source_is_asked_in_a_known_way"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def may_be_asked(self) -> bool:
        return self.is_active and self.asking != ""


class FeedToken(models.Model):
    """With which a source proves who it is. Told once; the digest of a long random text needs no slow hashing."""

    source = models.ForeignKey(FeedSource, models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("token of a source")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_token_says_when_and_by_whom",
            )
        ]

    def __str__(self):
        return f"{self.source}: …{self.hint}"


class FeedCode(TrackedModel):
    """What a source calls an entry of the catalog: a row of its table of codes, which an administrator keeps."""

    source = models.ForeignKey(
        FeedSource, models.PROTECT, related_name="codes", db_index=False, verbose_name=_("source")
    )
    code = models.CharField(_("code in the source"), max_length=LONGEST_CODE)
    service = models.ForeignKey(
        "services.Service", models.PROTECT, related_name="+", db_index=False, verbose_name=_("service of the catalog")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("code of a source")
        verbose_name_plural = _("codes of sources")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "code"],
                name="a_code_of_a_source_means_one_service",
                violation_error_message=_("This code of the source is there already. Change that one."),
            ),
            models.CheckConstraint(condition=~Q(code=""), name="a_code_of_a_source_is_said"),
        ]

    def __str__(self):
        return f"{self.source}: {self.code}"


class FeedRecordQuerySet(OfCustomerQuerySet):
    def in_inbox(self):
        """What waits for a decision, and what its source changed since it was decided."""
        return self.filter(Q(state=RecordState.WAITING) | Q(changed_at__gt=F("decided_at")))

    def without_service(self):
        """Those that wait, and whose code is in no table."""
        return self.filter(state=RecordState.WAITING, service=None)


class FeedRecord(TrackedModel):
    """What a source says of one service of a customer, as it said it last, and what was decided about it.

    `service`: what `service_code`, as the source says it, means in the catalog; None while its table does not know it.
    """

    source = models.ForeignKey(
        FeedSource, models.PROTECT, related_name="records", editable=False, db_index=False, verbose_name=_("source")
    )
    external_id = models.CharField(_("external ID"), max_length=100, editable=False)
    customer = models.ForeignKey(
        Customer, models.PROTECT, related_name="+", editable=False, db_index=False, verbose_name=_("customer")
    )
    service = models.ForeignKey(
        "services.Service", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("service")
    )
    service_code = models.CharField(
        _("code in the source"), max_length=LONGEST_CODE, blank=True, default="", db_default=""
    )
    status = models.CharField(_("status"), max_length=14, choices=ServiceStatus)
    planned_start_on = DayField(_("planned start"), null=True, blank=True)
    planned_end_on = DayField(_("planned end"), null=True, blank=True)
    actual_start_on = DayField(_("start date"), happened=True, null=True, blank=True)
    ended_on = DayField(_("completion date"), happened=True, null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("weekly hours"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HOURS_A_WEEK)],
    )
    provider = models.CharField(_("provider"), max_length=150, blank=True)
    notes = models.CharField(_("notes"), max_length=LONGEST_NOTES, blank=True)
    received_at = models.DateTimeField(_("received"), editable=False)
    changed_at = models.DateTimeField(_("changed by the source"), editable=False)
    state = models.CharField(
        _("decision"), max_length=7, choices=RecordState, default=RecordState.WAITING, editable=False
    )
    planned = models.ForeignKey(
        "services.PlannedService",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="feed_records",
        verbose_name=_("service of the plan"),
    )
    reason = models.CharField(_("why it is ignored"), max_length=LONGEST_REASON, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = FeedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of a feed")
        verbose_name_plural = _("records of a feed")
        indexes = [
            models.Index(fields=["customer", "state", "id"], name="feed_of_a_customer"),
            models.Index(fields=["source", "service_code"], condition=Q(state="waiting"), name="feed_codes_that_wait"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="a_source_says_one_thing_once"),
            models.UniqueConstraint(
                fields=["planned", "source"],
                condition=Q(planned__isnull=False),
                name="a_service_has_one_record_of_a_source",
            ),
            models.CheckConstraint(condition=~Q(external_id=""), name="a_record_has_its_external_id"),
            models.CheckConstraint(
                condition=Q(service__isnull=False) | ~Q(service_code=""), name="a_record_says_which_service_it_is_of"
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=False) | Q(planned=None), name="a_record_in_the_plan_is_of_the_catalog"
            ),
            models.CheckConstraint(
                condition=Q(planned__isnull=False) ^ ~Q(state__in=[state.value for state in IN_PLAN]),
                name="a_record_in_the_plan_names_its_service",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="a_decision_on_a_record_says_when_and_by_whom",
            ),
            models.CheckConstraint(condition=Q(state="ignored") ^ Q(reason=""), name="an_ignored_record_says_why"),
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="a_record_has_a_known_decision"),
            models.CheckConstraint(condition=Q(status__in=ServiceStatus.values), name="a_record_has_a_known_status"),
        ]

    def __str__(self):
        return f"{self.source_id}: {self.external_id}"

    def history_subject(self) -> Subject:
        label = _("Record of a feed")
        return Subject(f"{label}: {self.external_id}", self.customer_id)

    @property
    def days(self) -> str:
        """When it is or was, in a row: the actual days, else the planned ones."""
        is_actual = self.actual_start_on is not None
        pair = (self.actual_start_on, self.ended_on) if is_actual else (self.planned_start_on, self.planned_end_on)
        said = " – ".join(dict.fromkeys(in_row(day) for day in pair if day is not None))
        return said if is_actual or not said else gettext("Planned: %(days)s") % {"days": said}

    @property
    def called(self) -> Any:
        """What it is of: the reader's name of the service, or the source's own code."""
        return self.service.plain_name if self.service else self.service_code

    @property
    def waits(self) -> bool:
        return self.state == RecordState.WAITING

    @property
    def is_changed(self) -> bool:
        """Whether the source changed it since it was decided."""
        return self.decided_at is not None and self.changed_at > self.decided_at


class FeedRun(models.Model):
    """One time that records came: how many, and which of them were refused and why (the first ones of many)."""

    source = models.ForeignKey(FeedSource, models.PROTECT, related_name="runs", verbose_name=_("source"))
    way = models.CharField(_("way"), max_length=5, choices=Way)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("customer")
    )
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("by")
    )
    file_name = models.CharField(_("file"), max_length=150, blank=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    unmapped = models.PositiveIntegerField(_("without a known code"), default=0, db_default=0)
    faults = models.JSONField(_("faults"), default=list)
    refusal = models.CharField(_("why nothing was taken"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of a feed")
        verbose_name_plural = _("runs of a feed")
        indexes = [
            models.Index(fields=["source", "-ended_at"], name="runs_of_a_source"),
            models.Index(fields=["ended_at"], name="runs_by_age"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("begun_at")), name="a_run_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="a_run_came_in_a_known_way"),
        ]

    def __str__(self):
        return f"{self.source}: {self.ended_at}"


class FeedFile(models.Model):
    """A file that an administrator brought, while its preview is looked at; it goes with the decision."""

    source = models.ForeignKey(FeedSource, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=150)
    encoding = models.CharField(max_length=10)
    content = models.BinaryField()
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("file of a feed")
        indexes = [models.Index(fields=["brought_at"], name="feed_files_by_age")]

    def __str__(self):
        return self.file_name


# Of what a source says, what a record keeps as it is.
FACTS: tuple[Any, ...] = (
    "status",
    "planned_start_on",
    "planned_end_on",
    "actual_start_on",
    "ended_on",
    "weekly_hours",
    "provider",
    "notes",
)
