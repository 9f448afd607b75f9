"""The text of people in the paper reaches neither the network nor the disk."""

import io
import socket
from dataclasses import replace

import pikepdf
import pytest

from acknowledgments.paper import typesetting
from acknowledgments.paper.typesetting import BASE_URL, OwnFilesOnly, pdf_of
from goals.items import GoalItem
from tests.acknowledgments.printed import (
    HTML_TEXT,
    PLAN,
    agreed_paper,
    is_dictionary,
    sent_paper,
    strange_plan,
    text_of,
    without_spaces,
)

# --- nothing is fetched, nothing of the disk gets in ------------------------------------------


@pytest.fixture
def listener():
    """A server that must never be called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def was_called(server):
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture
def fetched(monkeypatch):
    """The addresses that the renderer asked for."""
    addresses = []
    fetch = OwnFilesOnly.fetch

    def noting(self, url, headers=None):
        addresses.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(OwnFilesOnly, "fetch", noting)
    return addresses


PROBES = [
    '<img src="{}">', '<link rel="stylesheet" href="{}">', '<link rel="attachment" href="{}">',
    "<style>@import url({});</style>", '<p style="background: url({})">x</p>', '<object data="{}"></object>',
    '<embed src="{}">', '<iframe src="{}"></iframe>', '<a rel="attachment" href="{}">x</a>',
    '<svg><image href="{0}" /><use href="{0}#x" /></svg>', '<base href="{}"><img src="x.png">',
    '<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>',
    '<p style="list-style: url({0}) inside; display: list-item; content: url({0})">x</p>',
    '<img srcset="{} 2x">', '<input type="image" src="{}">', '<script src="{}"></script>',
]  # fmt: skip


def all_bytes(pdf):
    """Every stream of the PDF, decoded."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return b"\n".join(one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream))


def test_html_in_the_text_of_people_is_text(fetched, listener, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of a file")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    probes = [probe.format(target) for probe in PROBES for target in (secret.as_uri(), address)]
    goals = tuple(GoalItem(number, probe, "-", "short", "started") for number, probe in enumerate(probes))
    pdf = sent_paper(replace(PLAN, goals=goals, barriers_comment="\n\n".join(probes)))
    assert {*fetched} <= own_addresses()
    assert not was_called(listener)
    assert b"the words of a file" not in all_bytes(pdf)
    text = without_spaces(text_of(pdf))
    assert [probe for probe in probes if without_spaces(probe) not in text] == []


def own_addresses():
    names = ["css/paper.css", "css/paper-emoji.css", "fonts/noto-emoji-400.woff2"]
    names += [f"fonts/public-sans-{part}-{weight}.woff2" for part in ("latin", "latin-ext") for weight in (400, 700)]
    return {BASE_URL + name for name in names}


@pytest.mark.parametrize("probe", PROBES)
def test_even_html_that_is_no_text_fetches_nothing(probe, listener, tmp_path):
    """Were an escape forgotten one day, the fetcher would still refuse."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of a file")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    html = '<html lang="en"><title>x</title>' + probe.format(secret.as_uri()) + probe.format(address)
    content, _missing = pdf_of(html)
    assert not was_called(listener)
    assert b"the words of a file" not in all_bytes(content)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert not opened.attachments


def test_a_form_holds_no_pictures_and_no_files():
    with pikepdf.open(io.BytesIO(agreed_paper(strange_plan(HTML_TEXT)))) as opened:
        assert not opened.attachments
        assert not [one for one in opened.objects if is_dictionary(one) and one.get("/S") == "/Figure"]
        kinds = {str(one.get("/Subtype")) for one in opened.objects if isinstance(one, pikepdf.Stream)}
        assert "/Image" not in kinds


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "http://127.0.0.1:1/", "https://127.0.0.1:1/", "ftp://127.0.0.1/x",
        "data:text/css,p{}", "gopher://127.0.0.1/", "//127.0.0.1/x", "/etc/passwd", "css/paper.css",
        BASE_URL, BASE_URL + "css/careerplan.css", BASE_URL + "css/../css/paper.css", BASE_URL + "../../etc/passwd",
        BASE_URL + "%2e%2e/manage.py", BASE_URL + "css/paper.css?x", BASE_URL + "css/paper.css\n",
        BASE_URL + "fonts/PUBLIC-SANS-LICENSE.txt", BASE_URL + "fonts/public-sans-../../x.woff2",
        BASE_URL + "/etc/passwd", BASE_URL.replace("://", "://user@") + "css/paper.css",
    ],
)  # fmt: skip
def test_the_fetcher_refuses(address):
    with pytest.raises(ValueError, match=r"URI"):
        OwnFilesOnly().fetch(address)


@pytest.mark.parametrize("address", sorted(own_addresses()))
def test_the_fetcher_serves_the_forms_own_files(address):
    assert OwnFilesOnly().fetch(address).read()


def test_the_style_sheet_has_no_rule_that_the_renderer_does_not_know(caplog):
    typesetting.logging.getLogger("weasyprint").setLevel("WARNING")
    try:
        sent_paper(PLAN)
    finally:
        typesetting.logging.getLogger("weasyprint").setLevel("ERROR")
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
