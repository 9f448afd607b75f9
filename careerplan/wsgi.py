"""The entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from careerplan.base.charsets import OnlyUtf8
from careerplan.environment import plainly

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerplan.settings")
with plainly():
    application = OnlyUtf8(get_wsgi_application())
