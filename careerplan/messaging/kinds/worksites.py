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
class SupervisorLinkLocked(Kind):
    notice = Notice.SUPERVISOR_LINK_LOCKED
    subject = _("The link of the supervisor of %(customer)s is locked")
    body = _(
        "The code of the link for %(person)s at %(worksite)s was wrong five times. Call the supervisor, and send a new "
        "link from the placement of %(customer)s."
    )
    email_subject = _("A link of a supervisor is locked: CareerPlan")
    email_sentence = _("The code of a supervisor's link was wrong five times. Send a new link.")


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
