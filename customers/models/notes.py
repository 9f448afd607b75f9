"""Case notes, and what was added to one once its words stay (ILL-016; WI 12.7.8, note)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import Subject, TrackedModel
from careerplan.base.plausible import DayField
from customers.enums import REACHED, ContactMethod, NoteCategory, NoteMatter
from customers.models.people import Customer
from customers.models.records import OfCustomerQuerySet

# So long its writer may change the words of a note; the database holds the same (careerplan/migrations/0022).
EDITED_FOR = timedelta(hours=24)
LONGEST_NOTE = 4000


class CaseNoteQuerySet(OfCustomerQuerySet):
    def visible_to(self, user):
        rows = super().visible_to(user)
        return rows.none() if user.is_authenticated and user.is_customer else rows

    def contacts(self):
        """Those that count for the contact duty: the customer was reached."""
        return self.filter(contact_method__in=REACHED)

    def pinned(self):
        return self.filter(pinned_at__isnull=False)


class CaseNote(TrackedModel):
    """What a planner writes about contacts, changes and reasons (ILL-016). Customers don't see case notes.

    A note that is no contact has the kind "No contact", and the day on which it was written. `about_kind` and
    `about_key` name what it was written about: most of all what asked for it (`customers/notes/matters.py`).
    """

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="case_notes", verbose_name=_("customer"))
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    contact_on = DayField(_("date of contact"), happened=True)
    contact_method = models.CharField(_("kind of contact"), max_length=12, choices=ContactMethod)
    category = models.CharField(
        _("category"),
        max_length=12,
        choices=NoteCategory,
        default=NoteCategory.OTHER,
        db_default=NoteCategory.OTHER.value,
    )
    about_kind = models.CharField(
        max_length=12, choices=NoteMatter, blank=True, default="", db_default="", editable=False
    )
    about_key = models.BigIntegerField(null=True, editable=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(_("written"))

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("case note")
        verbose_name_plural = _("case notes")
        indexes = [
            models.Index(fields=["customer", "-contact_on", "-id"], name="case_notes_of_a_customer"),
            models.Index(fields=["customer"], condition=Q(pinned_at__isnull=False), name="case_notes_pinned"),
            models.Index(
                fields=["about_key", "about_kind"], condition=Q(about_key__isnull=False), name="case_notes_by_matter"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(about_kind="") ^ Q(about_key__isnull=False), name="a_case_note_names_what_it_is_about"
            ),
        ]

    def __str__(self):
        return self.subject

    def history_subject(self):
        return Subject(f"{_('Case note')}: {self.subject}", self.customer_id)

    @property
    def is_contact(self):
        return self.contact_method in REACHED


class CaseNoteAddendum(TrackedModel):
    """What was added to a note; it stays as it was written."""

    note = models.ForeignKey(CaseNote, models.PROTECT, related_name="addenda", verbose_name=_("case note"))
    text = models.TextField(_("addendum"), max_length=LONGEST_NOTE)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("addendum to a case note")
        verbose_name_plural = _("addenda to case notes")

    def __str__(self):
        return self.text[:60]

    def history_subject(self):
        return Subject(f"{_('Addendum')}: {self.note.subject}", self.note.customer_id)
