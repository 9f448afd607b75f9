"""No page scrolls sideways on a phone, with text twice as large and wider spaces (WCAG 2.2, 1.4.4, 1.4.10, 1.4.12)."""

import pytest

from tests.journeys.browser import PHONE, evaluate, sideways, watched_page
from tests.journeys.every_page import Shown

# All that can be opened is open.
WITH_LARGE_TEXT = """(() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`
    html { font-size: 200% !important }
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }
  `);
  document.adoptedStyleSheets = [style];
  document.querySelectorAll("details").forEach(part => part.open = true);
})()"""


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_scrolls_sideways_with_large_text(every_answer, chromium, language):
    answers = every_answer(language)
    assert sum(f'<html lang="{language}"' in answer.html for answer in answers) > 100
    wide = {}
    with watched_page(chromium, viewport=PHONE) as page:
        shown = Shown(page)
        for answer in answers:
            shown.show(answer)
            evaluate(page, WITH_LARGE_TEXT)
            if found := sideways(page):
                wide[answer.name] = found
    assert wide == {}
