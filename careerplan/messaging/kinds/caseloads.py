"""Whose customers these are, told to staff."""

from django.utils.translation import gettext_lazy as _

from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds.kind import Kind, register


@register
class WorkHandedOver(Kind):
    notice = Notice.WORK_HANDED_OVER
    subject = _("The work of %(former)s was handed over to you")
    body = _(
        "%(former)s has left. You are now responsible for: %(what)s. You will find your customers in the "
        "customer list, and approvals waiting for you under Requests."
    )
    email_subject = _("Work was handed over to you in CareerPlan")
    email_sentence = _("Somebody has left, and you are responsible for this work now.")


@register
class PartHandedOver(Kind):
    notice = Notice.PART_HANDED_OVER
    subject = _("Part of the work of %(former)s was handed over to you")
    body = _(
        "%(former)s no longer works with these customers. You are now responsible for: %(what)s. You will find "
        "them in the customer list, and approvals waiting for you under Requests."
    )
    email_subject = _("Part of the work was handed over to you in CareerPlan")
    email_sentence = _("You are responsible for work that somebody else did until now.")


@register
class CustomerMovedHere(Kind):
    notice = Notice.CUSTOMER_MOVED_HERE
    subject = _("%(customer)s was handed over to %(office)s")
    body = _(
        "%(planner)s has handed over %(customer)s. Responsible until now: %(former)s. From now on: "
        "%(successor)s, %(office)s. Everything that is waiting for an answer goes along."
    )
    email_subject = _("A customer was handed over in CareerPlan")
    email_sentence = _("A customer was handed over to your office.")


@register
class CustomerHasNoPlanner(Kind):
    notice = Notice.CUSTOMER_HAS_NO_PLANNER
    subject = _("%(customer)s moved to %(office)s and has no planner yet")
    body = _(
        "%(planner)s has moved %(customer)s to %(office)s. Nobody is the customer's planner yet. Open the "
        "customer and choose Hand over to say who is."
    )
    email_subject = _("A customer has no career planner in CareerPlan")
    email_sentence = _("A customer was moved to your office and has no career planner yet.")


@register
class CustomerMovedAway(Kind):
    notice = Notice.CUSTOMER_MOVED_AWAY
    subject = _("%(customer)s was handed over to %(successor)s")
    body = _(
        "%(planner)s has handed over %(customer)s to %(successor)s, %(office)s. Everything that was "
        "waiting for your answer goes along."
    )
    email_subject = _("A customer was handed over to someone else in CareerPlan")
    email_sentence = _("A customer of yours was handed over to someone else.")
