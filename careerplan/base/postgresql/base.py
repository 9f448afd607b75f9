"""Django's PostgreSQL with one thing more: files go with their transaction (`base/files.py`)."""

from django.db.backends.postgresql import base

from careerplan.base.files import GoesWithTransaction


class DatabaseWrapper(GoesWithTransaction, base.DatabaseWrapper):
    pass
