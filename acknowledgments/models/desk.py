"""Signing at the desk: one waiting version, opened once beside the planner who shows it (12.7.6; Illinois workNet,
Electronic Signature). Kept with the evidence: it says how the customer was confirmed, and beside whom."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from acknowledgments.enums import DeskDevice, DeskEnd, Identity

# A code that is shown opens the version for so long; the database keeps to it.
WORKS_FOR = timedelta(minutes=15)


class DeskSigningQuerySet(models.QuerySet):
    def open(self):
        """Not ended; whether its time is over is asked of the row (`desk/standing.py`)."""
        return self.filter(ended_at__isnull=True)

    def with_all(self):
        return self.select_related("planner", "request__seal__version__plan__customer__user")


class DeskSigning(models.Model):
    """A code that was shown, or a screen that was handed over, for one request; each moment comes once.

    The code itself is kept nowhere: `code_digest` is keyed, and who shows it makes it again of `seed`, the key of their
    session and the installation's key (`desk/codes.py`). `session_key` is that of the planner's session, and is emptied
    when the signing ends; "" from the beginning where the planner's own browser was handed over.
    """

    request = models.ForeignKey("acknowledgments.AcknowledgmentRequest", models.PROTECT, related_name="desk_signings")
    device = models.CharField(_("device"), max_length=10, choices=DeskDevice)
    planner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("career planner")
    )
    seed = models.CharField(max_length=32, blank=True)
    code_digest = models.CharField(max_length=64, null=True)
    session_key = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    identity = models.CharField(_("how the customer was confirmed"), max_length=20, choices=Identity, blank=True)
    signed_at = models.DateTimeField(null=True)
    acknowledgment = models.OneToOneField(
        "acknowledgments.Acknowledgment", models.PROTECT, null=True, related_name="desk_signing"
    )
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=20, choices=DeskEnd, blank=True)

    objects = DeskSigningQuerySet.as_manager()

    class Meta:
        verbose_name = _("signing at the desk")
        verbose_name_plural = _("signings at the desk")
        indexes = [
            models.Index(fields=["signed_at"], condition=Q(signed_at__isnull=False), name="desk_signings_by_time"),
            models.Index(fields=["expires_at"], condition=Q(ended_at__isnull=True), name="desk_signings_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(ended_at__isnull=True), name="one_desk_signing_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["code_digest"], condition=Q(ended_at__isnull=True), name="one_desk_signing_a_code"
            ),
            models.CheckConstraint(
                condition=Q(device="phone", code_digest__isnull=False)
                | Q(
                    device="tablet",
                    code_digest__isnull=True,
                    session_key="",
                    opened_at__isnull=False,
                    opened_at=F("made_at"),
                ),
                name="a_phone_has_a_code_and_a_screen_has_none",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("made_at"), opened_at__lte=F("expires_at")),
                name="a_desk_signing_is_opened_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, identity="")
                | Q(
                    opened_at__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_at__gte=F("opened_at"),
                    identity__in=Identity.values,
                ),
                name="a_customer_is_confirmed_in_one_way_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, acknowledgment__isnull=True)
                | Q(
                    confirmed_at__isnull=False,
                    signed_at__isnull=False,
                    signed_at__gte=F("confirmed_at"),
                    acknowledgment__isnull=False,
                    end="signed",
                ),
                name="who_signs_at_the_desk_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | Q(ended_at__isnull=False, end__in=DeskEnd.values, session_key=""),
                name="a_desk_signing_that_ended_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.request}: {self.get_device_display()}"
