"""What several tests of this room ask for."""

import pytest

from acknowledgments.proof import daily
from tests import states
from tests.security.digests import DAY


@pytest.fixture
def begins_lately(monkeypatch):
    """The record of the demo people is years old: a few days are enough."""
    monkeypatch.setattr(daily, "first_day", lambda: states.today() - 2 * DAY)
