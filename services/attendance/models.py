"""The hours that a customer attended a planned service."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Mod
from django.db.models.lookups import Exact, GreaterThan
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.dates import in_row
from careerplan.base.fields import written
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from services.attendance.enums import Span
from services.attendance.policy import HOURS_A_DAY, HOURS_A_WEEK, last_day_of, monday_of

LONGEST_ABSENCE = 80


class AttendanceQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> "AttendanceQuerySet":
        """Where its planned service is."""
        services: Any = self.model._meta.get_field("planned").related_model
        return self.filter(Exists(services.objects.visible_to(user).filter(pk=OuterRef("planned"))))

    def standing(self) -> "AttendanceQuerySet":
        """Without what was taken back."""
        return self.filter(hours__isnull=False)


class Attendance(TrackedModel):
    """Hours of one day, or of one week, which its Monday names. No hours: what was recorded here was taken back."""

    planned = models.ForeignKey(
        "services.PlannedService",
        models.PROTECT,
        related_name="attendance",
        editable=False,
        db_index=False,
        verbose_name=_("service"),
    )
    span = models.CharField(_("day or week"), max_length=4, choices=Span, editable=False)
    day = DayField(_("day"), happened=True, editable=False)
    week = models.DateField(_("week"), editable=False)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HOURS_A_WEEK)],
    )
    absence = models.CharField(_("absence"), max_length=LONGEST_ABSENCE, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = AttendanceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.CheckConstraint(condition=Q(span__in=Span.values), name="attendance_is_of_a_day_or_a_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="a_week_of_attendance_begins_on_monday"),
            models.CheckConstraint(
                condition=Q(week__lte=F("day"))
                & Q(GreaterThan(F("week"), F("day") - Value(timedelta(days=7))))
                & (Q(span=Span.DAY) | Q(day=F("week"))),
                name="attendance_stands_in_its_week",
            ),
            models.CheckConstraint(
                condition=Q(hours=None)
                | Q(hours__gte=0, hours__lte=HOURS_A_DAY)
                | Q(span=Span.WEEK, hours__gte=0, hours__lte=HOURS_A_WEEK),
                name="hours_attended_can_be",
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(Exact(Mod(F("hours") * Value(4), Value(1)), Value(0))),
                name="hours_attended_are_in_quarters",
            ),
            models.CheckConstraint(
                condition=Q(absence="") | Q(hours__isnull=False), name="an_absence_stands_with_its_hours"
            ),
            models.UniqueConstraint(
                fields=["planned", "week", "day", "span"], name="a_day_or_week_is_attended_once_in_a_service"
            ),
        ]

    def __str__(self) -> str:
        return in_row(self.day)

    def history_subject(self) -> Subject:
        of_service = self.planned.history_subject()
        about = str(_("Attendance, week of %(day)s") if self.span == Span.WEEK else _("Attendance, %(day)s"))
        return of_service._replace(label=f"{about % {'day': in_row(self.day)}}: {self.planned}")

    def derive(self) -> None:
        self.week = monday_of(self.day)

    @property
    def is_of_week(self) -> bool:
        return self.span == Span.WEEK

    @property
    def hours_in_words(self) -> str:
        return "" if self.hours is None else written(self.hours)

    @property
    def last_day(self) -> Any:
        return last_day_of(self.span, self.day)
