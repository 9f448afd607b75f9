"""What one computer, and one network, may ask of the proxy at once; whom a long body is taken from."""

import contextlib
import re
import time

import pytest
from django.urls import URLPattern, get_resolver

from tests import servers
from tests.proxy import (
    NGINX,
    encrypted,
    http2_status,
    start_nginx,
)
from tests.waiting import eventually

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def edge(tmp_path_factory):
    """The proxy alone, behind another one that it believes: what it lets through is answered 502, a page a second."""
    folder = tmp_path_factory.mktemp("edge") / "nginx"
    more = {"NGINX_TRUSTED": "127.0.0.1", "NGINX_PAGES_PER_SECOND": "1", "NGINX_SLOW_SECONDS": "60"}
    more |= {"NGINX_SIGN_INS_PER_SECOND": "20"}
    with servers.refusing_port() as nowhere:
        nginx = start_nginx(folder, web=nowhere, port=servers.free_port(), **more)
        yield nginx
        servers.stop(nginx.process)


PASSED, TOO_MANY = 502, 429  # of the proxy without a web
PAGE = "GET /help/"
UPLOAD = "POST /customers/1/uploads/"
WITH_SESSION = "Cookie: __Host-sessionid=madeup"


def begun(port, request, *headers, of="192.0.2.1"):
    """A connection on which this was said, by somebody of that address."""
    head = [f"{request} HTTP/1.1", "Host: localhost", f"X-Forwarded-For: {of}", *headers]
    connection = encrypted(port)
    connection.sendall("\r\n".join([*head, "", ""]).encode())
    return connection


def status_of(connection):
    return int(connection.recv(4096).split()[1])


def status(*args, **more):
    with contextlib.closing(begun(*args, **more)) as connection:
        return status_of(connection)


def statuses_of_many(port, request, number, *, of):
    """Said one after the other on one connection."""
    text = f"{request} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {{}}\r\n\r\n"
    addresses = of if isinstance(of, list) else [of] * number
    with contextlib.closing(encrypted(port)) as connection:
        connection.sendall("".join(text.format(address) for address in addresses).encode())
        with connection.makefile("rb") as reader:
            lines = (line for line in reader if line.startswith(b"HTTP/1.1 "))
            return [int(next(lines).split()[1]) for _ in range(number)]


@pytest.mark.parametrize("path", ["/check/", "/customers/1/uploads/", "/help/"])
def test_a_body_in_pieces_is_not_taken(edge, path):
    for more in ([], [WITH_SESSION]):
        with contextlib.closing(begun(edge.port, f"POST {path}", "Transfer-Encoding: chunked", *more)) as connection:
            connection.sendall(b"fffff\r\n" + b"x" * 0xFFFFF)
            assert status_of(connection) == 411
    assert list((edge.folder / "client_body").iterdir()) == []


def test_over_http2_neither(edge):
    assert http2_status(edge.port, "POST", "/check/", b"x" * 9000) == 411
    assert http2_status(edge.port, "GET", "/check/", b"x" * 9000) == 413
    assert http2_status(edge.port, "GET", "/check/", b"") == PASSED


def test_who_reads_sends_nothing(edge):
    for path in ("/help/", "/customers/1/uploads/", "/static/x.css"):
        assert status(edge.port, f"GET {path}", WITH_SESSION, "Content-Length: 2000000") == 413


def test_large_ones_are_for_the_addresses_that_take_files(edge):
    large = [WITH_SESSION, "Content-Length: 12000000", "Expect: 100-continue"]
    assert status(edge.port, UPLOAD, *large) == 100
    assert status(edge.port, "POST /customers/1/", *large) == 413
    assert status(edge.port, "POST /customers/1/", WITH_SESSION, "Content-Length: 2700000", large[-1]) == 100


def every_page(patterns, before=""):
    """An address of every page of the product, and whether it takes files."""
    for pattern in patterns:
        expression = before + pattern.pattern.regex.pattern.removeprefix("^")
        if isinstance(pattern, URLPattern):
            address = re.sub(r"\(\?P<\w+>[^)]*\)", "12", expression).removesuffix(r"\Z").replace("\\", "")
            yield "/" + address, getattr(pattern.callback, "takes_files", False)
        else:
            yield from every_page(pattern.url_patterns, expression)


def test_these_addresses_are_those_of_the_product():
    (taken,) = re.findall(r"location ~ (\S+) \{", (NGINX / "nginx.conf.template").read_text())
    pages = list(every_page(get_resolver("careerplan.urls").url_patterns))
    assert sum(takes for _, takes in pages) == 25
    assert [address for address, takes in pages if bool(re.search(taken, address)) != takes] == []
    assert re.search(taken, "/customers/7/plan/agreement/record/e-mail_2/")


def test_one_network_sends_ten_long_ones_at_once(edge):
    large = [WITH_SESSION, "Content-Length: 90000", "Expect: 100-continue"]
    with contextlib.ExitStack() as stack:
        for _ in range(10):
            connection = stack.enter_context(contextlib.closing(begun(edge.port, UPLOAD, *large, of="192.0.2.2")))
            assert status_of(connection) == 100
        assert status(edge.port, UPLOAD, *large, of="192.0.2.2") == TOO_MANY
        assert status(edge.port, UPLOAD, *large, of="192.0.2.3") == 100
        assert status(edge.port, UPLOAD, "Content-Length: 5", "Expect: 100-continue", of="192.0.2.2") == 100
        assert status(edge.port, PAGE, of="192.0.2.2") == PASSED


def test_files_of_pages_have_a_limit_of_their_own(edge):
    found = statuses_of_many(edge.port, "GET /static/x.css", 700, of="192.0.2.4")
    assert found[:600] == [PASSED] * 600
    assert TOO_MANY in found
    assert status(edge.port, PAGE, of="192.0.2.4") == PASSED


def signing_in_at_once(port, number, *, of):
    """What each is answered, and the seconds until the last one."""
    before = time.monotonic()
    with contextlib.ExitStack() as stack:
        tries = [
            stack.enter_context(contextlib.closing(begun(port, "POST /accounts/login/", of=of))) for _ in range(number)
        ]
        assert status(port, "GET /accounts/login/", of=of) == PASSED
        return [status_of(connection) for connection in tries], time.monotonic() - before


def test_an_office_that_signs_in_at_once_stands_in_line_and_nobody_is_sent_away(edge):
    """Two of them are in the web, the others go on at the pace of the setting: here twenty a second."""
    found, seconds = signing_in_at_once(edge.port, 60, of="192.0.2.5")
    assert found == [PASSED] * 60
    assert seconds > 57 / 20


def test_past_a_hundred_in_line_they_are_told_to_wait(edge):
    found, seconds = signing_in_at_once(edge.port, 200, of="192.0.2.6")
    assert set(found) == {PASSED, TOO_MANY}
    assert found.count(PASSED) <= 101 + 20 * seconds


@pytest.mark.parametrize(
    ("of", "other"), [("2001:db8:0:7:{:x}:2:3:4", "2001:db8:0:8::1"), ("2001:db8::{:x}", "2001:db8:0:1::1")]
)
def test_a_computer_with_many_addresses_has_one_budget(edge, of, other):
    found = statuses_of_many(edge.port, PAGE, 400, of=[of.format(number + 1) for number in range(400)])
    assert TOO_MANY in found
    assert status(edge.port, PAGE, of=other) == PASSED


def test_of_ipv4_each_address_has_its_own(edge):
    found = statuses_of_many(edge.port, PAGE, 400, of=[f"198.51.{n // 200}.{n % 200 + 1}" for n in range(400)])
    assert set(found) == {PASSED}


def test_behind_another_proxy_of_ours_its_word_is_taken_and_no_further(edge):
    assert status(edge.port, PAGE, of="198.51.100.9, 203.0.113.7, 127.0.0.1") == PASSED
    log = edge.folder / "access.log"
    assert eventually(lambda: re.search(r"(?m)^203\.0\.113\.7 \[", log.read_text()))
    assert not re.search(r"(?m)^198\.51\.100\.9 ", log.read_text())
