"""That an upload shows that an action step is done."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from customers.models import Upload


class StepProofQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the uploads that they are."""
        return self.filter(Exists(Upload.objects.visible_to(user).filter(pk=OuterRef("upload"))))


class StepProof(models.Model):
    """A photo or a file of the customer's record that was brought for a step; never changed."""

    step = models.ForeignKey("goals.ActionStep", models.PROTECT, related_name="proofs")
    upload = models.OneToOneField(Upload, models.PROTECT, related_name="proof")

    objects = StepProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of a step")
        verbose_name_plural = _("proofs of steps")

    def __str__(self):
        return str(self.upload)
