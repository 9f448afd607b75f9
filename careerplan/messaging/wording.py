"""The words of each notification: (dashboard subject, dashboard body).

Dashboard messages are read after sign-in and may name things. E-mails never carry personal detail: one wording for
all, "something waits for you", with a link.
"""

from django.utils.translation import gettext as _

from careerplan.messaging.enums import Notice


def dashboard_words(kind: str, names: dict[str, str]) -> tuple[str, str]:
    """Subject and body. `names`: the words to fill in, such as planner, goal, version."""
    return {
        Notice.ACKNOWLEDGMENT_REQUESTED: (
            _("Your plan is ready for you to read and acknowledge"),
            _(
                "%(planner)s has sent you version %(version)s of your plan. Open it, read it, and type your name to "
                "acknowledge it. If something is not right, tell %(planner)s before you sign."
            ),
        ),
        Notice.REQUEST_WITHDRAWN: (
            _("Your plan was taken back to be changed"),
            _(
                "%(planner)s has taken back version %(version)s of your plan. You do not need to sign it. You will "
                "get a new message when it is ready again."
            ),
        ),
        Notice.PLAN_ACKNOWLEDGED: (
            _("%(customer)s acknowledged the plan"),
            _("%(customer)s acknowledged version %(version)s. It is now the active plan."),
        ),
        Notice.GOAL_OFF_TRACK: (
            _("Let's get your goal back on track"),
            _(
                'Your goal "%(goal)s" is marked off track. This is not a penalty. %(planner)s would like to work with '
                "you to get back on track. Please send a message or call."
            ),
        ),
        Notice.PAPER_NOT_MADE: (
            _("The form for %(customer)s could not be made"),
            _(
                "Version %(version)s was sealed, but its PDF could not be made, so nothing was sent to the customer. "
                "Open the plan to try again or to recall the version."
            ),
        ),
        Notice.SHARED_PLAN_OPENED: (
            _("%(customer)s's shared plan is being changed"),
            _(
                "%(planner)s has opened version %(version)s of the plan that you share. Talk about the changes before "
                "they are sent. Removing or adding services of your program waits for your approval."
            ),
        ),
        Notice.SHARED_PLAN_DECLINED: (
            _("%(customer)s's shared plan was not acknowledged"),
            _(
                "%(planner)s has recorded that %(customer)s does not want to acknowledge version %(version)s of the "
                "plan that you share. Open the plan to see how it stands now."
            ),
        ),
        Notice.STAFF_REQUEST_ASKED: (
            _("%(planner)s asks for your approval"),
            _("%(request)s, for %(customer)s. The reason: %(reason)s Open the request to approve or to refuse it."),
        ),
        Notice.STAFF_REQUEST_ANSWERED: (
            _("Your request was answered: %(answer)s"),
            _("%(request)s, for %(customer)s: %(answer)s, by %(planner)s. %(note)s"),
        ),
        Notice.AGREEMENT_RECORDED: (
            _("Your agreement was recorded"),
            _(
                "%(planner)s has recorded that you agreed to version %(version)s of your plan. If you did not, send "
                "%(planner)s a message."
            ),
        ),
        Notice.EMAIL_GIVEN_UP: (
            _("An e-mail to %(customer)s did not arrive"),
            _(
                "The e-mail to %(customer)s at %(email)s was given up. The message stands on the customer's dashboard "
                "all the same. Call the customer. If the address is wrong, ask an administrator to enter the right "
                "one: what was not read yet is then sent again."
            ),
        ),
        Notice.EMAIL_WAITS: (
            _("An e-mail to %(customer)s has not left for more than a day"),
            _(
                "The e-mail to %(customer)s at %(email)s still waits to be sent. The message stands on the customer's "
                "dashboard all the same. Call the customer, and tell an administrator that e-mail does not leave."
            ),
        ),
        Notice.WORK_HANDED_OVER: (
            _("The work of %(former)s was handed over to you"),
            _(
                "%(former)s has left. You now answer for: %(what)s. You find your customers in the customer list, and "
                "approvals that wait for you under Requests."
            ),
        ),
        Notice.CUSTOMER_MOVED_HERE: (
            _("%(customer)s was handed over: %(office)s"),
            _(
                "%(planner)s has handed over %(customer)s, from %(former)s to %(successor)s, %(office)s. What waits "
                "for an answer goes along."
            ),
        ),
        Notice.CUSTOMER_MOVED_AWAY: (
            _("%(customer)s was handed over to %(successor)s"),
            _(
                "%(planner)s has handed over %(customer)s to %(successor)s, %(office)s. What waited for your answer "
                "goes along."
            ),
        ),
        Notice.MESSAGE: ("%(subject)s", "%(body)s"),
    }[Notice(kind)]


def email_words() -> tuple[str, str]:
    """Subject and body of every e-mail; `%(link)s` is the dashboard's address."""
    return (
        _("Something waits for you on your CareerPlan dashboard"),
        _(
            "Hello,\n\nSomething waits for you on your CareerPlan dashboard.\n\nSign in to read it:\n%(link)s\n\n"
            "For your privacy, this e-mail does not say what it is about. Please do not answer this e-mail.\n\n"
            "Equal opportunity employer/program. Auxiliary aids and services are available upon request to "
            "individuals with disabilities. Relay: 711.\n"
        ),
    )
