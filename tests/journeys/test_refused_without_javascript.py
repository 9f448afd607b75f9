"""A form that is refused says why in what the browser shows first, also where no script brings it there."""

from tests.journeys.browser import DESKTOP, PHONE, evaluate, save_picture, watched_page
from tests.journeys.every_page import Shown
from tests.waiting import eventually

SAYS_WHY = '[...document.querySelectorAll("main [autofocus]:not(input), main [autofocus]:not(input) + ul")]'
# Of a summary that is longer than this: its heading, and that there is more below it.
SEEN = 100


def test_the_browser_shows_first_why_a_form_was_refused(every_answer, chromium):
    refused = [answer for answer in every_answer("en") if answer.status == 422 or "data-error-summary" in answer.html]
    assert len(refused) > 30
    unseen = []
    for viewport in (DESKTOP, PHONE):
        with watched_page(chromium, viewport=viewport, java_script_enabled=False) as page:
            shown = Shown(page)
            for answer in refused:
                shown.show(answer)
                save_picture(page, f"refused-{answer.name}")
                boxes = boxes_of_what_says_why(page)
                if not boxes or boxes[0]["y"] < 0 or seen(boxes, viewport) < min(height(boxes), SEEN):
                    unseen.append((viewport["width"], answer.name, boxes))
    assert unseen == []


def boxes_of_what_says_why(page):
    """Once the browser has given the focus, and shows what has it."""
    if evaluate(page, f"{SAYS_WHY}.length"):
        try:
            eventually(lambda: evaluate(page, "document.activeElement !== document.body"))
        except AssertionError as error:
            raise AssertionError(f"{page.url} gave the focus to nothing.") from error
    return evaluate(page, f"{SAYS_WHY}.map(part => part.getBoundingClientRect().toJSON())")


def height(boxes) -> float:
    return boxes[-1]["y"] + boxes[-1]["height"] - boxes[0]["y"]


def seen(boxes, viewport) -> float:
    """How much of them is within what the browser shows."""
    return min(boxes[-1]["y"] + boxes[-1]["height"], viewport["height"]) - boxes[0]["y"]
