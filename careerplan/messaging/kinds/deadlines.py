"""What is told because a day comes near, or has passed: once a day and person at most (`customers/reminders.py`)."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Audience, Kind, register


@register
class DeadlinesNear(Kind):
    notice = Notice.DEADLINES_NEAR
    subject = _("Deadlines that are near or have passed: %(number)s")
    body = _("%(what)s. Open Today to see whom each is about, by when it is due, and what to do.")
    email_subject = _("Deadlines in CareerPlan")
    email_sentence = _("Something in your caseload is due soon, or is overdue. Today shows what it is.")


@register
class StillWaits(Kind):
    """A plan that was sent some days ago."""

    notice = Notice.STILL_WAITS
    goes_to = Audience.CUSTOMERS
    subject = _("Your plan is still waiting for you")
    body = _(
        "Your plan was sent to you some days ago. Open it, read it, and type your name to acknowledge it. If something "
        "is not right, tell your career planner before you sign."
    )
    email_subject = _("Something is still waiting for you to read and sign in CareerPlan")
    email_sentence = _("Something on your CareerPlan dashboard is still waiting for you to read and sign.")
    in_text_message = True
