"""Speaks to the mail server: no conversation outlasts the claim on its e-mail, whatever the server does.

Python's own client waits so long for each piece of an answer, so that a server which sends a letter now and then holds
it for ever; and no longer for the answer to the whole letter, so that a slow server gets it again and again.
"""

import contextlib
import smtplib
import socket
import threading
import time
from typing import Any

from django.core.mail.backends import smtp

# How long the server may take for an answer; only tests say otherwise (EMAIL_TIMEOUT).
SECONDS = 20
# In such times: from connecting until the letter has left, and for the answer to it. RFC 5321, 4.5.3.2.6 would have ten
# minutes for the latter; with three a worker that is told to end still does so within a few minutes.
UNTIL_LETTER, FOR_LETTER = 6, 9
LONGEST_SECONDS = (UNTIL_LETTER + FOR_LETTER) * SECONDS
FIRST_ANSWER, LAST_ANSWER = 200, 599


class NotConfirmed(smtplib.SMTPException):
    """The server has the whole letter, and did not say what becomes of it: it was probably sent."""


class Conversation(smtplib.SMTP):
    letter_left = took_too_long = False
    line: socket.socket | None = None
    timer: threading.Timer | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        until = time.monotonic() + UNTIL_LETTER * timeout
        connection: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.line = connection.dup()  # TLS will take the other one
        self.hang_up_in(until - time.monotonic())
        return connection

    def hang_up_in(self, seconds: float) -> None:
        self.stop_timer()
        self.timer = threading.Timer(max(seconds, 0), self.hang_up)
        self.timer.daemon = True
        self.timer.start()

    def stop_timer(self) -> None:
        if self.timer is not None:
            self.timer.cancel()

    def hang_up(self) -> None:
        """From the timer's thread: whoever waits for an answer reads the end of the line."""
        self.took_too_long = True
        with contextlib.suppress(OSError):
            if self.line is not None:
                self.line.shutdown(socket.SHUT_RDWR)

    def getreply(self) -> tuple[int, bytes]:
        try:
            return super().getreply()
        except smtplib.SMTPServerDisconnected as error:
            if self.took_too_long:
                raise smtplib.SMTPServerDisconnected("The conversation took too long.") from error
            raise

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes):  # the letter with its end; commands are texts
            self.letter_left = True
            if self.sock is not None:
                self.sock.settimeout(FOR_LETTER * self.timeout)
            self.hang_up_in(FOR_LETTER * self.timeout)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Raises NotConfirmed where the letter has left and no answer came, or none that can be read."""
        self.letter_left = False
        try:
            code, words = super().data(msg)
        except OSError as error:  # SMTPException is one
            if self.letter_left:
                raise NotConfirmed("The mail server did not confirm it.") from error
            raise
        if not FIRST_ANSWER <= code <= LAST_ANSWER:
            raise NotConfirmed("The mail server's answer can't be read.")
        return code, words

    def close(self) -> None:
        self.stop_timer()
        super().close()
        if self.line is not None:
            self.line.close()


class EmailBackend(smtp.EmailBackend):
    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.timeout = self.timeout or SECONDS

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return Conversation

    def open(self) -> bool | None:
        """Where TLS or the sign-in fails, Django would leave the line open, and its timer with it."""
        try:
            return super().open()
        except Exception:
            self.close()
            raise

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        """Taking leave fails no e-mail: by then the server has said what becomes of it."""
        with contextlib.suppress(OSError):  # SMTPException is one
            if connection.sock is not None:
                connection.sock.settimeout(self.timeout)
            connection.quit()
        connection.close()
