"""What people do on more than one journey, in the words of the pages."""

import contextlib
import re
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from tests.journeys.browser import watched_page


@contextlib.contextmanager
def signed_in_page(chromium, live_server, username: str, **options):
    """A browser of one's own in which this person has filled in the sign-in form."""
    with watched_page(chromium, live_server.url, **options) as page:
        page.goto("/")
        sign_in_by_form(page, username)
        yield page


def sign_in_by_form(page, username: str) -> None:
    """On the sign-in page; the demo people's password works where the settings allow it."""
    page.get_by_label("Email or username").fill(username)
    page.get_by_label("Password").fill(settings.DEMO_PASSWORD)
    press(page, "Sign in")


def follow(page, link: str, *, within=None) -> None:
    """Follow a link, and wait until the page that it leads to is there."""
    with page.expect_navigation():
        (within or page).get_by_role("link", name=link).click()


def press(page, button: str) -> None:
    """Press a button that sends a form, and wait until the answer is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


SEND = "Send Electronic Request for Customer Agreement"


def say_why(page) -> None:
    """What policy advises against is sent with a reason."""
    page.get_by_label("Why you are sending it anyway").fill("The talk showed the need.")


def said(page) -> str:
    """What the page's messages say."""
    return page.locator("#messages").inner_text()


def tab(page, name: str, *, of: str = "Career Plan") -> None:
    """Open a tab of the Career Plan, or a page of the menu of the customer's record."""
    bar = page.get_by_role("navigation", name=of, exact=True)
    if of == "Customer record":
        bar.locator("summary").click()
    follow_exactly(page, name, within=bar)


def of_the_log(page, name: str) -> None:
    """Open the Update Log or the Versions, which share a tab."""
    tab(page, LOG)
    bar = page.get_by_role("navigation", name=LOG, exact=True)
    if bar.locator("[aria-current]").inner_text() != name:
        follow_exactly(page, name, within=bar)


LOG = "Log & versions"


def follow_exactly(page, name: str, *, within) -> None:
    with page.expect_navigation():
        within.get_by_role("link", name=name, exact=True).click()


def search_services(dialog, words: str) -> None:
    """Type into the catalog's search, and wait until the one service that it finds is all that is shown: what is
    pressed before would be swept away with its row."""
    dialog.get_by_label("Search services").press_sequentially(words)
    dialog.get_by_role("status").filter(has_text=re.compile("^1 service")).wait_for()


def choose_in_the_calendar(page, label: str, day: date) -> None:
    """The calendar is the browser's own and can't be clicked in; what it does when a day is chosen can be seen."""
    assert page.get_by_role("button", name=f"Choose in the calendar: {label}").is_visible()
    calendar = page.get_by_label(label).locator("xpath=following-sibling::input[@type='date']")
    calendar.evaluate(
        "(field, day) => { field.value = day; field.dispatchEvent(new Event('change')); }", day.isoformat()
    )
    assert page.get_by_label(label).input_value() == f"{day:%m/%d/%Y}"


def facts(page, section: str) -> dict[str, str]:
    """The terms and values of a section, by its heading."""
    card = page.get_by_role("region", name=section, exact=True)
    return dict(zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True))


def table(page, caption: str) -> list[list[str]]:
    """The rows of a table, each cell as it is read on the screen."""
    rows = page.get_by_role("table", name=caption, exact=True).locator("tbody > tr")
    return [[in_one_line(text) for text in row.locator("> td").all_inner_texts()] for row in rows.all()]


def in_one_line(text: str) -> str:
    return " ".join(text.split()).replace(" :", ":")


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
