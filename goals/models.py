"""Occupations, career goals, the desired career path, goal statements and action steps."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.history import Subject, TrackedModel
from careerplan.base.indexes import TrigramIndex
from careerplan.base.links import linked_values
from careerplan.base.named import NamedModel
from careerplan.base.plausible import DayField
from careerplan.base.refusals import Refusal
from careerplan.base.spoken import Words, plain_words
from careerplan.plans.coenrollment import NOBODY, require_approval_of_goal_change
from careerplan.plans.enums import Rewording
from careerplan.plans.models import (
    PERSON,
    Barrier,
    EmploymentPlan,
    GatedModel,
    OfPlanQuerySet,
    RemovableModel,
    authorised_with_its_version,
    not_before_the_agreement,
)
from customers.models import Assessment, Customer, OfCustomerQuerySet
from goals.enums import CareerGoalRole, GoalStatus, OccupationLevel, Smart, StepWho, Term
from goals.fit import models as fit  # noqa: F401  # and those of reviews
from goals.ideas import models as ideas  # noqa: F401  # Django finds the goal ideas by it
from goals.onet import models as onet  # noqa: F401  # Django finds the tables of O*NET by it
from goals.progress import models as progress
from goals.proposing import models as proposing
from goals.proving import models as proving  # noqa: F401  # and those of proofs
from goals.searched import SearchedTitle

STATEMENT_LIMIT = 144
# As long as the name of one that was earned may be.
CREDENTIAL_LIMIT = 150
SMART = {criterion: f"is_{criterion}" for criterion in Smart.values}
UNSEEN = Q(**dict.fromkeys(SMART.values(), False))
# Of what the planner says of how a goal goes.
SAID_LIMIT = progress.SAID_LIMIT
# An action step is as long as one that is proposed: accepted, it becomes one.
STEP_LIMIT = proposing.TEXT_LIMIT


class Occupation(TrackedModel):
    """An entry of the Standard Occupational Classification 2018 (Bureau of Labor Statistics), at any level."""

    code = models.CharField(_("SOC code"), max_length=10, unique=True)
    title = models.CharField(_("title"), max_length=200)
    level = models.CharField(_("level"), max_length=8, choices=OccupationLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        indexes = [models.Index(fields=["level", "code"], name="occupations_of_a_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="major") ^ Q(parent__isnull=False), name="an_occupation_stands_under_its_group"
            )
        ]

    def __str__(self):
        return f"{self.title} ({self.code})"


class OccupationTitle(SearchedTitle, TrackedModel):
    """Another title of an occupation, or its abbreviation: those of the product, and those that an office adds."""

    occupation = models.ForeignKey(
        Occupation, models.PROTECT, related_name="other_titles", verbose_name=_("occupation")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    is_short = models.BooleanField(_("abbreviation"), default=False)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("other title of an occupation")
        verbose_name_plural = _("other titles of occupations")
        indexes = [TrigramIndex(fields=["search_key"], name="occupation_titles_by_letters")]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "title"], name="an_occupation_has_another_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="another_title_says_something"),
        ]


class CareerCluster(TrackedModel):
    """A career pathway to choose from."""

    framework = models.CharField(_("framework"), max_length=10)
    title = models.CharField(_("title"), max_length=120)
    spanish = models.CharField(
        _("title in Spanish"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: customers who read Spanish see the English one, marked as English."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("career pathway")
        verbose_name_plural = _("career pathways")
        constraints = [models.UniqueConstraint(fields=["framework", "title"], name="a_pathway_is_in_a_framework_once")]

    def __str__(self):
        return self.title

    @property
    def plain_name(self) -> Words:
        return plain_words(self.title, "", self.spanish)


class CareerPath(TrackedModel):
    """The desired career path: part of the Employment Goal assessment, updated at any time (ILL-040 to ILL-044)."""

    customer = models.OneToOneField(Customer, models.PROTECT, related_name="career_path", verbose_name=_("customer"))
    pathway = models.ForeignKey(
        CareerCluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("career pathway choice")
    )
    occupation_1 = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation 1")
    )
    occupation_2 = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation 2")
    )
    wage_goal = models.DecimalField(
        _("wage goal (per hour)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("desired career path")
        verbose_name_plural = _("desired career paths")
        constraints = [
            models.CheckConstraint(
                condition=Q(wage_goal__isnull=True) | Q(wage_goal__gte=0), name="a_wage_goal_is_not_negative"
            )
        ]

    def __str__(self):
        return str(_("Desired career path"))

    def history_subject(self):
        return Subject(str(self), self.customer_id)


class CareerGoal(RemovableModel):
    """An occupation, or career exploration, in one role of the plan (12.7.5, Goals).

    The roles "short-term" of an ISS may also be said in words: education has no occupation of its own.
    """

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="career_goals", verbose_name=_("plan"))
    role = models.CharField(_("role"), max_length=20, choices=CareerGoalRole)
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation")
    )
    explores = models.BooleanField(_("career exploration"), default=False)
    words = models.CharField(_("in words"), max_length=200, blank=True)

    class Meta(RemovableModel.Meta):
        verbose_name = _("career goal")
        verbose_name_plural = _("career goals")
        constraints = [
            *RemovableModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "role"],
                condition=Q(removed_at__isnull=True),
                name="one_career_goal_a_role",
            ),
            models.CheckConstraint(
                condition=(
                    Q(explores=True, occupation__isnull=True)
                    | Q(explores=False, occupation__isnull=False)
                    | Q(explores=False, role="short_education") & ~Q(words="")
                    | Q(explores=False, role="short_employment") & ~Q(words="")
                ),
                name="a_career_goal_is_an_occupation_or_exploration",
            ),
            models.CheckConstraint(condition=Q(role__in=CareerGoalRole.values), name="a_career_goal_has_a_known_role"),
        ]

    def __str__(self):
        return self.in_words

    @property
    def in_words(self) -> str:
        if self.explores:
            return str(_("Career exploration"))
        return self.words or str(self.occupation)

    def history_subject(self):
        return Subject(self.get_role_display(), self.plan.customer_id, self.plan_id)

    def refuse_to_return(self, by: User) -> None:
        require_approval_of_goal_change(self.plan, NOBODY, by=by)
        if CareerGoal.objects.in_plan().filter(plan=self.plan_id, role=self.role).exists():
            raise Refusal("role-taken", gettext("Someone set another one in the meantime. Change that one instead."))


class GoalCategory(NamedModel):
    """What a goal is about: Education/Training Plan, Support Services, Career Plan, and what an office adds."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("goal category")
        verbose_name_plural = _("goal categories")


class GoalQuerySet(OfPlanQuerySet):
    def with_dates(self, services):
        """Adds `starts_on` and `ends_on`: earliest start and latest planned end of the goal's services (ILL-047).

        `services`: the queryset of planned services that count.
        """
        mine = services.filter(goal=OuterRef("pk")).order_by().values("goal")
        start = Coalesce(
            Least("planned_start_on", Coalesce("actual_start_on", "planned_start_on")), F("actual_start_on")
        )
        return self.annotate(
            starts_on=Subquery(mine.annotate(day=Min(start)).values("day")),
            ends_on=Subquery(mine.annotate(day=Max("planned_end_on")).values("day")),
        )

    def with_setback(self):
        """Adds `setback_reason` and `setback_remedy`: what was said as the goal went off track last; None where nothing
        was."""
        mine = progress.GoalSetback.objects.filter(goal=OuterRef("pk"), number=OuterRef("times_off_track"))
        last = mine.order_by("-pk")
        return self.annotate(
            setback_reason=Subquery(last.values("reason")[:1]), setback_remedy=Subquery(last.values("remedy")[:1])
        )

    def with_assessment_names(self):
        """Adds `assessment_names`: what the related assessments are called; None where there are none."""
        return self.annotate(assessment_names=linked_values(Goal, "assessments", "name"))

    def with_service_count(self):
        """Adds `service_count`: how many services stand under it in the plan."""
        return self.annotate(service_count=Count("services", filter=Q(services__removed_at__isnull=True)))

    def in_order(self):
        return self.order_by("position", "id")


class Goal(RemovableModel):
    """A goal statement; steps and services hang under it. Its dates come from them and are never typed."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="goals", verbose_name=_("plan"))
    statement = models.CharField(_("goal statement"), max_length=STATEMENT_LIMIT)
    category = models.ForeignKey(GoalCategory, models.PROTECT, related_name="goals", verbose_name=_("category"))
    term = models.CharField(_("short or long term"), max_length=5, choices=Term)
    status = models.CharField(_("status"), max_length=12, choices=GoalStatus, default=GoalStatus.NOT_STARTED)
    # The customer agrees to each time anew (ILL-075): which time it is, while the status says off track.
    times_off_track = models.PositiveSmallIntegerField(_("times off track"), default=0, editable=False)
    # How the planner verified it when it was completed last (ILL-088). NULL: written by a release that did not ask.
    verified_how = models.CharField(_("how it was verified"), max_length=SAID_LIMIT, blank=True, null=True, default="")
    # What it answers, and where it leads (Illinois workNet, Set Goals).
    barriers = models.ManyToManyField(Barrier, blank=True, related_name="goals", verbose_name=_("related barriers"))
    assessments = models.ManyToManyField(
        Assessment, blank=True, related_name="goals", verbose_name=_("related assessments")
    )
    credential = models.CharField(
        _("credential that it leads to"), max_length=CREDENTIAL_LIMIT, blank=True, default="", db_default=""
    )
    # What a planner has looked at (`Smart`), and who ticked it last. It holds up nothing.
    is_specific = models.BooleanField(_("specific"), default=False, db_default=False)
    is_measurable = models.BooleanField(_("measurable"), default=False, db_default=False)
    is_attainable = models.BooleanField(_("attainable"), default=False, db_default=False)
    is_realistic = models.BooleanField(_("realistic"), default=False, db_default=False)
    is_time_bound = models.BooleanField(_("time-bound"), default=False, db_default=False)
    looked_at = models.DateTimeField(_("looked at"), null=True, editable=False)
    looked_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("looked at by"))
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)

    moves = "id"
    objects = GoalQuerySet.as_manager()

    class Meta(RemovableModel.Meta):
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        indexes = [models.Index(fields=["plan", "position", "id"], name="goals_of_a_plan")]
        constraints = [
            *RemovableModel.Meta.constraints,
            models.UniqueConstraint(fields=["id", "plan"], name="a_goal_is_named_with_its_plan"),
            models.CheckConstraint(condition=~Q(statement=""), name="a_goal_has_a_statement"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("statement"), STATEMENT_LIMIT),
                name="a_goal_statement_has_144_characters_at_most",
            ),
            models.CheckConstraint(condition=Q(status__in=GoalStatus.values), name="a_goal_has_a_known_status"),
            models.CheckConstraint(condition=Q(term__in=Term.values), name="a_goal_is_short_or_long_term"),
            models.CheckConstraint(
                condition=~Q(status="complete") | Q(verified_how__isnull=True) | ~Q(verified_how=""),
                name="a_complete_goal_says_how_it_was_verified",
            ),
            models.CheckConstraint(
                condition=UNSEEN & Q(looked_at__isnull=True, looked_by__isnull=True)
                | ~UNSEEN & Q(looked_at__isnull=False, looked_by__isnull=False),
                name="what_was_looked_at_says_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return self.statement

    def history_subject(self):
        return Subject(f"{_('Goal')}: {self.statement}", self.plan.customer_id, self.plan_id)

    @property
    def smart(self) -> list[str]:
        """What a planner has looked at."""
        return [criterion for criterion, column in SMART.items() if getattr(self, column)]

    def refuse_to_return(self, by: User) -> None:
        require_approval_of_goal_change(self.plan, NOBODY, by=by)


def require_goal_of_plan(goal: Goal | None, plan: EmploymentPlan) -> None:
    """Raises Refusal where the goal belongs to another plan or has left this one."""
    if goal is not None and not Goal.objects.in_plan().filter(pk=goal.pk, plan=plan).exists():
        raise Refusal("goal-of-another-plan", gettext("Choose a goal of this plan."), field="goal")


class ActionStep(GatedModel):
    """Something the customer will do; it relates to a goal of the plan (12.7.5, Action Steps)."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="action_steps", verbose_name=_("plan"))
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="action_steps", verbose_name=_("goal"))
    text = models.CharField(_("action step"), max_length=STEP_LIMIT)

    moves = "goal"
    who = models.CharField(_("who does it"), max_length=8, choices=StepWho, default=StepWho.CUSTOMER)
    due_on = DayField(_("due"), null=True, blank=True)
    done_on = DayField(_("done"), happened=True, null=True, blank=True)
    rewording = models.CharField(_("what changed in the words"), max_length=7, choices=Rewording, blank=True)

    class Meta(GatedModel.Meta):
        verbose_name = _("action step")
        verbose_name_plural = _("action steps")
        indexes = [models.Index(fields=["plan", "id"], name="action_steps_of_a_plan")]
        constraints = [
            *GatedModel.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="an_action_step_says_what_to_do"),
            authorised_with_its_version("an_authorised_step_names_its_version"),
            not_before_the_agreement("done_on", name="a_step_is_done_once_a_version_that_lists_it_is_active"),
        ]

    def __str__(self):
        return self.text

    def history_subject(self):
        return Subject(f"{_('Action step')}: {self.text}", self.plan.customer_id, self.plan_id)

    def refuse_to_return(self, by: User) -> None:
        require_goal_of_plan(self.goal, self.plan)
