"""A browser for the journeys: Debian's Chromium, driven by Playwright, and what every page must fulfil.

Where it is installed without a window (chromium-headless-shell), it shows a page in two thirds of the time.

    def test_a_customer_signs(page, live_server):
        sign_in(page, live_server, customer.user)
        page.goto("/my/")
        both_widths(page)

A test fails when a page broke the Content-Security-Policy or threw an error that no script caught.
"""

import asyncio
import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from tests.waiting import LONGEST_WAIT

WITH_A_WINDOW = ("chromium", "chromium-browser", "google-chrome")
PROGRAMS = ("chromium-headless-shell", *WITH_A_WINDOW)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # letters are as wide as in a window
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
ACTION_MILLISECONDS = LONGEST_WAIT * 1000 // 3  # of a journey that fails, each click is waited for


# --- the browser of this process --------------------------------------------------------------


class Chromium:
    """Runs while journeys follow each other. Playwright's event loop counts as running in the tests' thread meanwhile:
    asyncio.run() fails there, and Django takes every query for one of asynchronous code unless it is told otherwise.
    So the browser ends before any other test begins; starting it takes a second or two."""

    def __init__(self) -> None:
        self.browser: Any = None
        self.parts = contextlib.ExitStack()

    def start(self) -> Any:
        if self.browser and not self.browser.is_connected():  # it crashed in the test before
            self.end()
        if not self.browser:
            from playwright.sync_api import sync_playwright

            self.parts.enter_context(queries_beside_a_loop())
            playwright = self.parts.enter_context(sync_playwright())
            options = {"executable_path": chromium_program(), "args": ARGUMENTS, "timeout": ACTION_MILLISECONDS}
            self.browser = playwright.chromium.launch(**options)
            self.parts.callback(self.browser.close)
        return self.browser

    def end(self) -> None:
        self.browser = None
        self.parts.close()


CHROMIUM = Chromium()


@contextlib.contextmanager
def queries_beside_a_loop() -> Iterator[None]:
    """The journeys are synchronous: nothing else runs in their thread while a query does."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Whichever test ran before: one that asks for no browser begins without a loop, or says that it cannot."""
    if "chromium" in getattr(item, "fixturenames", ()):
        return
    CHROMIUM.end()
    with contextlib.suppress(RuntimeError):  # there is none
        loop = asyncio.get_running_loop()
        pytest.fail(f"A test before this one left an event loop in this thread: {loop!r}", pytrace=False)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    CHROMIUM.end()


# --- fixtures ---------------------------------------------------------------------------------


@pytest.fixture
def chromium():
    return CHROMIUM.start()


@pytest.fixture
def page(request, chromium):
    """A page at desktop width with no cookies; addresses may be paths where the test uses `live_server`."""
    address = request.getfixturevalue("live_server").url if "live_server" in request.fixturenames else None
    with watched_page(chromium, address) as page:
        yield page


def chromium_program(programs: Iterable[str] = PROGRAMS) -> str:
    for program in programs:
        if path := shutil.which(program):
            return path
    raise pytest.UsageError("The journeys need a browser: install the package 'chromium'.")


# --- what a page does wrong -------------------------------------------------------------------

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => window.reportPolicyViolation(
  `${event.effectiveDirective} blocked ${event.blockedURI || "inline"} (${event.sourceFile || "the page"}` +
  `:${event.lineNumber}) ${event.sample}`));
"""


@dataclass
class Watch:
    """What went wrong on the pages of one test."""

    policy_violations: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)

    def hear_violation(self, text: str) -> None:
        self.policy_violations.append(text)

    def hear_page_error(self, weberror) -> None:
        self.page_errors.append(str(weberror.error))

    def hear_console(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.policy_violations.append(message.text)
        elif message.type == "error":
            self.console_errors.append(message.text)

    def problems(self) -> list[str]:
        """A missing file or a refused form is an error in the console, and part of many a journey: not counted."""
        violations = [f"Content-Security-Policy: {text}" for text in self.policy_violations]
        return violations + [f"Uncaught error: {text}" for text in self.page_errors]


@contextlib.contextmanager
def watched_page(browser, base_url: str | None = None, **options) -> Iterator:
    """A page of its own context; on leaving, AssertionError if it broke the policy or threw. `page.watch` has more.

    `options` are Playwright's for the context: `viewport=PHONE`, `java_script_enabled=False`.
    """
    watch = Watch()
    options = {"viewport": DESKTOP, "reduced_motion": "reduce", "locale": "en-US", **options}
    with contextlib.closing(browser.new_context(base_url=base_url, **options)) as context:
        context.set_default_timeout(ACTION_MILLISECONDS)
        context.expose_function("reportPolicyViolation", watch.hear_violation)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", watch.hear_console)
        context.on("weberror", watch.hear_page_error)
        page = context.new_page()
        page.watch = watch
        yield page
        page.evaluate("1")  # one round trip: what the page reported before it has arrived
    problems = watch.problems()
    assert not problems, "The page misbehaved:\n" + "\n".join(problems)


# --- steps ------------------------------------------------------------------------------------


def sign_in(page, live_server, user) -> None:
    """Signs the browser in without the sign-in page, by the session cookie of Django's test client."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


# By page, as long as it is there.
DEBUGGERS: WeakKeyDictionary = WeakKeyDictionary()


def evaluate(page, script: str):
    """The value of an expression, waited for, by the browser's debugger: the page's own policy forbids eval.

    Of the page as it is at this moment: on the way to another one, the debugger meets the former page, or none at all.
    """
    if page not in DEBUGGERS:
        DEBUGGERS[page] = page.context.new_cdp_session(page)
    expression = {"expression": script, "awaitPromise": True, "returnByValue": True}
    answer = DEBUGGERS[page].send("Runtime.evaluate", expression)
    if "exceptionDetails" in answer:
        raise RuntimeError(f"The script failed: {answer['exceptionDetails']}")
    return answer["result"].get("value")


def assert_accessible(page) -> None:
    """axe-core finds no violation of WCAG 2.2 AA, nor of its best practices, on the page as it stands."""
    page.wait_for_load_state("load")
    if not AXE.exists():
        raise FileNotFoundError(f"axe-core is missing: put its axe.min.js at {AXE}.")
    evaluate(page, AXE.read_text(encoding="utf-8") + ";0")
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    violations = evaluate(page, f"axe.run(document, {json.dumps(options)}).then(result => result.violations)")
    assert not violations, f"{page.url} at {page.viewport_size['width']} px:\n" + "\n".join(map(in_words, violations))


def in_words(violation: dict) -> str:
    places = [f"    {' '.join(map(str, node['target']))}  {node['html'][:160]}" for node in violation["nodes"]]
    return f"- {violation['id']} ({violation['impact']}): {violation['help']}\n" + "\n".join(places)


TOO_WIDE = """(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= window.innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
    .map(element => `${Math.round(element.getBoundingClientRect().right)} px: ${element.outerHTML.slice(0, 120)}`);
  return [`the page is ${root.scrollWidth} px wide`, ...wide.slice(0, 10)];
})()"""


def sideways(page) -> list[str]:
    """What makes the page scroll sideways, once it is there."""
    page.wait_for_load_state("load")
    return evaluate(page, TOO_WIDE)


def assert_no_sideways_scrolling(page) -> None:
    wide = sideways(page)
    assert not wide, f"{page.url} scrolls sideways at {page.viewport_size['width']} px:\n" + "\n".join(wide)


def both_widths(page, name: str = "") -> None:
    """The page is accessible and fits, on a desktop and on a phone; it fits on the narrowest screen, too.

    Where JOURNEY_SCREENSHOTS names a folder, pictures `<name>-<width>.png` are saved there (the name: the test's).
    """
    before = page.viewport_size
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        save_picture(page, name)
        assert_no_sideways_scrolling(page)
        assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert_no_sideways_scrolling(page)
    page.set_viewport_size(before)


def heights_of_rows(page) -> list[float]:
    """Of the list on the page, in pixels."""
    rows = page.locator("main tbody > tr").all()
    return [row.bounding_box()["height"] for row in rows]


def save_picture(page, name: str = "") -> None:
    folder = os.environ.get("JOURNEY_SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    name = name or os.environ.get("PYTEST_CURRENT_TEST", "page").split(" ")[0].removeprefix("tests/journeys/")
    safe_name = re.sub(r"[^\w.-]+", "-", name)
    page.screenshot(path=Path(folder) / f"{safe_name}-{page.viewport_size['width']}.png", full_page=True)
