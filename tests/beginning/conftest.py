"""Nothing has begun."""

import pytest

from tests.empty import empty_everything


@pytest.fixture
def empty(db):
    empty_everything()
