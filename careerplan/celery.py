"""The Celery application: `celery -A careerplan worker`, `celery -A careerplan beat`."""

import os

from celery import Celery
from django.conf import settings

from careerplan.environment import plainly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")

with plainly():
    settings.INSTALLED_APPS  # noqa: B018  # reads them now, and not within Celery

app = Celery("careerplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
