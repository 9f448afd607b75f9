"""What staff are told of a customer's worksite."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class SupervisorAnswered(Kind):
    notice = Notice.SUPERVISOR_ANSWERED
    subject = _("The supervisor of %(customer)s answered")
    body = _("%(person)s answered for %(worksite)s: %(what)s. Open the placement of %(customer)s to read it.")
    email_subject = _("A supervisor answered in CareerPlan")
    email_sentence = _("A supervisor of a worksite answered what you asked.")


@register
class SupervisorEmailLost(Kind):
    notice = Notice.SUPERVISOR_EMAIL_LOST
    subject = _("An e-mail to the supervisor of %(worksite)s did not arrive")
    body = _(
        "The e-mail with a link to %(person)s at %(email)s was not delivered. Call the supervisor. If the address "
        "is wrong, correct it at the worksite, take the link back, and ask again."
    )
    email_subject = _("An e-mail to a supervisor did not arrive: CareerPlan")
    email_sentence = _("An e-mail to a supervisor was not delivered. Call the supervisor.")
