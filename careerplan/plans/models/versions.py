"""Versions of a plan, and what happened to each (12.7.6 to 12.7.8)."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel
from careerplan.base.spoken import Words
from careerplan.plans.enums import OPEN_STATES, VersionState
from careerplan.plans.models.plans import PERSON, EmploymentPlan, OfPlanQuerySet
from customers.enums import PlanType
from customers.models import CaseNote


def was_in_force(version: str = "") -> Q:
    """A version that was in force once, or is. `version`: the way to it from the rows that are filtered."""
    return Q(**{f"{version}__approved_at__isnull".removeprefix("__"): False})


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
        return self.filter(was_in_force())

    def active(self):
        return self.filter(state=VersionState.ACTIVE)


def exactly_when(state_condition: Q, *columns: str) -> Q:
    """The columns are all filled in these states and all empty in the others."""
    filled = Q(**{f"{column}__isnull": False for column in columns})
    empty = Q(**{f"{column}__isnull": True for column in columns})
    return (state_condition & filled) | (~state_condition & empty)


# In force by the customer's acknowledgment (sent), or by the planner's record that none was required (not sent).
MAYBE_SENT_STATES = [VersionState.ACTIVE, VersionState.SUPERSEDED, VersionState.NOT_COMPLETED]
AGREED_STATES = Q(state__in=[VersionState.ACTIVE, VersionState.SUPERSEDED])


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

    # The transition for which this row was locked and checked, and the version that was in force beside it then
    # (`transitions.check`).
    checked_for = ""
    in_force: "PlanVersion | None" = None

    class Meta:
        verbose_name = _("plan version")
        verbose_name_plural = _("plan versions")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_version_number_is_used_once_in_a_plan"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=OPEN_STATES),
                name="one_draft_or_awaiting_version_a_plan",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=VersionState.ACTIVE), name="one_active_version_a_plan"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_are_numbered_from_one"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="a_version_has_a_known_state"),
            models.CheckConstraint(condition=Q(plan_type__in=PlanType.values), name="a_version_has_a_known_plan_type"),
            models.CheckConstraint(
                condition=(
                    Q(state=VersionState.AWAITING, sent_at__isnull=False, sent_by__isnull=False)
                    | Q(
                        state__in=[VersionState.DRAFT, VersionState.DELETED], sent_at__isnull=True, sent_by__isnull=True
                    )
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
                condition=exactly_when(Q(state=VersionState.SUPERSEDED), "superseded_at"),
                name="a_superseded_version_says_when",
            ),
            models.CheckConstraint(
                condition=exactly_when(Q(state=VersionState.NOT_COMPLETED), "not_completed_at", "not_completed_note"),
                name="a_version_not_completed_has_its_case_note",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=VersionState.DELETED, deleted_at__isnull=False) & ~Q(deleted_reason="")
                    | ~Q(state=VersionState.DELETED) & Q(deleted_at__isnull=True, deleted_reason="")
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
                fields=["next_review_on", "id"],
                condition=Q(state=VersionState.ACTIVE),
                name="reviews_of_active_versions",
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
    def state_in_words(self) -> str:
        """The state as people read it: with its plan the version in force ends, too. The plan must be at hand."""
        if self.state == VersionState.ACTIVE and not self.plan.is_open:
            return str(_("Last in force"))
        return self.get_state_display()

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

    # Whose note is a label of the product, kept in English.
    SAYS = frozenset({"unable"})

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="events")
    name = models.CharField(max_length=30)
    source = models.CharField(max_length=13, blank=True)
    target = models.CharField(max_length=13, choices=VersionState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Why, where a transition asks for it.
    note = models.TextField(max_length=1000, blank=True)
    # The language in which the note was written; empty where nobody said.
    written_in = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True, default="", db_default="")

    objects = VersionEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a version")
        indexes = [models.Index(fields=["version", "id"], name="events_of_a_version")]

    def __str__(self):
        return f"{self.version}: {self.name}"

    @property
    def told_note(self) -> str:
        """In the language in which somebody wrote it; what the product says (`SAYS`), in the one in force."""
        if self.name in self.SAYS:
            return gettext(self.note) if self.note else ""
        return Words(self.note, self.written_in) if self.written_in else self.note
