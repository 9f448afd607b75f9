"""Settings of the worker of `benchmarks/notifications.py`."""

from tests.mailing_settings import *  # noqa: F403

CELERY_IMPORTS = ["benchmarks.empty"]
