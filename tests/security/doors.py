"""What the attacks share: people with a password that is looked at quickly, and tries to sign in."""

import threading

from django.test import Client
from django.urls import reverse

from careerplan.accounts import hashing
from careerplan.base import clock
from careerplan.base.history import record
from tests.waiting import LONGEST_WAIT

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher", "careerplan.accounts.hashing.Argon2"]
RIGHT, WRONG = "nine quiet horses", "seven loud geese"
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.50"


def with_quick_password(user):
    user.set_password(RIGHT)
    record(user, by=None, at=clock.now())
    return user


def tried(browser, name, password=WRONG, *, address=HERE, **said):
    values = {"login": name, "password": password}
    return browser.post(reverse("account_login"), values, REMOTE_ADDR=address, **said)


def let_all_wait(monkeypatch):
    """For a turn to hash, as long as it takes."""
    for place in ("place_to_wait", "place_of_known"):
        monkeypatch.setattr(hashing, place, threading.BoundedSemaphore(100))
    monkeypatch.setattr(hashing, "LONGEST_WAIT_SECONDS", LONGEST_WAIT)


def is_in(browser):
    return "_auth_user_id" in browser.session


def opens(browser, name, *, address=HERE, **said):
    """Whether the right password opens; signed out again."""
    tried(browser, name, RIGHT, address=address, **said)
    opened = is_in(browser)
    browser.post(reverse("account_logout"))
    return opened


def use_up(name, *, address=ELSEWHERE, times=8):
    """A stranger's wrong passwords; how many were looked at."""
    stranger = Client()
    return sum(tried(stranger, name, address=address).status_code == 200 for _try in range(times))
