"""Dashboard messages, and the outbox of e-mails that tell of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.spoken import Words
from careerplan.messaging.enums import Notice
from careerplan.messaging.wording import told, told_on_pages

HANGS_AFTER = timedelta(days=1)
# Why an e-mail was not sent, for the administrator's list and for what planners are told.
SWITCHED_OFF = "The sign-in is switched off."
# What an e-mail that had not left yet was to tell of has passed: it is not sent, and nobody misses it.
SETTLED = "What it tells of has passed."


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Q(recipient=user) | Q(sender=user))

    def newest_first(self):
        return self.order_by("-sent_at", "-id")


class Message(models.Model):
    """A message on somebody's dashboard; written in the transaction of what it tells of.

    What the product tells is kept as its kind and the facts of that moment, and told in the language of who reads it,
    on the day on which it is read. What a person wrote stays as written; so do the messages of former releases.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages_received")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages_sent")
    kind = models.CharField(max_length=40, choices=Notice)
    facts = models.JSONField(null=True)
    written_subject = models.CharField(_("subject"), max_length=200, blank=True)
    written_body = models.TextField(_("message"), max_length=4000, blank=True)
    # The language in which a person wrote it; empty where nobody said.
    written_in = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True, default="", db_default="")
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
            ),
            models.CheckConstraint(
                condition=(Q(facts__isnull=True) & ~Q(written_subject=""))
                | Q(facts__isnull=False, written_subject="", written_body=""),
                name="a_message_is_written_or_told",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def subject(self) -> str:
        """In the language in force; what a person wrote, in its own."""
        return self.as_written(self.written_subject) if self.facts is None else told(self.kind, self.facts)[0]

    @property
    def body(self) -> str:
        """In the language in force; what a person wrote, in its own."""
        return self.as_written(self.written_body) if self.facts is None else told(self.kind, self.facts)[1]

    @property
    def body_on_pages(self) -> str:
        """As `body`, what was typed marked with its language: HTML where the product tells it."""
        return self.body if self.facts is None else told_on_pages(self.kind, self.facts)

    def as_written(self, text: str) -> str:
        return Words(text, self.written_in) if self.written_in else text


class NotificationQuerySet(models.QuerySet):
    def waiting(self, at):
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True, available_at__lte=at).order_by("id")

    def undelivered(self, at):
        """Given up, or waiting for longer than a day."""
        rows = self.filter(Q(given_up_at__isnull=False) | Q(created_at__lt=at - HANGS_AFTER), sent_at__isnull=True)
        return rows.exclude(last_error=SETTLED)

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
            # In the order in which they are sent: PostgreSQL takes few to have been sent, and would walk all keys.
            models.Index(
                fields=["id"], condition=Q(sent_at__isnull=True, given_up_at__isnull=True), name="notifications_in_line"
            ),
            models.Index(fields=["created_at"], condition=Q(sent_at__isnull=True), name="notifications_not_sent"),
            models.Index(
                fields=["id"],
                condition=Q(sent_at__isnull=True)
                & ~Q(last_error=SETTLED)
                & (Q(reported_at__isnull=True) | Q(given_up_at__gt=F("reported_at"))),
                name="notifications_unreported",
            ),
            models.Index(
                fields=["-given_up_at", "-id"],
                condition=Q(given_up_at__isnull=False) & ~Q(last_error=SETTLED),
                name="notifications_given_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True), name="a_notification_ends_one_way"
            )
        ]

    def __str__(self):
        return self.key

    @property
    def was_switched_off(self) -> bool:
        """Given up since the sign-in was off, whatever the mail server would have said."""
        return self.given_up_at is not None and self.last_error == SWITCHED_OFF

    @property
    def was_settled(self) -> bool:
        return self.given_up_at is not None and self.last_error == SETTLED

    def hangs(self, at):
        """Neither sent nor given up for longer than a day."""
        return self.sent_at is None and self.given_up_at is None and self.created_at < at - HANGS_AFTER
