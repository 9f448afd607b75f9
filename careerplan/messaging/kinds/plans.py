"""What customers are told of their plan."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Audience, Kind, register


@register
class AcknowledgmentRequested(Kind):
    notice = Notice.ACKNOWLEDGMENT_REQUESTED
    goes_to = Audience.CUSTOMERS
    subject = _("Your plan is ready for you to read and acknowledge")
    body = _(
        "%(planner)s has sent you version %(version)s of your plan. Open it, read it, and type your name to "
        "acknowledge it. If something is not right, tell %(planner)s before you sign."
    )
    email_subject = _("Something is waiting for you to read and sign in CareerPlan")
    email_sentence = _("Something is waiting for you to read and sign on your CareerPlan dashboard.")
    # An e-mail and a dashboard message, with instructions to sign (ILL-034).
    always_at_once = True
    in_text_message = True


@register
class RequestWithdrawn(Kind):
    notice = Notice.REQUEST_WITHDRAWN
    goes_to = Audience.CUSTOMERS
    subject = _("Your plan was taken back to be changed")
    body = _(
        "%(planner)s has taken back version %(version)s of your plan. You do not need to sign it. You will "
        "get a new message when it is ready again."
    )
    email_subject = _("Something was taken back in CareerPlan")
    email_sentence = _("Something that waited for you to sign was taken back. You do not need to sign it.")
    # The request to sign it was sent at once, and must not be followed any more.
    always_at_once = True


@register
class PlanSigned(Kind):
    notice = Notice.PLAN_SIGNED
    goes_to = Audience.CUSTOMERS
    subject = _("You signed your plan")
    body = _(
        "You signed version %(version)s of your plan (%(at)s). It is your plan now. Under My plan you "
        "can read it and download it as a PDF. If it was not you who signed, call %(planner)s right away."
    )
    email_subject = _("Your signature was received in CareerPlan")
    email_sentence = _("This confirms that your signature was received. You can read and download what you signed.")
    # Whoever did not sign must hear of it now.
    always_at_once = True


@register
class AgreementRecorded(Kind):
    notice = Notice.AGREEMENT_RECORDED
    goes_to = Audience.CUSTOMERS
    subject = _("Your agreement was recorded")
    body = _(
        "%(planner)s has recorded that you agreed to version %(version)s of your plan. If you did not, send "
        "%(planner)s a message."
    )
    email_subject = _("An agreement was recorded in CareerPlan")
    email_sentence = _("Your career planner recorded that you agreed to something. Read what it is.")
    # Whoever did not agree must hear of it now.
    always_at_once = True


@register
class ItemAnswered(Kind):
    notice = Notice.ITEM_ANSWERED
    goes_to = Audience.CUSTOMERS
    subject = _("Your planner answered you")
    body = _("%(planner)s has answered what you asked about version %(version)s of your plan: %(answer)s")
    email_subject = _("There is an answer for you in CareerPlan")
    email_sentence = _("Your career planner answered what you asked.")


@register
class GoalOffTrack(Kind):
    notice = Notice.GOAL_OFF_TRACK
    goes_to = Audience.CUSTOMERS
    in_daily_email = _("Your career planner would like to talk with you")
    subject = _("Let's get your goal back on track")
    body = _(
        'Your goal "%(goal)s" is marked off track. This is not a penalty. %(planner)s would like to work with '
        "you to get back on track. Please send a message or call. Why it is off track: %(reason)s What will be done: "
        "%(remedy)s"
    )
    email_subject = _("Your career planner would like to talk with you")
    email_sentence = _("Your career planner would like to make an appointment with you. Please call or send a message.")
    in_text_message = True


@register
class AmountAsked(Kind):
    notice = Notice.AMOUNT_ASKED
    goes_to = Audience.CUSTOMERS
    # That there is an amount, and of what, stands behind the sign-in.
    in_daily_email = _("Your career planner has a question for you")
    subject = _("Is a new amount in your plan right for you?")
    body = _(
        "%(planner)s changed an amount in your plan. It is for: %(service)s. You signed %(former)s. Now it is "
        "%(amount)s. Is that right for you? Please answer this message, or call %(planner)s."
    )
    email_subject = _("Your career planner has a question for you in CareerPlan")
    email_sentence = _("Your career planner has a question for you. It waits on your CareerPlan dashboard.")
    in_text_message = True


@register
class JobFitAsked(Kind):
    notice = Notice.JOB_FIT_ASKED
    goes_to = Audience.CUSTOMERS
    subject = _("See how well a job fits you")
    body = _(
        "%(planner)s asks you to do the job fit review for %(occupation)s. You say how comfortable you are with what "
        "this job asks for. There are no wrong answers. You can stop at any time and go on later."
    )
    email_subject = _("A few questions wait for you in CareerPlan")
    email_sentence = _("Your career planner asks you to answer some questions on your CareerPlan dashboard.")
    in_text_message = True
