"""Which address a request came from: our own proxies say it, and nobody else is believed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from acknowledgments.models import Acknowledgment
from careerplan import environment
from careerplan.base.client import address_of
from tests import states

ROOT = Path(__file__).resolve().parents[2]
PROXY, PERSON, FORGED = "10.0.0.2", "198.51.100.7", "203.0.113.99"


def seen(settings, trusted, asked_from, forwarded=None):
    settings.TRUSTED_PROXIES = trusted
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=asked_from, headers=headers))


@pytest.fixture
def networks(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1, fd00::/8")
    return environment.proxies("TRUSTED_PROXIES", required=True)


def test_without_a_proxy_what_the_browser_says_is_not_read(settings):
    assert seen(settings, 0, PERSON, FORGED) == PERSON
    assert seen(settings, [], PERSON, FORGED) == PERSON


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (PERSON, PERSON),
        (f"{FORGED}, {PERSON}", PERSON),
        (f"{FORGED},,{FORGED} , {PERSON} ,", PERSON),
        (f"{PERSON}:51234", PERSON),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("::ffff:198.51.100.7", PERSON),
        (None, PROXY),
        ("unknown", PROXY),
        ("<script>", PROXY),
    ],
)
@pytest.mark.parametrize("by", ["count", "networks"])
def test_behind_one_proxy_its_own_entry_counts(settings, networks, by, forwarded, address):
    assert seen(settings, 1 if by == "count" else networks, PROXY, forwarded) == address


def test_behind_two_proxies_the_outer_ones_entry_counts(settings, networks):
    chain = f"{FORGED}, {PERSON}, 192.0.2.1"
    assert seen(settings, 2, PROXY, chain) == seen(settings, networks, PROXY, chain) == PERSON


def test_who_comes_past_the_proxies_is_not_believed(settings, networks):
    assert seen(settings, networks, PERSON, FORGED) == PERSON
    assert seen(settings, 2, PERSON, FORGED) == PERSON


def test_someone_behind_the_proxy_of_a_stranger_is_seen_at_that_proxy(settings, networks):
    assert seen(settings, networks, PROXY, f"{FORGED}, {PERSON}, {PROXY}") == PERSON


def test_a_local_socket_has_an_address_by_the_count_alone(settings, networks):
    assert seen(settings, 1, "", PERSON) == PERSON
    assert seen(settings, networks, "", PERSON) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_evidence_holds_the_customers_address_and_not_the_proxys(client, settings):
    settings.TRUSTED_PROXIES = 1
    version = states.told(states.sent(states.draft())).seal.version
    request, customer = states.request_for(version), version.plan.customer
    client.force_login(customer.user)
    client.post(
        f"/my/acknowledge/{request.key}/",
        {"typed_name": str(customer), "agrees": "on"},
        REMOTE_ADDR=PROXY,
        headers={"x-forwarded-for": f"{FORGED}, {PERSON}"},
    )
    assert Acknowledgment.objects.get(seal__version=version).ip_address == PERSON


# --- the setting ------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("2", 2), (" 1 ", 1)])
def test_a_number_is_how_many_stand_before_us(monkeypatch, value, number):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    assert environment.proxies("TRUSTED_PROXIES", required=True) == number


@pytest.mark.parametrize("value", ["one", "10.0.0.0/33", "proxy.example", "1, 2x", "-1"])
def test_what_is_neither_number_nor_address_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    environment.proxies("TRUSTED_PROXIES", required=True)
    with pytest.raises(ImproperlyConfigured, match=r"- TRUSTED_PROXIES is "):
        environment.refuse_faults()


@pytest.mark.parametrize("value", ["::ffff:10.0.0.0/120", "::ffff:10.0.0.2"])
def test_a_network_of_ipv4_in_the_clothes_of_ipv6_is_that_of_ipv4(monkeypatch, settings, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    trusted = environment.proxies("TRUSTED_PROXIES", required=True)
    assert seen(settings, trusted, PROXY, PERSON) == seen(settings, trusted, f"::ffff:{PROXY}", PERSON) == PERSON
    assert seen(settings, trusted, "10.0.1.2", PERSON) == "10.0.1.2"


@pytest.mark.parametrize("value", ["0.0.0.0/0", "::/0", "10.0.0.0/8, 128.0.0.0/1", "2000::/3", "::ffff:0.0.0.0/96"])
def test_a_network_of_everybody_is_refused(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    environment.proxies("TRUSTED_PROXIES", required=True)
    with pytest.raises(ImproperlyConfigured, match=r"- TRUSTED_PROXIES has .*: nobody has so many proxies"):
        environment.refuse_faults()


@pytest.mark.parametrize("value", ["10.0.0.0/8", "fc00::/7", "192.168.1.7"])
def test_the_widest_of_anybodys_own_is_taken(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    environment.proxies("TRUSTED_PROXIES", required=True)
    environment.refuse_faults()


@pytest.mark.parametrize(
    ("variables", "starts"), [({}, False), ({"TRUSTED_PROXIES": "1"}, True), ({"TRIAL": "1"}, True)]
)
def test_production_must_say_it(variables, starts):
    surroundings = {"PATH": os.environ["PATH"], "SECRET_KEY": "only-" + "y7Kp3wQ9" * 8}
    surroundings |= {"DATABASE_URL": "postgres://a@127.0.0.1:9/a", "EMAIL_HOST": "mail.example"}
    surroundings |= {"DEFAULT_FROM_EMAIL": "no-reply@mail.example"} | variables
    command = [sys.executable, "-c", "from careerplan import settings"]
    answer = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True)
    assert (answer.returncode == 0) == starts, answer.stderr
    assert starts or "- TRUSTED_PROXIES is not set: say how many proxies stand before the web" in answer.stderr
