"""`make run`: the whole product on one machine, with demo people and no server beside it."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from careerplan.base import clock
from careerplan.demo.build import all_there, build_customers, build_staff
from careerplan.demo.cast import CUSTOMERS, STAFF
from careerplan.reference import load_all

HOST = "127.0.0.1"
SECONDS_TO_END = 10
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Runs the trial: the pages and, beside them, what must follow a change."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRIAL:
            raise CommandError("Start the trial with `make run`, or set TRIAL=1.")
        port = settings.PORT
        refuse_taken(port)
        for number in ENDING_SIGNALS:
            signal.signal(number, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            self.prepare()
            self.introduce(port)
            self.serve(port)
        self.stdout.write("CareerPlan has stopped. The data stays in " + str(settings.VAR_DIR))

    def prepare(self) -> None:
        for folder in (settings.VAR_DIR, settings.MEDIA_ROOT, settings.MAIL_DIR):
            folder.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        load_all(at=clock.now())
        if not all_there():
            self.stdout.write("Making the demo people. This takes some seconds, once.")
            build_staff()
            build_customers(at=clock.now(), tell=self.stdout.write)

    def introduce(self, port: int) -> None:
        """The address, and whom to sign in as."""
        people = [person for person in (*STAFF, *CUSTOMERS) if person.shows]
        self.stdout.write(f"\nCareerPlan runs on http://{HOST}:{port}  (Ctrl-C stops it)\n\n")
        self.stdout.write(f"Sign in with one of these names and the password {settings.DEMO_PASSWORD}:\n\n")
        for person in people:
            self.stdout.write(f"  {sign_in_name(person):<33} {person.first_name} {person.last_name}: {person.shows}")
        self.stdout.write(f"\nE-mails are kept as files; read them at http://{HOST}:{port}/trial/mail/\n")

    def serve(self, port: int) -> None:
        """Two children, ended together: on Ctrl-C, or when one of them ends by itself."""
        children: list[subprocess.Popen[bytes]] = []
        try:
            for command in (web(port), relay()):
                # In a session of their own: a Ctrl-C reaches this process alone, which then ends them in order.
                children.append(subprocess.Popen(command, start_new_session=True))
            while all(child.poll() is None for child in children):
                time.sleep(0.3)
        finally:
            codes = [end(child) for child in children]
        raise CommandError(f"A part of the trial ended by itself (exit codes {codes}); the lines above say why.")


def sign_in_name(person: Any) -> str:
    """The e-mail address; the username does too."""
    return person.email or f"{person.username}@careerplan.test"


def refuse_taken(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            sentence = f"Port {port} can't be used ({error.strerror}). Try another: make run PORT={port + 1}"
            raise CommandError(sentence) from None


def web(port: int) -> list[str]:
    # The trial serves static files by the finders: whitenoise misses a folder of collected ones, and need not.
    python = [sys.executable, "-W", "ignore:No directory at"]
    command = [*python, "-m", "gunicorn", "careerplan.wsgi", "--bind", f"{HOST}:{port}"]
    limits = ["--limit-request-line", "8190", "--log-level", "warning"]
    return [*command, "--worker-class", "gthread", "--workers", "1", "--threads", "8", *limits]


def relay() -> list[str]:
    return [sys.executable, sys.argv[0], "relay", "--with-parent"]


def end(child: subprocess.Popen[bytes]) -> int:
    """Ask the child to end, and make it; returns its exit code."""
    if child.poll() is None:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(SECONDS_TO_END)
    if child.poll() is None:
        child.kill()
    return child.wait()
