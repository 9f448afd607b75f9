"""E-mail servers as the tests need them: waiting, refusing, dying. Name one in settings.EMAIL_BACKEND."""

import smtplib
import threading

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from careerplan.base import clock
from tests.waiting import LONGEST_WAIT


def letters_about_signing_in():
    """The outbox of e-mails after those about signing in were sent as by a worker; no other e-mail leaves."""
    from careerplan.accounts.letters import sign_in_letter
    from careerplan.accounts.models import SignInLetter
    from careerplan.messaging.delivery import deliver_one

    while row := SignInLetter.objects.claim_next(clock.now()):
        deliver_one(row, sign_in_letter, clock.now())
    return mail.outbox


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


class RefusesEverybody(EmailBackend):
    """Knows nobody."""

    def send_messages(self, letters):
        raise smtplib.SMTPRecipientsRefused(dict.fromkeys(letters[0].to, (550, b"No such user here")))


class SendsAndDies(EmailBackend):
    """The e-mail goes out, and with it the connection to the database: as when the process is killed right then."""

    def send_messages(self, letters):
        super().send_messages(letters)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
