"""The employment plan, and plans in older systems (12.7.2, 12.7.9)."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from careerplan.plans.enums import Outcome, OutcomeReason, PlanState, Rewording
from customers.enums import PlanType
from customers.models import Customer, Enrollment, OfCustomerQuerySet, Upload

PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+", "editable": False}


def plan_type_of(types: Iterable[str]) -> str:
    """The kind of plan that programs of these kinds make together; "" without any (AMB-W21)."""
    found = set(types)
    return PlanType.BOTH if len(found) > 1 else found.pop() if found else ""


def plan_type_now(plan: "EmploymentPlan") -> str:
    """The kind of plan that the customer's open programs make today (12.7.9); who has left every program keeps the plan
    that was agreed to. One query, none where the page has read the programs."""
    found = plan_type_for(plan.customer_id) if plan.types_now is None else plan_type_of(plan.types_now)
    return found or plan.plan_type


def plan_type_among(plan: "EmploymentPlan", enrollments: Iterable[Enrollment]) -> str:
    """As `plan_type_now`, where all of the customer's enrollments are at hand, with their programs."""
    return plan_type_of(row.program.plan_type for row in enrollments if row.exited_on is None) or plan.plan_type


def plan_type_for(customer_id: int) -> str:
    """IEP, ISS, or one shared plan of both types for a customer co-enrolled in both kinds of program (AMB-W21)."""
    open_enrollments = Enrollment.objects.filter(customer=customer_id, exited_on__isnull=True)
    return plan_type_of(open_enrollments.values_list("program__plan_type", flat=True))


class EmploymentPlan(TrackedModel):
    """An IEP, an ISS, or one shared plan that is both (12.7.9)."""

    # The kinds of plan of the customer's open programs, where a page has read them.
    types_now: list[str] | None = None

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="plans", verbose_name=_("customer"))
    plan_type = models.CharField(_("plan type"), max_length=4, choices=PlanType)
    state = models.CharField(_("state"), max_length=6, choices=PlanState, default=PlanState.OPEN)
    outcome = models.CharField(_("outcome"), max_length=13, choices=Outcome, blank=True)
    outcome_reason = models.CharField(_("reason"), max_length=13, choices=OutcomeReason, blank=True)
    barriers_comment = models.TextField(
        _("comments on barriers"),
        max_length=1000,
        blank=True,
        help_text=_("Needs that are not on the list, or a note that there are no potential barriers (12.7.5)."),
    )
    comment_rewording = models.CharField(
        _("what changed in the comments on barriers"), max_length=7, choices=Rewording, blank=True
    )
    no_services_reason = models.CharField(_("why no services are planned"), max_length=300, blank=True)
    no_supportive_services = models.BooleanField(_("no supportive services are needed"), default=False)
    written_in = models.CharField(
        _("language in which it is written"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    started_at = models.DateTimeField(_("started"), editable=False)
    started_by = models.ForeignKey(**PERSON, verbose_name=_("started by"))
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("closed by"))
    # The plan that this one takes the place of, since its employment goal changed (12.7.8).
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="followed_by",
        verbose_name=_("follows the plan"),
    )
    # While a version that is with the customer is declined and the plan is put back (acknowledgments/agreement): a key
    # that no plan has. The foreign key is checked at commit, so that no transaction leaves it standing.
    restoring = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment plan")
        verbose_name_plural = _("employment plans")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state=PlanState.OPEN),
                name="one_open_plan_a_customer",
                violation_error_message=_("The customer already has an open plan (12.7.9)."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=PlanState.OPEN, outcome="", closed_at__isnull=True, closed_by__isnull=True)
                    | Q(state=PlanState.CLOSED, closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")
                ),
                name="a_closed_plan_says_how_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NOT_COMPLETED) ^ Q(outcome_reason=""),
                name="a_plan_not_completed_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("started_at")),
                name="a_plan_closes_after_it_started",
            ),
            models.CheckConstraint(condition=Q(plan_type__in=PlanType.values), name="a_plan_has_a_known_type"),
            models.CheckConstraint(
                condition=Q(restoring__isnull=True) | Q(restoring=0), name="a_plan_is_restoring_for_a_moment"
            ),
        ]

    def __str__(self):
        return self.get_plan_type_display()

    def history_subject(self):
        return Subject(str(_("Plan")), self.customer_id, self.pk)

    def follow_programs(self, enrollments: Iterable[Enrollment]) -> None:
        """Know the kinds of plan that the customer's open programs make, of all enrollments of today."""
        self.types_now = [row.program.plan_type for row in enrollments if row.exited_on is None]

    @property
    def is_open(self) -> bool:
        return self.state == PlanState.OPEN

    def was_iep(self) -> bool:
        """Whether the customer ever agreed to it as an IEP. One query."""
        return self.versions.once_active().exclude(plan_type=PlanType.ISS).exists()

    def was_active(self) -> bool:
        """Whether a version was ever in force: from then on the customer has agreed to something. One query."""
        return self.versions.once_active().exists()

    @property
    def is_iep(self) -> bool:
        return self.plan_type in {PlanType.IEP, PlanType.BOTH}

    @property
    def is_iss(self) -> bool:
        return self.plan_type in {PlanType.ISS, PlanType.BOTH}


class LegacyPlanQuerySet(OfCustomerQuerySet):
    def unmoved(self):
        return self.filter(moved_to__isnull=True)

    def agreed(self):
        """The acknowledgment there is on file: the document, or its day as a planner recorded it (AMB-W29)."""
        return self.filter(Q(acknowledged_on__isnull=False) | Q(acknowledgment__isnull=False))

    def agreed_for_programs_of_now(self):
        """As `agreed`, where the customer joined no program since (AMB-W21, AMB-W29).

        Since the day as it was recorded, or the one on which the document was uploaded.
        """
        day = Coalesce("acknowledged_on", TruncDate("acknowledgment__uploaded_at"))
        open_enrollments = Enrollment.objects.filter(customer=OuterRef("customer"), exited_on__isnull=True)
        joined = open_enrollments.filter(begun_on__gt=OuterRef("agreed_by"))
        return self.agreed().annotate(agreed_by=day).exclude(Exists(joined))


class LegacyPlan(TrackedModel):
    """A plan in an older system: it moves here at its next review, whatever that review is about (12.7.2)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="legacy_plans", verbose_name=_("customer"))
    system = models.CharField(_("older system"), max_length=100)
    reference = models.CharField(_("number of the plan there"), max_length=60, blank=True)
    acknowledged_on = DayField(_("last acknowledged there"), happened=True, null=True, blank=True)
    acknowledgment = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("acknowledgment on file")
    )
    next_review_on = DayField(_("next review"))
    registered_at = models.DateTimeField(_("registered"), editable=False)
    registered_by = models.ForeignKey(**PERSON, verbose_name=_("registered by"))
    moved_to = models.OneToOneField(
        EmploymentPlan, models.PROTECT, null=True, editable=False, related_name="legacy", verbose_name=_("moved to")
    )
    moved_at = models.DateTimeField(_("moved"), null=True, editable=False)

    objects = LegacyPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan in an older system")
        verbose_name_plural = _("plans in older systems")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(moved_to__isnull=True),
                name="one_unmoved_legacy_plan_a_customer",
                violation_error_message=_("A plan in an older system is already registered."),
            ),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True) ^ Q(moved_at__isnull=False), name="a_moved_legacy_plan_says_when"
            ),
        ]

    def __str__(self):
        return f"{self.system} {self.reference}".strip()

    def history_subject(self):
        label = _("Plan in an older system")
        return Subject(f"{label}: {self}", self.customer_id, self.moved_to_id)


class OfPlanQuerySet(TrackedQuerySet):
    """Rows of a plan are visible where its customer is."""

    def visible_to(self, user):
        return self.filter(Exists(EmploymentPlan.objects.visible_to(user).filter(pk=OuterRef("plan"))))

    def in_plan(self):
        """What stands in the working copy now; removed rows are kept but left out."""
        return self.filter(removed_at__isnull=True)
