"""A mail server that speaks SMTP, as slow and as unwilling as a test asks for."""

import contextlib
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path


class MailServer(socketserver.ThreadingTCPServer):
    """Takes e-mails into `letters`; before it answers a command it does what `before` says for it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[str] = []
        # Also those that it did not confirm.
        self.whole_letters: list[str] = []
        self.conversations = 0
        # Of "" (the greeting), EHLO, MAIL, RCPT, DATA, "." (the end of the letter) and QUIT: what is done before the
        # answer, and the answer.
        self.before: dict[str, Callable[[], object]] = {}
        self.answers: dict[str, str] = {}
        # The seconds after each byte of an answer.
        self.drips = 0.0
        # The folder of fullchain.pem and privkey.pem, where it speaks TLS (STARTTLS).
        self.certificate: Path | None = None

    @property
    def port(self) -> int:
        return self.server_address[1]

    def takes(self, seconds: dict[str, float]) -> None:
        self.before = {command: lambda pause=pause: time.sleep(pause) for command, pause in seconds.items()}


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # who sends has enough
            self.talk()

    def finish(self) -> None:
        super().finish()
        self.connection.close()  # TLS has taken the server's

    def talk(self) -> None:
        self.server.conversations += 1
        self.answer("", "220 mail.test")
        while line := self.rfile.readline().decode().strip():
            command = line.split(":")[0].split(" ")[0].upper()
            if command == "QUIT":
                self.answer("QUIT", "221 Bye")
                return
            if command == "EHLO" and self.server.certificate:
                self.say("250-mail.test\r\n250-STARTTLS")
            said = self.answer(command, {"DATA": "354 Go on", "STARTTLS": "220 Go on"}.get(command, "250 Fine"))
            if command == "STARTTLS" and said.startswith("220"):
                self.speak_tls()
            if command == "DATA" and said.startswith("354"):
                letter = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
                self.server.whole_letters.append(letter)
                if self.answer(".", "250 Taken").startswith("250"):
                    self.server.letters.append(letter)

    def answer(self, command: str, usual: str) -> str:
        self.server.before.get(command, lambda: None)()
        said = self.server.answers.get(command, usual)
        self.say(said)
        return said

    def say(self, words: str) -> None:
        line = f"{words}\r\n".encode()
        if not self.server.drips:
            self.wfile.write(line)
            return
        for byte in line:
            self.wfile.write(bytes([byte]))
            time.sleep(self.server.drips)

    def speak_tls(self) -> None:
        context, folder = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), self.server.certificate
        context.load_cert_chain(folder / "fullchain.pem", folder / "privkey.pem")
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
