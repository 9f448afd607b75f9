"""Signing in: django-allauth does it; here are the product's own conditions."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from careerplan.accounts.contact import office_to_call
from careerplan.accounts.language import carried, choose_language, keep_for_browser
from careerplan.accounts.telling import tell_of_new_password
from careerplan.base import clock


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

    def post_login(self, request: HttpRequest, user: Any, **said: Any) -> HttpResponseBase:
        """The language that was chosen on the way in is the person's from now on."""
        person = choose_language(user, carried(request), by=user, at=clock.now())
        with translation.override(person.language):
            response: HttpResponseBase = super().post_login(request, user, **said)
        keep_for_browser(response, person)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponseBase:
        """The password was right: who asks is known, and told whom to call."""
        return render(request, "account/account_inactive.html", {"office_to_call": office_to_call(user)}, status=403)

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """A new password is told to the person, changed or set by a link; in the product's words, whatever was done."""
        tell_of_new_password(user, at=clock.now())


class NotTheDemoPassword:
    """A password validator: nobody may choose the password that everyone knows."""

    def validate(self, password: str, user: Any = None) -> None:
        if password == settings.DEMO_PASSWORD:
            raise ValidationError(_("Everyone who tried the demo knows this password. Choose another."))

    def get_help_text(self) -> str:
        return _("Your password can't be the demo password.")
