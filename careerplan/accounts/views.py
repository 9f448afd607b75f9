"""Signing in and setting passwords, by django-allauth; choosing a language, before and after."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.views import i18n

from careerplan.accounts.hashing import LONGEST_WAIT_SECONDS, Asking, Busy, asked_by
from careerplan.accounts.known_devices import know_device
from careerplan.accounts.language import choose_language, keep_for_browser, keep_for_sign_in
from careerplan.accounts.tries import TOO_MANY, forget
from careerplan.base import clock


class LimitedPage:
    """Says by its status that there were too many tries, or that no turn came to look at the password."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]  # of the page's class
        except Busy as busy:
            form.add_error(None, ValidationError(busy.sentence, code=busy.code))
            return self.form_invalid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().form_invalid(form)  # type: ignore[misc]  # of the page's class
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        if Busy.CODE in codes:
            response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
            response.headers["Retry-After"] = str(LONGEST_WAIT_SECONDS)
        elif TOO_MANY in codes:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


class SignInPage(LimitedPage, allauth_views.LoginView):
    pass


class ChangePasswordPage(LimitedPage, allauth_views.PasswordChangeView):
    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        with asked_by(Asking(is_known=request.user.is_authenticated)):
            response: HttpResponseBase = super().post(request, *args, **options)
        return response


class ForgottenPasswordPage(LimitedPage, allauth_views.PasswordResetView):
    pass


class PasswordByLinkPage(LimitedPage, allauth_views.PasswordResetFromKeyView):
    def form_valid(self, form: Any) -> HttpResponseBase:
        """The link came by e-mail: who follows it goes on, whatever others tried."""
        with asked_by(Asking(is_known=True)):
            response = super().form_valid(form)
        if response.status_code == HTTPStatus.FOUND:
            forget(self.reset_user)
            know_device(self.request, response, self.reset_user.pk)
        return response


@login_not_required
def set_language(request: HttpRequest) -> HttpResponseBase:
    """The button in the header: the account keeps the language of who is signed in, the browser a stranger's."""
    response = i18n.set_language(request)
    person, language = request.user, request.POST.get("language", "")
    if request.method == "POST" and person.is_authenticated:
        chosen = choose_language(person, language, by=person, at=clock.now())
        keep_for_browser(response, chosen)
    elif request.method == "POST" and language in dict(settings.LANGUAGES):
        keep_for_sign_in(response, language)
    return response
