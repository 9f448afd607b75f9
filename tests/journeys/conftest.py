"""What the tests of every page share: the pages themselves, asked for once a run."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from tests.at_once import on_own_connection
from tests.journeys.every_page import Answer, asked_for
from tests.once_a_run import once_a_run


@pytest.fixture(scope="session")
def every_answer(django_db_setup, django_db_blocker, tmp_path_factory):
    """The pages in a language, by its code."""

    @cache
    def found(language: str) -> list[Answer]:
        def keep(file: Path) -> None:
            with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:
                answers = thread.submit(on_own_connection, lambda: asked_for(language)).result()
            file.write_bytes(pickle.dumps(answers))

        return pickle.loads(once_a_run(tmp_path_factory, f"pages-{language}", keep).read_bytes())

    return found
