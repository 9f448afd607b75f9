"""The e-mail with which a person sets a password. Nobody sets one for another person, an administrator included."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from django.utils import translation

from careerplan.accounts.models import User


def send_reset_link(request: HttpRequest, person: User) -> None:
    """In the person's language. Raises OSError where the mail server does not take it."""
    form = ResetPasswordForm({"email": person.email})
    with translation.override(person.language):
        form.is_valid()  # the address is the person's: it only finds the person
        form.save(request)
