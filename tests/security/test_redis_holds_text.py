"""What Redis holds is text: who can write into it must not be able to run code in the product."""

import json
import pickle

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from tests.people import planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def stored():
    """The raw bytes under every key of the product."""
    cache.clear()
    with redis.from_url(settings.CACHES["default"]["LOCATION"]) as server:
        yield lambda: {key: server.get(key) for key in server.scan_iter("cp:*") if server.type(key) == b"string"}


def test_a_session_is_stored_as_json(client, stored):
    client.force_login(planner())
    assert client.get("/customers/").status_code == 200
    [value] = [value for key, value in stored().items() if b"cached_db" in key]
    assert json.loads(value)["_auth_user_id"] == str(planner().pk)


@pytest.mark.parametrize("value", [1, True, None, "text", [1.5, 2], {"a": [1]}])
def test_what_is_put_there_comes_back(stored, value):
    cache.set("a", value)
    assert all(json.loads(raw) == value for raw in stored().values())
    assert cache.get("a", "nothing") == value


class Runs:
    def __reduce__(self):
        return (pytest.fail, ("It was run.",))


def test_what_somebody_else_put_there_is_not_run(client, stored):
    client.force_login(planner())
    client.get("/customers/")
    [key] = [key for key in stored() if b"cached_db" in key]
    with redis.from_url(settings.CACHES["default"]["LOCATION"]) as server:
        server.set(key, pickle.dumps(Runs()))
    assert client.get("/customers/").status_code == 200  # from the database


def test_what_a_former_release_left_is_as_if_it_were_not_there(stored):
    cache.set("a", "text")
    [key] = stored()
    with redis.from_url(settings.CACHES["default"]["LOCATION"]) as server:
        server.set(key, pickle.dumps([1]))
    assert cache.get("a", "nothing") == "nothing"
