"""No page scrolls sideways on a phone, with text twice as large and wider spaces (WCAG 2.2, 1.4.4, 1.4.10, 1.4.12)."""

import pytest

from tests.journeys.browser import PHONE, evaluate, sideways, watched_page
from tests.journeys.every_page import Shown

pytestmark = pytest.mark.django_db

NARROW = {"width": 320, "height": 640}
OPEN_ALL = "document.querySelectorAll('details').forEach(part => part.open = true);"
LARGE = (
    "html { font-size: 200% !important }"
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
WITH_STYLE = """(() => {
  const style = new CSSStyleSheet();
  style.replaceSync("%s");
  document.adoptedStyleSheets = [style];
  %s
})()"""


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("viewport", "style"), [(PHONE, LARGE), (NARROW, "")], ids=["390 px, large", "320 px"])
def test_no_page_scrolls_sideways(every_answer, lone_browser, language, viewport, style):
    answers = every_answer(language)
    assert len(answers) > 100
    wide = {}
    with watched_page(lone_browser, viewport=viewport) as page:
        shown = Shown(page)
        for answer in answers:
            shown.show(answer)
            evaluate(page, WITH_STYLE % (style, OPEN_ALL))
            if found := sideways(page):
                wide[answer.name] = found
    assert wide == {}
