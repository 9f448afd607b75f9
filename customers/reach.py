"""Whether a customer can be reached at the sign-in, and what to do where not: one rule for every page and action."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from customers.models import Customer


@dataclass(frozen=True)
class Unreachable:
    """Why nothing that is sent to the sign-in reaches the customer. `sentence`: with the way out; `to_sign`: with the
    ways that are open for a plan that waits to be sent."""

    code: str
    sentence: str
    to_sign: str


def unreachable(customer: Customer) -> Unreachable | None:
    """None where the customer can sign in and e-mail arrives."""
    user: User | None = customer.user
    if user is None:
        return Unreachable(
            "customer-cannot-sign-in",
            _("This customer has no sign-in yet. Open Intake Review and choose Invite to sign in."),
            _(
                "This customer has no sign-in yet. Print the plan to be signed, or open Intake Review and choose "
                "Invite to sign in."
            ),
        )
    if not user.is_active:
        return Unreachable(
            "sign-in-switched-off",
            _("This customer's sign-in is switched off. Ask an administrator to switch it on."),
            _(
                "This customer's sign-in is switched off. Print the plan to be signed, or ask an administrator to "
                "switch it on."
            ),
        )
    if user.email_bounces:
        named = {"email": user.email}
        return Unreachable(
            "address-bounces",
            _(
                "E-mail to %(email)s does not arrive. Ask the customer for another address, open Intake Review "
                "and correct the record."
            )
            % named,
            _(
                "E-mail to %(email)s does not arrive. Print the plan to be signed. Or ask the customer for "
                "another address, open Intake Review and correct the record."
            )
            % named,
        )
    return None
