"""What releases of O*NET say of occupations. A row is never changed or deleted: what a later release says otherwise, or
no longer, is retired, so that a review of that time reads as it was answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.indexes import TrigramIndex
from goals.enums import JobZone, OnetKind
from goals.searched import SearchedTitle


class OnetRelease(models.Model):
    number = models.DecimalField(_("release"), max_digits=4, decimal_places=1, unique=True)
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("release of O*NET")
        verbose_name_plural = _("releases of O*NET")

    def __str__(self):
        return f"O*NET {self.number}"


class OnetQuerySet(models.QuerySet):
    def current(self):
        return self.filter(retired_in=None)


class OfRelease(models.Model):
    """A row that came with a release, and may have been retired by a later one."""

    # By which a row of the next release is the same one, and what it says.
    same_by: ClassVar[tuple[str, ...]] = ()
    says: ClassVar[tuple[str, ...]] = ()

    code = models.CharField(_("O*NET-SOC code"), max_length=10)
    occupation = models.ForeignKey("goals.Occupation", models.PROTECT, related_name="+", verbose_name=_("occupation"))
    came_in = models.ForeignKey(OnetRelease, models.PROTECT, related_name="+")
    retired_in = models.ForeignKey(OnetRelease, models.PROTECT, null=True, related_name="+")

    objects = OnetQuerySet.as_manager()

    class Meta:
        abstract = True


class OnetOccupation(OfRelease):
    """An occupation of O*NET: that of the SOC itself (29-1141.00), or a part of it (29-1141.01)."""

    same_by = ("code",)
    says = ("title", "description", "job_zone")

    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"))
    job_zone = models.PositiveSmallIntegerField(_("job zone"), choices=JobZone, null=True)

    class Meta:
        verbose_name = _("occupation of O*NET")
        verbose_name_plural = _("occupations of O*NET")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(retired_in=None), name="an_onet_occupation_is_in_once"
            ),
            models.CheckConstraint(
                condition=Q(job_zone=None) | Q(job_zone__in=JobZone.values), name="a_job_zone_is_one_of_five"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.code})"


class OnetTitle(SearchedTitle, OfRelease):
    """What O*NET knows that people call an occupation."""

    same_by = ("code", "title")
    says = ("is_short",)

    is_short = models.BooleanField(_("abbreviation"), default=False)

    class Meta:
        verbose_name = _("title of O*NET")
        verbose_name_plural = _("titles of O*NET")
        indexes = [TrigramIndex(fields=["search_key"], name="onet_titles_by_letters")]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "title"], condition=Q(retired_in=None), name="an_onet_title_is_in_once"
            ),
        ]

    def __str__(self):
        return self.title


class OnetItemQuerySet(OnetQuerySet):
    def most_important_first(self):
        """Core tasks before the others; those that were not rated after those that were, as their file has them."""
        falling = [models.F(name).desc(nulls_last=True) for name in ("is_core", "importance")]
        return self.order_by("kind", *falling, models.F("place").asc(nulls_last=True), "element")


class OnetItem(OfRelease):
    """A task, a skill or an area of knowledge of an occupation: what a job fit review asks about (12.7.5 Job Fit)."""

    same_by = ("code", "kind", "element")
    says = ("text", "is_core", "importance", "place")

    kind = models.CharField(_("kind"), max_length=9, choices=OnetKind)
    element = models.CharField(_("number in O*NET"), max_length=20)
    text = models.CharField(_("text"), max_length=1000)
    is_core = models.BooleanField(_("core task"), null=True)
    importance = models.DecimalField(_("importance"), max_digits=3, decimal_places=2, null=True)
    # O*NET writes an occupation's tasks in the order of their importance, and numbers them by the alphabet.
    place = models.PositiveSmallIntegerField(_("place of a task without a rating"), null=True)

    objects = OnetItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("task, skill or knowledge of O*NET")
        verbose_name_plural = _("tasks, skills and knowledge of O*NET")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "element"], condition=Q(retired_in=None), name="an_onet_item_is_in_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=OnetKind.values), name="an_onet_item_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(importance=None) | Q(importance__gte=1, importance__lte=5),
                name="importance_is_from_one_to_five",
            ),
        ]

    def __str__(self):
        return self.text
