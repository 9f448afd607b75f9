"""E-mails that did not arrive, told to staff."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class EmailGivenUp(Kind):
    notice = Notice.EMAIL_GIVEN_UP
    subject = _("An e-mail to %(customer)s did not arrive")
    body = _(
        "The e-mail to %(customer)s at %(email)s could not be delivered. The message is still on the "
        "customer's dashboard. Call the customer. If the address is wrong, correct it in the customer's record, "
        "under Intake Review. Unread messages are then sent again."
    )
    email_subject = _("An e-mail did not arrive: CareerPlan")
    email_sentence = _("An e-mail to a customer could not be delivered. Call the customer.")


@register
class EmailWaits(Kind):
    notice = Notice.EMAIL_WAITS
    subject = _("An e-mail to %(customer)s has been waiting for more than a day")
    body = _(
        "The e-mail to %(customer)s at %(email)s is still waiting to be sent. The message is on the "
        "customer's dashboard. Call the customer, and tell an administrator that e-mail is not going out."
    )
    email_subject = _("An e-mail is still waiting: CareerPlan")
    email_sentence = _("An e-mail to a customer has been waiting for more than a day. Call the customer.")


@register
class EmailToSwitchedOff(Kind):
    notice = Notice.EMAIL_TO_SWITCHED_OFF
    subject = _("An e-mail to %(customer)s was not sent")
    body = _(
        "We did not send the e-mail to %(customer)s at %(email)s, because the customer's sign-in is switched "
        "off. Call the customer, and ask an administrator to switch the sign-in on. Unread messages are then "
        "sent again."
    )
    email_subject = _("An e-mail was not sent: CareerPlan")
    email_sentence = _("An e-mail to a customer was not sent, because the sign-in is switched off.")


@register
class SignInEmailLost(Kind):
    notice = Notice.SIGN_IN_EMAIL_LOST
    subject = _("An e-mail about signing in did not reach %(person)s")
    body = _(
        "The e-mail about signing in to %(person)s at %(email)s was not delivered. Call the person. If the "
        "address is wrong, correct it: a customer's in the customer's record, under Intake Review, and one of "
        "the staff under Staff. Then send the link again."
    )
    email_subject = _("An e-mail about signing in did not arrive: CareerPlan")
    email_sentence = _("An e-mail about signing in was not delivered. Call the person.")
