"""What staff are told of the agreement to a plan."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class PlanAcknowledged(Kind):
    notice = Notice.PLAN_ACKNOWLEDGED
    subject = _("%(customer)s acknowledged the plan")
    body = _("%(customer)s acknowledged version %(version)s. It is now the active plan.")
    email_subject = _("A plan was acknowledged in CareerPlan")
    email_sentence = _("A customer acknowledged a plan. It is active now.")


@register
class PaperNotMade(Kind):
    notice = Notice.PAPER_NOT_MADE
    subject = _("The form for %(customer)s could not be made")
    body = _(
        "Version %(version)s was sealed, but its PDF could not be made, so nothing was sent to the customer. "
        "Open the plan to try again or to recall the version."
    )
    email_subject = _("A form could not be made in CareerPlan")
    email_sentence = _("A form could not be made, so nothing was sent to the customer.")


@register
class SharedPlanOpened(Kind):
    notice = Notice.SHARED_PLAN_OPENED
    subject = _("%(customer)s's shared plan is being changed")
    body = _(
        "%(planner)s has opened version %(version)s of the plan that you share. Talk about the changes "
        "before they are sent. Removing or adding services of your program needs your approval."
    )
    email_subject = _("A shared plan is being changed in CareerPlan")
    email_sentence = _("Another career planner is changing a plan that you share.")


@register
class SharedPlanDeclined(Kind):
    notice = Notice.SHARED_PLAN_DECLINED
    subject = _("%(customer)s's shared plan was not acknowledged")
    body = _(
        "%(planner)s has recorded that %(customer)s does not want to acknowledge version %(version)s of the "
        "plan that you share. Open the plan to see how it stands now."
    )
    email_subject = _("A shared plan was not acknowledged in CareerPlan")
    email_sentence = _("A customer did not acknowledge a plan that you share.")


@register
class ItemAsked(Kind):
    notice = Notice.ITEM_ASKED
    subject = _("%(customer)s asks about the plan")
    body = _(
        "%(customer)s asks about something in version %(version)s, or says no to it. Open the agreement "
        "to read it and to answer."
    )
    email_subject = _("A customer asks about a plan in CareerPlan")
    email_sentence = _("A customer asks about something in a plan, or says no to it.")


@register
class PlanNotAgreed(Kind):
    notice = Notice.PLAN_NOT_AGREED
    subject = _("%(customer)s does not agree with the plan")
    body = _(
        "%(customer)s says no to version %(version)s. Talk with %(customer)s. Then take the version back and "
        "change it, or mark it Not Complete."
    )
    email_subject = _("A customer does not agree with a plan in CareerPlan")
    email_sentence = _("A customer does not agree with a plan. Talk with the customer.")
