"""Planners at work: nine pages to one save, from many at once, on gunicorn as the image starts it.

Each client is another planner who opens pages of his own customers one after the other without a pause, writes case
notes, and saves services, by forms as a browser sends them. What a core carries is counted by CPU: the requests of the
measured seconds by the CPU that gunicorn and PostgreSQL took for them. So clients on the same machine cost time, and
do not change the figure. A planner who opens a page each 20 s is a twentieth of a request a second.
"""

import contextlib
import json
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lxml import html

from benchmarks.cpu import seconds_of_tree
from tests import servers

ROOT = Path(__file__).resolve().parents[1]
SECONDS_BETWEEN_PAGES = 20
WARM_SECONDS, LONGEST_ANSWER = 4, 60
READS = {  # how often a planner opens what
    "/customers/": 3,
    "/customers/?q=ma": 1,
    "/": 1,
    "/customers/{customer}/": 3,
    "/customers/{customer}/case-notes/": 2,
    "/customers/{customer}/uploads/": 1,
    "/customers/{customer}/plan/": 5,
    "/customers/{customer}/plan/goals/": 2,
    "/customers/{customer}/plan/services/": 4,
    "/customers/{customer}/plan/agreement/": 2,
    "/customers/{customer}/plan/log/": 1,
}
CYCLE = 10  # requests, of which one is a save


@dataclass
class Seen:
    """What the clients saw in the measured seconds: how long each answer took, and what was no answer."""

    times: list[float] = field(default_factory=list)
    saves: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Load:
    clients: int
    requests: int
    saves: int
    seconds: float
    web: float  # seconds of CPU
    database: float
    median: float  # seconds of an answer
    slow: float  # the 95th percentile
    errors: tuple[str, ...]

    @property
    def per_core(self) -> float:
        """Requests a second, were there one core for gunicorn and PostgreSQL."""
        return self.requests / (self.web + self.database)

    @property
    def planners(self) -> float:
        return self.per_core * SECONDS_BETWEEN_PAGES


class Planner(threading.Thread):
    """A browser of one planner."""

    def __init__(self, port: int, person: dict[str, Any], number: int, stop: threading.Event):
        super().__init__(daemon=True)
        self.port, self.customers, self.stop, self.number = port, person["customers"], stop, number
        self.cookies = dict([person["cookie"]])
        self.dice, self.seen = random.Random(number), Seen()
        self.connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_ANSWER)

    def run(self) -> None:
        self.read(self.dice.randrange(CYCLE))  # so that not everybody saves at the same moment
        while not self.stop.is_set():
            customer = self.dice.choice(self.customers)
            done = self.write_note(customer) if self.dice.random() < 0.5 else self.save_service(customer)
            self.read(CYCLE - done)

    def read(self, pages: int) -> None:
        for path in self.dice.choices(list(READS), list(READS.values()), k=pages):
            if not self.stop.is_set():
                self.open(path.format(customer=self.dice.choice(self.customers)))

    def write_note(self, customer: int) -> int:
        words = f"{time.time_ns()}: " + " ".join(self.dice.choices(("work", "course", "bus", "school", "child"), k=20))
        filled = {"subject": "Call", "text": words, "contact_method": "phone"}
        return self.save(f"/customers/{customer}/case-notes/", filled)

    def save_service(self, customer: int) -> int:
        plan = f"/customers/{customer}/plan/services/"
        services = re.findall(rf'href="({plan}\d+/edit/)', self.open(plan)[1])
        if not services:
            return 1
        provider = {"provider": "Northside School", "provider_contact": "1 Main Street, 608-555-0100"}
        words = {"notes": f"Asked again, {time.time_ns()}.", **provider}
        return 1 + self.save(self.dice.choice(services), words)

    def save(self, path: str, filled: dict[str, str]) -> int:
        """Opens the form, sends it, and follows where it leads; gives the number of requests."""
        status, text = self.open(path)
        if status != 200:
            return 1
        form = next(form for form in html.fromstring(text).forms if set(filled) <= set(form.fields))
        values = [pair for pair in form.form_values() if pair[0] not in filled]
        status, leads = self.open(path, urlencode([*values, *filled.items()]))
        if status != 302:
            self.seen.errors.append(f"{path.rsplit('/', 2)[1]} was not saved: {status}")
            return 2
        self.seen.saves += 1
        self.open(leads)
        return 3

    def open(self, path: str, body: str | None = None) -> tuple[int, str]:
        """The status, and the page or where it leads."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"203.0.113.{self.number % 250 + 1}",
            "Referer": f"https://127.0.0.1:{self.port}{path}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = time.perf_counter()
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.connection.close()  # the next request connects anew
            self.seen.errors.append(type(error).__name__)
            return 0, ""
        self.seen.times.append(time.perf_counter() - begin)
        for name, cookie in SimpleCookie("\r\n".join(answer.headers.get_all("Set-Cookie", []))).items():
            self.cookies[name] = cookie.value
        if (body is None and answer.status not in (200, 302)) or "/accounts/login" in answer.headers.get(
            "Location", ""
        ):
            self.seen.errors.append(f"{answer.status} {re.sub('[0-9]+', '1', path)}")
        return answer.status, answer.headers.get("Location", "") if answer.status == 302 else text


def measured_load(port: int, people: list[dict[str, Any]], processes: tuple[int, int], seconds: float) -> Load:
    """`processes`: gunicorn's and PostgreSQL's."""
    stop = threading.Event()
    clients = [Planner(port, person, number, stop) for number, person in enumerate(people)]
    for client in clients:
        client.start()
    time.sleep(WARM_SECONDS)
    for client in clients:
        client.seen = Seen()
    begin, before = time.perf_counter(), [seconds_of_tree(process) for process in processes]
    time.sleep(seconds)
    took = time.perf_counter() - begin
    web, database = (seconds_of_tree(process) - cpu for process, cpu in zip(processes, before, strict=True))
    seen = [client.seen for client in clients]
    for client in clients:  # what comes later is nobody's
        client.seen = Seen()
    times = sorted(moment for one in seen for moment in one.times)
    errors = tuple(error for one in seen for error in one.errors)
    saves = sum(one.saves for one in seen)
    stop.set()
    for client in clients:
        client.join(LONGEST_ANSWER)
    if not times:
        raise SystemExit(f"Nothing was answered: {errors[:5]}")
    slow = times[int(len(times) * 0.95)]
    return Load(len(people), len(times), saves, took, web, database, statistics.median(times), slow, errors)


@contextlib.contextmanager
def web_on(url: str, collected: Path) -> Iterator[tuple[int, int, dict[str, str]]]:
    """gunicorn on a database, with the arguments of the image: its port, its process, and its environment.

    `collected`: where the files that browsers fetch are; they are collected where there are none yet.
    """
    with tempfile.TemporaryDirectory(prefix="careerplan-load-") as name:
        folder, port = Path(name), servers.free_port()
        redis, redis_url = servers.start_redis(folder / "redis")
        environment = {name: value for name, value in os.environ.items() if name not in ("TESTING", "DEBUG", "TRIAL")}
        environment |= {
            "DATABASE_URL": url,
            "REDIS_URL": redis_url,
            "VAR_DIR": str(folder / "var"),
            "DJANGO_SETTINGS_MODULE": "benchmarks.load_settings",
            "COLLECTED": str(collected),
            "SECRET_KEY": secrets.token_urlsafe(60),
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "SITE_ADDRESS": f"https://127.0.0.1:{port}",
            "TRUSTED_PROXIES": "1",
            "EMAIL_HOST": "127.0.0.1",
            "DEFAULT_FROM_EMAIL": "no-reply@careerplan.test",
            "WEB_BIND": f"127.0.0.1:{port}",
            "LOG_LEVEL": "ERROR",
        }
        Path(environment["VAR_DIR"]).mkdir()
        if not collected.exists():
            collect = [sys.executable, "manage.py", "collectstatic", "--noinput"]
            subprocess.run(collect, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", *documented()]
        web = servers.start(command, folder=folder, log="log", cwd=ROOT, env=environment)
        try:
            servers.wait_until(lambda: answers(port), web, folder / "log")
            yield port, web.pid, environment
        finally:
            servers.stop(web)
            servers.stop(redis)


def documented() -> list[str]:
    """gunicorn's arguments as the Dockerfile has them; `careerplan.web_server` holds all others."""
    command: list[str] = json.loads(re.findall(r"^CMD (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)[0])
    return command


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz/", headers={"X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except OSError:
        return False


def signed_in(count: int, environment: dict[str, str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.load_people", str(count)]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(told.stdout)


def loads(urls: list[str], postgresql: int, clients: list[int], *, seconds: float, rounds: int) -> Iterator[list[Load]]:
    """For each number of clients the load of each database, by turns; of the rounds the middle one."""
    found: dict[int, list[list[Load]]] = {count: [[] for _url in urls] for count in clients}
    with tempfile.TemporaryDirectory(prefix="careerplan-static-") as folder:
        for turn in range(rounds):
            for place, url in list(enumerate(urls))[:: 1 if turn % 2 else -1]:
                with web_on(url, Path(folder) / "files") as (port, web, environment):
                    people = signed_in(max(clients), environment)
                    for count in clients:
                        load = measured_load(port, people[:count], (web, postgresql), seconds)
                        found[count][place].append(load)
    for count in clients:
        yield [sorted(of_one, key=lambda load: load.per_core)[len(of_one) // 2] for of_one in found[count]]
