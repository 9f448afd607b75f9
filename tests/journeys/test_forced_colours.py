"""Where a person's own colours take the place of ours, what a colour, a tint or a picture told is told all the same."""

import pytest

from tests.journeys.browser import assert_accessible, save_picture, watched_page
from tests.journeys.every_page import Shown

# Where something shows its state, and how the page takes that state away: the page must look different.
STATES = [
    ("my:acknowledge", ".form-check-input", "part => part.checked = !part.checked"),
    ("plan:goal-edit", "input[type=radio]", "part => part.checked = !part.checked"),
    ("plan:service-edit", ".form-check-input", "part => part.checked = !part.checked"),
    ("customers:uploads refused", ".form-check-input", "part => part.checked = !part.checked"),
    ("my:acknowledge", ".site-link[aria-current]", "part => part.removeAttribute('aria-current')"),
    ("plan:goals", ".subtabs [aria-current]", "part => part.removeAttribute('aria-current')"),
    ("my:acknowledge", ".steps [aria-current]", "part => part.removeAttribute('aria-current')"),
    ("my:acknowledged", ".steps .is-done", "part => part.classList.remove('is-done')"),
    ("plan:goal-add refused", ".is-invalid", "part => part.classList.remove('is-invalid')"),
    ("plan:goal-add", "main .btn", "part => part.focus()"),
    ("plan:goal-add", "textarea", "part => part.focus()"),
    ("plan:goal-edit", "input[type=radio]", "part => part.focus()"),
    ("plan:goal-add refused", ".summary-error", "part => part.classList.remove('summary-error')"),
    ("plan:agreement", ".notice", "part => part.classList.remove('notice')"),
    ("plan:agreement", ".pill", "part => part.classList.remove('pill')"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_state_is_seen_under_forced_colours(every_answer, chromium, scheme):
    pages = {answer.name: answer for answer in every_answer("en")}
    unseen = []
    with watched_page(chromium, forced_colors="active", color_scheme=scheme) as page:
        shown = Shown(page)
        for name, selector, change in STATES:
            shown.show(pages[name])
            part = page.locator(selector).first
            part.scroll_into_view_if_needed()
            page.evaluate("document.activeElement.blur()")
            box = part.bounding_box()
            before = picture(page, box)
            part.evaluate(change)
            if picture(page, box) == before:
                unseen.append((name, selector))
    assert unseen == []


def picture(page, box) -> bytes:
    """What is in the box, and what is drawn round it."""
    return page.screenshot(
        clip={"x": box["x"] - 6, "y": box["y"] - 6, "width": box["width"] + 12, "height": box["height"] + 12}
    )


@pytest.mark.parametrize("name", ["my:acknowledge refused", "my:dashboard", "plan:agreement"])
def test_pages_are_accessible_under_forced_colours(every_answer, chromium, name):
    [answer] = [answer for answer in every_answer("en") if answer.name == name]
    with watched_page(chromium, forced_colors="active") as page:
        Shown(page).show(answer)
        save_picture(page, f"forced-colours-{name}")
        assert_accessible(page)
