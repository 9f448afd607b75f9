"""The Celery application: `celery -A careerplan worker`, `celery -A careerplan beat`."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

from careerplan.environment import plainly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")

with plainly():
    settings.INSTALLED_APPS  # noqa: B018  # reads them now, and not within Celery

app = Celery("careerplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(loglevel: int, **_options: Any) -> None:
    """Celery would write lines of its own form; `--loglevel` says which of its records are told."""
    logging.config.dictConfig(settings.LOGGING)
    logging.getLogger("celery").setLevel(loglevel)
