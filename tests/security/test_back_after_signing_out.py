"""On a shared computer: after signing out, Back shows nothing of a customer, also where the browser keeps pages alive.

Playwright switches the back-forward cache off; here it is on, and a page of another site proves it.
"""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.urls import reverse

from tests.journeys.browser import (
    ACTION_MILLISECONDS,
    ARGUMENTS,
    WITH_A_WINDOW,
    chromium_program,
    evaluate,
    sign_in,
    watched_page,
)
from tests.journeys.steps import press
from tests.people import angela, planner
from tests.waiting import eventually

KEPT_BY_SCRIPTS = "localStorage.a = sessionStorage.a = 'b'"
OFF_BY_PLAYWRIGHT = ["--disable-back-forward-cache"]


class OtherSite(BaseHTTPRequestHandler):
    """A page that may be kept."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Other</title><p>Hello")

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def other_site():
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def browser(chromium):
    """One that keeps pages alive for Back."""
    program = chromium_program(WITH_A_WINDOW)
    options = {"executable_path": program, "args": ARGUMENTS, "timeout": ACTION_MILLISECONDS}
    started = chromium.browser_type.launch(**options, ignore_default_args=OFF_BY_PLAYWRIGHT)
    with contextlib.closing(started) as browser:
        yield browser


def goes_back(page, *paths):
    """As the button does it, until one of these pages is there; which."""
    evaluate(page, "history.back()")
    there = "document.readyState === 'complete' ? location.pathname : ''"
    return eventually(lambda: (path := evaluate(page, there)) in paths and path)


def alive(page):
    return evaluate(page, "window.isTheVeryPage === true")


def test_this_browser_keeps_pages_alive(browser, other_site):
    """Without it the tests below would prove nothing."""
    with watched_page(browser) as page:
        page.goto(f"{other_site}/one")
        evaluate(page, "window.isTheVeryPage = true")
        page.goto(f"{other_site}/two")
        goes_back(page, "/one")
        assert alive(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("people")
def test_back_after_signing_out_shows_nothing_of_the_customer(browser, live_server):
    """Nor is anything left that scripts kept; the language that was chosen in this browser stays."""
    name, sign_in_page = angela().last_name, reverse("account_login")
    pages = [reverse(page, args=[angela().pk]) for page in ("customers:case-notes", "plan:overview")]
    with watched_page(browser, live_server.url) as page:
        spanish = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "es", "url": live_server.url}
        page.context.add_cookies([spanish])
        sign_in(page, live_server, planner())
        for address in pages:
            page.goto(address)
            assert name in page.content()
            evaluate(page, f"window.isTheVeryPage = true; {KEPT_BY_SCRIPTS}")
        page.goto("/help/")
        goes_back(page, pages[1])  # while somebody is signed in, Back is Back
        assert name in page.content()
        page.goto("/help/")
        press(page, "Sign out")
        assert page.locator("html").get_attribute("lang") == "es"
        assert evaluate(page, "[localStorage.a, sessionStorage.a].map(String)") == ["undefined"] * 2
        goes_back(page, "/help/")
        assert name not in page.content()
        for address in reversed(pages):
            assert goes_back(page, address, sign_in_page) == sign_in_page
            assert not alive(page)
            assert name not in page.content()
