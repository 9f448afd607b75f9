"""The tests' settings for a worker that speaks to a mail server of a test."""

import os

from careerplan.settings import *  # noqa: F403

EMAIL_BACKEND = "careerplan.base.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["MAIL_SERVER_PORT"])
