"""E-mail servers as the tests need them: slow, refusing, dying. Name one in settings.EMAIL_BACKEND."""

import smtplib
import time

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection


class Slow(EmailBackend):
    """Takes its time, so that two who deliver meet."""

    def send_messages(self, letters):
        time.sleep(0.05)
        return super().send_messages(letters)


class RefusesLucia(EmailBackend):
    """Knows everybody but Lucía."""

    def send_messages(self, letters):
        for letter in letters:
            if letter.to == ["lucia.herrera@careerplan.test"]:
                raise smtplib.SMTPRecipientsRefused({letter.to[0]: (550, b"No such user here")})
        return super().send_messages(letters)


class SendsAndDies(EmailBackend):
    """The e-mail goes out, and with it the connection to the database: as when the process is killed right then."""

    def send_messages(self, letters):
        super().send_messages(letters)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
