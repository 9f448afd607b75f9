"""What no browser sends by itself is turned away before anything reads it, also before signing in.

Asked of the application that the web server runs, with the cookie that every browser has after its first page.
"""

import io
from http.cookies import SimpleCookie
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from careerplan.wsgi import application
from tests import people as cast

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
PAGES = [SIGN_IN, "/accounts/password/reset/", "/drafts/keep/", "/language/", "/", "/my/", "/check/", "/healthz/"]
FORM = "application/x-www-form-urlencoded"
OTHERS = ["utf-7", "utf-16", "utf-32", "idna", "punycode", "latin-1", "unicode_escape", "x", '"utf-7"', "rot13", "hex"]
OTHERS += ["base64", "zip", "undefined", "utf-8; charset=utf-7", "utf-8;charset*0=utf-;charset*1=7", "''", " utf-7"]


def ask(method, path, kind, cookies=(), body=b"login=+AGEAYgBj-&x=%FF%FE"):
    """The status and the headers of the answer."""
    environ = RequestFactory().generic(method, path, body).environ
    environ |= {
        "CONTENT_TYPE": kind,
        "HTTP_COOKIE": SimpleCookie(dict(cookies)).output(header="", sep=";"),
        "wsgi.input": io.BytesIO(body),
    }
    environ |= {"HTTP_REFERER": f"http://testserver{path}", "QUERY_STRING": f"q={quote('é')}&n=%FF"}
    started = []
    response = application(environ, lambda status, headers: started.append((int(status[:3]), dict(headers))))
    b"".join(response)
    [answer] = started
    return answer


def cookie_of_a_first_page(client):
    client.get(SIGN_IN)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "signed in"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", PAGES)
def test_another_code_than_utf_8_is_a_bad_request(client, people, path, method, signed_in):
    cookies = cookie_of_a_first_page(client)
    if signed_in:
        client.force_login(cast.planner())
        cookies |= {settings.SESSION_COOKIE_NAME: client.session.session_key}
    kinds = [f"{FORM}; charset={charset}" for charset in OTHERS]
    kinds += [
        "text/plain; charset*=bogus''%ff",
        "multipart/form-data; boundary*=bogus''%ff",
        "a b; =",
        "text/plain;charset",
    ]
    for kind in kinds:
        status, headers = ask(method, path, kind, cookies)
        if path == "/healthz/" and status in {200, 405}:  # it reads nothing
            continue
        assert (kind, status) == (kind, 400)
        assert "Content-Security-Policy" in headers


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
@pytest.mark.parametrize(
    "kind", [FORM, "text/plain;level=1", "multipart/form-data; boundary=----WebKitForm7MA4'()+_,./:=?"]
)
def test_utf_8_is_taken_in_any_writing(client, kind, charset):
    assert ask("GET", SIGN_IN, f"{kind}; charset={charset}")[0] == 200


def test_what_is_in_utf_8_is_read():
    answer = Client().generic("POST", SIGN_IN, b"login=nobody&password=%C3%A9", content_type=f"{FORM}; charset=UTF-8")
    assert answer.status_code == 422 or answer.context["form"].errors
