"""Every page of the product as the browser shows it, without a server between: the test client's answers.

Each is asked for as somebody whom it opens (`tests/access.py`); a form is also posted empty, for what it then says.
They are asked for once, in a thread of their own, where nothing of the browser's loop runs, and nothing stays written.
"""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from careerplan.accounts.models import User
from customers.models import Customer
from tests.access import ADMINISTRATOR, CUSTOMER, FORBIDDEN, HIDDEN, KINDS, PLANNER, STATEWIDE, STRANGER, TABLE, sign_in
from tests.addresses import address_of, arguments_of, call, customer_of, undone, what_is_posted
from tests.points_of_life import shared_plan
from tests.rows import write

SITE = "http://careerplan.test"


@dataclass(frozen=True)
class Answer:
    """A page as it was answered: `name` is its address's name, "refused" stands behind that of a form sent empty."""

    name: str
    address: str
    status: int
    html: str


def asked_for(language: str) -> list[Answer]:
    """Of Angela's shared plan, and of the other plans that some pages need."""
    with undone():
        if not User.objects.exists():
            call_command("seed_reference", verbosity=0)
            call_command("seed_demo", verbosity=0)
        angela = shared_plan()
        for person in User.objects.all():
            write(person, language=language)
        return [answer for name in TABLE for answer in answers_of(name, angela, language)]


def answers_of(name: str, angela: Customer, language: str) -> list[Answer]:
    with undone():
        customer, client = customer_of(name, angela), Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        sign_in(client, reader_of(TABLE[name].kind), customer)
        return list(answers(client, name, address_of(name, arguments_of(customer, name)), customer))


def reader_of(kind: str) -> str:
    """Who reads such a page: where all do, its first reader that has the most of it."""
    own = {"my": [CUSTOMER], "mine": [CUSTOMER], "public": [STRANGER]}
    readers = own.get(kind, [PLANNER, STATEWIDE, ADMINISTRATOR])
    return next((role for role in readers if KINDS[kind][role] not in (HIDDEN, FORBIDDEN)), STATEWIDE)


def answers(client: Client, name: str, address: str, customer: Customer) -> Iterator[Answer]:
    row = TABLE[name]
    asked = [("get", {}, name)] * row.get + [("post", what_is_posted(customer), f"{name} refused")] * row.post
    for method, data, called in asked:
        answer, _ = call(client, method, address, data)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and answer.status_code in {200, 409, 422} and answer.content:
            yield Answer(called, address, answer.status_code, answer.content.decode())


class Shown:
    """A page of the browser that is answered here, with the product's styles, fonts and scripts.

    The files stay in memory: a page's next address must not wait for what its last one still asks for.
    """

    def __init__(self, page) -> None:
        self.page = page
        self.answer: Answer | None = None
        page.route(f"{SITE}/**", self.fulfil)

    def show(self, answer: Answer) -> None:
        self.answer = answer
        self.page.goto(SITE + answer.address, wait_until="load")

    def fulfil(self, route) -> None:
        assert self.answer is not None
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            body, kind = static_file(path.removeprefix(settings.STATIC_URL))
            route.fulfill(body=body, content_type=kind, headers={"Cache-Control": "max-age=3600"})
        elif route.request.is_navigation_request():
            route.fulfill(body=self.answer.html, status=self.answer.status, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=204)


@cache
def static_file(name: str) -> tuple[bytes, str]:
    path = Path(finders.find(name))
    return path.read_bytes(), mimetypes.guess_type(name)[0] or "font/woff2"
