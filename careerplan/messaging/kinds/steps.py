"""Steps that customers propose, and what became of them."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Audience, Kind, register


@register
class StepProposed(Kind):
    notice = Notice.STEP_PROPOSED
    subject = _("%(customer)s proposes steps")
    body = _(
        "%(customer)s proposes what to do for the goals. Open Set Goals to accept, change or decline each step. "
        "The plan can't be sent before."
    )
    email_subject = _("A customer proposes steps in CareerPlan")
    email_sentence = _("A customer proposes steps for a plan. They wait for your decision.")


@register
class StepAccepted(Kind):
    notice = Notice.STEP_ACCEPTED
    goes_to = Audience.CUSTOMERS
    subject = _("Your planner accepted your step")
    body = _(
        'You proposed: "%(step)s". %(planner)s will put it into your plan. You will read the whole plan before you '
        "sign it. %(word)s"
    )
    email_subject = _("A step that you proposed was accepted in CareerPlan")
    email_sentence = _("Your career planner accepted a step that you proposed.")


@register
class StepDeclined(Kind):
    notice = Notice.STEP_DECLINED
    goes_to = Audience.CUSTOMERS
    subject = _("Your planner answered about your step")
    body = _('You proposed: "%(step)s". %(planner)s did not put it into your plan: %(word)s')
    email_subject = _("Your planner wrote about your step in CareerPlan")
    email_sentence = _("Your career planner wrote you about a step that you proposed.")
