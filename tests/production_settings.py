"""Production's settings for a web server of the tests; only the files of browsers need not be collected."""

from careerplan.settings import *  # noqa: F403
from careerplan.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
ROOT_URLCONF = "tests.production_urls"
