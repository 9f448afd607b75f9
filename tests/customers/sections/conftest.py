"""Who reads the sections."""

import pytest

from tests import people
from tests.rows import write


@pytest.fixture
def reader(client):
    """The browser of the customer's planner, who may read what is confidential."""
    write(people.planner(), reads_confidential=True)
    client.force_login(people.planner())
    return client
