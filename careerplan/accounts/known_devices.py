"""Devices on which a person signed in before: strangers' wrong passwords don't keep the person out there.

A device keeps a signed cookie that only the server writes and reads: for each account a digest that says whose it is,
and a number of its own. After "Device cookies" of the OWASP foundation.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "careerplan.accounts.known_devices"
KNOWN_FOR_SECONDS = 180 * 24 * 60 * 60
# On a shared computer: the accounts that signed in last.
MOST_ACCOUNTS = 8


def device_of(request: HttpRequest, user_pk: int) -> str:
    """The device's number for this account; "" where the person has not signed in on it."""
    return kept(request).get(whose(user_pk), "")


def know_device(request: HttpRequest, response: HttpResponseBase, user_pk: int) -> None:
    """The person signed in, or set a password by the link in the e-mail."""
    accounts, mark = kept(request), whose(user_pk)
    number = accounts.pop(mark, "") or secrets.token_urlsafe(12)
    newest_first = [(mark, number), *accounts.items()][:MOST_ACCOUNTS]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(dict(newest_first), salt=SALT),
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def kept(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KNOWN_FOR_SECONDS
        )
    except signing.BadSignature:
        return {}
    return {str(mark): str(number) for mark, number in found.items()}


def whose(user_pk: int) -> str:
    """No key that means anything to who looks into the browser."""
    return salted_hmac(SALT, str(user_pk), algorithm="sha256").hexdigest()[:16]
