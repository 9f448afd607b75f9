"""Users, regions, offices, grantees, and what staff may see (ILL-007 to ILL-010)."""

import zoneinfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import EDITING_ROLES, EVERY_REGION_ROLES, LINKS_TO_PASSWORD, LetterKind, Role
from careerplan.accounts.scope import forget_scope
from careerplan.base.history import TrackedModel, TrackedQuerySet
from careerplan.base.names import fold, full_name
from careerplan.base.outbox import SETTLED, Outgoing, OutgoingQuerySet


class Region(TrackedModel):
    """A local workforce area."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.name


class Grantee(TrackedModel):
    """The organisation that runs the program in a region; the default provider of services."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("grantee")
        verbose_name_plural = _("grantees")

    def __str__(self):
        return self.name


class Office(TrackedModel):
    """A career centre of a region."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="offices", verbose_name=_("region"))
    grantee = models.ForeignKey(Grantee, models.PROTECT, related_name="offices", verbose_name=_("grantee"))
    name = models.CharField(_("name"), max_length=100)
    street = models.CharField(_("street"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    relay = models.CharField(_("relay/TTY number"), max_length=30, default="711")

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="an_office_name_is_unique_in_its_region",
                violation_error_message=_("This region already has an office of this name."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def keep_derived(cls, rows):
        forget_scope()


def known_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Enter a time zone such as America/Chicago."))


class UserQuerySet(TrackedQuerySet):
    def at_work(self):
        """Everybody but customers; few, beside the customers of a state."""
        return self.exclude(role=Role.CUSTOMER)

    def working_in(self, region: int):
        """Who sees customers of the region with this key, or manages its staff; not who sees every region."""
        scopes = StaffScope.objects.filter(Q(region=region) | Q(office__region=region), user=OuterRef("pk"))
        managers = LocalAdministration.objects.filter(region=region, user=OuterRef("pk"))
        return self.filter(Exists(scopes) | Exists(managers))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes people for `createsuperuser` and tests; the product makes them in Django admin and intake."""

    def create_user(self, username, email, password=None, **fields):
        user = self.model(username=username, email=email.lower(), **fields)
        user.set_password(password)
        user.derive()
        user.save()
        return user

    def create_superuser(self, username, email, password=None, **fields):
        return self.create_user(username, email, password, role=Role.ADMINISTRATOR, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, TrackedModel):
    """A person who signs in: with e-mail or username, and a password."""

    username = models.CharField(_("username"), max_length=150, unique=True)
    email = models.EmailField(_("e-mail"), unique=True)
    # People with one name exist: one of the two is enough.
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        blank=True,
        validators=[known_time_zone],
        help_text=_("For example America/Chicago. Empty: the installation's time zone."),
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)  # noqa: TID251  # compared with nothing
    # What must be known at once is told at once all the same (`messaging/kinds`).
    emails_daily = models.BooleanField(_("one e-mail a day"), default=False, db_default=False)
    # The number to which the person agreed to get text messages, as the gateway wants it (E.164); empty: nobody agreed.
    text_messages_to = models.CharField(_("text messages to"), max_length=16, blank=True, default="", db_default="")
    text_messages_agreed_at = models.DateTimeField(_("agreed to text messages"), null=True, blank=True, editable=False)
    # The address to which e-mail did not arrive: another one is given the benefit of the doubt.
    bounced_email = models.EmailField(_("address that e-mail does not reach"), blank=True, editable=False)
    # Made, given to a customer who had none, or sent its first link: nobody had it before. Another change is the next.
    sign_in_set_up_at = models.DateTimeField(
        _("an administrator set up the sign-in"), null=True, blank=True, editable=False
    )
    sign_in_changed_at = models.DateTimeField(
        _("an administrator changed the sign-in"), null=True, blank=True, editable=False
    )

    # Whether there are rows of `LocalAdministration`: every page's header asks. `customers/staffing.py` keeps it.
    is_local_administrator = models.BooleanField(
        _("manages the staff of a region"), editable=False, default=False, db_default=False
    )
    reads_confidential = models.BooleanField(
        _("may read confidential answers"),
        default=False,
        db_default=False,
        help_text=_(
            "Disability, benefits, health and the like, of the customers whom this person sees. Each look is written "
            "down, with who looked."
        ),
    )
    # For the administration's search, "last first" as `names.fold` reads it. The former release writes people without
    # it while an upgrade is under way.
    search_key = models.CharField(max_length=310, editable=False, default="", db_default="")

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "first_name", "last_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="an_email_address_belongs_to_one_person",
                violation_error_message=_("Someone else already signs in with this e-mail address."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="a_username_belongs_to_one_person",
                violation_error_message=_("Someone else already has this username."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="a_person_has_a_known_role"),
            models.CheckConstraint(
                condition=Q(text_messages_to="") ^ Q(text_messages_agreed_at__isnull=False),
                name="text_messages_go_to_who_agreed",
            ),
            models.CheckConstraint(
                condition=Q(reads_confidential=False) | ~Q(role="customer"),
                name="only_staff_read_confidential_answers_of_others",
                violation_error_message=_("Customers read their own confidential answers, and nobody else's."),
            ),
        ]
        indexes = [
            models.Index(fields=["search_key"], name="people_by_name"),
            # Who works here, few beside the customers of a state.
            models.Index(fields=["username"], condition=~Q(role="customer"), name="people_at_work"),
            models.Index(fields=["search_key", "id"], condition=~Q(role="customer"), name="people_at_work_by_name"),
            models.Index(fields=["username"], condition=Q(is_active=False), name="people_switched_off"),
        ]

    def __str__(self):
        return self.get_full_name()

    def derive(self):
        self.search_key = fold(full_name(self.last_name, self.first_name))[:310]

    def clean(self):
        super().clean()
        if not full_name(self.first_name, self.last_name):
            raise ValidationError({"first_name": _("Enter a first or a last name. One is enough.")})
        self.email = self.email.lower()  # signing in looks for it so, however it was typed

    @property
    def is_staff(self) -> bool:
        """Django's word for "may open /admin/"."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_customer(self) -> bool:
        return self.role == Role.CUSTOMER

    @property
    def email_bounces(self) -> bool:
        return self.bounced_email != "" and self.bounced_email == self.email

    @property
    def sees_every_region(self) -> bool:
        return self.role in EVERY_REGION_ROLES

    @property
    def edits_plans(self) -> bool:
        """Planners and statewide staff write plans; administrators keep the product, not the plans."""
        return self.role in EDITING_ROLES

    def get_full_name(self) -> str:
        return full_name(self.first_name, self.last_name) or self.username

    def get_short_name(self) -> str:
        return self.first_name or self.last_name or self.username

    def has_perm(self, perm, obj=None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label) -> bool:
        return self.is_active and self.is_staff


class StaffScope(TrackedModel):
    """What a planner sees: one office, or a whole region."""

    user = models.ForeignKey(User, models.CASCADE, related_name="scopes", verbose_name=_("planner"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="scopes", verbose_name=_("whole region")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="scopes", verbose_name=_("one office")
    )

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=True) ^ Q(office__isnull=True),
                name="a_scope_is_a_region_or_an_office",
                violation_error_message=_("Choose a whole region or one office, not both."),
            ),
            models.UniqueConstraint(fields=["user", "region"], name="a_region_is_in_a_scope_once"),
            models.UniqueConstraint(fields=["user", "office"], name="an_office_is_in_a_scope_once"),
        ]

    def __str__(self):
        return f"{self.user}: {self.office or self.region}"

    @classmethod
    def keep_derived(cls, rows):
        forget_scope()


class LocalAdministration(TrackedModel):
    """Whoever works here may be a local administrator of regions, beside the own work: invites planners there, gives
    them offices and switches sign-ins off (`permissions.py`). It shows no customer."""

    user = models.ForeignKey(User, models.CASCADE, related_name="administrations", verbose_name=_("person"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="administrations", verbose_name=_("region"))

    class Meta:
        verbose_name = _("local administration")
        verbose_name_plural = _("local administrations")
        constraints = [
            models.UniqueConstraint(fields=["user", "region"], name="a_region_is_administered_by_a_person_once")
        ]

    def __str__(self):
        return f"{self.user}: {self.region}"


class SignInLetter(Outgoing):
    """An e-mail about signing in, to be sent: also to addresses that are nobody's, or nobody's any more.

    It holds no secret: the link to a new password is made when the e-mail is sent (`letters.py`).
    """

    kind = models.CharField(_("what it says"), max_length=20, choices=LetterKind)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="sign_in_letters")
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    facts = models.JSONField(default=dict)
    # Staff who asked for it; null where the person did.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail about signing in")
        verbose_name_plural = _("e-mails about signing in")
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="sign_in_letters_waiting",
            ),
            models.Index(fields=["created_at"], name="sign_in_letters_by_age"),
            models.Index(
                fields=["id"],
                condition=Q(sent_at__isnull=True, recipient__isnull=False)
                & ~Q(last_error=SETTLED)
                & (Q(reported_at__isnull=True) | Q(given_up_at__gt=F("reported_at"))),
                name="sign_in_letters_unreported",
            ),
            models.Index(
                fields=["-given_up_at", "-id"],
                condition=Q(given_up_at__isnull=False, recipient__isnull=False) & ~Q(last_error=SETTLED),
                name="sign_in_letters_given_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True), name="a_sign_in_letter_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) ^ Q(kind="unknown-address"), name="a_sign_in_letter_has_a_person"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.address}"

    @property
    def has_passed(self):
        """A link to a password goes to the person's address of today, and to no former one."""
        return self.kind in LINKS_TO_PASSWORD and self.address != self.recipient.email


class TryCount(models.Model):
    """How often a password was tried (`accounts/tries.py`), by a keyed digest of whose, or from where."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")

    def __str__(self):
        return f"{self.key[:8]}: {self.tries}"
