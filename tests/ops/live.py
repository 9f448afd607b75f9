"""The product behind a real gunicorn, as the image starts it, and e-mail servers that really answer."""

import contextlib
import os
import socketserver
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parents[2]
LONGEST_ANSWER = 60


@contextlib.contextmanager
def gunicorn(folder, application="careerplan.wsgi:application", **environment):
    """(its address, the file of its log)"""
    port = servers.free_port()
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--config", "python:careerplan.web_server", "--worker-class", "gthread", "--threads", "4"]
    values = {**os.environ, "PYTHONPATH": str(ROOT), "LOG_FORMAT": "json", **environment}
    process = servers.start(command, folder=folder, log="log", env=values)
    address = f"http://127.0.0.1:{port}"
    try:
        servers.wait_until(lambda: answers(f"{address}/healthz/"), process, folder / "log")
        yield address, folder / "log"
    finally:
        servers.stop(process)


def answers(address):
    with contextlib.suppress(OSError):
        return fetch(address)[0] == 200
    return False


def fetch(address, posted=None, **headers):
    """(status, headers, words)"""
    request = urllib.request.Request(address, data=posted, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_ANSWER) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


class Mailbox(socketserver.ThreadingTCPServer):
    """A small SMTP server: keeps what it is sent, or says no to every letter."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, refuses=False):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.refuses, self.letters = refuses, []


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
                self.say("250 kept")
            elif line == b"QUIT":
                self.say("221 bye")
                break
            else:
                self.say("451 not now" if self.server.refuses and line.startswith(b"MAIL") else "250 yes")

    def letter(self):
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line.decode())
        return "\n".join(lines)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@contextlib.contextmanager
def mailbox(settings, **options):
    """The product's mail server until the block ends."""
    with Mailbox(**options) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "careerplan.base.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        try:
            yield server
        finally:
            server.shutdown()
