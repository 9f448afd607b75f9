"""What was answered in the sections of a customer's assessment, by whom, and who looked at what is confidential.

Confidential answers stand in a table of their own, which has no history: what they say is read on one page alone, and
stands nowhere else (docs/adr/0019-sections-of-the-assessment.md).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel
from customers.enums import SectionState
from customers.models.people import Customer
from customers.models.records import OfCustomerQuerySet
from customers.models.sections import AssessmentSection, FieldDefinition, SectionField


class SectionRecord(TrackedModel):
    """How far a section is with a customer. `filled_at`: when something was last answered, and by whom."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="sections", verbose_name=_("customer"))
    section = models.ForeignKey(AssessmentSection, models.PROTECT, related_name="records", verbose_name=_("section"))
    state = models.CharField(_("state"), max_length=12, choices=SectionState, default=SectionState.NOT_STARTED)
    filled_at = models.DateTimeField(editable=False)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    completed_at = models.DateTimeField(_("completed"), null=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), editable=False
    )

    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("section of a customer")
        verbose_name_plural = _("sections of customers")
        constraints = [
            models.UniqueConstraint(fields=["customer", "section"], name="a_customer_has_each_section_once"),
            models.CheckConstraint(
                condition=Q(state__in=SectionState.values)
                & (
                    Q(state="complete", completed_at__isnull=False, completed_by__isnull=False)
                    | (~Q(state="complete") & Q(completed_at=None, completed_by=None))
                ),
                name="a_complete_section_says_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return str(self.section)

    def history_subject(self):
        label = _("Section")
        return Subject(f"{label}: {self.section}", self.customer_id)

    @property
    def is_complete(self) -> bool:
        return self.state == SectionState.COMPLETE


class SectionAnswer(TrackedModel):
    """What was answered, to which wording. Not reviewed: a customer's own word that waits for the planner."""

    record = models.ForeignKey(SectionRecord, models.PROTECT, related_name="answers", editable=False)
    field = models.ForeignKey(SectionField, models.PROTECT, related_name="answers", editable=False)
    definition = models.ForeignKey(FieldDefinition, models.PROTECT, related_name="+", editable=False)
    # As `sections/policy.py` keeps it; null where it was taken back.
    value = models.JSONField(null=True, editable=False)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    said_at = models.DateTimeField(editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)

    class Meta:
        verbose_name = _("answer of a section")
        verbose_name_plural = _("answers of sections")
        constraints = [
            models.UniqueConstraint(fields=["record", "field"], name="a_question_is_answered_once"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="a_reviewed_answer_says_by_whom",
            ),
        ]

    def __str__(self):
        return str(self.field)

    def history_subject(self):
        return Subject(f"{_('Answer')}: {self.definition.label_english}", self.record.customer_id)


class ConfidentialAnswer(models.Model):
    """An answer that few may read, kept apart (29 CFR 38.41). It has no history; the section has."""

    record = models.ForeignKey(SectionRecord, models.PROTECT, related_name="confidential_answers")
    field = models.ForeignKey(SectionField, models.PROTECT, related_name="+")
    definition = models.ForeignKey(FieldDefinition, models.PROTECT, related_name="+")
    value = models.JSONField(null=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("confidential answer")
        verbose_name_plural = _("confidential answers")
        constraints = [
            models.UniqueConstraint(fields=["record", "field"], name="a_confidential_question_is_answered_once"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="a_reviewed_confidential_answer_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class ConfidentialLook(models.Model):
    """That a person looked at the confidential answers of a customer's section. Neither changed nor deleted."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="looks", verbose_name=_("customer"))
    section = models.ForeignKey(AssessmentSection, models.PROTECT, related_name="+", verbose_name=_("section"))
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who looked")
    )
    looked_at = models.DateTimeField(_("looked"))

    class Meta:
        verbose_name = _("look at confidential answers")
        verbose_name_plural = _("looks at confidential answers")
        indexes = [models.Index(fields=["customer", "-looked_at", "-id"], name="looks_at_a_customer")]

    def __str__(self):
        return f"{self.customer}: {self.section}"
