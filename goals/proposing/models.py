"""A step that the customer proposes: no item of the plan, and no part of what is sealed, until a planner adds it."""

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel
from careerplan.base.plausible import DayField
from careerplan.plans.models import PERSON, EmploymentPlan, OfPlanQuerySet
from goals.enums import ProposalState

TEXT_LIMIT = 300
WORD_LIMIT = 300
# So many that were decided stand below those that wait: the newest.
SHOWN_DECIDED = 10


class StepProposalQuerySet(OfPlanQuerySet):
    def waiting(self):
        return self.filter(state=ProposalState.WAITING)

    def waiting_first(self):
        """Those that wait, the oldest first; then the others, the last decided first."""
        decided = Case(When(state=ProposalState.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.order_by(decided, "-decided_at", "proposed_at", "id")


class StepProposal(TrackedModel):
    """What the customer wrote stays as written. `accepted_as`: the words of the planner, where they are others."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="step_proposals", verbose_name=_("plan"))
    goal = models.ForeignKey(
        "goals.Goal", models.PROTECT, null=True, related_name="step_proposals", verbose_name=_("goal")
    )
    text = models.CharField(_("proposed step"), max_length=TEXT_LIMIT)
    wished_on = DayField(_("wished for"), null=True)
    written_in = models.CharField(max_length=10, choices=settings.LANGUAGES, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), editable=False)
    proposed_by = models.ForeignKey(**PERSON, verbose_name=_("proposed by"))
    state = models.CharField(
        _("what became of it"), max_length=10, choices=ProposalState, default=ProposalState.WAITING
    )
    accepted_as = models.CharField(_("words of the planner"), max_length=TEXT_LIMIT, blank=True)
    word = models.CharField(_("the planner's word"), max_length=WORD_LIMIT, blank=True)
    word_in = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("decided by"))
    step = models.OneToOneField(
        "goals.ActionStep", models.PROTECT, null=True, related_name="proposal", verbose_name=_("action step")
    )

    objects = StepProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed step")
        verbose_name_plural = _("proposed steps")
        indexes = [
            models.Index(fields=["plan"], condition=Q(state=ProposalState.WAITING), name="proposed_steps_to_decide"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_proposed_step_says_what_to_do"),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="what_became_of_a_proposed_step_is_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=ProposalState.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                    | ~Q(state=ProposalState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="a_decided_proposal_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=False) ^ ~Q(state=ProposalState.ACCEPTED),
                name="an_accepted_proposal_became_a_step",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED) | ~Q(word=""), name="a_declined_proposal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(accepted_as="") | Q(state=ProposalState.ACCEPTED) & ~Q(word=""),
                name="a_proposal_accepted_in_other_words_says_why",
            ),
            models.CheckConstraint(
                condition=Q(word="") | Q(state__in=[ProposalState.ACCEPTED, ProposalState.DECLINED]),
                name="a_word_about_a_proposal_decides_it",
            ),
        ]

    def __str__(self):
        return self.text

    def history_subject(self):
        label = _("Proposed step")
        return Subject(f"{label}: {self.text}", self.plan.customer_id, self.plan_id)

    @property
    def is_waiting(self) -> bool:
        return self.state == ProposalState.WAITING

    @property
    def is_accepted(self) -> bool:
        return self.state == ProposalState.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.state == ProposalState.DECLINED
