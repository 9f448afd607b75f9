"""What a notification may be about; each kind has a class of its own in `kinds/`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.TextChoices):
    ACKNOWLEDGMENT_REQUESTED = "acknowledgment-requested", _("Plan waiting for acknowledgment")
    REQUEST_WITHDRAWN = "request-withdrawn", _("Plan taken back")
    PLAN_SIGNED = "plan-signed", _("Signature confirmed")
    PLAN_ACKNOWLEDGED = "plan-acknowledged", _("Plan acknowledged")
    GOAL_OFF_TRACK = "goal-off-track", _("Goal off track")
    PAPER_NOT_MADE = "form-not-rendered", _("Form could not be made")
    SHARED_PLAN_OPENED = "shared-plan-opened", _("Shared plan opened")
    SHARED_PLAN_DECLINED = "shared-plan-declined", _("Shared plan not acknowledged")
    STAFF_REQUEST_ASKED = "staff-request-asked", _("Approval requested")
    STAFF_REQUEST_ANSWERED = "staff-request-answered", _("Request answered")
    AGREEMENT_RECORDED = "agreement-recorded", _("Agreement recorded")
    ITEM_ASKED = "item-asked", _("Question about the plan")
    ITEM_ANSWERED = "item-answered", _("Question answered")
    PLAN_NOT_AGREED = "plan-not-agreed", _("Customer does not agree")
    STEP_PROPOSED = "step-proposed", _("Step proposed")
    STEP_ACCEPTED = "step-accepted", _("Proposed step accepted")
    STEP_DECLINED = "step-declined", _("Proposed step declined")
    EMAIL_GIVEN_UP = "email-given-up", _("E-mail not delivered")
    EMAIL_WAITS = "email-waits", _("E-mail not sent yet")
    EMAIL_TO_SWITCHED_OFF = "email-to-switched-off", _("E-mail not sent: sign-in switched off")
    SIGN_IN_EMAIL_LOST = "sign-in-email-lost", _("E-mail about signing in not delivered")
    WORK_HANDED_OVER = "work-handed-over", _("Work handed over")
    PART_HANDED_OVER = "part-handed-over", _("Part of the work handed over")
    CUSTOMER_MOVED_HERE = "customer-moved-here", _("Customer handed over to you")
    CUSTOMER_HAS_NO_PLANNER = "customer-has-no-planner", _("Customer without a planner")
    CUSTOMER_MOVED_AWAY = "customer-moved-away", _("Customer handed over to someone else")
    RECORD_DAMAGED = "record-damaged", _("Something in the record is not as it was")
    DEADLINES_NEAR = "deadlines-near", _("Deadlines")
    STILL_WAITS = "still-waits", _("Still waiting for you")
    JOB_FIT_ASKED = "job-fit-asked", _("Job fit review asked for")
    AMOUNT_ASKED = "amount-asked", _("Question about an amount")
    MESSAGE = "message", _("Message")
