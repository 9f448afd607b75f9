"""What the tests of every page share: the pages themselves, asked for once a session."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from tests.at_once import on_own_connection
from tests.journeys.browser import CHROMIUM
from tests.journeys.every_page import Answer, asked_for


@pytest.fixture(scope="session")
def every_answer(django_db_setup, django_db_blocker):
    """The pages in a language, by its code."""

    @cache
    def found(language: str) -> list[Answer]:
        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
            return thread.submit(on_own_connection, lambda: asked_for(language)).result()

    return found


@pytest.fixture
def lone_browser(every_answer, chromium):
    """Begins and ends with the test, within its transaction: a loop's thread would have another connection."""
    yield chromium
    CHROMIUM.end()
