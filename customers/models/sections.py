"""The sections of the assessment and what they ask: data, kept by an administrator (ILL-050 to ILL-068).

What a question says is a definition with a number. A definition is never changed: the next one follows it, and an
answer keeps the one under which it was given. The database holds both (customers/migrations/0032).
"""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedModel
from careerplan.base.named import NamedModel
from careerplan.base.spoken import Words, in_reader_language
from customers.enums import FieldKind

CODE = RegexValidator(r"^[A-Z][A-Z0-9_]*$", _("Write it in capital letters, digits and _, such as COUNTY."))


class AssessmentSection(NamedModel):
    """One of the sections that planner and customer go through, in their order (ILL-051, ILL-056 to ILL-068)."""

    code = models.CharField(_("code"), max_length=30, unique=True, validators=[CODE])
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("section of the assessment")
        verbose_name_plural = _("sections of the assessment")

    @property
    def slug(self) -> str:
        """As addresses name it."""
        return self.code.lower().replace("_", "-")


class SectionField(TrackedModel):
    """A question of a section. `code`: by which the printed form and reports find its answers."""

    section = models.ForeignKey(AssessmentSection, models.PROTECT, related_name="fields", verbose_name=_("section"))
    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(
        _("asked today"), default=True, help_text=_("Answers of former times stay, whether it is asked or not.")
    )

    class Meta:
        verbose_name = _("question of a section")
        verbose_name_plural = _("questions of sections")

    def __str__(self):
        return self.code


class FieldDefinitionQuerySet(models.QuerySet):
    def newest(self):
        """Of each question the one that is asked today, or would be."""
        later = FieldDefinition.objects.filter(field=OuterRef("field"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def asked(self):
        """What is asked today, in the order of the sections."""
        rows = self.newest().filter(field__is_active=True).select_related("field")
        return rows.order_by("field__section__position", "field__position", "field_id")


class FieldDefinition(models.Model):
    """What a question says, from a day on. Names and choices in both languages; `pirl_elements`: federal ones."""

    field = models.ForeignKey(SectionField, models.PROTECT, related_name="definitions", verbose_name=_("question"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=FieldKind)
    label_english = models.CharField(_("question"), max_length=200)
    label_spanish = models.CharField(_("question in Spanish"), max_length=200)
    help_english = models.CharField(_("help"), max_length=300, blank=True)
    help_spanish = models.CharField(_("help in Spanish"), max_length=300, blank=True)
    # Each with its code, and what it says in both languages; of a rating the words of its five steps.
    choices = models.JSONField(_("choices"), default=list, blank=True)
    # Likewise, each with its kind, its choices and whether no row is without it.
    columns = models.JSONField(_("columns"), default=list, blank=True)
    is_required = models.BooleanField(_("needed to complete the section"), default=False)
    is_confidential = models.BooleanField(_("confidential"), default=False)
    pirl_elements = models.CharField(_("PIRL elements"), max_length=30, blank=True)
    is_verified = models.BooleanField(_("verified"), default=True)
    notes = models.TextField(_("notes"), blank=True)
    begun_at = models.DateTimeField(_("asked since"))
    # Null where the product brought it.
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    objects = FieldDefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording of a question")
        verbose_name_plural = _("wordings of questions")
        constraints = [
            models.UniqueConstraint(fields=["field", "number"], name="a_wording_has_a_number_of_its_own"),
            models.CheckConstraint(condition=Q(number__gte=1), name="wordings_are_counted_from_one"),
            models.CheckConstraint(condition=Q(kind__in=FieldKind.values), name="a_question_is_of_a_known_kind"),
        ]

    def __str__(self):
        return self.label_english

    @property
    def label(self) -> Words:
        return in_reader_language(self.label_english, self.label_spanish)

    @property
    def help(self) -> Words:
        return in_reader_language(self.help_english, self.help_spanish)


def labels_of(entries: list[dict]) -> dict[str, Words]:
    """The names of choices or columns by their codes, in the reader's language."""
    return {entry["code"]: in_reader_language(entry["english"], entry["spanish"]) for entry in entries}
