"""The checks that the journeys rely on do find what is wrong."""

import pytest

from tests.journeys.browser import PHONE, assert_accessible, assert_no_sideways_scrolling, both_widths, watched_page

GOOD = """<!doctype html><html lang="en"><head><title>Good</title><meta name="viewport" content="width=device-width">
</head><body><main><h1>Good</h1><p>Nothing is wrong here.</p></main></body></html>"""
BAD = """<!doctype html><html><head><title></title></head><body><p style="color: #ccc; background: #fff">Pale</p>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input><a href="#x"></a></body></html>"""
WIDE = GOOD.replace("<p>", '<p style="width: 900px">')
STRICT = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


def test_a_good_page_passes_at_both_widths(page):
    page.set_content(GOOD)
    both_widths(page)


def test_the_checker_names_what_is_wrong_and_where(page):
    page.set_content(BAD)
    with pytest.raises(AssertionError) as refusal:
        assert_accessible(page)
    for rule in ("color-contrast", "html-has-lang", "document-title", "image-alt", "label", "link-name", "region"):
        assert f"- {rule} (" in str(refusal.value)
    assert "Pale" in str(refusal.value)


def test_sideways_scrolling_is_found_on_a_phone_only(page):
    page.set_content(WIDE)
    assert_no_sideways_scrolling(page)
    page.set_viewport_size(PHONE)
    with pytest.raises(AssertionError, match="scrolls sideways at 390 px"):
        assert_no_sideways_scrolling(page)


def test_the_checker_works_under_a_strict_policy(page):
    page.set_content(GOOD.replace("<title>", STRICT + "<title>"))
    both_widths(page)


@pytest.mark.parametrize("breach", ["<script>1</script>", '<p style="color: red">x</p>', '<img src="data:," alt="">'])
def test_a_breach_of_the_policy_fails_the_test(chromium, breach):
    with pytest.raises(AssertionError, match="Content-Security-Policy"), watched_page(chromium) as page:
        page.set_content(GOOD.replace("<title>", STRICT + "<title>").replace("<p>", breach + "<p>"))


def test_an_uncaught_error_fails_the_test(chromium):
    with pytest.raises(AssertionError, match=r"Uncaught error: .*lost"), watched_page(chromium) as page:
        page.set_content(GOOD.replace("<p>", "<script>throw new Error('lost')</script><p>"))


def test_the_pictures_are_saved_where_they_are_asked_for(page, tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEY_SCREENSHOTS", str(tmp_path))
    page.set_content(GOOD)
    both_widths(page, "good page")
    assert {path.name for path in tmp_path.iterdir()} == {"good-page-1280.png", "good-page-390.png"}
