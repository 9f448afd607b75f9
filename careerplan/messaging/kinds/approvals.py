"""What staff ask of each other, and answer."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class StaffRequestAsked(Kind):
    notice = Notice.STAFF_REQUEST_ASKED
    subject = _("%(planner)s asks for your approval")
    body = _(
        "%(action)s: %(what)s, for %(customer)s. Open the request to approve or to refuse it. The reason: %(reason)s"
    )
    email_subject = _("Something is waiting for your approval in CareerPlan")
    email_sentence = _("Another career planner asks for your approval.")


@register
class StaffRequestAnswered(Kind):
    notice = Notice.STAFF_REQUEST_ANSWERED
    subject = _("Your request was answered: %(answer)s")
    body = _("%(action)s: %(what)s, for %(customer)s: %(answer)s, by %(planner)s. %(note)s")
    email_subject = _("Your request was answered in CareerPlan")
    email_sentence = _("A request of yours was answered.")
