"""The language of a person: chosen once, on whichever page, and the same in pages, e-mails and messages.

Who is signed in has it in the account. Who is not has it in the browser's cookie, and brings it into the account by
signing in. A mark beside the cookie says that it only repeats an account's language: on a computer that several people
use, the language of the one who left is nobody's choice.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from careerplan.accounts.models import User
from careerplan.base.history import record

OF_AN_ACCOUNT = f"{settings.LANGUAGE_COOKIE_NAME}_of_account"


@transaction.atomic
def choose_language(person: User, language: str, *, by: User, at: datetime) -> User:
    """Pages, e-mails and messages speak it from now on; what is none of the product's languages changes nothing."""
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if language in dict(settings.LANGUAGES):
        person.language = language
        record(person, by=by, at=at, reason="language")
        follow_language(person, by=by, at=at)
    return person


def follow_language(person: User, *, by: User, at: datetime) -> None:
    """The customer's record, whose language the forms are printed in, follows the sign-in."""
    customer: Any = getattr(person, "customer", None)
    if customer is not None and customer.language != person.language:
        customer.language = person.language
        record(customer, by=by, at=at, reason="language")


def carried(request: HttpRequest) -> str:
    """What this browser's person chose before signing in, or nothing."""
    return "" if request.COOKIES.get(OF_AN_ACCOUNT) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")


def keep_for_browser(response: HttpResponseBase, person: User) -> None:
    """After signing out, the sign-in page speaks it still."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, person.language), (OF_AN_ACCOUNT, "yes")):
        set_cookie(response, name, value)


def set_cookie(response: HttpResponseBase, name: str, value: str) -> None:
    options: dict[str, Any] = {
        "max_age": settings.LANGUAGE_COOKIE_AGE,
        "secure": settings.LANGUAGE_COOKIE_SECURE,
        "httponly": settings.LANGUAGE_COOKIE_HTTPONLY,
        "samesite": settings.LANGUAGE_COOKIE_SAMESITE,
    }
    response.set_cookie(name, value, **options)
