"""The API does what its OpenAPI description says, whatever is sent to it (schemathesis)."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from careerplan.base import clock
from careerplan.wsgi import application
from services.feed import api
from services.feed.tokens import make_token
from tests import people
from tests.services import feeding

DESCRIPTION = "/api/v1/services/openapi.json"
OPERATIONS = [("/api/v1/services/", "POST"), ("/api/v1/services/record/", "GET"), ("/api/v1/services/catalog/", "GET")]


@pytest.fixture
def one_connection():
    """Requests leave the connection of the test open, as those of Django's own client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def described(db, people, one_connection, monkeypatch):
    monkeypatch.setattr(api, "CALLS", (api.Budget(1_000_000, api.MINUTE),))
    monkeypatch.setattr(api, "STRANGERS", (api.Budget(1_000_000, api.MINUTE),))
    return schemathesis.openapi.from_wsgi(DESCRIPTION, application)


@pytest.fixture
def token(described):
    return make_token(feeding.source(), by=people.administrator(), at=clock.now())


def test_the_operations_are_those_that_are_described(described):
    found = [(one.ok().path, one.ok().method.upper()) for one in described.get_all_operations()]
    assert sorted(found) == sorted(OPERATIONS)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_it_answers_as_described(described, token, path, method, mode):
    """`mode`: what fits the description, and what does not, which has to be refused."""

    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def answers(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    answers()
