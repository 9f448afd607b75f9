"""The service catalog, planned services, and earned credentials."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.history import Subject, TrackedModel, record
from careerplan.base.links import ValuesAsJson
from careerplan.base.named import NamedModel
from careerplan.base.plausible import DayField
from careerplan.base.refusals import Refusal
from careerplan.plans.coenrollment import NOBODY, require_approval
from careerplan.plans.models import (
    Barrier,
    EmploymentPlan,
    GatedModel,
    OfPlanQuerySet,
    authorised_with_its_version,
    not_before_the_agreement,
)
from customers.enums import ProgramKind
from customers.models import Assessment, Customer, OfCustomerQuerySet, Program, Upload
from goals.models import Goal, require_goal_of_plan
from services.attendance import models as attendance  # noqa: F401  # Django finds the hours attended by it
from services.catalog.models import ServiceAnswer as ServiceAnswer
from services.catalog.offering import ENDS_AFTER_IT_BEGINS, Offered
from services.classes.apprenticeship.models import WageStep
from services.classes.details import WITH_ITS_SERVICE, ServiceDetail
from services.classes.kinds import detail_model, detail_of
from services.costs.models import CostLine as CostLine
from services.crosswalk import models as crosswalk  # noqa: F401  # Django finds the crosswalk by it
from services.enums import (
    BEGUN_STATUSES,
    ENDED_STATUSES,
    AssessmentStep,
    Continuation,
    CredentialType,
    Exploration,
    FormKind,
    NeverProvided,
    Participation,
    ServiceClass,
    ServiceRemoval,
    ServiceStatus,
)
from services.feed import models as feed_models  # noqa: F401  # of this app
from services.limits.models import SupportLimit as SupportLimit
from services.limits.spending import refuse_return_beyond
from services.placed import (
    let_placements_go,
    placements_go_along,
    refuse_removal_while_placed,
    take_placements_up_again,
)
from services.policy import is_groundwork_done
from services.programs import others_answering
from services.providers.models import ApprovedCredential

HOURS_A_WEEK = 168
NOTES_LIMIT = 2000


class ServiceCategory(NamedModel):
    """A heading of the catalog."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("service category")
        verbose_name_plural = _("service categories")


class Service(Offered, NamedModel):
    """An entry of the catalog: what it is to the policy and to federal reporting."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("service"), max_length=150)
    category = models.ForeignKey(ServiceCategory, models.PROTECT, related_name="services", verbose_name=_("category"))
    service_class = models.CharField(_("class"), max_length=20, choices=ServiceClass)
    pirl_elements = models.CharField(_("federal reporting elements (PIRL)"), max_length=120, blank=True)
    description = models.TextField(_("description"))
    causes_adult = models.CharField(_("participation-causing, Adult"), max_length=14, choices=Participation)
    causes_dislocated_worker = models.CharField(
        _("participation-causing, Dislocated Worker"), max_length=14, choices=Participation
    )
    causes_youth = models.CharField(_("participation-causing, Youth"), max_length=14, choices=Participation)
    is_training = models.BooleanField(_("training"), default=False)
    is_supportive = models.BooleanField(_("supportive"), default=False)
    is_referral = models.BooleanField(_("referral"), default=False)
    is_gate_exempt = models.BooleanField(
        _("may start before an acknowledged plan"), default=False, help_text=_("Assessments and pre-enrollment.")
    )
    assessment_step = models.CharField(
        _("assessment that an IEP is based on"), max_length=13, choices=AssessmentStep, blank=True
    )
    in_exploration = models.CharField(_("during career exploration"), max_length=7, choices=Exploration)
    exploration_note = models.CharField(_("note on career exploration"), max_length=200, blank=True)
    offered_adult = models.BooleanField(_("offered to Adult"), default=True)
    offered_dislocated_worker = models.BooleanField(_("offered to Dislocated Worker"), default=True)
    offered_youth = models.BooleanField(_("offered to Youth"), default=True)
    form_kind = models.CharField(_("form"), max_length=16, choices=FormKind)
    needs_worksite = models.BooleanField(_("needs a worksite"), default=False)
    needs_soc = models.BooleanField(_("needs a SOC code"), default=False)
    needs_rapids = models.BooleanField(_("needs a RAPIDS ID"), default=False)
    needs_dollar_value = models.BooleanField(_("needs a dollar value"), default=False)
    is_active = models.BooleanField(_("offered"), default=True)
    is_verified = models.BooleanField(_("verified against a published source"), default=False)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("service catalog")
        constraints = [
            models.CheckConstraint(
                condition=Q(service_class__in=ServiceClass.values), name="a_service_has_a_known_class"
            ),
            ENDS_AFTER_IT_BEGINS,
        ]

    def is_offered_to(self, kind: str) -> bool:
        """Whether programs of this kind (ProgramKind) offer it: the catalog speaks of Title I, others choose freely."""
        answers = {
            ProgramKind.ADULT: self.offered_adult,
            ProgramKind.DISLOCATED_WORKER: self.offered_dislocated_worker,
            ProgramKind.YOUTH: self.offered_youth,
        }
        return {str(known): offered for known, offered in answers.items()}.get(kind, True)

    def causes_participation(self, kinds: Collection[str]) -> bool:
        """Whether it starts a participation in any program of these kinds (ProgramKind)."""
        answers = {
            ProgramKind.ADULT: self.causes_adult,
            ProgramKind.DISLOCATED_WORKER: self.causes_dislocated_worker,
            ProgramKind.YOUTH: self.causes_youth,
        }
        return any(answer == Participation.YES for kind, answer in answers.items() if kind in kinds)


class PlannedServiceQuerySet(OfPlanQuerySet):
    def accomplished(self):
        """Complete services that count among the customer's accomplishments; what a plan rests on does not."""
        return self.filter(status=ServiceStatus.COMPLETE, service__is_gate_exempt=False)

    def in_order(self):
        return self.order_by("goal__position", "goal_id", "planned_start_on", "id")

    def with_expected_credentials(self):
        """Adds `expected_credentials`: the names of what is approved for the training program; None where none is."""
        approved = ApprovedCredential.objects.offered().filter(program__trainings__planned=OuterRef("pk"))
        named = approved.order_by().values("program").annotate(found=ValuesAsJson("name")).values("found")
        return self.annotate(expected_credentials=Subquery(named))

    def with_wage_steps(self):
        """Adds `wage_steps`: of an apprenticeship, its wage steps; amounts as text, None where there are none."""
        steps = WageStep.objects.standing().filter(apprenticeship__planned=OuterRef("pk"))
        amounts = {name: Cast(name, TextField()) for name in ("wage", "percent")}
        told = ValuesAsJson(JSONObject(counted_in="counted_in", after="after", **amounts))
        rows = steps.order_by().values("apprenticeship").annotate(found=told).values("found")
        return self.annotate(wage_steps=Subquery(rows))


class PlannedService(GatedModel):
    """A catalog entry in one customer's plan, under a goal ("step/service")."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="services", verbose_name=_("plan"))
    service = models.ForeignKey(Service, models.PROTECT, related_name="planned", verbose_name=_("service"))
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="services", verbose_name=_("related goal")
    )
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("program")
    )
    status = models.CharField(_("status"), max_length=14, choices=ServiceStatus, default=ServiceStatus.PLANNED)
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
    provider = models.CharField(_("other provider"), max_length=150, blank=True, help_text=_("Empty: the grantee."))
    provider_contact = models.CharField(_("provider's address and phone"), max_length=200, blank=True)
    dollar_value = models.DecimalField(
        _("dollar value"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    never_provided_reason = models.CharField(
        _("why it was never provided"), max_length=20, choices=NeverProvided, blank=True
    )
    notes = models.TextField(_("notes"), max_length=NOTES_LIMIT, blank=True)
    barriers = models.ManyToManyField(Barrier, blank=True, related_name="services", verbose_name=_("related barriers"))
    removal = models.CharField(_("removal"), max_length=20, choices=ServiceRemoval, blank=True, editable=False)
    assessment = models.ForeignKey(
        Assessment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assessment that shows the need"),
    )
    exploration_reason = models.CharField(_("why during career exploration"), max_length=300, blank=True)
    exploration_supervisor = models.CharField(
        _("supervisor who approved it during career exploration"), max_length=150, blank=True, db_default="", default=""
    )
    early_supervisor = models.CharField(_("supervisor who allowed the early start"), max_length=150, blank=True)
    contract = models.CharField(_("funding source or contract"), max_length=100, blank=True)
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="continued_by",
        verbose_name=_("continues from"),
    )
    continuation = models.CharField(
        _("why it continues another one"), max_length=12, choices=Continuation, blank=True, editable=False
    )

    moves = "goal"
    objects = PlannedServiceQuerySet.as_manager()

    class Meta(GatedModel.Meta):
        verbose_name = _("planned service")
        verbose_name_plural = _("planned services")
        indexes = [models.Index(fields=["plan", "goal", "id"], name="services_of_a_plan")]
        constraints = [
            *GatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) ^ Q(status__in=["complete", "terminated"]),
                name="a_complete_or_terminated_service_has_its_end",
                violation_error_message=_("Enter the completion date."),
            ),
            models.CheckConstraint(
                condition=Q(actual_start_on__isnull=False) | ~Q(status__in=sorted(BEGUN_STATUSES)),
                name="a_begun_service_has_its_start",
                violation_error_message=_("Enter the start date."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("actual_start_on")),
                name="a_service_ends_after_it_starts",
                violation_error_message=_("The completion can't be before the start."),
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on__isnull=True)
                | Q(planned_start_on__isnull=True)
                | Q(planned_end_on__gte=F("planned_start_on")),
                name="a_planned_end_is_not_before_the_planned_start",
                violation_error_message=_("The planned end can't be before the planned start."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gte=0, weekly_hours__lte=HOURS_A_WEEK),
                name="weekly_hours_are_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(dollar_value__isnull=True) | Q(dollar_value__gte=0), name="a_dollar_value_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(status="never_provided") ^ Q(never_provided_reason=""),
                name="a_service_never_provided_says_why",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) ^ ~Q(removal=""), name="a_removed_service_has_its_kind_of_removal"
            ),
            models.CheckConstraint(condition=Q(status__in=ServiceStatus.values), name="a_service_has_a_known_status"),
            authorised_with_its_version("an_authorised_service_names_its_version"),
            not_before_the_agreement("actual_start_on", name="a_service_starts_once_a_version_that_lists_it_is_active"),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) ^ ~Q(continuation=""), name="a_service_that_goes_on_says_why"
            ),
            models.UniqueConstraint(
                fields=["continues"], condition=Q(removed_at__isnull=True), name="a_service_goes_on_once"
            ),
        ]

    def __str__(self):
        return str(self.service)

    def chain(self) -> "list[PlannedService]":
        """Itself and those from which it goes on with nothing but its funding changed, the nearest first."""
        found = [self]
        while found[-1].continuation == Continuation.FUNDING and found[-1].continues is not None:
            found.append(found[-1].continues)
        return found

    def origin(self) -> "PlannedService":
        return self.chain()[-1]

    def history_subject(self):
        return Subject(f"{_('Step/service')}: {self.service}", self.plan.customer_id, self.plan_id)

    def refuse_to_return(self, by: User) -> None:
        require_goal_of_plan(self.goal, self.plan)
        require_approval(others_answering(self, by), NOBODY)
        going_on = PlannedService.objects.in_plan().filter(continues=self.continues_id)
        if self.continues_id is not None and going_on.exists():
            raise Refusal(
                "goes-on-already",
                gettext("The earlier service already continues in another one. Change that one instead."),
            )
        refuse_return_beyond(self)

    def refuse_to_leave(self) -> None:
        super().refuse_to_leave()
        refuse_removal_while_placed(self)

    def let_go(self, *, by: User, at: datetime) -> None:
        super().let_go(by=by, at=at)
        let_placements_go(self, by=by, at=at)

    def take_up_again(self, left_at: datetime, *, by: User, at: datetime) -> None:
        super().take_up_again(left_at, by=by, at=at)
        take_placements_up_again(self, left_at, by=by, at=at)

    def take_along(self, former: Any, *, by: User, at: datetime) -> None:
        placements_go_along(former, self, by=by, at=at)
        if former.detail is None:
            return
        detail = former.detail.copied_to(self)
        record(detail, by=by, at=at, reason=WITH_ITS_SERVICE)
        for row in former.detail.rows_copied_to(detail):
            record(row, by=by, at=at, reason=WITH_ITS_SERVICE)

    @property
    def detail(self) -> ServiceDetail | None:
        """What only its class has."""
        return detail_of(self)

    def asked_of_its_class(self) -> list[tuple[Any, Any]]:
        """What its class must say before it starts: in words, and what to do where it is not said ("" where it is)."""
        model = detail_model(self)
        return [] if model is None else model.asked(self.detail, self.service)

    @property
    def has_begun(self) -> bool:
        return self.status in BEGUN_STATUSES

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED_STATUSES

    def on(self, day: date) -> "PlannedService":
        """Of those whose funding followed one another the one that a day is paid from."""
        *later, first = self.chain()
        return next((one for one in later if one.actual_start_on is not None and one.actual_start_on <= day), first)

    @property
    def needs_goal(self) -> bool:
        """What a plan rests on, once it is done, stands under no goal: goals follow from it."""
        return not is_groundwork_done(is_gate_exempt=self.service.is_gate_exempt, status=self.status)


class EarnedCredential(TrackedModel):
    """A credential that the customer earned; linked only to a completed service (ILL-005, ILL-120).

    `approved`: the one of the service's training program that it is, whose name and type it has then (ILL-121).
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="credentials", verbose_name=_("customer"))
    name = models.CharField(_("credential"), max_length=150)
    # "" of those that were recorded before they had one.
    credential_type = models.CharField(
        _("type of credential"), max_length=15, choices=CredentialType, blank=True, default="", db_default=""
    )
    earned_on = DayField(_("earned"), happened=True)
    service = models.ForeignKey(
        PlannedService, models.PROTECT, null=True, blank=True, related_name="credentials", verbose_name=_("service")
    )
    approved = models.ForeignKey(
        ApprovedCredential, models.PROTECT, null=True, blank=True, related_name="earned", db_index=False,
        verbose_name=_("approved credential"),
    )  # fmt: skip
    proof = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("proof")
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("earned credential")
        verbose_name_plural = _("earned credentials")
        indexes = [
            models.Index(fields=["customer", "-earned_on", "-id"], name="credentials_of_a_customer"),
            models.Index(fields=["approved"], condition=Q(approved__isnull=False), name="credentials_approved"),
            models.Index(fields=["proof"], condition=Q(proof__isnull=False), name="credentials_with_a_proof"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(credential_type__in=["", *CredentialType.values]), name="a_credential_has_a_known_type"
            ),
            models.CheckConstraint(
                condition=Q(approved__isnull=True) | (Q(service__isnull=False) & ~Q(credential_type="")),
                name="an_approved_credential_was_earned_in_a_service",
            ),
        ]

    def __str__(self):
        return self.name

    def history_subject(self):
        return Subject(f"{_('Credential')}: {self.name}", self.customer_id)
