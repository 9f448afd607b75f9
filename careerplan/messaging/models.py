"""Dashboard messages, the outbox of e-mails that tell of them, and who reads for whom during an absence."""

from datetime import date

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.outbox import SETTLED, Outgoing, OutgoingQuerySet
from careerplan.base.plausible import DayField
from careerplan.base.spoken import Words
from careerplan.messaging.enums import Notice
from careerplan.messaging.leaving import text_message_leaves_at
from careerplan.messaging.wording import told, told_on_pages


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Q(recipient=user) | Q(sender=user))

    def newest_first(self):
        return self.order_by("-sent_at", "-id")

    def unread(self):
        return self.filter(read_at=None)

    def in_thread(self, first):
        """All that was written under this first message, with it."""
        return self.filter(Q(pk=first.pk) | Q(thread=first.pk))


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
    # The first message of what two people write to each other; null for that one, and for what nobody answers.
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers", db_index=False)
    path = models.CharField(max_length=200, blank=True, help_text=_("The page that the message leads to."))
    sent_at = models.DateTimeField(_("sent"))
    read_at = models.DateTimeField(_("read"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        indexes = [
            models.Index(fields=["recipient", "-sent_at", "-id"], name="a_persons_messages"),
            # What has passed is looked for by where it leads, and by what the address begins with.
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="a_persons_unread_messages"),
            models.Index(
                fields=["thread", "-sent_at", "-id"], condition=Q(thread__isnull=False), name="messages_of_a_thread"
            ),
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="messages_by_path"),
        ]
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

    @property
    def first_key(self) -> int:
        """The key of the first message of its thread."""
        key: int = self.thread_id or self.pk
        return key

    def as_written(self, text: str) -> str:
        return Words(text, self.written_in) if self.written_in else text


# So many things stand in one e-mail a day; what is more leaves in a second one.
MOST_IN_ONE = 500


class NotificationQuerySet(OutgoingQuerySet):
    def claim_next(self, at):
        """As of every outbox; of those that leave daily, all of the person with the first, so that two workers who
        begin at the same moment write one e-mail."""
        daily = Notification.objects.filter(daily=True, recipient=OuterRef("recipient"), id__lt=OuterRef("id"))
        first = self.filter(Q(daily=False) | ~Exists(daily.waiting(at).order_by()))
        with transaction.atomic():
            row = super(NotificationQuerySet, first).claim_next(at)
            if row is not None and row.daily:
                others = self.waiting(at).filter(daily=True, recipient=row.recipient_id).exclude(pk=row.pk)
                row.together = tuple(others.select_for_update(skip_locked=True, of=("self",))[:MOST_IN_ONE])
                for other in row.together:
                    other.claim(at)
        return row


class Notification(Outgoing):
    """An e-mail that tells of a message: the outbox. One row for each event and person (`key`)."""

    key = models.CharField(max_length=150, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications")
    message = models.ForeignKey(Message, models.PROTECT, related_name="notifications")
    # It leaves with all others of its kind that wait for the person, in one e-mail a day.
    daily = models.BooleanField(default=False, db_default=False)

    objects = NotificationQuerySet.as_manager()
    # What leaves in the same e-mail, claimed with this row.
    together: tuple["Notification", ...] = ()

    class Meta:
        verbose_name = _("notification")
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="notifications_waiting",
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(daily=True, sent_at__isnull=True, given_up_at__isnull=True),
                name="daily_notifications_waiting",
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

    def mark(self, values, **where):
        """What became of the e-mail became of all that stood in it."""
        for other in self.together:
            other.mark(values, **where)
        return super().mark(values, **where)


class TextMessage(Outgoing):
    """A text message (SMS) that says that something waits: the outbox. One a day and person at most (`key`)."""

    key = models.CharField(max_length=150, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="text_messages")
    message = models.ForeignKey(Message, models.PROTECT, related_name="text_messages")
    # Where the person agreed to get it (E.164).
    number = models.CharField(_("number"), max_length=16)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("text message")
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="text_messages_waiting",
            ),
            models.Index(
                fields=["-given_up_at", "-id"],
                condition=Q(given_up_at__isnull=False) & ~Q(last_error=SETTLED),
                name="text_messages_given_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True), name="a_text_message_ends_one_way"
            )
        ]

    def __str__(self):
        return self.key

    def not_before(self, at):
        """By night none leaves, whenever it was first tried."""
        return text_message_leaves_at(self.recipient, at)

    @property
    def has_passed(self):
        """It was read meanwhile, or the person takes no text messages any more, or at another number."""
        return self.message.read_at is not None or self.recipient.text_messages_to != self.number


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date):
        """Those in force on this day."""
        return self.filter(begins_on__lte=day, ends_on__gte=day, ended_at=None)

    def not_over(self, day: date):
        return self.filter(ends_on__gte=day, ended_at=None)


class Absence(models.Model):
    """From one day to another a colleague reads and answers the messages of somebody who is away."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stood_in")
    begins_on = DayField(_("first day away"))
    ends_on = DayField(_("last day away"))
    # The person, or whoever manages the person; nobody knows of absences from before.
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    said_at = models.DateTimeField()
    # Taken back before it began, or over before its last day.
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        indexes = [models.Index(fields=["stand_in", "ends_on"], name="absences_by_stand_in")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="an_absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(stand_in=F("person")), name="nobody_stands_in_for_oneself"),
        ]

    def __str__(self):
        return f"{self.person}: {self.begins_on} - {self.ends_on}"
