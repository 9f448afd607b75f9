"""Files that go with messages; each is one of the customer's uploads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerplan.messaging.models import Message
from customers.models.records import Upload


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the uploads that they are."""
        return self.filter(upload__in=Upload.objects.visible_to(user))


class Attachment(models.Model):
    """That a message brought an upload along."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    upload = models.OneToOneField(Upload, models.PROTECT, related_name="attachment")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")

    def __str__(self):
        return str(self.upload)
