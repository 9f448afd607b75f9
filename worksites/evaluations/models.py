"""Links that ask a worksite's supervisor, what was answered, and the e-mails that bring them."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careerplan.base.fields import written
from careerplan.base.names import fold
from careerplan.base.outbox import SETTLED, Outgoing, OutgoingQuerySet
from careerplan.plans.models.plans import PERSON
from customers.models import FieldDefinition, SectionField
from worksites.enums import PlacementStatus
from worksites.evaluations.enums import Asked, LinkStanding
from worksites.payroll.policy import MOST_HOURS, days_of, days_of_work
from worksites.placements.models import Placement
from worksites.placements.policy import HOURS_A_DAY

# So long a supervisor may answer.
WORKS_FOR = timedelta(days=14)
TRIES = 5
USER_AGENT_LIMIT = 400


def in_hours(number):
    plural = 1 if number == 1 else 2  # of a part of an hour one says "hours"
    return ngettext("%(hours)s hour", "%(hours)s hours", plural) % {"hours": written(number)}


class SupervisorLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Exists(Placement.objects.visible_to(user).filter(pk=OuterRef("placement"))))

    def open(self):
        """Neither answered nor taken back; their time may be over."""
        return self.filter(answered_at=None, withdrawn_at=None)

    def confirmed(self):
        return self.filter(kind=Asked.HOURS, answered_at__isnull=False)

    def with_all(self):
        return self.select_related("placement__job__worksite__employer", "placement__planned__plan__customer")


class SupervisorLink(models.Model):
    """One question to one supervisor about one placement. It is answered once, and stays as it was answered."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="supervisor_links", db_index=False, verbose_name=_("placement")
    )
    kind = models.CharField(_("what is asked"), max_length=10, choices=Asked)
    # Of hours: the period, and how many we have, where we say it.
    begins_on = models.DateField(_("first day"), null=True)
    ends_on = models.DateField(_("last day"), null=True)
    hours_asked = models.DecimalField(_("hours as we have them"), max_digits=5, decimal_places=2, null=True)
    # As the worksite named the supervisor when it was asked.
    sent_to = models.CharField(_("supervisor"), max_length=100)
    email = models.EmailField(_("supervisor's e-mail"), blank=True)
    language = models.CharField(_("language of the e-mail"), max_length=10, choices=settings.LANGUAGES)
    seed = models.CharField(max_length=64)
    secret_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("asked"))
    made_by = models.ForeignKey(**PERSON, verbose_name=_("asked by"))
    ends_at = models.DateTimeField(_("works until"))
    tries_left = models.PositiveSmallIntegerField(_("tries left"), default=TRIES)
    # The name is typed by whoever answers, who is no user; where from is kept as signing keeps it.
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_as = models.CharField(_("answered by"), max_length=100, blank=True)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=USER_AGENT_LIMIT, blank=True)
    hours = models.DecimalField(_("hours confirmed"), max_digits=5, decimal_places=2, null=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)
    withdrawn_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("taken back by"))

    objects = SupervisorLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a supervisor")
        verbose_name_plural = _("questions to supervisors")
        indexes = [models.Index(fields=["placement", "-id"], name="links_of_a_placement")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Asked.values), name="a_supervisor_is_asked_something_known"),
            models.CheckConstraint(
                condition=Q(kind="hours", begins_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("begins_on"))
                | Q(kind="evaluation", begins_on=None, ends_on=None, hours_asked=None),
                name="hours_are_asked_of_a_period",
            ),
            models.CheckConstraint(condition=~Q(sent_to=""), name="a_supervisor_who_is_asked_has_a_name"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="a_supervisors_link_works_for_a_time"),
            models.CheckConstraint(condition=Q(tries_left__lte=TRIES), name="a_supervisors_code_has_five_tries"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_as="", ip_address=None, user_agent="")
                | Q(answered_at__isnull=False, answered_at__gte=F("made_at"), answered_at__lt=F("ends_at"))
                & Q(withdrawn_at=None, tries_left__gt=0)
                & ~Q(answered_as=""),
                name="a_supervisor_answers_in_time_and_says_who",
            ),
            models.CheckConstraint(
                condition=Q(kind="hours", answered_at__isnull=False, hours__isnull=False)
                | Q(kind="hours", answered_at=None, hours=None)
                | Q(kind="evaluation", hours=None),
                name="hours_are_confirmed_with_the_answer",
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": 0, f"{name}__lte": MOST_HOURS}),
                    name=f"{said}_can_be",
                )
                for name, said in (("hours_asked", "hours_asked_of_a_supervisor"), ("hours", "hours_confirmed"))
            ],
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_link_that_was_taken_back_says_by_whom",
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(kind="evaluation", answered_at=None, withdrawn_at=None),
                name="one_evaluation_of_a_placement_waits",
            ),
            models.UniqueConstraint(
                fields=["placement", "begins_on"],
                condition=Q(kind="hours", answered_at=None, withdrawn_at=None),
                name="one_confirmation_of_a_period_waits",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.placement}"

    @property
    def is_of_hours(self):
        return self.kind == Asked.HOURS

    @property
    def customer(self):
        return self.placement.planned.plan.customer

    @property
    def hours_in_words(self):
        return in_hours(self.hours)

    @property
    def asked_in_words(self):
        return in_hours(self.hours_asked)

    @property
    def days(self):
        """Of its period."""
        return days_of(self.begins_on, self.ends_on)

    @property
    def days_under_way(self):
        """Of its period, as the placement's days are known by now. An end that is only expected is none."""
        placement = self.placement
        if not placement.has_begun:
            return 0
        ended = placement.ends_on if placement.status == PlacementStatus.TERMINATED else None
        first, last = max(self.begins_on, placement.starts_on), min(self.ends_on, ended or self.ends_on)
        return days_of_work(first, last, placement.holds) if first <= last else 0

    @property
    def most_hours(self):
        """Of those days, day and night."""
        return Decimal(HOURS_A_DAY * self.days_under_way)

    @property
    def is_replaced(self):
        """The worksite names somebody else by now, or another address than that of the e-mail."""
        site = self.placement.job.worksite
        other_address = bool(self.email) and site.supervisor_email.casefold() != self.email.casefold()
        return other_address or fold(site.supervisor) != fold(self.sent_to)

    def standing(self, at):
        if self.answered_at is not None:
            return LinkStanding.ANSWERED
        if self.withdrawn_at is not None or self.placement.withdrawn_at is not None:
            return LinkStanding.WITHDRAWN
        if not self.tries_left:
            return LinkStanding.LOCKED
        if at >= self.ends_at:
            return LinkStanding.OVER
        if not self.placement.has_begun:
            return LinkStanding.NOT_PLACED
        return LinkStanding.REPLACED if self.is_replaced else LinkStanding.WAITS


class SupervisorAnswer(models.Model):
    """What a supervisor answered to one question of the section, under its wording of then. Append-only.

    It stands beside the answers of customer and planner and changes none of them: who answered is no user.
    """

    link = models.ForeignKey(
        SupervisorLink,
        models.PROTECT,
        related_name="answers",
        db_index=False,
        verbose_name=_("question to a supervisor"),
    )
    field = models.ForeignKey(SectionField, models.PROTECT, related_name="+", verbose_name=_("question"))
    definition = models.ForeignKey(
        FieldDefinition, models.PROTECT, related_name="+", verbose_name=_("wording of the question")
    )
    # As `customers/sections/policy.py` keeps it.
    value = models.JSONField(_("answer"))

    class Meta:
        verbose_name = _("answer of a supervisor")
        verbose_name_plural = _("answers of supervisors")
        constraints = [models.UniqueConstraint(fields=["link", "field"], name="a_supervisor_answers_a_question_once")]

    def __str__(self):
        return str(self.field)


class SupervisorLetter(Outgoing):
    """The e-mail with a link, on its way. It holds no secret: the link is made when it leaves."""

    # It goes to nobody who signs in.
    recipient, recipient_id = None, None

    link = models.OneToOneField(
        SupervisorLink, models.PROTECT, related_name="letter", verbose_name=_("question to a supervisor")
    )

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail to a supervisor")
        verbose_name_plural = _("e-mails to supervisors")
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="supervisor_letters_waiting",
            ),
            models.Index(fields=["created_at"], name="supervisor_letters_by_age"),
            models.Index(
                fields=["id"],
                condition=Q(sent_at__isnull=True)
                & ~Q(last_error=SETTLED)
                & (Q(reported_at__isnull=True) | Q(given_up_at__gt=F("reported_at"))),
                name="supervisor_letters_unreported",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True), name="a_supervisor_letter_ends_one_way"
            )
        ]

    def __str__(self):
        return str(self.link)

    @property
    def has_passed(self):
        """It was answered by the link that the planner told, or taken back by itself or with its placement, or is
        another supervisor's by now."""
        link = self.link
        taken_back = link.withdrawn_at is not None or link.placement.withdrawn_at is not None
        return link.answered_at is not None or taken_back or link.is_replaced
