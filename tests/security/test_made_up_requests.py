"""What no browser sends by itself is turned away before anything reads it, also before signing in."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"


@pytest.mark.parametrize("path", [SIGN_IN, "/accounts/password/reset/", "/drafts/keep/", "/", "/my/"])
@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "utf-32", "idna", "punycode", "latin-1", "unicode_escape", "x"])
def test_another_code_than_utf_8_is_a_bad_request(path, charset):
    client = Client(raise_request_exception=False)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", path, b"login=+AGEAYgBj-&x=%FF%FE", content_type=kind).status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf_8_is_taken_in_any_writing(charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = Client().generic("POST", SIGN_IN, b"login=nobody&password=%C3%A9", content_type=kind)
    assert answer.status_code == 422 or answer.context["form"].errors
