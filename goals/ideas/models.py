"""Well written goals by category and barrier: reference data, kept by an administrator."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedModel
from careerplan.base.spoken import Words
from careerplan.plans.models import BarrierCategory
from goals.enums import Term

# As long as a goal statement may be (ILL-077).
IDEA_LIMIT = 144
SPANISH = "es"


class GoalIdea(TrackedModel):
    """A goal statement to start from, in English and Spanish."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    category = models.ForeignKey("goals.GoalCategory", models.PROTECT, related_name="ideas", verbose_name=_("category"))
    barrier = models.ForeignKey(
        BarrierCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("barrier category"),
        help_text=_("It is offered where the plan has this barrier. Empty: in every plan."),
    )
    term = models.CharField(_("short or long term"), max_length=5, choices=Term)
    english = models.CharField(_("goal statement"), max_length=IDEA_LIMIT)
    spanish = models.CharField(
        _("goal statement in Spanish"),
        max_length=IDEA_LIMIT,
        blank=True,
        help_text=_("Empty: it is not offered in plans that are written in Spanish."),
    )
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("goal idea")
        verbose_name_plural = _("goal ideas")
        constraints = [
            models.CheckConstraint(condition=~Q(english=""), name="a_goal_idea_says_something"),
            models.CheckConstraint(condition=Q(term__in=Term.values), name="a_goal_idea_is_short_or_long_term"),
        ]

    def __str__(self):
        return self.english

    def written_in(self, language: str) -> Words:
        """As a plan in this language says it."""
        assert language in dict(settings.LANGUAGES)
        return Words(self.spanish if language == SPANISH else self.english, language)
