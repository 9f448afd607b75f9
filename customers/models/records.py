"""What planners keep about a customer: assessments, uploads."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import Role
from careerplan.base.history import Subject, TrackedModel, TrackedQuerySet
from careerplan.base.named import NamedModel
from careerplan.base.plausible import DayField
from customers.enums import (
    AssessmentCategory,
    AssessmentKind,
    DocumentType,
    Purpose,
    UploadCategory,
)
from customers.files import view_of
from customers.models.people import Customer
from customers.models.scales import DIGITS, AssessmentArea

UPLOAD_NAME_LIMIT = 150


class OfCustomerQuerySet(TrackedQuerySet):
    """Rows that belong to a customer are visible where the customer is."""

    def visible_to(self, user):
        return self.filter(Exists(Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))))

    def editable_by(self, user):
        return self.filter(Exists(Customer.objects.editable_by(user).filter(pk=OuterRef("customer"))))


class AssessmentType(NamedModel):
    """A test that the product knows by name: listed for everybody, done or not (ILL-039), or from outside (ILL-069)."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    section = models.CharField(_("section"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_listed = models.BooleanField(
        _("listed for everybody"),
        default=True,
        db_default=True,
        help_text=_(
            "Shown for each customer, done or not. Others stand among the outside assessments once one is done."
        ),
    )
    days_valid = models.PositiveSmallIntegerField(
        _("days for which it is valid"),
        null=True,
        blank=True,
        help_text=_("Empty: it may be reused while it is less than six months old."),
    )

    class Meta:
        verbose_name = _("assessment type")
        verbose_name_plural = _("assessment types")


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
    assessed_by = models.CharField(_("assessed by"), max_length=150, blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=AssessmentKind)
    category = models.CharField(_("category"), max_length=20, choices=AssessmentCategory)
    area = models.ForeignKey(
        AssessmentArea,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="assessments",
        verbose_name=_("area"),
    )
    score = models.DecimalField(_("score"), null=True, blank=True, **DIGITS)
    pre_test = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="post_tests",
        verbose_name=_("pre-test"),
    )
    document = models.ForeignKey(
        "Upload",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="assessments",
        verbose_name=_("file of the result"),
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("updated by"), editable=False
    )
    updated_at = models.DateTimeField(_("updated"), editable=False)

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [
            models.Index(fields=["customer", "-assessed_on", "-id"], name="assessments_of_a_customer"),
            models.Index(fields=["area"], condition=Q(area__isnull=False), name="assessments_on_a_scale"),
            models.Index(fields=["pre_test"], condition=Q(pre_test__isnull=False), name="post_tests_of_a_pre_test"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(area__isnull=False), name="a_score_stands_on_a_scale"
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(assessment_type__isnull=False), name="an_area_comes_with_its_type"
            ),
            models.CheckConstraint(
                condition=Q(pre_test__isnull=True) | Q(score__isnull=False), name="a_post_test_has_a_score"
            ),
        ]

    def __str__(self):
        return self.name

    def history_subject(self):
        return Subject(f"{_('Assessment')}: {self.name}", self.customer_id)

    @property
    def result_in_words(self):
        """With the area that was tested, where there is one."""
        return f"{self.area.name}: {self.result}" if self.area_id else self.result


class AssessmentSummaryQuerySet(OfCustomerQuerySet):
    def newest_first(self):
        """The newest is the one that counts: it is shown and printed (ILL-052)."""
        return self.order_by("-written_at", "-id")


class AssessmentSummary(TrackedModel):
    """What the results say together, written by the planner; every saved summary stays (ILL-052)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="assessment_summaries")
    text = models.TextField(_("assessment summary"), max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(_("written"))

    objects = AssessmentSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment summary")
        verbose_name_plural = _("assessment summaries")

    def __str__(self):
        return self.text[:60]

    def history_subject(self):
        return Subject(str(_("Assessment summary")), self.customer_id)


class UploadQuerySet(OfCustomerQuerySet):
    def visible_to(self, user):
        """Customers see what they or the system filed for them, not what staff keep about them.

        Once a plan is signed, its unsigned form is nobody's copy any more.
        """
        rows = super().visible_to(user)
        if user.is_authenticated and user.role == Role.CUSTOMER:
            unsigned = Q(paper__kind="to_sign", paper__seal__acknowledgment__isnull=False)
            return rows.filter(Q(shown_to_customer=True) | Q(uploaded_by=user)).exclude(unsigned)
        return rows


class Upload(TrackedModel):
    """A file in the customer's record."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="uploads", verbose_name=_("customer"))
    file = models.FileField(_("file"), upload_to="uploads/%Y/%m/")
    name = models.CharField(_("name"), max_length=UPLOAD_NAME_LIMIT)
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
        indexes = [
            models.Index(fields=["customer", "-uploaded_at", "-id"], name="uploads_of_a_customer"),
            models.Index(fields=["uploaded_at"], name="uploads_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_by_system=True) | Q(uploaded_by__isnull=False), name="an_upload_says_who_filed_it"
            )
        ]

    def __str__(self):
        return self.name

    def history_subject(self):
        return Subject(f"{_('Upload')}: {self.name}", self.customer_id)

    @property
    def filed_under(self):
        return reverse("customers:uploads", args=[self.customer_id])

    @property
    def keys_in_log(self):
        return {"upload": self.pk, "customer": self.customer_id}

    @property
    def browser_view(self):
        """How every browser shows it, where not every one can."""
        return view_of(self.content_type)
