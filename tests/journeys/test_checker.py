"""The checks that the journeys rely on do find what is wrong."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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


def test_a_page_that_comes_late_is_what_is_checked(page):
    """Its head is there, and nothing of what it holds, while the checks begin."""
    with slow_server(GOOD, WIDE) as address:
        page.goto(address)
        page.set_viewport_size(PHONE)
        page.get_by_role("link", name="On").click()
        with pytest.raises(AssertionError, match="scrolls sideways at 390 px"):
            assert_no_sideways_scrolling(page)


@contextmanager
def slow_server(first: str, late: str) -> Iterator[str]:
    """Shows `first`, with a link to `late`, whose first byte follows its headers after a second."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/late":
                self.wfile.flush()
                threading.Event().wait(1)
                self.wfile.write(late.encode())
            else:
                self.wfile.write(first.replace("</p>", '</p><a href="/late">On</a>').encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def test_the_pictures_are_saved_where_they_are_asked_for(page, tmp_path, monkeypatch):
    monkeypatch.setenv("JOURNEY_SCREENSHOTS", str(tmp_path))
    page.set_content(GOOD)
    both_widths(page, "good page")
    assert {path.name for path in tmp_path.iterdir()} == {"good-page-1280.png", "good-page-390.png"}
