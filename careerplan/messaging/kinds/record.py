"""What keepers of the record are told."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class RecordDamaged(Kind):
    notice = Notice.RECORD_DAMAGED
    subject = _("Something in the record is not as it was sealed or filed")
    body = _(
        "What was found: %(what)s. Run the command verify on the server: it names each thing by its number. "
        "Bring back what is missing or was changed from your backup, and find out how it came about."
    )
    email_subject = _("Something in the record was changed: CareerPlan")
    email_sentence = _("Something in the record is not as it was sealed or filed. Act on it now.")
    # Whoever keeps the record must hear of it now.
    always_at_once = True
