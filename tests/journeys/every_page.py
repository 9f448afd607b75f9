"""Every page of the product as the browser shows it, without the product between: the test client's answers.

Each is asked for as somebody whom it opens (`tests/access.py`); a form is also posted empty, for what it then says.
They are asked for once a run, in a thread of their own, where nothing of the browser's loop runs, and nothing stays
written.
"""

import mimetypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from careerplan.accounts.models import User
from customers.models import Customer
from tests.access import FORBIDDEN, HIDDEN, KINDS, TABLE
from tests.addresses import CALLED_FOR, PARAMETERS, address_of, arguments_of, undone, what_is_posted
from tests.callers import ADMINISTRATOR, CUSTOMER, PLANNER, STATEWIDE, STRANGER, sign_in
from tests.points_of_life import shared_plan
from tests.rows import write


@dataclass(frozen=True)
class Answer:
    """A page as it was answered: `name` is its address's name, "refused" stands behind that of a form sent empty."""

    name: str
    address: str
    status: int
    html: str


def asked_for(language: str) -> list[Answer]:
    """Of Angela's shared plan, and of the other plans that some pages need: each is brought about once."""
    found: dict[str, list[Answer]] = {}
    with undone():
        if not User.objects.exists():
            call_command("seed_reference", verbosity=0)
            call_command("seed_demo", verbosity=0)
        angela = shared_plan()
        for person in User.objects.all():
            write(person, language=language)
        for bring_about in dict.fromkeys(CALLED_FOR.get(name) for name in TABLE):
            with undone():
                customer = bring_about() if bring_about else angela
                for name in TABLE:
                    if CALLED_FOR.get(name) is bring_about:
                        found[name] = answers_of(name, customer, language)
    return [answer for name in TABLE for answer in found[name]]


def answers_of(name: str, customer: Customer, language: str) -> list[Answer]:
    with undone():
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        sign_in(client, reader_of(TABLE[name].kind), customer)
        values = arguments_of(customer, name) if PARAMETERS[name] else {}
        return list(answers(client, name, address_of(name, values), customer))


def reader_of(kind: str) -> str:
    """Who reads such a page: where all do, its first reader that has the most of it."""
    own = {"my": [CUSTOMER], "mine": [CUSTOMER], "public": [STRANGER]}
    readers = own.get(kind, [PLANNER, STATEWIDE, ADMINISTRATOR])
    return next((role for role in readers if KINDS[kind][role] not in (HIDDEN, FORBIDDEN)), STATEWIDE)


def answers(client: Client, name: str, address: str, customer: Customer) -> Iterator[Answer]:
    row = TABLE[name]
    asked = [("get", {}, name)] * row.get + [("post", what_is_posted(customer), f"{name} refused")] * row.post
    for method, data, called in asked:
        answer = getattr(client, method)(address, data)
        if answer.streaming:
            b"".join(answer)  # read to its end, a file is closed
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and answer.status_code in {200, 409, 422} and answer.content:
            yield Answer(called, address, answer.status_code, answer.content.decode())


class Shown:
    """A page of the browser that is answered here, with the product's styles, fonts and scripts.

    The files stay in memory, and in the browser's: a page's next address must not wait for what its last one still
    asks for.
    """

    def __init__(self, page) -> None:
        self.page = page

    def show(self, answer: Answer) -> None:
        site().answer = answer
        self.page.goto(f"http://{site().server_name}:{site().server_port}{answer.address}", wait_until="load")


class Site(ThreadingHTTPServer):
    """Whatever is opened is the one answer; what its scripts ask for beside it is nothing."""

    daemon_threads = True
    answer: Answer


class Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        path, answer = urlsplit(self.path).path, self.server.answer
        if path.startswith(settings.STATIC_URL):
            body, kind = static_file(path.removeprefix(settings.STATIC_URL))
            self.respond(200, body, kind, "max-age=3600")
        elif self.headers["Sec-Fetch-Mode"] == "navigate":
            self.respond(answer.status, answer.html.encode(), "text/html; charset=utf-8", "no-store")
        else:
            self.send_response(204)
            self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(204)
        self.end_headers()

    def respond(self, status: int, body: bytes, kind: str, kept: str) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", kept)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words) -> None:
        """Nothing is said of it."""


@cache
def site() -> Site:
    """Of this test process."""
    server = Site(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@cache
def static_file(name: str) -> tuple[bytes, str]:
    path = Path(finders.find(name))
    return path.read_bytes(), mimetypes.guess_type(name)[0] or "font/woff2"
