"""What the customer asked, or objected to, about one item of a version that waited, with the planner's answer.

Kept with the version: it shows that the plan was made together (12.7.1, 12.7.6).
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from acknowledgments.contents.kinds import BY_NAME, reference
from acknowledgments.enums import Stance
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.spoken import Words
from careerplan.plans.models import PlanVersion
from goals.items import EXPLORATION


class ItemQuestionQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        versions = PlanVersion.objects.visible_to(user)
        return self.filter(Exists(versions.filter(pk=OuterRef("seal__version"))))

    def of_version(self, version):
        """All that was said about a version, whichever of its seals was read, in the order in which it was said."""
        rows = self.filter(seal__version=version).select_related("asked_by", "answered_by", "seal")
        return rows.order_by("asked_at", "id")

    def unanswered(self):
        return self.filter(answered_at__isnull=True)

    def count_items(self):
        """How many items they are about."""
        return self.order_by().values("item_kind", "item_id").distinct().count()


class ItemQuestion(TrackedModel):
    """One line of the customer about one item of a seal, and the planner's one line back. Neither is ever changed.

    `item_kind` is the name of its kind; `label` is what the item was called then: it may leave the plan for what was
    said here.
    """

    TEXT_LIMIT = 300
    ANSWER_LIMIT = 500

    seal = models.ForeignKey("acknowledgments.Seal", models.PROTECT, related_name="questions", editable=False)
    item_kind = models.CharField(max_length=20, editable=False)
    item_id = models.BigIntegerField(editable=False)
    label = models.CharField(max_length=500, editable=False)
    # A confidential item keeps its words from paper, and so does what was said about it.
    is_confidential = models.BooleanField(default=False, editable=False)
    stance = models.CharField(_("question or objection"), max_length=7, choices=Stance)
    text = models.CharField(_("what the customer says"), max_length=TEXT_LIMIT)
    # The language in which it was written; empty where nobody said.
    asked_in = models.CharField(
        max_length=10, choices=settings.LANGUAGES, blank=True, editable=False, default="", db_default=""
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(editable=False)
    answer = models.CharField(_("answer"), max_length=ANSWER_LIMIT, blank=True)
    answered_in = models.CharField(
        max_length=10, choices=settings.LANGUAGES, blank=True, editable=False, default="", db_default=""
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = ItemQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about an item")
        verbose_name_plural = _("questions about items")
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(answered_at__isnull=True), name="questions_without_an_answer")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_question_says_something"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="a_question_asks_or_objects"),
            models.CheckConstraint(
                condition=(
                    Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                    | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")
                ),
                name="an_answer_to_a_question_says_who_and_when",
            ),
        ]

    def __str__(self):
        return f"{self.title}: {self.text}"

    @property
    def reference(self) -> str:
        """The item's name on a page."""
        return reference(BY_NAME[self.item_kind], self.item_id)

    @property
    def kind_in_words(self) -> str:
        return gettext(BY_NAME[self.item_kind].label)

    @property
    def title(self) -> str:
        """What the item was called, in the reader's language where the product named it."""
        return gettext(self.label) if self.label == EXPLORATION else self.label

    @property
    def told_text(self) -> str:
        return Words(self.text, self.asked_in) if self.asked_in else self.text

    @property
    def told_answer(self) -> str:
        return Words(self.answer, self.answered_in) if self.answered_in and self.answer else self.answer

    @property
    def objects_to_it(self) -> bool:
        return self.stance == Stance.OBJECTS

    def history_subject(self):
        plan = self.seal.version.plan
        about = gettext("Question about %(item)s") % {"item": self.label}
        return Subject(about, plan.customer_id, plan.pk)
