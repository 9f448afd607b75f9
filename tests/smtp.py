"""A mail server that speaks SMTP, as slow and as unwilling as a test asks for."""

import contextlib
import socketserver
import threading
import time
from collections.abc import Callable, Iterator


class MailServer(socketserver.ThreadingTCPServer):
    """Takes e-mails into `letters`; before it answers a command it does what `before` says for it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[str] = []
        self.conversations = 0
        # Of EHLO, MAIL, RCPT, DATA and "." (the end of the letter): what is done before the answer, and the answer.
        self.before: dict[str, Callable[[], object]] = {}
        self.answers: dict[str, str] = {}

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

    def talk(self) -> None:
        self.server.conversations += 1
        self.say("220 mail.test")
        while line := self.rfile.readline().decode().strip():
            command = line.split(":")[0].split(" ")[0].upper()
            if command == "QUIT":
                self.say("221 Bye")
                return
            said = self.answer(command, "354 Go on" if command == "DATA" else "250 Fine")
            if command == "DATA" and said.startswith("354"):
                letter = "".join(iter(lambda: self.rfile.readline().decode(), ".\r\n"))
                if self.answer(".", "250 Taken").startswith("250"):
                    self.server.letters.append(letter)

    def answer(self, command: str, usual: str) -> str:
        self.server.before.get(command, lambda: None)()
        said = self.server.answers.get(command, usual)
        self.say(said)
        return said

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
