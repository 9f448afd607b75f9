"""What a notification may be about; each kind has its words in `wording.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.TextChoices):
    ACKNOWLEDGMENT_REQUESTED = "acknowledgment-requested", _("Plan waits for acknowledgment")
    REQUEST_WITHDRAWN = "request-withdrawn", _("Plan taken back")
    PLAN_ACKNOWLEDGED = "plan-acknowledged", _("Plan acknowledged")
    GOAL_OFF_TRACK = "goal-off-track", _("Goal off track")
    PAPER_NOT_MADE = "form-not-rendered", _("Form could not be made")
    SHARED_PLAN_OPENED = "shared-plan-opened", _("Shared plan opened")
    SHARED_PLAN_DECLINED = "shared-plan-declined", _("Shared plan not acknowledged")
    STAFF_REQUEST_ASKED = "staff-request-asked", _("Approval asked for")
    STAFF_REQUEST_ANSWERED = "staff-request-answered", _("Request answered")
    AGREEMENT_RECORDED = "agreement-recorded", _("Agreement recorded")
    EMAIL_GIVEN_UP = "email-given-up", _("E-mail given up")
    EMAIL_WAITS = "email-waits", _("E-mail not sent yet")
    WORK_HANDED_OVER = "work-handed-over", _("Work handed over")
    CUSTOMER_MOVED_HERE = "customer-moved-here", _("Customer handed over to you")
    CUSTOMER_MOVED_AWAY = "customer-moved-away", _("Customer handed over to somebody else")
    MESSAGE = "message", _("Message")
