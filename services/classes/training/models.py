"""What a planned career or training service says beside its line in the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.classes.provided import WITH_ITS_PROVIDER, ProvidedDetail


class Training(ProvidedDetail):
    class Meta:
        verbose_name = _("details of a training")
        verbose_name_plural = _("details of trainings")
        constraints = [
            models.CheckConstraint(condition=WITH_ITS_PROVIDER, name="a_training_program_comes_with_its_provider")
        ]
