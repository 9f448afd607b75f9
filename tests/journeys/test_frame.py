"""On a plan's pages the work begins high up: one line for the person, one bar of tabs, the page under its own name. So
does what the customer finds at home."""

import re
from dataclasses import replace

import pytest

from tests.journeys.browser import (
    DESKTOP,
    PHONE,
    assert_no_sideways_scrolling,
    evaluate,
    save_picture,
    watched_page,
)
from tests.journeys.every_page import Shown

# Where the first content may begin at most, in px, by the width of the screen.
HIGHEST = {1280: 260, 390: 300}
# The official name of a service under its plain one is a line more, on a phone.
OFFICIAL_NAME = {1280: 0, 390: 20}
FIRST_CONTENT = """(() => {
  const heads = document.querySelectorAll("h1");
  let next = document.querySelector("main .page-header").nextElementSibling;
  while (next && !next.getBoundingClientRect().height) next = next.nextElementSibling;
  return {
    heads: [...heads].map(head => head.innerText),
    top: next ? Math.round(next.getBoundingClientRect().top) : 0,
    official: !!document.querySelector(".page-header .official-name"),
    inPlace: !!document.querySelector(".person + .planbar + main"),
  };
})()"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_content_of_a_plans_page_stands_high(every_answer, chromium, viewport):
    answers = [answer for answer in every_answer("en") if answer.name.startswith("plan:") and answer.status == 200]
    pages = [answer for answer in answers if "<h1" in answer.html]  # what is left of a support limit is a fragment
    assert len(pages) > 30
    low, odd = {}, {}
    with watched_page(chromium, viewport=viewport) as page:
        shown = Shown(page)
        for answer in pages:
            shown.show(answer)
            found = evaluate(page, FIRST_CONTENT)
            save_picture(page, f"frame-{answer.name}")
            more = OFFICIAL_NAME[viewport["width"]] if found["official"] else 0
            if found["top"] >= HIGHEST[viewport["width"]] + more:
                low[answer.name] = found
            if not found["inPlace"] or len(found["heads"]) != 1 or "Nwosu" in found["heads"][0]:
                odd[answer.name] = found
    assert ({name: found["top"] for name, found in low.items()}, odd) == ({}, {})


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_customers_own_page_begins_high_too(every_answer, chromium, viewport):
    [answer] = [answer for answer in every_answer("en") if answer.name == "my:dashboard"]
    with watched_page(chromium, viewport=viewport) as page:
        Shown(page).show(answer)
        assert 0 < evaluate(page, FIRST_CONTENT)["top"] < HIGHEST[viewport["width"]]


HEADER = "Math.round(document.querySelector('.site-header').getBoundingClientRect().height)"


@pytest.mark.parametrize("name", ["system", "today"])
def test_the_header_is_one_line_for_who_manages_the_state_too(every_answer, chromium, name):
    """An administrator's has the most entries."""
    [answer] = [answer for answer in every_answer("en") if answer.name == name]
    with watched_page(chromium, viewport=DESKTOP) as page:
        Shown(page).show(answer)
        assert evaluate(page, HEADER) < 65


LONG = "W" * 100  # as many letters as a name may have, without a place to break


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["customers:overview", "plan:goals", "today"])
def test_the_longest_name_pushes_nothing_out_of_the_page(every_answer, chromium, name, viewport):
    [answer] = [answer for answer in every_answer("en") if answer.name == name]
    written = answer.html.replace("Whitfield", LONG)
    assert LONG in written
    with watched_page(chromium, viewport=viewport) as page:
        Shown(page).show(replace(answer, html=written))
        assert_no_sideways_scrolling(page)


PROGRAMS = re.compile(r'(<dd class="person-program">).*?(</dd>)')
LINES_OF_THE_NAME = """[...document.querySelectorAll(".person-name li")].filter(each => each.offsetHeight)
    .map(each => Math.round(each.getBoundingClientRect().height / parseFloat(getComputedStyle(each).lineHeight)))"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_name_stays_on_one_line_whatever_the_programs_are_called(every_answer, chromium, viewport):
    """What is too long for the line of the person is cut, and that is the programs."""
    [answer] = [answer for answer in every_answer("en") if answer.name == "customers:overview"]
    long, found = PROGRAMS.subn(r"\g<1>" + "State program of work, " * 8 + r"\g<2>", answer.html)
    assert found == 1
    with watched_page(chromium, viewport=viewport) as page:
        Shown(page).show(replace(answer, html=long))
        assert set(evaluate(page, LINES_OF_THE_NAME)) == {1}
