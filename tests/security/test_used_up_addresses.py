"""An address whose tries are used up: what is looked at from there even so comes to an end, and is told once."""

import itertools
import logging

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from careerplan.accounts import hashing, tries
from careerplan.accounts.enums import Role
from careerplan.accounts.models import SignInLetter, TryCount, User
from careerplan.base import clock
from careerplan.base.history import record_all
from tests import people
from tests.security.doors import ELSEWHERE, HERE, QUICK, RIGHT, opens, tried, use_up, with_quick_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

MOST, EVEN_SO = 4, 3
PEOPLE_OF_AN_OFFICE = 60


@pytest.fixture
def angela(settings):
    settings.PASSWORD_HASHERS = QUICK
    return with_quick_password(people.angela().user)


@pytest.fixture
def few(monkeypatch):
    """The budget of an address is small enough to be used up here."""
    for budgets, within in ((tries.SIGN_IN, tries.SHORT), (tries.LINK, tries.HOUR)):
        monkeypatch.setitem(budgets, "address", (tries.Budget(MOST, within, even_so=EVEN_SO),))


@pytest.fixture
def limits(caplog):
    """What the events of reached limits say so far: what for, which, and whether it is looked at even so."""
    caplog.set_level(logging.INFO, "careerplan.security")

    def said():
        found = [record for record in caplog.records if getattr(record, "event", "") == "limit-reached"]
        return [(record.what, record.limits, getattr(record, "even_so", False)) for record in found]

    return said


numbers = itertools.count()


def statuses(number, *, address=HERE):
    """Of so many tries, each with another name."""
    return [tried(Client(), f"made.up{next(numbers)}", address=address).status_code for _ in range(number)]


@pytest.mark.usefixtures("few")
def test_made_up_names_without_end_are_looked_at_up_to_an_end(client, angela):
    assert opens(client, angela.email)
    assert statuses(12) == [200] * (MOST + EVEN_SO) + [429] * (12 - MOST - EVEN_SO)
    assert not opens(Client(), angela.email), "nobody looks any more"
    assert opens(client, angela.email), "a known device goes on"
    assert opens(Client(), angela.email, address=ELSEWHERE)


@pytest.mark.usefixtures("few")
def test_after_it_nothing_is_hashed_whether_or_not_anybody_has_the_name(angela, monkeypatch):
    statuses(MOST + EVEN_SO)
    looks = []
    monkeypatch.setattr(hashing, "turn", lambda: looks.append(1))
    monkeypatch.setattr("careerplan.accounts.sign_in.SignInBackend._check_password", lambda *_: looks.append(1))
    known, unknown = (tried(Client(), name) for name in (angela.email, "nobody@careerplan.test"))
    assert (known.status_code, unknown.status_code, looks) == (429, 429, [])
    assert known.context["form"].errors == unknown.context["form"].errors


@pytest.mark.usefixtures("few", "angela")
def test_it_is_told_once_that_the_budget_is_used_up_and_then_that_nothing_is_looked_at(limits):
    statuses(MOST)
    assert limits() == []
    statuses(1)
    assert limits() == [("sign-in", ("address",), True)]
    statuses(EVEN_SO - 1)
    assert len(limits()) == 1
    statuses(1)
    assert limits()[1:] == [("sign-in", ("address",), False)]


@pytest.mark.usefixtures("few")
def test_who_signs_in_there_tells_it_no_second_time(angela, limits):
    statuses(MOST)
    for _time in range(3):  # each is taken back
        assert opens(Client(), angela.email)
    assert limits() == [("sign-in", ("address",), True)]
    TryCount.objects.update(ends_at=clock.now())
    statuses(MOST + 1)
    assert len(limits()) == 2, "in the next window it is news again"


@pytest.mark.usefixtures("few", "angela")
def test_links_come_to_an_end_as_well(limits):
    def ask(number):
        email = f"made.up{number}@careerplan.test"
        return Client().post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=HERE).status_code

    assert [ask(number) for number in range(9)] == [302] * (MOST + EVEN_SO) + [429] * (9 - MOST - EVEN_SO)
    assert SignInLetter.objects.count() == MOST + EVEN_SO
    assert limits() == [("link", ("address",), True), *[("link", ("address",), False)] * (9 - MOST - EVEN_SO)]


def test_of_an_office_behind_one_address_all_come_in_at_eight(settings):
    """On devices that nobody knows. Somebody used the address up before, and each of them mistypes it once."""
    settings.PASSWORD_HASHERS = QUICK
    staff = [
        User(username=name, email=f"{name}@careerplan.test", role=Role.PLANNER, password=make_password(RIGHT))
        for name in map("desk{}".format, range(PEOPLE_OF_AN_OFFICE))
    ]
    record_all(staff, by=None, at=clock.now())
    assert set(statuses(tries.SIGN_IN["address"][0].most)) == {200}
    assert {tried(Client(), person.username).status_code for person in staff} == {200}
    assert [person.username for person in staff if not opens(Client(), person.email)] == []


def test_the_end_is_far_enough_for_an_office_and_near_enough_for_an_attack():
    budgets = {budget.within: budget.most + budget.even_so for budget in tries.SIGN_IN["address"]}
    assert budgets == {tries.SHORT: 300, tries.DAY: 3000}
    assert use_up("nobody") == tries.SIGN_IN["account"][0].most
