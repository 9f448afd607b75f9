"""Dashboard messages, and the outbox of e-mails that tell of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice

HANGS_AFTER = timedelta(days=1)


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Q(recipient=user) | Q(sender=user))

    def newest_first(self):
        return self.order_by("-sent_at", "-id")


class Message(models.Model):
    """A message on somebody's dashboard; written in the transaction of what it tells of."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages_received")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages_sent")
    kind = models.CharField(max_length=40, choices=Notice)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("message"), max_length=4000)
    path = models.CharField(max_length=200, blank=True, help_text=_("The page that the message leads to."))
    sent_at = models.DateTimeField(_("sent"))
    read_at = models.DateTimeField(_("read"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        indexes = [models.Index(fields=["recipient", "-sent_at", "-id"], name="a_persons_messages")]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("sent_at")), name="a_message_is_read_after_sending"
            )
        ]

    def __str__(self):
        return self.subject


class NotificationQuerySet(models.QuerySet):
    def waiting(self, at):
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True, available_at__lte=at).order_by("id")

    def undelivered(self, at):
        """Given up, or waiting for longer than a day."""
        return self.filter(Q(given_up_at__isnull=False) | Q(created_at__lt=at - HANGS_AFTER), sent_at__isnull=True)

    def unreported(self, at):
        """Undelivered, and not yet told of; what hung is told of once more when it is given up."""
        return self.undelivered(at).filter(Q(reported_at__isnull=True) | Q(given_up_at__gt=F("reported_at")))


class Notification(models.Model):
    """An e-mail to be sent: the outbox. One row for each event and person (`key`), whatever is tried twice."""

    key = models.CharField(max_length=150, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications")
    message = models.ForeignKey(Message, models.PROTECT, related_name="notifications")
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    # When staff were told that it does not arrive (customers/undelivered.py).
    reported_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="notifications_waiting",
            ),
            models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="notifications_not_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True), name="a_notification_ends_one_way"
            )
        ]

    def __str__(self):
        return self.key

    def hangs(self, at):
        """Neither sent nor given up for longer than a day."""
        return self.sent_at is None and self.given_up_at is None and self.created_at < at - HANGS_AFTER
