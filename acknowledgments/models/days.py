"""The digest of each day, which keeps the days before it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class DayDigest(models.Model):
    """Of all that was sealed, agreed to and filed on a day, and of the digest of the day before: whoever has the last
    one in a drawer has them all (docs/adr/0013-what-proves-the-record.md). Neither changed nor deleted.

    A day ends at the installation's midnight, and begins where the one before it ended, whatever `TIME_ZONE` was then.
    """

    day = models.DateField(_("day"), unique=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Which columns it is made of (proof/lines.py).
    form = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("digest of a day")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("begins_at")), name="a_day_ends_after_it_began"
            )
        ]

    def __str__(self):
        return f"{self.day.isoformat()}: {self.as_kept}"

    @property
    def as_kept(self) -> str:
        """With the number of its form, as another house keeps it."""
        return f"v{self.form}:{self.digest}"
