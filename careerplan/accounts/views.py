"""Choosing a language, before and after signing in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views import i18n

from careerplan.accounts.language import choose_language, keep_for_browser, keep_for_sign_in
from careerplan.base import clock


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
