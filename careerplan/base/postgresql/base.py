"""Django's PostgreSQL with two things more: files go with their transaction (`base/files.py`), and a page does not wait
for ever (`base/patience.py`)."""

from functools import partial
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

from careerplan.base.files import GoesWithTransaction
from careerplan.base.patience import FIRST_QUESTION_SECONDS, longest, patience

# As psycopg's own: whether somebody wants to end the process.
BETWEEN_LOOKS = 0.1  # seconds


class DatabaseWrapper(GoesWithTransaction, base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # Whatever it asks goes through this method.
        connection.wait = partial(wait, connection)
        return connection

    def is_usable(self) -> bool:
        with patience(FIRST_QUESTION_SECONDS):
            usable: bool = super().is_usable()
        return usable


def wait(connection: psycopg.Connection, answer: Any, interval: float = BETWEEN_LOOKS, timeout: Any = None) -> Any:
    """Raises psycopg.OperationalError, and leaves the connection closed, where no answer came in time."""
    limit = longest.get() if timeout is None else timeout
    try:
        return psycopg.Connection.wait(connection, answer, interval, limit)
    except _WaitTimeout as error:
        connection.pgconn.finish()
        raise psycopg.OperationalError("The database does not answer.") from error
