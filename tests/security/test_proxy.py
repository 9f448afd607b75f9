"""One computer does not stop the product: the attacks that did, against the proxy as it is shipped and the web alone.

A person of the same office (the same address) opens a page meanwhile.
"""

import contextlib
import http.client
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import servers
from tests.people import north_planner, planner, youth_planner
from tests.proxy import (
    answers,
    encrypted,
    post_of_600_mb,
    start_gunicorn,
    start_nginx,
    written_by,
)
from tests.waiting import eventually

MANY = 200
PASSWORD = "a-password-of-these-tests-alone"
MEGABYTE = 1_000_000
FEW = 40 * MEGABYTE  # what is under way in buffers when the answer comes
FORM = "Content-Type: application/x-www-form-urlencoded"
FILES = "Content-Type: multipart/form-data; boundary=x"


@pytest.fixture(scope="module")
def web(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("production")
    proxy_port = servers.free_port()
    gunicorn = start_gunicorn(folder / "web", proxy_port=proxy_port, WEB_READ_SECONDS="2")
    gunicorn.proxy_port = proxy_port
    yield gunicorn
    servers.stop(gunicorn.process)


@pytest.fixture(scope="module")
def proxy(web, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy") / "nginx"
    nginx = start_nginx(folder, web=web.port, port=web.proxy_port)
    yield nginx
    servers.stop(nginx.process)


class Person:
    """A browser with a session, by way of the proxy."""

    def __init__(self, port, *, source="127.0.0.1"):
        self.port, self.source, self.cookies = port, source, {}

    def ask(self, method, path, body=None, **headers):
        with contextlib.closing(encrypted(self.port, source=self.source)) as connection:
            asked = http.client.HTTPConnection("localhost", self.port)
            asked.sock = connection
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            asked.request(method, path, body, {"Cookie": cookies, **headers})
            answer = asked.getresponse()
            answer.text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = re.match(r"([^=]+)=([^;]*)", line).groups()
            self.cookies[name] = value.strip('"')
        return answer

    def sign_in(self, user):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        return self.try_to_sign_in(user.username)

    def try_to_sign_in(self, name):
        page = self.ask("GET", "/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        body = f"csrfmiddlewaretoken={token}&login={name}&password={PASSWORD}"
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://localhost:{self.port}"}
        return self.ask("POST", "/accounts/login/", body, **kind)


@contextlib.contextmanager
def many(port, head, *, number=MANY):
    """So many connections that began a request and do not end it."""
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(contextlib.closing(encrypted(port))) for _ in range(number)]
        for connection in connections:
            connection.sendall(head.encode())
        yield connections


def opens_a_page(port):
    return Person(port).ask("GET", "/accounts/login/").status == 200


def is_over(connection):
    connection.settimeout(0.01)
    try:
        return connection.recv(4096) in {b""} or is_over(connection)
    except TimeoutError:
        return False
    except OSError:
        return True


# --- slow ones --------------------------------------------------------------------------------


def test_two_hundred_unfinished_headers_stop_nobody(proxy):
    with many(proxy.port, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ") as connections:
        assert opens_a_page(proxy.port)
        for connection in connections[:20]:  # some go on, letter by letter
            with contextlib.suppress(OSError):
                connection.sendall(b"b")
        eventually(lambda: all(is_over(connection) for connection in connections))


def test_two_hundred_trickled_bodies_stop_nobody(proxy):
    head = f"POST /customers/ HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: 5000\r\n\r\nlogin=a"
    with many(proxy.port, head) as connections:
        for _ in range(3):
            assert opens_a_page(proxy.port)
            for connection in connections:
                with contextlib.suppress(OSError):  # its time was over before
                    connection.sendall(b"b")
        eventually(lambda: all(is_over(connection) for connection in connections))


def test_without_the_proxy_the_web_is_free_again_soon(web):
    """Twelve threads, and twice as many senders who go on for as long as one listens."""
    head = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nContent-Length: 900\r\n"
    with contextlib.ExitStack() as stack:
        for number in range(24):
            connection = servers.socket.create_connection(("127.0.0.1", web.port))
            stack.enter_context(contextlib.closing(connection))
            connection.sendall(head + (b"\r\nlogin=a" if number % 2 else b""))
        assert eventually(lambda: answers(web.port))


# --- large ones -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FORM, FILES])
@pytest.mark.parametrize("path", ["/accounts/login/", "/check/"])
def test_of_600_mb_the_proxy_takes_nothing(proxy, web, path, kind):
    before, begun = written_by(web.process), time.monotonic()
    for cookie in ("", "Cookie: __Host-sessionid=madeup"):
        with contextlib.closing(encrypted(proxy.port)) as connection:
            answer, sent = post_of_600_mb(connection, path, kind, *filter(None, [cookie]))
        assert answer.startswith(b"HTTP/1.1 413")
        assert sent < FEW
    assert time.monotonic() - begun < 30
    assert written_by(web.process) - before < MEGABYTE


@pytest.mark.parametrize("kind", [FORM, FILES])
def test_of_600_mb_the_web_alone_takes_nothing_either(web, kind):
    before = written_by(web.process)
    with servers.socket.create_connection(("127.0.0.1", web.port)) as connection:
        answer, sent = post_of_600_mb(connection, "/check/", kind)
    assert answer.startswith(b"HTTP/1.1 413")
    assert sent < FEW
    assert written_by(web.process) - before < MEGABYTE
    assert not list((web.folder / "tmp").iterdir())


def test_a_stranger_may_not_even_fill_the_proxys_disk(proxy):
    """Below the limit for files, above what anybody types without a session."""
    with contextlib.closing(encrypted(proxy.port)) as connection:
        head = f"POST /check/ HTTP/1.1\r\nHost: localhost\r\n{FILES}\r\nContent-Length: 9000000\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")


def test_what_is_too_large_is_said_in_words(proxy):
    answer = Person(proxy.port).ask("POST", "/check/", "x" * 2 * MEGABYTE)
    assert answer.status == 413
    assert "Too much was sent" in answer.text
    assert "Se envió demasiado" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_asks_too_often_is_told_to_wait(proxy):
    """From an address of its own, so that nobody else waits."""
    with contextlib.closing(encrypted(proxy.port, source="127.0.0.9")) as connection:
        asked = b"GET /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
        reader = connection.makefile("rb")
        found = set()
        for _ in range(400):
            connection.sendall(asked)
            answer = http.client.HTTPResponse(connection)
            answer.fp = reader
            answer.begin()
            answer.fp = None
            found.add(answer.status)
            reader.read(int(answer.headers["Content-Length"]))
            if answer.status == 429:
                break
    assert found == {200, 429}


# --- who says what of himself -----------------------------------------------------------------

SAID = {
    "X-Forwarded-For": "203.0.113.7, 198.51.100.9",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Port": "1",
    "X-Real-IP": "203.0.113.7",
    "X-Request-ID": "mine",
    "Forwarded": "for=203.0.113.7;host=elsewhere.example;proto=http",
    "X_Forwarded_For": "203.0.113.7",
    "X_Forwarded_Proto": "http",
    "Proxy": "http://elsewhere.example",
}


def test_what_a_browser_says_of_its_way_is_not_believed(proxy):
    arrived = json.loads(Person(proxy.port).ask("GET", "/arrived/", **SAID).text)
    headers = arrived["headers"]
    assert arrived["is_secure"]
    assert arrived["host"] == f"localhost:{proxy.port}"
    assert headers["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert headers["HTTP_X_REAL_IP"] == "127.0.0.1"
    assert headers["HTTP_X_FORWARDED_PROTO"] == "https"
    assert headers["HTTP_X_FORWARDED_HOST"] == f"localhost:{proxy.port}"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["HTTP_X_REQUEST_ID"])
    assert {"HTTP_FORWARDED", "HTTP_X_FORWARDED_PORT", "HTTP_PROXY"} & set(headers) == set()
    assert [value for value in headers.values() if "203.0.113" in value or "elsewhere" in value] == []


def test_plain_http_leads_to_the_products_own_address(proxy):
    port = int(re.search(r"listen 127.0.0.1:(\d+);", (proxy.folder / "nginx.conf").read_text())[1])
    asked = http.client.HTTPConnection("127.0.0.1", port)
    with contextlib.closing(asked):
        asked.request("GET", "/customers/?q=An", headers={"Host": "elsewhere.example"})
        answer = asked.getresponse()
        assert answer.status == 301
        assert answer.headers["Location"] == f"https://localhost:{proxy.port}/customers/?q=An"


# --- a person ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("staff_and_lists")
def test_a_person_signs_in_through_it(proxy):
    person = Person(proxy.port)
    assert person.sign_in(planner()).status == 302
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(person.cookies)
    answer = person.ask("GET", "/customers/?q=Secretname")
    assert answer.status == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers
    once = ("Strict-Transport-Security", "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options")
    once += ("Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")
    assert {name: len(answer.headers.get_all(name, [])) for name in once} == dict.fromkeys(once, 1)
    assert "nginx/" not in answer.headers["Server"]


@pytest.mark.usefixtures("staff_and_lists")
def test_one_address_that_tries_made_up_names_keeps_nobody_elsewhere_out(proxy):
    """Twelve at a time, without end; the people are on devices that nobody knows."""
    others = [planner(), youth_planner(), north_planner()]
    stop, answers = threading.Event(), []
    with ThreadPoolExecutor(12) as threads:
        attack = [threads.submit(try_made_up_names, proxy.port, stop, answers, n) for n in range(12)]
        try:
            assert eventually(lambda: len(answers) >= 4)
            found = [Person(proxy.port).sign_in(user).status for user in others]
        finally:
            stop.set()
    assert [each.result() for each in attack] == [None] * 12
    assert found == [302] * 3
    assert set(answers) <= {200, 429, 503}


def try_made_up_names(port, stop, answers, number):
    person = Person(port, source="127.0.0.11")
    while not stop.is_set():
        answers.append(person.try_to_sign_in(f"made.up{number}.{len(answers)}").status)


def test_the_logs_say_no_names(proxy):
    person = Person(proxy.port)
    person.ask("GET", "/help/?q=Secretname", Referer="https://localhost/?q=Othername")
    person.ask("GET", "/accounts/password/reset/key/1f-secret-token/")
    for path in ("secret-calendar.ics", "secret-calendar.ICS", "secret-calendar", "secret-calendar/feed.ics", "make/"):
        person.ask("GET", f"/today/calendar/{path}")
    person.ask("GET", "/Today/Calendar/secret-calendar.ics")
    for path in ("secret-supervisor/", "secret-supervisor/answer/"):
        person.ask("GET", f"/supervisor/{path}")
    for path in ("BCDFGH/", "BCDFGH", "plan/"):
        person.ask("GET", f"/desk/{path}")
    person.ask("GET", "/help/")  # what came before it is written by now
    written = (proxy.folder / "access.log").read_text() + proxy.log()
    assert '"GET /help/ HTTP/1.1" 200' in written
    paths = ("/accounts/password/reset/key/", "/today/calendar/", "/today/calendar/make/", "/supervisor/", "/desk/")
    for path in (*paths, "/desk/plan/"):
        assert f'"GET {path} HTTP/1.1"' in written
    said = ("Secretname", "Othername", "secret-token", "secret-calendar", "secret-supervisor", "BCDFGH")
    assert [word for word in said if word in written] == []


def test_while_the_web_is_away_the_proxy_says_so(proxy, tmp_path):
    with servers.refusing_port() as nowhere:
        nginx = start_nginx(tmp_path / "nginx", web=nowhere, port=servers.free_port())
        try:
            answer = Person(nginx.port).ask("GET", "/customers/?q=Secretname")
        finally:
            servers.stop(nginx.process)
    assert answer.status == 502
    assert "CareerPlan does not answer" in answer.text
    assert "Secretname" not in nginx.log()
