"""E-mail servers as the tests need them: waiting, refusing, dying. Name one in settings.EMAIL_BACKEND."""

import smtplib
import threading

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from tests.waiting import LONGEST_WAIT


class MeetsAnother(EmailBackend):
    """Each of two threads waits with its first letter until the other has one, too: the two do deliver at once."""

    both = threading.Barrier(2, timeout=LONGEST_WAIT)
    here = threading.local()

    def send_messages(self, letters):
        if not hasattr(self.here, "met"):
            self.here.met = True
            self.both.wait()
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
