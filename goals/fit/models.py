"""Job fit reviews with their answers, the product's own items, and assessments from outside in their place (12.7.5)."""

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words, in_reader_language
from careerplan.plans.models import PERSON, EmploymentPlan, OfPlanQuerySet
from customers.models import Assessment, CaseNote, Upload
from goals.enums import OnetKind
from goals.fit.enums import Comfort, FitEnding, FitProgram
from goals.fit.rules import FITS, LEARNS


class OwnItem(TrackedModel):
    """An item in the product's own words, asked about where no release of O*NET was imported. Kept as it is: other
    words are another row, and the former one is no longer offered."""

    occupation = models.ForeignKey(
        "goals.Occupation", models.PROTECT, related_name="+", verbose_name=_("occupation"), db_index=False
    )
    kind = models.CharField(_("kind"), max_length=9, choices=OnetKind)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("text"), max_length=200)
    spanish = models.CharField(_("text in Spanish"), max_length=200)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("task, skill or knowledge in words of our own")
        verbose_name_plural = _("tasks, skills and knowledge in words of our own")
        constraints = [
            models.UniqueConstraint(fields=["occupation", "kind", "text"], name="an_own_item_is_in_once"),
            models.CheckConstraint(condition=Q(kind__in=OnetKind.values), name="an_own_item_is_of_a_known_kind"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(spanish=""), name="an_own_item_says_it_in_each_language"),
        ]

    def __str__(self):
        return self.text

    @property
    def in_words(self) -> Words:
        return in_reader_language(self.text, self.spanish)


class JobFitReviewQuerySet(OfPlanQuerySet):
    def going_on(self):
        return self.filter(completed_at=None, ended_at=None)

    def complete(self):
        return self.exclude(completed_at=None)

    def with_counts(self):
        """Adds `asked_of`, `answered`, `fits` and `learns`: how many items it asks, and what their answers say."""
        said = {"fits": Q(answers__comfort__gte=FITS), "learns": Q(answers__comfort__lte=LEARNS)}
        return self.annotate(
            asked_of=Count("answers"),
            answered=Count("answers__comfort"),
            **{name: Count("answers", filter=condition) for name, condition in said.items()},
        )


class JobFitReview(TrackedModel):
    """One review of one occupation of a plan: for its customer, who answers, or whose answers a planner records.

    It names what it asked (`JobFitAnswer`), so that it reads as it was answered whatever came in later.
    """

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="job_fit_reviews", verbose_name=_("plan"))
    occupation = models.ForeignKey(
        "goals.Occupation", models.PROTECT, related_name="+", verbose_name=_("occupation"), db_index=False
    )
    # The occupation of O*NET that it asks about, which may be a part of the SOC's, and the release; none with items of
    # our own.
    source = models.ForeignKey("goals.OnetOccupation", models.PROTECT, null=True, related_name="+", editable=False)
    release = models.ForeignKey("goals.OnetRelease", models.PROTECT, null=True, related_name="+", editable=False)
    begun_at = models.DateTimeField(_("begun"), editable=False)
    begun_by = models.ForeignKey(**PERSON, verbose_name=_("begun by"))
    # The customer was told that it waits, last.
    asked_at = models.DateTimeField(_("customer asked"), null=True, editable=False)
    asked_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("asked by"))
    completed_at = models.DateTimeField(_("complete"), null=True, editable=False)
    completed_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("last answer recorded by"))
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("ended by"))
    ending = models.CharField(_("why it ended"), max_length=20, choices=FitEnding, blank=True, editable=False)

    objects = JobFitReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("job fit review")
        verbose_name_plural = _("job fit reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "occupation"],
                condition=Q(completed_at=None, ended_at=None),
                name="one_open_job_fit_review_a_plan_and_occupation",
            ),
            models.CheckConstraint(
                condition=Q(asked_at=None) ^ Q(asked_by__isnull=False), name="a_job_fit_review_says_who_asked"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) ^ Q(completed_by__isnull=False),
                name="a_complete_job_fit_review_says_by_whom",
            ),
            models.CheckConstraint(
                condition=(
                    Q(ended_at=None, ended_by=None, ending="")
                    | Q(ended_at__isnull=False, ended_by__isnull=False, completed_at=None, ending__in=FitEnding.values)
                ),
                name="a_job_fit_review_ends_unanswered_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(source=None) ^ Q(release__isnull=False), name="a_job_fit_review_of_onet_names_its_release"
            ),
        ]

    def __str__(self):
        return str(_("Job fit review"))

    def history_subject(self):
        return Subject(f"{self}: {self.occupation}", self.plan.customer_id, self.plan_id)

    @property
    def is_going_on(self) -> bool:
        return self.completed_at is None and self.ended_at is None


class JobFitAnswerQuerySet(TrackedQuerySet):
    def with_items(self):
        return self.select_related("onet_item", "own_item", "said_by", "step")

    def in_order(self):
        """In which they are asked: the one that `choosing` gave them."""
        return self.order_by("position")


class JobFitAnswer(TrackedModel):
    """An item that a review asks about, once, and how comfortable the customer is with it, as said last."""

    review = models.ForeignKey(JobFitReview, models.PROTECT, related_name="answers", verbose_name=_("job fit review"))
    position = models.PositiveSmallIntegerField(_("position"), editable=False)
    kind = models.CharField(_("kind"), max_length=9, choices=OnetKind, editable=False)
    onet_item = models.ForeignKey("goals.OnetItem", models.PROTECT, null=True, related_name="+", editable=False)
    own_item = models.ForeignKey(OwnItem, models.PROTECT, null=True, related_name="+", editable=False)
    comfort = models.PositiveSmallIntegerField(_("comfort"), choices=Comfort, null=True)
    # The customer answers; who said it into the product is the customer, or the planner who recorded it.
    said_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("recorded by"))
    said_at = models.DateTimeField(_("recorded"), null=True, editable=False)
    # What became of it, where it is still to be learned.
    step = models.ForeignKey(
        "goals.ActionStep", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("action step")
    )

    objects = JobFitAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of a job fit review")
        verbose_name_plural = _("answers of job fit reviews")
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="a_job_fit_review_asks_in_one_order"),
            models.UniqueConstraint(fields=["review", "onet_item"], name="a_job_fit_review_asks_of_an_item_once"),
            models.UniqueConstraint(fields=["review", "own_item"], name="a_job_fit_review_asks_of_an_own_item_once"),
            models.CheckConstraint(
                condition=Q(onet_item=None) ^ Q(own_item=None), name="a_job_fit_answer_is_about_one_item"
            ),
            models.CheckConstraint(condition=Q(kind__in=OnetKind.values), name="a_job_fit_answer_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=(
                    Q(comfort=None, said_by=None, said_at=None)
                    | Q(comfort__in=Comfort.values, said_by__isnull=False, said_at__isnull=False)
                ),
                name="a_job_fit_answer_says_how_much_by_whom_and_when",
            ),
        ]

    def __str__(self):
        return str(self.in_words)

    def history_subject(self):
        return Subject(f"{self.review}: {self}", self.review.plan.customer_id, self.review.plan_id)

    @property
    def fits(self) -> bool:
        return self.comfort is not None and self.comfort >= FITS

    @property
    def in_words(self) -> Words:
        """What was asked; the item must be at hand."""
        return Words(self.onet_item.text, OFFICIAL_LANGUAGE) if self.onet_item else self.own_item.in_words


class OutsideJobFit(TrackedModel):
    """ "Job Fit Review was completed outside": the assessment, its file, its case note, and the program under which it
    is filed (12.7.5, Job Fit, steps 1 to 3). It is recorded as a whole, and stays; the newest counts."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="outside_job_fits", verbose_name=_("plan"))
    occupation = models.ForeignKey(
        "goals.Occupation", models.PROTECT, related_name="+", verbose_name=_("occupation"), db_index=False
    )
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+", verbose_name=_("assessment"))
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+", verbose_name=_("upload"))
    note = models.ForeignKey(CaseNote, models.PROTECT, related_name="+", verbose_name=_("case note"))
    program = models.CharField(_("program"), max_length=20, choices=FitProgram)
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(**PERSON, verbose_name=_("recorded by"))

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("job fit review from outside")
        verbose_name_plural = _("job fit reviews from outside")
        constraints = [
            models.CheckConstraint(
                condition=Q(program__in=FitProgram.values), name="a_job_fit_review_from_outside_has_its_program"
            )
        ]

    def __str__(self):
        return str(_("Job fit review from outside"))

    def history_subject(self):
        return Subject(f"{self}: {self.occupation}", self.plan.customer_id, self.plan_id)
