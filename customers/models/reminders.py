"""Of which deadlines people were reminded: each once for each of its thresholds."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet):
    def untold(self):
        return self.filter(told_on=None)


class Reminder(models.Model):
    """That a person is to be told of a deadline, and was. `code` and `row_key`: what `deadlines.Due` names so.

    `day`: by which it is due, or since when it waits. A deadline that moves to another day is told of anew.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    row_key = models.BigIntegerField()
    day = models.DateField()
    # Days before the day; negative: after it.
    threshold = models.SmallIntegerField()
    found_on = models.DateField(db_index=True)
    told_on = models.DateField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [models.Index(fields=["person"], condition=Q(told_on__isnull=True), name="reminders_not_told")]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "row_key", "day", "threshold", "person"], name="nobody_is_reminded_twice"
            )
        ]

    def __str__(self):
        return f"{self.code} {self.row_key}: {date.isoformat(self.day)}"
