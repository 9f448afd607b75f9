"""A few passwords are looked at in one moment; who gets no turn is asked to try again, and loses nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import Client
from django.urls import reverse

from careerplan.accounts import hashing
from careerplan.accounts.models import TryCount
from tests import people
from tests.accounts.test_passwords import ask_for_reset, link_in, set_by_link
from tests.mail import letters_about_signing_in
from tests.security.doors import ELSEWHERE, HERE, RIGHT, let_all_wait, opens, tried
from tests.waiting import LONGEST_WAIT, eventually

FAR_LESS_THAN_LONGEST_WAIT = 90  # seconds


@pytest.fixture
def people_there(request):
    request.getfixturevalue("people")


@pytest.fixture
def no_turn(monkeypatch):
    """All turns are taken, and nobody waits long for one."""
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(hashing, "turns", taken)
    monkeypatch.setattr(hashing, "LONGEST_WAIT_SECONDS", 0.01)


@pytest.fixture
def one_waits(monkeypatch):
    """All turns are taken, and a thread waits for one; what came of it."""
    taken = threading.BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(hashing, "turns", taken)
    for place in ("place_to_wait", "place_of_another"):
        monkeypatch.setattr(hashing, place, threading.BoundedSemaphore(1))
    hashing.place_of_another.acquire()
    monkeypatch.setattr(hashing, "LONGEST_WAIT_SECONDS", LONGEST_WAIT)
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(make_password, "a")
        eventually(lambda: hashing.place_to_wait._value == 0)
        try:
            yield waits
        finally:
            taken.release()
            assert waits.result(LONGEST_WAIT), "the turn came"


def test_one_waits_and_every_other_is_told_at_once(one_waits):
    threads = ThreadPoolExecutor(3)
    others = [threads.submit(make_password, "a") for _other in range(3)]
    threads.shutdown(wait=False)
    assert wait(others, FAR_LESS_THAN_LONGEST_WAIT).done == set(others)
    assert [type(other.exception()) for other in others] == [hashing.Busy] * 3
    assert not one_waits.done()


@pytest.mark.django_db
def test_who_comes_while_one_waits_reads_so(client, one_waits, people_there):
    answer = tried(client, "nobody@careerplan.test", RIGHT)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not one_waits.done()


def test_not_more_than_two_at_once_in_a_process(monkeypatch):
    let_all_wait(monkeypatch)
    assert hashing.turns._initial_value == settings.PASSWORD_HASHES_AT_ONCE == 2
    at_work, most, lock = set(), [], threading.Lock()
    argon2 = hashing.hashers.Argon2PasswordHasher.encode

    def encode(hasher, password, salt):
        with lock:
            at_work.add(threading.get_ident())
            most.append(len(at_work))
        try:
            return argon2(hasher, password, salt)
        finally:
            with lock:
                at_work.discard(threading.get_ident())

    monkeypatch.setattr(hashing.hashers.Argon2PasswordHasher, "encode", encode)

    def hashed(so):
        with hashing.asked_by(hashing.Asking(is_known=so)):
            return make_password("a")

    with ThreadPoolExecutor(6) as threads:
        assert len(list(threads.map(hashed, [True, False] * 3))) == 6
    assert max(most) <= 2


# --- a turn is kept for people who are known --------------------------------------------------


@pytest.fixture
def strangers_everywhere(monkeypatch):
    """Strangers have all the turns that they get, and one of them waits."""
    monkeypatch.setattr(hashing, "turns", threading.BoundedSemaphore(2))
    for taken in ("turns_of_strangers", "place_to_wait", "place_of_another"):
        monkeypatch.setattr(hashing, taken, threading.BoundedSemaphore(1))
        getattr(hashing, taken).acquire()
    hashing.turns.acquire()


@pytest.fixture
def angela(people_there):
    return with_right_password(people.angela().user)


def with_right_password(user):
    user.set_password(RIGHT)
    user.save()
    return user


def test_strangers_leave_one_turn():
    assert (hashing.turns._initial_value, hashing.turns_of_strangers._initial_value) == (2, 1)


@pytest.mark.django_db
def test_a_known_device_gets_its_turn_beside_all_strangers(client, angela, request):
    assert opens(client, angela.email)
    request.getfixturevalue("strangers_everywhere")
    assert tried(Client(), angela.email, RIGHT).status_code == 503
    assert tried(client, people.david().user.email, RIGHT).status_code == 503, "it is known for its own people alone"
    assert opens(client, angela.email)


@pytest.mark.django_db
def test_who_is_signed_in_or_has_the_link_gets_a_turn_too(client, angela, request):
    ask_for_reset(client, angela.email)
    link = link_in(letters_about_signing_in()[0])
    request.getfixturevalue("strangers_everywhere")
    assert set_by_link(Client(), link, "three odd lamps").status_code == 302
    client.force_login(people.angela().user)
    values = {"oldpassword": "three odd lamps", "password1": RIGHT, "password2": RIGHT}
    assert client.post(reverse("account_change_password"), values).status_code == 302


@pytest.mark.django_db
def test_while_all_turns_are_taken_one_who_is_known_waits_beside_the_stranger(angela, strangers_everywhere):
    hashing.turns.acquire()  # by somebody else who is known
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(known_hash)
        eventually(lambda: hashing.place_of_known._value == 0)
        with pytest.raises(hashing.Busy):
            known_hash()
        hashing.turns.release()
        assert waits.result(LONGEST_WAIT)


def test_those_of_one_network_leave_a_place_to_those_of_others(one_waits):
    hashing.place_of_another.release()  # the fixture's
    with hashing.counted(HERE):  # somebody of that network has the turn
        for _time in range(2):
            with pytest.raises(hashing.Busy):
                hash_of_a_stranger(HERE)
        with ThreadPoolExecutor(1) as threads:
            elsewhere = threads.submit(hash_of_a_stranger, ELSEWHERE)
            eventually(lambda: hashing.place_of_another._value == 0)
            hashing.turns.release()
            assert one_waits.result(LONGEST_WAIT)
            assert elsewhere.result(LONGEST_WAIT)
            hashing.turns.acquire()  # the fixture gives it back
    assert not hashing.strangers_here


def hash_of_a_stranger(network):
    with hashing.asked_by(hashing.Asking(network=network)):
        return make_password("a")


def known_hash():
    with hashing.asked_by(hashing.Asking(is_known=True)):
        return make_password("a")


def test_passwords_of_before_are_still_known():
    of_before = "pbkdf2_sha256$1000$c2FsdHNhbHQ$" + "x"
    assert identify_hasher(of_before).__class__ is hashing.PBKDF2
    assert check_password("nine quiet horses", make_password("nine quiet horses", hasher="pbkdf2_sha256"))


@pytest.mark.django_db
def test_who_gets_no_turn_reads_so_and_keeps_the_name_that_was_typed(client, no_turn, people_there):
    for name in (people.angela().user.email, "nobody@careerplan.test"):
        answer = tried(client, name, RIGHT)
        page = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "Many people are signing in right now. Try again in a moment." in page
        assert f'value="{name}"' in page
        assert RIGHT not in page
    assert not TryCount.objects.filter(tries__gt=0).exists(), "nobody looked: it counts for nothing"


@pytest.mark.django_db
def test_a_password_that_gets_no_turn_is_not_changed_and_the_page_stays(client, no_turn, people_there):
    user = people.angela().user
    client.force_login(user)
    values = {"oldpassword": RIGHT, "password1": "three odd lamps", "password2": "three odd lamps"}
    answer = client.post(reverse("account_change_password"), values)
    assert answer.status_code == 503
    assert "Try again in a moment" in answer.content.decode()
    assert not TryCount.objects.filter(tries__gt=0).exists()


@pytest.mark.django_db
def test_a_link_still_works_after_no_turn_came(monkeypatch, people_there):
    browser = Client()
    ask_for_reset(browser, people.angela().user.email)
    link = link_in(letters_about_signing_in()[0])
    with monkeypatch.context() as patched:
        taken = threading.BoundedSemaphore(1)
        taken.acquire()
        patched.setattr(hashing, "turns", taken)
        patched.setattr(hashing, "LONGEST_WAIT_SECONDS", 0.01)
        assert set_by_link(browser, link, RIGHT).status_code == 503
    assert set_by_link(browser, link, RIGHT).status_code == 302
