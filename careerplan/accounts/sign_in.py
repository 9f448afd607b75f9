"""Signing in: django-allauth does it; here are the product's own conditions."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from careerplan.accounts.telling import PASSWORD_CHANGED, tell_by_email


class SignInBackend(AuthenticationBackend):
    """The demo people's password opens nothing outside the trial and development."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if credentials.get("password") == settings.DEMO_PASSWORD and not settings.DEMO_SIGN_IN:
            return None
        return super().authenticate(request, **credentials)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: planners' accounts come from an administrator, customers' from intake."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """A new password is told to the person, changed or set by a link; in the product's words, whatever was done."""
        tell_by_email(PASSWORD_CHANGED, user, to=user.email)


class NotTheDemoPassword:
    """A password validator: nobody may choose the password that everyone knows."""

    def validate(self, password: str, user: Any = None) -> None:
        if password == settings.DEMO_PASSWORD:
            raise ValidationError(_("This password is known to everyone who tried the demo. Choose another."))

    def get_help_text(self) -> str:
        return _("Your password can't be the demo password.")
