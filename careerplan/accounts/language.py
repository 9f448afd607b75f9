"""The language of a person: chosen once, on whichever page, and the same in pages, e-mails and messages.

Who is signed in has it in the account. Who is not has it in the browser's cookie, whose language the sign-in page
speaks; on a computer that several people use, that is nobody's choice. What is chosen before signing in goes into the
account of who signs in next, and of nobody after: a second, signed cookie holds it for `MINUTES_TO_SIGN_IN`, and the
sign-in takes it away. Without it everybody keeps the language of the account.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from careerplan.accounts.models import User
from careerplan.base.history import record

CHOSEN_NOW = f"{settings.LANGUAGE_COOKIE_NAME}_chosen_now"
# Long enough to type a password, or to find it; too short for the next person at the same computer.
MINUTES_TO_SIGN_IN = 10


@transaction.atomic
def choose_language(person: User, language: str, *, by: User, at: datetime) -> User:
    """Pages, e-mails and messages speak it from now on; what is none of the product's languages changes nothing."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if language in dict(settings.LANGUAGES):
        person.language = language
        record(person, by=by, at=at, reason="language")
        follow_language(person, by=by, at=at)
    return person


def follow_language(person: User, *, by: User | None, at: datetime) -> None:
    """The customer's record, whose language the forms are printed in, follows the sign-in."""
    customer: Any = getattr(person, "customer", None)
    if customer is not None and customer.language != person.language:
        customer.language = person.language
        record(customer, by=by, at=at, reason="language")


def spoken(request: HttpRequest, person: User) -> str:
    """The person's; where the account is lent for one plan alone (acknowledgments/views/held.py), the browser's."""
    chosen: str = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") if getattr(request, "is_lent", False) else ""
    return chosen if chosen in dict(settings.LANGUAGES) else person.language


def carried(request: HttpRequest, person: User) -> str:
    """What this browser's person chose on the way to signing in, or nothing.

    On a screen that was handed over a customer chose: that is nothing to the planner, who signs in there again.
    """
    held: Any = getattr(request, "held", None)
    if held is not None and held.is_tablet and not person.is_customer:
        return ""
    return str(request.get_signed_cookie(CHOSEN_NOW, default="", max_age=60 * MINUTES_TO_SIGN_IN))


def keep_for_sign_in(response: HttpResponseBase, language: str) -> None:
    """A stranger's choice waits for the person to sign in."""
    response.set_signed_cookie(CHOSEN_NOW, language, **cookie_options(60 * MINUTES_TO_SIGN_IN))


def keep_for_browser(response: HttpResponseBase, person: User) -> None:
    """After signing out, the sign-in page speaks it still; nobody takes it along from there."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, **cookie_options(settings.LANGUAGE_COOKIE_AGE))
    response.delete_cookie(CHOSEN_NOW)


def cookie_options(seconds: int) -> dict[str, Any]:
    return {
        "max_age": seconds,
        "secure": settings.LANGUAGE_COOKIE_SECURE,
        "httponly": settings.LANGUAGE_COOKIE_HTTPONLY,
        "samesite": settings.LANGUAGE_COOKIE_SAMESITE,
    }
