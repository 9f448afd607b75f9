"""What browsers are told of every answer, and how cookies are named where there is TLS."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from careerplan.base.headers import NEVER_USED
from tests.people import angela, planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ASK = """
import django, json; django.setup()
from careerplan.accounts.language import CHOSEN_NOW
from django.conf import settings as s
from django.contrib.messages.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory
names = [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.DEVICE_COOKIE_NAME, CHOSEN_NOW]
request, answer = RequestFactory().get("/"), HttpResponse()
request.session = {}
storage = default_storage(request)
storage.add(20, "saved")
storage.update(answer)
names += answer.cookies
cookie = answer.cookies["__Host-messages"]
assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["httponly"]) == (True, "/", "", True)
wide = [s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.LANGUAGE_COOKIE_DOMAIN]
paths = [s.SESSION_COOKIE_PATH, s.CSRF_COOKIE_PATH, s.LANGUAGE_COOKIE_PATH]
secure = [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE]
print(json.dumps([names, wide, paths, secure]))
"""


@pytest.mark.parametrize("path", ["/", "/help/", "/customers/", "/nowhere/", "/accounts/login/", "/admin/"])
def test_every_page_says_what_it_never_uses(client, path):
    for answer in (client.get(path), signed_in(client).get(path)):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        policy = answer.headers["Permissions-Policy"].split(", ")
        assert policy == [f"{name}=()" for name in NEVER_USED]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy)


def test_so_does_a_file_that_everybody_gets(client):
    answer = client.get(static("css/careerplan.css"))
    answer.close()
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Permissions-Policy" in answer.headers


def signed_in(client):
    client.force_login(planner())
    return client


def test_so_does_a_page_of_a_customer(client):
    answer = signed_in(client).get(reverse("plan:overview", args=[angela().pk]))
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_in_production_cookies_belong_to_this_very_host():
    """A cookie of such a name is secure, has the path "/" and no domain, or browsers refuse it."""
    production = {**os.environ, "TESTING": "", "DEBUG": "", "TRIAL": "", "SECRET_KEY": "only-" + "y7Kp3wQ9" * 8}
    production |= {"DJANGO_SETTINGS_MODULE": "careerplan.settings", "TRUSTED_PROXIES": "0"}
    production |= {"EMAIL_HOST": "mail.example", "DEFAULT_FROM_EMAIL": "no-reply@mail.example"}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], cwd=settings.BASE_DIR, env=production, capture_output=True, text=True, check=True
    )
    names, domains, paths, secure = json.loads(asked.stdout)
    assert [name for name in names if not name.startswith("__Host-")] == []
    assert names[-1] == "__Host-messages"
    assert domains == [None] * 3
    assert paths == ["/"] * 3
    assert secure == [True] * 3
