"""Signing in: django-allauth does it; here are the product's own conditions."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from careerplan.accounts.contact import office_to_call
from careerplan.accounts.hashing import Asking, Busy, asked_by
from careerplan.accounts.known_devices import know_device
from careerplan.accounts.language import carried, choose_language, keep_for_browser
from careerplan.accounts.models import User
from careerplan.accounts.names import canonical, person_named
from careerplan.accounts.telling import tell_of_new_password
from careerplan.accounts.tries import TOO_MANY, TOO_MANY_TRIES, count_sign_in, network_of, take_back
from careerplan.base import clock
from careerplan.base.client import address_of
from careerplan.base.events import digest_of, note_event
from careerplan.base.prepared import PreparedRows


def people(pk: int) -> QuerySet[User]:
    rows: QuerySet[User] = User.objects.filter(pk=pk)
    return rows


PEOPLE = PreparedRows(people)


class SignInBackend(AuthenticationBackend):
    """One name means one person, and costs one look at one password, whether or not anybody has it.

    The demo people's password opens nothing outside the trial and development.
    """

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if credentials.get("password") == settings.DEMO_PASSWORD and not settings.DEMO_SIGN_IN:
            return None
        return super().authenticate(request, **credentials)

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """allauth's own would look twice at the password of a known address, and once at that of an unknown one."""
        return self._check_password(person_named(typed_name(credentials)), credentials.get("password") or "")

    def get_user(self, user_id: int) -> User | None:
        """As Django's own, for each page that is asked for."""
        found = PEOPLE.read(int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def typed_name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: planners' accounts come from an administrator, customers' from intake."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "unknown"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Counted before the password is looked at (`accounts/tries.py`)."""
        at, name = clock.now(), typed_name(credentials)
        person = person_named(name)
        about: dict[str, Any] = {"user_id": person.pk if person else None, "name_digest": digest_of(canonical(name))}
        tried = count_sign_in(request, person, name, at=at)
        if tried.is_over:
            note_event("limit-reached", request, what="sign-in", limits=tried.over, **about)
            raise ValidationError(TOO_MANY_TRIES, code=TOO_MANY)
        if tried.is_news:
            note_event("limit-reached", request, what="sign-in", limits=("address",), even_so=True, **about)
        try:
            with asked_by(Asking(tried.is_of_known_device, network_of(request))):
                found = super().authenticate(request, **credentials)
        except Busy:
            take_back(tried, at=at)
            raise
        if found:
            take_back(tried, at=at)
        else:
            note_event("sign-in-failed", request, **about)
        return found

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        note_event("signed-in", request)

    def logout(self, request: HttpRequest) -> None:
        note_event("signed-out", request)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        note_event("password-set", context.request, user_id=user.pk)

    def post_login(self, request: HttpRequest, user: Any, **said: Any) -> HttpResponseBase:
        """The language that was chosen on the way in is the person's from now on."""
        person = choose_language(user, carried(request, user), by=user, at=clock.now())
        with translation.override(person.language):
            response: HttpResponseBase = super().post_login(request, user, **said)
        keep_for_browser(response, person)
        know_device(request, response, person.pk)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponseBase:
        """The password was right: who asks is known, and told whom to call."""
        note_event("sign-in-switched-off", request, user_id=user.pk)
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
