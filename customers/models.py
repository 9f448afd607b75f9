"""The customer and what planners keep about one: enrollments, notes, assessments, uploads."""

import unicodedata
from functools import reduce
from operator import or_

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, StaffScope
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from customers.enums import (
    AssessmentCategory,
    AssessmentKind,
    ContactMethod,
    CustomerType,
    DocumentType,
    EnrollmentStatus,
    PlanType,
    ProgramKind,
    Purpose,
    UploadCategory,
)
from customers.policy import DEFAULT_REVIEW_DAYS


class Program(TrackedModel):
    """A program that customers enroll in; it says which plan they make and how often it is reviewed (AMB-W11)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgramKind)
    plan_type = models.CharField(_("plan type"), max_length=4, choices=PlanType)
    is_title_1 = models.BooleanField(_("WIOA Title I"), default=False)
    review_interval_days = models.PositiveSmallIntegerField(
        _("days between reviews"), default=DEFAULT_REVIEW_DAYS, validators=[MinValueValidator(1)]
    )
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.CheckConstraint(
                condition=Q(review_interval_days__gte=1), name="a_program_reviews_after_a_day_or_more"
            )
        ]

    def __str__(self):
        return self.name


class CustomerQuerySet(TrackedQuerySet):
    def visible_to(self, user):
        """The one place that says who sees whom (ILL-007 to ILL-010)."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.sees_every_region:
            return self
        if user.role == Role.PLANNER:
            return self.filter(in_scope_of(user))
        return self.filter(user=user)

    def editable_by(self, user):
        """Whose plans the person may write: a planner's own scope, statewide staff everywhere."""
        return self.visible_to(user) if user.is_authenticated and user.edits_plans else self.none()

    def matching(self, words: str):
        """Those whose name ("first last" or "last first"), e-mail or username begins with `words`.

        Each is a prefix of a stored key with an index: no search walks the whole state.
        """
        words = search_key(words.replace(",", " "))
        if not words:
            return self
        keys = ("name_key", "given_key", "email_key", "username_key")
        return self.filter(reduce(or_, (Q(**{f"{key}__startswith": words}) for key in keys)))


def search_key(text: str) -> str:
    """As names are typed in a hurry: small letters without accents, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def in_scope_of(user) -> Q:
    held = StaffScope.objects.filter(user=user)
    in_office = held.filter(office=OuterRef("office"))
    in_region = held.filter(region=OuterRef("office__region"))
    # A co-enrolled customer may be another office's, and the plan is shared (12.7.9).
    programs = Enrollment.objects.filter(customer=OuterRef("pk"), exited_on__isnull=True)
    shares = Q(Exists(programs.filter(planner=user))) & Q(Exists(programs.exclude(planner=user)))
    return Q(Exists(in_office)) | Q(Exists(in_region)) | shares


class Customer(TrackedModel):
    """The person the plan is for. Signs in through `user`, where one exists."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="customer",
        verbose_name=_("sign-in"),
    )
    first_name = models.CharField(_("first name"), max_length=100)
    middle_name = models.CharField(_("middle name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    birth_date = DayField(_("birth date"), happened=True, null=True, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    language = models.CharField(_("preferred language"), max_length=10, choices=settings.LANGUAGES, default="en")
    needs = models.CharField(
        _("accommodation needs"), max_length=200, blank=True, help_text=_("What helps. No medical detail.")
    )
    large_print = models.BooleanField(
        _("large print"),
        default=False,
        help_text=_("The forms are printed, and the customer's pages shown, in large letters."),
    )
    customer_type = models.CharField(_("customer type"), max_length=30, choices=CustomerType, blank=True)
    state_id = models.CharField(_("participant ID"), max_length=20, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="customers", verbose_name=_("office"))
    planner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="caseload",
        verbose_name=_("career planner"),
    )
    # For search and order: "last first", "first last", e-mail and username, by `search_key`. `set_keys` keeps them.
    name_key = models.CharField(max_length=310, editable=False)
    given_key = models.CharField(max_length=310, editable=False)
    email_key = models.CharField(max_length=254, editable=False, blank=True)
    username_key = models.CharField(max_length=150, editable=False, blank=True)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            models.Index(fields=["name_key", "id"], name="customers_by_name"),
            models.Index(fields=["office", "name_key", "id"], name="customers_of_an_office"),
            models.Index(fields=["given_key"], name="customers_by_given_name"),
            models.Index(fields=["email_key"], name="customers_by_email"),
            models.Index(fields=["username_key"], name="customers_by_username"),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    def history_subject(self):
        return Subject(str(_("Customer")), self.pk)

    @property
    def place(self) -> str:
        """City, state and ZIP code as one line."""
        return " ".join(part for part in (f"{self.city}," if self.city else "", self.state, self.zip_code) if part)

    def set_keys(self, username: str = "") -> None:
        """Fill the columns that search and order read."""
        self.name_key = search_key(f"{self.last_name} {self.first_name} {self.middle_name}")[:310]
        self.given_key = search_key(f"{self.first_name} {self.last_name}")[:310]
        self.email_key = search_key(self.email)[:254]
        self.username_key = search_key(username)[:150]


class Enrollment(TrackedModel):
    """A customer's time in a program."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="enrollments", verbose_name=_("customer"))
    program = models.ForeignKey(Program, models.PROTECT, related_name="enrollments", verbose_name=_("program"))
    planner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
        verbose_name=_("career planner of the program"),
    )
    status = models.CharField(
        _("enrollment status"), max_length=12, choices=EnrollmentStatus, default=EnrollmentStatus.APPLICANT
    )
    begun_on = DayField(_("begun"), happened=True)
    exited_on = DayField(_("exited"), happened=True, null=True, blank=True)

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="exited") ^ Q(exited_on__isnull=True),
                name="an_exited_enrollment_has_its_exit_date",
                violation_error_message=_("Enter the exit date of an exited enrollment, and only of one."),
            ),
            models.CheckConstraint(
                condition=Q(exited_on__isnull=True) | Q(exited_on__gte=F("begun_on")),
                name="an_exit_is_not_before_the_beginning",
                violation_error_message=_("The exit can't be before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["customer", "program"],
                condition=Q(exited_on__isnull=True),
                name="one_open_enrollment_a_program",
                violation_error_message=_("The customer is already enrolled in this program."),
            ),
        ]

    def __str__(self):
        return f"{self.program} ({self.get_status_display()})"

    def history_subject(self):
        return Subject(str(_("Enrollment")), self.customer_id)


class OfCustomerQuerySet(TrackedQuerySet):
    """Rows that belong to a customer are visible where the customer is."""

    def visible_to(self, user):
        return self.filter(Exists(Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))))

    def editable_by(self, user):
        return self.filter(Exists(Customer.objects.editable_by(user).filter(pk=OuterRef("customer"))))


class CaseNoteQuerySet(OfCustomerQuerySet):
    def visible_to(self, user):
        rows = super().visible_to(user)
        return rows.none() if user.is_authenticated and user.is_customer else rows


class CaseNote(TrackedModel):
    """What a planner writes about contacts, changes and reasons (ILL-016). Customers don't see case notes."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="case_notes", verbose_name=_("customer"))
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("note"), max_length=4000)
    contact_on = DayField(_("date of contact"), happened=True)
    contact_method = models.CharField(_("kind of contact"), max_length=12, choices=ContactMethod)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(_("written"))

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("case note")
        verbose_name_plural = _("case notes")
        indexes = [models.Index(fields=["customer", "-contact_on", "-id"], name="case_notes_of_a_customer")]

    def __str__(self):
        return self.subject

    def history_subject(self):
        return Subject(f"{_('Case note')}: {self.subject}", self.customer_id)


class AssessmentType(TrackedModel):
    """An assessment that the product lists for everybody, done or not (ILL-039)."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    section = models.CharField(_("section"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("assessment type")
        verbose_name_plural = _("assessment types")

    def __str__(self):
        return self.name


class Assessment(TrackedModel):
    """An assessment that the customer took: one of the listed types, or one from outside (ILL-069)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="assessments", verbose_name=_("customer"))
    assessment_type = models.ForeignKey(
        AssessmentType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("listed assessment"),
        help_text=_("Leave empty for an assessment that is not in the list."),
    )
    name = models.CharField(_("assessment name or description"), max_length=120)
    result = models.CharField(_("result"), max_length=200)
    assessed_on = DayField(_("assessment date"), happened=True)
    kind = models.CharField(_("type"), max_length=20, choices=AssessmentKind)
    category = models.CharField(_("category"), max_length=20, choices=AssessmentCategory)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("updated by"), editable=False
    )
    updated_at = models.DateTimeField(_("updated"), editable=False)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [models.Index(fields=["customer", "-assessed_on", "-id"], name="assessments_of_a_customer")]

    def __str__(self):
        return self.name

    def history_subject(self):
        return Subject(f"{_('Assessment')}: {self.name}", self.customer_id)


class AssessmentSummary(TrackedModel):
    """What the results say together, written by the planner; every saved summary stays (ILL-052)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="assessment_summaries")
    text = models.TextField(_("assessment summary"), max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(_("written"))

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment summary")
        verbose_name_plural = _("assessment summaries")

    def __str__(self):
        return self.text[:60]

    def history_subject(self):
        return Subject(str(_("Assessment summary")), self.customer_id)


class UploadQuerySet(OfCustomerQuerySet):
    def visible_to(self, user):
        """Customers see what they or the system filed for them, not what staff keep about them."""
        rows = super().visible_to(user)
        if user.is_authenticated and user.role == Role.CUSTOMER:
            return rows.filter(Q(shown_to_customer=True) | Q(uploaded_by=user))
        return rows


class Upload(TrackedModel):
    """A file in the customer's record."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="uploads", verbose_name=_("customer"))
    file = models.FileField(_("file"), upload_to="uploads/%Y/%m/")
    name = models.CharField(_("name"), max_length=150)
    category = models.CharField(_("category"), max_length=20, choices=UploadCategory)
    document_type = models.CharField(_("document type"), max_length=20, choices=DocumentType)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    content_type = models.CharField(max_length=100, editable=False)
    byte_count = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    shown_to_customer = models.BooleanField(_("the customer may see it"), default=False)
    filed_by_system = models.BooleanField(_("filed by the system"), default=False, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = [models.Index(fields=["customer", "-uploaded_at", "-id"], name="uploads_of_a_customer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_by_system=True) | Q(uploaded_by__isnull=False), name="an_upload_says_who_filed_it"
            )
        ]

    def __str__(self):
        return self.name

    def history_subject(self):
        return Subject(f"{_('Upload')}: {self.name}", self.customer_id)

    def content(self) -> bytes:
        with self.file.open() as file:
            return file.read()
