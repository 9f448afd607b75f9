"""What was said each time that a goal went off track."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SAID_LIMIT = 300


class GoalSetback(models.Model):
    """Why a goal went off track, and what will be done (ILL-086, ILL-087). What is said in other words later is another
    row of the same number: the last one counts, and the goal's history tells of each."""

    goal = models.ForeignKey("goals.Goal", models.PROTECT, related_name="setbacks", verbose_name=_("goal"))
    # The goal's count of that time; 0 of one that was off track already when it came from the plan before.
    number = models.PositiveSmallIntegerField(_("times off track"))
    reason = models.CharField(_("why it is off track"), max_length=SAID_LIMIT)
    remedy = models.CharField(_("what will be done"), max_length=SAID_LIMIT)
    said_at = models.DateTimeField(_("said"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by"))

    class Meta:
        verbose_name = _("setback of a goal")
        verbose_name_plural = _("setbacks of goals")
        indexes = [models.Index(fields=["goal", "number", "-id"], name="setbacks_of_a_goal")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(remedy=""), name="a_setback_says_why_and_what_to_do")
        ]

    def __str__(self):
        return self.reason
