"""What is run by pytest here stands on the database of the tests."""

from tests.conftest import *  # noqa: F403  # its fixtures
