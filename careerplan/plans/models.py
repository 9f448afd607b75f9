"""The employment plan, its versions, and the barriers of its working copy.

The rows that planners edit are the plan's working copy. A version is one agreed state of it: draft, then sealed when it
is sent, then active when the customer has acknowledged it (12.7.6 to 12.7.8). The database holds what cannot be
otherwise: one open plan a customer, one draft-or-awaiting and one active version a plan, a state with its dates.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.plans.enums import (
    OPEN_STATES,
    BarrierRemoval,
    BarrierStatus,
    GateExemption,
    Outcome,
    OutcomeReason,
    PlanState,
    Rewording,
    VersionState,
)
from careerplan.plans.policy import NO_BARRIERS, OTHER_BARRIER
from customers.enums import PlanType
from customers.models import CaseNote, Customer, Enrollment, OfCustomerQuerySet, Upload

PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+", "editable": False}


def plan_type_of(types: Iterable[str]) -> str:
    """The kind of plan that programs of these kinds make together; "" without any (AMB-W21)."""
    found = set(types)
    return PlanType.BOTH if len(found) > 1 else found.pop() if found else ""


class EmploymentPlanQuerySet(OfCustomerQuerySet):
    def with_programs(self):
        """Adds `makes_iep`, `makes_iss`: what the customer's open programs make of the plan."""
        programs = Enrollment.objects.filter(customer=OuterRef("customer"), exited_on__isnull=True)
        return self.annotate(
            makes_iep=Exists(programs.filter(program__plan_type=PlanType.IEP)),
            makes_iss=Exists(programs.filter(program__plan_type=PlanType.ISS)),
        )


class EmploymentPlan(TrackedModel):
    """An IEP, an ISS, or one shared plan that is both (12.7.9)."""

    BOUND = frozenset(
        {"plan_type", "barriers_comment", "comment_rewording", "no_services_reason", "no_supportive_services"}
    )

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
    # While acknowledgments/restoring.py puts the plan back though no draft is open: a key that no plan has. The foreign
    # key is checked at commit, so that no transaction leaves it standing.
    restoring = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False)

    objects = EmploymentPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment plan")
        verbose_name_plural = _("employment plans")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state="open"),
                name="one_open_plan_a_customer",
                violation_error_message=_("The customer already has an open plan (12.7.9)."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="open", outcome="", closed_at__isnull=True, closed_by__isnull=True)
                    | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")
                ),
                name="a_closed_plan_says_how_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_completed") ^ Q(outcome_reason=""),
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


class LegacyPlan(TrackedModel):
    """A plan in an older system: it moves here at its next review, whatever that review is about (12.7.2)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="legacy_plans", verbose_name=_("customer"))
    system = models.CharField(_("older system"), max_length=100)
    reference = models.CharField(_("number of the plan there"), max_length=60, blank=True)
    acknowledged_on = models.DateField(_("last acknowledged there"), null=True, blank=True)
    acknowledgment = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("acknowledgment on file")
    )
    next_review_on = models.DateField(_("next review"))
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
                violation_error_message=_("A plan in an older system is registered already."),
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


class VersionQuerySet(OfPlanQuerySet):
    def visible_to(self, user):
        """A draft is hidden from its customer; so is what never reached one."""
        rows = super().visible_to(user)
        if user.is_authenticated and user.is_customer:
            return rows.filter(state__in=[VersionState.AWAITING, VersionState.ACTIVE, VersionState.SUPERSEDED])
        return rows

    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def once_active(self):
        """Those that were in force, and the one that is."""
        return self.filter(approved_at__isnull=False)

    def active(self):
        return self.filter(state=VersionState.ACTIVE)


def exactly_when(state_condition: Q, *columns: str) -> Q:
    """The columns are all filled in these states and all empty in the others."""
    filled = Q(**{f"{column}__isnull": False for column in columns})
    empty = Q(**{f"{column}__isnull": True for column in columns})
    return (state_condition & filled) | (~state_condition & empty)


# In force by the customer's acknowledgment (sent), or by the planner's record that none was required (not sent).
MAYBE_SENT_STATES = ["active", "superseded", "not_completed"]
AGREED_STATES = Q(state__in=["active", "superseded"])


class PlanVersion(TrackedModel):
    """One version of a plan.

    `created_on` is at once the open date, and `approved_on` the close date, of the "IEP (ISS) Development or Review"
    service: one row holds both, so that they cannot differ (12.7.6; AMB-W24).
    """

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="versions", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("version"))
    # As the plan's was while this version was in the making: it follows the customer's programs (12.7.9).
    plan_type = models.CharField(_("plan type"), max_length=4, choices=PlanType, editable=False)
    state = models.CharField(_("state"), max_length=13, choices=VersionState, default=VersionState.DRAFT)
    created_on = models.DateField(_("created"), editable=False)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(**PERSON, verbose_name=_("created by"))
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("sent by"))
    approved_on = models.DateField(_("approved"), null=True)
    approved_at = models.DateTimeField(null=True, editable=False)
    next_review_on = models.DateField(_("next review"), null=True)
    superseded_at = models.DateTimeField(_("superseded"), null=True, editable=False)
    not_completed_at = models.DateTimeField(_("not completed"), null=True, editable=False)
    not_completed_note = models.ForeignKey(CaseNote, models.PROTECT, null=True, related_name="+", editable=False)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    deleted_reason = models.CharField(_("why it was deleted"), max_length=300, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_version_number_is_used_once_in_a_plan"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["draft", "awaiting"]),
                name="one_draft_or_awaiting_version_a_plan",
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="active"), name="one_active_version_a_plan"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_are_numbered_from_one"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="a_version_has_a_known_state"),
            models.CheckConstraint(condition=Q(plan_type__in=PlanType.values), name="a_version_has_a_known_plan_type"),
            models.CheckConstraint(
                condition=(
                    Q(state="awaiting", sent_at__isnull=False, sent_by__isnull=False)
                    | Q(state__in=["draft", "deleted"], sent_at__isnull=True, sent_by__isnull=True)
                    | Q(state__in=MAYBE_SENT_STATES, sent_at__isnull=True, sent_by__isnull=True)
                    | Q(state__in=MAYBE_SENT_STATES, sent_at__isnull=False, sent_by__isnull=False)
                ),
                name="a_sent_version_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=exactly_when(AGREED_STATES, "approved_on", "approved_at", "next_review_on"),
                name="an_agreed_version_has_its_approval_and_next_review",
            ),
            models.CheckConstraint(
                condition=exactly_when(Q(state="superseded"), "superseded_at"),
                name="a_superseded_version_says_when",
            ),
            models.CheckConstraint(
                condition=exactly_when(Q(state="not_completed"), "not_completed_at", "not_completed_note"),
                name="a_version_not_completed_has_its_case_note",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="deleted", deleted_at__isnull=False) & ~Q(deleted_reason="")
                    | ~Q(state="deleted") & Q(deleted_at__isnull=True, deleted_reason="")
                ),
                name="a_deleted_version_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=F("created_on")),
                name="an_approval_is_not_before_the_creation",
            ),
            models.CheckConstraint(
                condition=Q(next_review_on__isnull=True) | Q(next_review_on__gt=F("approved_on")),
                name="a_review_follows_the_approval",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_review_on", "id"], condition=Q(state="active"), name="reviews_of_active_versions"
            )
        ]

    def __str__(self):
        return str(_("Version %(number)d")) % {"number": self.number}

    def history_subject(self):
        return Subject(str(self), self.plan.customer_id, self.plan_id)

    @property
    def service_name(self) -> str:
        """The service record that this version is: opened with its creation, closed with its approval (AMB-W13)."""
        words = {
            PlanType.IEP: _("IEP Development or Review"),
            PlanType.ISS: _("ISS Development or Review"),
            PlanType.BOTH: _("IEP and ISS Development or Review"),
        }
        return str(words[PlanType(self.plan_type)])

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def is_awaiting(self) -> bool:
        return self.state == VersionState.AWAITING


class VersionEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Exists(PlanVersion.objects.visible_to(user).filter(pk=OuterRef("version"))))


class VersionEvent(models.Model):
    """One transition of a version: the business log. Rows are never changed."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="events")
    name = models.CharField(max_length=30)
    source = models.CharField(max_length=13, blank=True)
    target = models.CharField(max_length=13, choices=VersionState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Why, where a transition asks for it.
    note = models.TextField(max_length=1000, blank=True)

    objects = VersionEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a version")
        indexes = [models.Index(fields=["version", "id"], name="events_of_a_version")]

    def __str__(self):
        return f"{self.version}: {self.name}"


class RemovableModel(TrackedModel):
    """An item of the working copy. Removing keeps the row: when, by whom, why."""

    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)
    removed_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("removed by"))
    removed_reason = models.CharField(_("why it was removed"), max_length=300, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                    | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")
                ),
                name="%(app_label)s_%(class)s_removed_says_when_by_whom_why",
            )
        ]


class GatedModel(RemovableModel):
    """An item that waits for an agreement: a service before it starts, an action step before it is done (12.7.8)."""

    # The first active version that listed it, and the day of its approval: from then on it waits no longer.
    authorised_in = models.ForeignKey(PlanVersion, models.PROTECT, null=True, editable=False, related_name="+")
    authorised_on = models.DateField(_("may start from"), null=True, editable=False)
    gate_exemption = models.CharField(max_length=10, choices=GateExemption, blank=True, editable=False)

    class Meta(RemovableModel.Meta):
        abstract = True


def authorised_with_its_version(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(authorised_in__isnull=True) ^ Q(authorised_on__isnull=False), name=name)


def not_before_the_agreement(column: str, *, name: str) -> models.CheckConstraint:
    """The day is not before the first version that lists the item became active, but for what needs none."""
    agreed = Q(authorised_on__isnull=False, **{f"{column}__gte": F("authorised_on")})
    return models.CheckConstraint(
        condition=Q(**{f"{column}__isnull": True}) | ~Q(gate_exemption="") | agreed, name=name
    )


class BarrierCategory(TrackedModel):
    """A kind of barrier, as WIOA and the state list them."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=60)
    pirl_elements = models.CharField(_("federal reporting elements (PIRL)"), max_length=60, blank=True)
    programs = models.CharField(_("programs"), max_length=60, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    is_confidential = models.BooleanField(_("confidential: not on shared prints"), default=False)
    is_system = models.BooleanField(_("has a rule of its own"), default=False)
    is_active = models.BooleanField(_("offered"), default=True)
    is_verified = models.BooleanField(_("verified against a published source"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("barrier category")
        verbose_name_plural = _("barrier categories")

    def __str__(self):
        return self.name

    @property
    def is_none(self) -> bool:
        """ "No potential barriers": excludes all others and needs a comment (12.7.5)."""
        return self.code == NO_BARRIERS

    @property
    def is_other(self) -> bool:
        return self.code == OTHER_BARRIER


class Barrier(RemovableModel):
    """Something that stands between the customer and the goal (12.7.5, Potential Barriers)."""

    BOUND = frozenset({"category", "description", "rewording"})

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="barriers", verbose_name=_("plan"))
    category = models.ForeignKey(
        BarrierCategory, models.PROTECT, related_name="barriers", verbose_name=_("barrier category")
    )
    description = models.CharField(_("description"), max_length=500, blank=True)
    how_addressed = models.CharField(_("how it will be addressed"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=BarrierStatus, default=BarrierStatus.OPEN)
    rewording = models.CharField(_("what changed in the description"), max_length=7, choices=Rewording, blank=True)
    removal = models.CharField(_("removal"), max_length=20, choices=BarrierRemoval, blank=True, editable=False)

    class Meta(RemovableModel.Meta):
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        constraints = [
            *RemovableModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "category"],
                condition=Q(removed_at__isnull=True),
                name="a_barrier_category_stands_in_a_plan_once",
                violation_error_message=_("This barrier is in the plan already. Edit it instead."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) ^ ~Q(removal=""), name="a_removed_barrier_has_its_kind_of_removal"
            ),
        ]

    def __str__(self):
        return str(self.category)

    def history_subject(self):
        return Subject(f"{_('Barrier')}: {self.category}", self.plan.customer_id, self.plan_id)
