"""What staff are told of a customer's worksite."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class SupervisorAnswered(Kind):
    notice = Notice.SUPERVISOR_ANSWERED
    subject = _("The supervisor of %(customer)s answered")
    body = _("%(supervisor)s answered for %(worksite)s: %(asked)s. Open the placement of %(customer)s to read it.")
    email_subject = _("A supervisor answered in CareerPlan")
    email_sentence = _("A supervisor of a worksite answered what you asked.")
