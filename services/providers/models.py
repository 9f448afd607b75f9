"""Providers of training, their programs, and the credentials that a program leads to (ILL-114, ILL-118, ILL-121)."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.history import TrackedModel, TrackedQuerySet
from careerplan.base.plausible import DayField
from goals.models import Occupation
from services.enums import CredentialType

# Classification of Instructional Programs (National Center for Education Statistics): two digits, a point, four digits.
CIP_FORM = r"^[0-9]{2}\.[0-9]{4}$"
CIP_WORDS = _("Enter a CIP code such as 51.3902: two digits, a point, four digits.")
# The longest programs take five years.
MOST_WEEKS, MOST_HOURS = 260, 10_000


class ListedQuerySet(TrackedQuerySet):
    def offered(self) -> Any:
        """What may be chosen today."""
        return self.filter(ended_on=None)


class ListedModel(TrackedModel):
    """An entry of the list of eligible training providers, which ends and is never deleted."""

    ended_on = DayField(
        _("no longer listed since"),
        happened=True,
        null=True,
        blank=True,
        help_text=_("Empty: it may be chosen. Services that name it keep it."),
    )

    objects = ListedQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True

    @property
    def is_offered(self) -> bool:
        return self.ended_on is None


class Provider(ListedModel):
    """Who gives training or another service, where it is not the grantee (ILL-117, ILL-118)."""

    code = models.CharField(_("provider ID"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=150)
    street = models.CharField(_("street"), max_length=100, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    state = models.CharField(pgettext_lazy("address", "state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="a_provider_has_its_id_and_its_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contact(self) -> str:
        """Address and phone in one line."""
        place = " ".join(filter(None, [self.state, self.zip_code]))
        address = ", ".join(filter(None, [self.street, self.city, place]))
        return "; ".join(filter(None, [address, self.phone]))


class TrainingProgramQuerySet(ListedQuerySet):
    def offered(self) -> Any:
        """Of providers who are listed themselves."""
        return super().offered().filter(provider__ended_on=None)

    def in_order(self) -> Any:
        return self.select_related("provider").order_by("provider__name", "name", "pk")


class TrainingProgram(ListedModel):
    """What a provider trains in: for which occupation, at what cost, how long."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="programs", verbose_name=_("provider"))
    code = models.CharField(_("program ID"), max_length=30)
    name = models.CharField(_("training program"), max_length=200)
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("occupation (SOC)")
    )
    cip_code = models.CharField(
        _("field of study (CIP)"), max_length=7, blank=True, validators=[RegexValidator(CIP_FORM, CIP_WORDS)]
    )
    cost = models.DecimalField(
        _("cost in dollars"), max_digits=9, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)], help_text=_("Tuition, fees, books and supplies of the whole program."),
    )  # fmt: skip
    weeks = models.PositiveSmallIntegerField(
        _("length in weeks"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    hours = models.PositiveSmallIntegerField(
        _("length in hours"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)]
    )

    objects = TrainingProgramQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("training program")
        verbose_name_plural = _("training programs")
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="a_program_stands_once_under_its_provider"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="a_program_has_its_id_and_its_name"),
            models.CheckConstraint(
                condition=Q(cip_code="") | Q(cip_code__regex=CIP_FORM),
                name="a_cip_code_has_its_form",
                violation_error_message=CIP_WORDS,
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="what_a_program_costs_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(weeks=None) | Q(weeks__gte=1, weeks__lte=MOST_WEEKS), name="weeks_of_a_program_can_be"
            ),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gte=1, hours__lte=MOST_HOURS), name="hours_of_a_program_can_be"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApprovedCredentialQuerySet(ListedQuerySet):
    def of_service(self, planned: int) -> Any:
        """Those of the training program that is linked to a planned service (ILL-121)."""
        linked = TrainingProgram.objects.filter(pk=OuterRef("program"), trainings__planned=planned)
        return self.filter(Exists(linked))


class ApprovedCredential(ListedModel):
    """A credential that was entered with a training program, and approved for it (ILL-121, ILL-122)."""

    program = models.ForeignKey(
        TrainingProgram, models.PROTECT, related_name="credentials", verbose_name=_("training program")
    )
    name = models.CharField(_("credential"), max_length=150)
    credential_type = models.CharField(_("type of credential"), max_length=15, choices=CredentialType)

    objects = ApprovedCredentialQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("approved credential")
        verbose_name_plural = _("approved credentials")
        constraints = [
            models.UniqueConstraint(fields=["program", "name"], name="a_credential_is_approved_once_for_a_program"),
            models.CheckConstraint(condition=~Q(name=""), name="an_approved_credential_has_a_name"),
            models.CheckConstraint(
                condition=Q(credential_type__in=CredentialType.values), name="an_approved_credential_has_a_known_type"
            ),
        ]

    def __str__(self) -> str:
        return self.name
