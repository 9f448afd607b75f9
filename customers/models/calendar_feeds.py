"""The secret address under which a calendar program reads when something is due."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A person's one. `digest`: of the secret, which nobody keeps but the person; empty while it is switched off."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feed", verbose_name=_("person")
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("switched off"), null=True)

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="a_calendar_address_is_one_persons"
            ),
            models.CheckConstraint(
                condition=Q(digest="", ended_at__isnull=False) | (~Q(digest="") & Q(ended_at=None)),
                name="a_calendar_address_that_ended_opens_nothing",
            ),
        ]

    def __str__(self):
        return str(self.user)
