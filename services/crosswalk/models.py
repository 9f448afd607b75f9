"""The crosswalk of the catalog: the code of a service in another system."""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerplan.base.history import TrackedModel

# The state's system, for which the export is named (Illinois workNet, Overview).
STATE_SYSTEM = "IWDS"
SYSTEM = re.compile(r"[A-Z0-9-]{2,20}")
SYSTEM_FORM = f"^{SYSTEM.pattern}$"
SYSTEM_WORDS = _("Enter the short name of the system in capital letters, such as IWDS.")


class ServiceCrosswalk(TrackedModel):
    """One row for each service in each system. A code that no longer holds is emptied: the history keeps it."""

    service = models.ForeignKey("services.Service", models.PROTECT, related_name="crosswalk", verbose_name=_("service"))
    system = models.CharField(
        _("system"), max_length=20, default=STATE_SYSTEM, validators=[RegexValidator(SYSTEM_FORM, SYSTEM_WORDS)]
    )
    code = models.CharField(
        _("code in that system"), max_length=40, blank=True, help_text=_("Empty: that system has none.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("code in another system")
        verbose_name_plural = _("codes in other systems")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "system"],
                name="a_service_has_one_code_in_a_system",
                violation_error_message=_("This service has a code in this system already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(system__regex=SYSTEM_FORM),
                name="a_system_is_called_by_its_short_name",
                violation_error_message=SYSTEM_WORDS,
            ),
        ]

    def __str__(self):
        return f"{self.service} · {self.system}"
