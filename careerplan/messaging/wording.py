"""The words of each kind of message: (dashboard subject, dashboard body).

Dashboard messages are read after sign-in and may name things; e-mails never do (`letters.py`). A new kind is its name
in `Notice` and its words here; the names in the words are what `notify` is given, and all that is kept of the event.
"""

import re
from collections.abc import Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from careerplan.base.spoken import from_left
from careerplan.messaging.enums import Notice
from careerplan.messaging.facts import Fact, in_words, on_pages

NAME = re.compile(r"%\((\w+)\)s")


class Filled(dict[str, str]):
    """Words that name what the event of a former release did not say leave a gap: the page is read all the same."""

    def __missing__(self, name: str) -> str:
        return "…"


def told(kind: str, facts: Mapping[str, Fact]) -> tuple[str, str]:
    """Subject and body as the reader is told them, in the language in force."""
    filled = Filled({name: in_words(fact) for name, fact in facts.items()})
    subject, body = dashboard_words(kind)
    return from_left(subject % filled), from_left(body % filled)


def told_on_pages(kind: str, facts: Mapping[str, Fact]) -> SafeString:
    """The body as HTML, with what somebody typed marked where it is in another language than the page's."""
    filled = Filled({name: on_pages(fact) for name, fact in facts.items()})
    _subject, body = dashboard_words(kind)
    return mark_safe(from_left(escape(body) % filled))  # the sentence and each fact are escaped


def names_of(kind: str) -> set[str]:
    """What is kept of an event of this kind: what its words name, and nothing else."""
    return {name for words in dashboard_words(kind) for name in NAME.findall(words)}


# Subject and body, with the names to fill in, such as planner, goal, version.
DASHBOARD_WORDS = {
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
    Notice.PLAN_SIGNED: (
        _("You signed your plan"),
        _(
            "You signed version %(version)s of your plan (%(at)s). It is your plan now. Under My plan you "
            "can read it and download it as a PDF. If it was not you who signed, call %(planner)s right away."
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
            "%(planner)s has opened version %(version)s of the plan that you share. Talk about the changes "
            "before they are sent. Removing or adding services of your program needs your approval."
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
        _(
            "%(action)s: %(what)s, for %(customer)s. Open the request to approve or to refuse it. The reason: "
            "%(reason)s"
        ),
    ),
    Notice.STAFF_REQUEST_ANSWERED: (
        _("Your request was answered: %(answer)s"),
        _("%(action)s: %(what)s, for %(customer)s: %(answer)s, by %(planner)s. %(note)s"),
    ),
    Notice.AGREEMENT_RECORDED: (
        _("Your agreement was recorded"),
        _(
            "%(planner)s has recorded that you agreed to version %(version)s of your plan. If you did not, send "
            "%(planner)s a message."
        ),
    ),
    Notice.ITEM_ASKED: (
        _("%(customer)s asks about the plan"),
        _(
            "%(customer)s asks about something in version %(version)s, or says no to it. Open the agreement "
            "to read it and to answer."
        ),
    ),
    Notice.ITEM_ANSWERED: (
        _("Your planner answered you"),
        _("%(planner)s has answered what you asked about version %(version)s of your plan: %(answer)s"),
    ),
    Notice.PLAN_NOT_AGREED: (
        _("%(customer)s does not agree with the plan"),
        _(
            "%(customer)s says no to version %(version)s. Talk with %(customer)s. Then take the version back and "
            "change it, or mark it Not Complete."
        ),
    ),
    Notice.EMAIL_GIVEN_UP: (
        _("An e-mail to %(customer)s did not arrive"),
        _(
            "The e-mail to %(customer)s at %(email)s could not be delivered. The message is still on the "
            "customer's dashboard. Call the customer. If the address is wrong, correct it in the customer's record, "
            "under Intake Review. Unread messages are then sent again."
        ),
    ),
    Notice.EMAIL_WAITS: (
        _("An e-mail to %(customer)s has been waiting for more than a day"),
        _(
            "The e-mail to %(customer)s at %(email)s is still waiting to be sent. The message is on the "
            "customer's dashboard. Call the customer, and tell an administrator that e-mail is not going out."
        ),
    ),
    Notice.EMAIL_TO_SWITCHED_OFF: (
        _("An e-mail to %(customer)s was not sent"),
        _(
            "We did not send the e-mail to %(customer)s at %(email)s, because the customer's sign-in is switched "
            "off. Call the customer, and ask an administrator to switch the sign-in on. Unread messages are then "
            "sent again."
        ),
    ),
    Notice.SIGN_IN_EMAIL_LOST: (
        _("An e-mail about signing in did not reach %(person)s"),
        _(
            "The e-mail about signing in to %(person)s at %(email)s was not delivered. Call the person. If the "
            "address is wrong, correct it: a customer's in the customer's record, under Intake Review, and one of "
            "the staff under Staff. Then send the link again."
        ),
    ),
    Notice.WORK_HANDED_OVER: (
        _("The work of %(former)s was handed over to you"),
        _(
            "%(former)s has left. You are now responsible for: %(what)s. You will find your customers in the "
            "customer list, and approvals waiting for you under Requests."
        ),
    ),
    Notice.PART_HANDED_OVER: (
        _("Part of the work of %(former)s was handed over to you"),
        _(
            "%(former)s no longer works with these customers. You are now responsible for: %(what)s. You will find "
            "them in the customer list, and approvals waiting for you under Requests."
        ),
    ),
    Notice.CUSTOMER_MOVED_HERE: (
        _("%(customer)s was handed over to %(office)s"),
        _(
            "%(planner)s has handed over %(customer)s. Responsible until now: %(former)s. From now on: "
            "%(successor)s, %(office)s. Everything that is waiting for an answer goes along."
        ),
    ),
    Notice.CUSTOMER_HAS_NO_PLANNER: (
        _("%(customer)s moved to %(office)s and has no planner yet"),
        _(
            "%(planner)s has moved %(customer)s to %(office)s. Nobody is the customer's planner yet. Open the "
            "customer and choose Hand over to say who is."
        ),
    ),
    Notice.CUSTOMER_MOVED_AWAY: (
        _("%(customer)s was handed over to %(successor)s"),
        _(
            "%(planner)s has handed over %(customer)s to %(successor)s, %(office)s. Everything that was "
            "waiting for your answer goes along."
        ),
    ),
    Notice.RECORD_DAMAGED: (
        _("Something in the record is not as it was sealed or filed"),
        _(
            "What was found: %(what)s. Run the command verify on the server: it names each thing by its number. "
            "Bring back what is missing or was changed from your backup, and find out how it came about."
        ),
    ),
}


def dashboard_words(kind: str) -> tuple[str, str]:
    """As they stand in `DASHBOARD_WORDS`, in the language in force."""
    subject, body = DASHBOARD_WORDS[Notice(kind)]
    return str(subject), str(body)
