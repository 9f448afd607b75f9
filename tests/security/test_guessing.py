"""Guessing passwords: one budget an account, kept in the database; nobody is shut out by strangers."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.utils import ConnectionHandler
from django.test import Client
from django.urls import reverse

from careerplan import connecting
from careerplan.accounts import tries
from careerplan.accounts.models import SignInLetter, TryCount
from careerplan.base import clock
from tests import people
from tests.accounts.test_passwords import link_in, set_by_link
from tests.at_once import on_own_connection
from tests.mail import letters_about_signing_in
from tests.security.doors import (
    ELSEWHERE,
    HERE,
    QUICK,
    RIGHT,
    is_in,
    let_all_wait,
    opens,
    tried,
    use_up,
    with_quick_password,
)
from tests.servers import refusing_port

MOST = tries.SIGN_IN["account"][0].most


@pytest.fixture
def angela(request, settings):
    request.getfixturevalue("people")
    settings.PASSWORD_HASHERS = QUICK
    return with_quick_password(people.angela().user)


# --- one budget an account --------------------------------------------------------------------

NAMES = [
    "angela.whitfield@careerplan.test",
    "angela.whitfield",
    " ANGELA.Whitfield ",
    "Angela.Whitfield@CareerPlan.Test",
    "ａngela.whitfield",
]


@pytest.mark.django_db
def test_an_account_has_one_budget_whatever_name_is_typed(client, angela):
    assert len(NAMES) == MOST
    assert [tried(client, name).status_code for name in NAMES] == [200] * MOST
    for name in NAMES:
        answer = tried(Client(), name, RIGHT)
        assert answer.status_code == 429
        assert "Too many wrong tries" in answer.content.decode()
    assert opens(Client(), people.david().user.email) is False  # has no such password, and is asked all the same
    assert tried(Client(), people.david().user.email).status_code == 200


@pytest.mark.django_db
def test_names_that_nobody_has_are_answered_the_same(client, angela):
    known, unknown = (
        [tried(client, name, address=address) for _try in range(MOST + 2)]
        for name, address in ((angela.email, HERE), ("nobody@careerplan.test", ELSEWHERE))
    )
    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
    for one, other in zip(known, unknown, strict=True):
        assert one.context["form"].errors == other.context["form"].errors
    assert tried(client, " NOBODY@careerplan.test").status_code == 429


@pytest.mark.django_db
def test_a_right_password_uses_nothing_up(client, angela):
    for _day in range(MOST + 2):
        assert opens(Client(), angela.email)
    assert use_up(angela.email) == MOST


@pytest.mark.django_db
def test_the_budget_is_back_after_five_minutes_and_ends_for_the_day_after_fifty(angela):
    looked_at = 0
    for _round in range(12):
        looked_at += use_up(angela.email, times=MOST + 1)
        TryCount.objects.filter(ends_at__lt=clock.now() + timedelta(minutes=6)).update(ends_at=clock.now())
    assert looked_at == tries.SIGN_IN["account"][1].most


@pytest.mark.django_db
def test_old_counts_are_cleared(angela):
    long_ago = clock.now() - timedelta(days=2)
    rows = [TryCount(key=f"{number:064}", tries=3, ends_at=long_ago) for number in range(30)]
    TryCount.objects.bulk_create(rows)
    use_up("nobody", times=1)
    use_up("somebody", times=1)
    assert not TryCount.objects.filter(ends_at__lte=long_ago).exists()


# --- Redis is down ----------------------------------------------------------------------------


def guesses_looked_at(settings, angela, port):
    where = {
        "LOCATION": f"redis://127.0.0.1:{port}/0",
        "OPTIONS": {"socket_timeout": 0.1, "socket_connect_timeout": 0.1},
    }
    settings.CACHES = {"default": {"BACKEND": "careerplan.base.cache.OptionalRedisCache"} | where}
    assert not cache.get("anything")
    return use_up(angela.email, times=25)


@pytest.mark.django_db
def test_of_25_guesses_five_are_looked_at_while_redis_is_down(settings, angela):
    with refusing_port() as port:
        assert guesses_looked_at(settings, angela, port) == MOST


@pytest.mark.django_db
def test_of_25_guesses_five_are_looked_at_while_redis_is_frozen(settings, angela):
    with socket.create_server(("127.0.0.1", 0)) as frozen:  # takes connections, and answers nothing
        assert guesses_looked_at(settings, angela, frozen.getsockname()[1]) == MOST


# --- many at once -----------------------------------------------------------------------------


@pytest.mark.usefixtures("staff_and_lists")
def test_guesses_at_one_moment_do_not_slip_through(monkeypatch):
    let_all_wait(monkeypatch)
    name = people.planner().email

    def guess():
        return tried(Client(), name).status_code

    with ThreadPoolExecutor(12) as threads:
        answers = [threads.submit(on_own_connection, guess) for _guess in range(12)]
        statuses = sorted(answer.result() for answer in answers)
    assert statuses == [200] * MOST + [429] * (12 - MOST)


# --- nobody is shut out by strangers ----------------------------------------------------------


@pytest.mark.django_db
def test_strangers_do_not_keep_a_person_out_of_a_known_device(client, angela):
    assert opens(client, angela.email)
    for address in (HERE, ELSEWHERE):
        use_up(angela.email, address=address)
    assert not opens(Client(), angela.email), "a device that nobody knows waits"
    assert opens(client, angela.email)
    assert opens(client, angela.username, address=ELSEWHERE)


@pytest.mark.django_db
def test_a_known_device_has_a_budget_of_its_own(client, angela):
    assert opens(client, angela.email)
    answers = [tried(client, angela.email).status_code for _try in range(12)]
    assert answers == [200] * tries.SIGN_IN["device"][0].most + [429] * 2
    assert opens(Client(), angela.email), "who tries there uses up nobody else's"


@pytest.mark.django_db
def test_a_device_is_known_for_its_own_people_alone(client, angela, settings):
    mallory = with_quick_password(people.david().user)
    assert opens(client, mallory.email)
    use_up(angela.email)
    assert not opens(client, angela.email)
    client.cookies[settings.DEVICE_COOKIE_NAME] = client.cookies[settings.DEVICE_COOKIE_NAME].value[:-4] + "AAAA"
    use_up(mallory.email)
    assert not opens(client, mallory.email), "nobody makes such a cookie"


@pytest.mark.django_db
def test_the_cookie_says_nothing_of_the_person_and_no_script_reads_it(client, angela, settings):
    tried(client, angela.email, RIGHT)
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 180 * 24 * 60 * 60)
    assert angela.username not in cookie.value
    client.post(reverse("account_logout"))
    assert client.cookies[settings.DEVICE_COOKIE_NAME].value, "it stays when the person leaves"


@pytest.mark.django_db
def test_a_password_that_is_set_by_the_link_opens_at_once(client, angela, settings):
    use_up(angela.email)
    client.post(reverse("account_reset_password"), {"email": angela.email}, REMOTE_ADDR=HERE)
    set_by_link(client, link_in(letters_about_signing_in()[0]), RIGHT + " more")
    use_up(angela.email)
    tried(client, angela.email, RIGHT + " more")
    assert is_in(client)


@pytest.mark.django_db
def test_after_a_new_password_by_the_link_strangers_tries_count_for_no_device(client, angela):
    client.post(reverse("account_reset_password"), {"email": angela.email}, REMOTE_ADDR=HERE)
    new, link = RIGHT + " more", link_in(letters_about_signing_in()[0])
    use_up(angela.email)
    assert tried(Client(), angela.email, RIGHT).status_code == 429
    set_by_link(client, link, new)
    unknown = Client()
    tried(unknown, angela.email, new)
    assert is_in(unknown)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [tries.SIGN_IN["device"][0].most, tries.SIGN_IN["device"][1].most])
def test_a_password_that_is_set_by_the_link_opens_on_devices_whose_tries_are_used_up(client, angela, wrong):
    desk, phone, new = client, Client(), RIGHT + " more"
    for device in (desk, phone):
        assert opens(device, angela.email)
        tried(device, angela.email)
        TryCount.objects.filter(tries__gt=0).update(tries=wrong)
        assert tried(device, angela.email, RIGHT).status_code == 429
    desk.post(reverse("account_reset_password"), {"email": angela.email}, REMOTE_ADDR=HERE)
    set_by_link(desk, link_in(letters_about_signing_in()[0]), new)
    for device in (desk, phone):
        assert tried(device, angela.email).status_code == 200
        tried(device, angela.email, new)
        assert is_in(device)


@pytest.mark.django_db
def test_twelve_wrong_passwords_sign_nobody_else_out_behind_the_proxy(angela, settings):
    settings.TRUSTED_PROXIES = 1
    proxy = {"address": "10.0.0.2", "headers": {"x-forwarded-for": HERE}}
    for number in range(12):
        tried(Client(), f"colleague{number}", **proxy)
    use_up("nobody", address="10.0.0.2", times=12)
    assert opens(Client(), angela.email, **proxy)


@pytest.mark.django_db
def test_an_address_has_a_generous_budget_that_no_header_renews(client, angela, settings, monkeypatch):
    settings.TRUSTED_PROXIES = 1
    assert opens(client, angela.email, headers={"x-forwarded-for": HERE})
    monkeypatch.setitem(tries.SIGN_IN, "address", (tries.Budget(10, tries.SHORT, even_so=50),))
    answers = [
        tried(Client(), f"name{number % 4}", headers={"x-forwarded-for": f"203.0.113.{number}, {HERE}"}).status_code
        for number in range(12)
    ]
    assert answers == [200] * 10 + [429] * 2
    for address in (f"203.0.113.98, {HERE}", f"203.0.113.99, {HERE}"):
        assert tried(Client(), angela.email, headers={"x-forwarded-for": address}).status_code == 200
    assert not opens(Client(), angela.email, headers={"x-forwarded-for": f"203.0.113.99, {HERE}"})
    assert opens(Client(), angela.email, headers={"x-forwarded-for": ELSEWHERE})
    assert opens(client, angela.email, headers={"x-forwarded-for": HERE}), "a known device goes on"


@pytest.mark.django_db
def test_a_household_of_ipv6_is_one_address(angela, monkeypatch):
    monkeypatch.setitem(tries.SIGN_IN, "address", (tries.Budget(3, tries.SHORT),))
    answers = [tried(Client(), "name", address=f"2001:db8:0:1::{number}").status_code for number in range(1, 5)]
    assert answers == [200, 200, 200, 429]
    assert tried(Client(), "name", address="2001:db8:0:2::1").status_code == 200


def use_the_address_up(monkeypatch, budget):
    monkeypatch.setitem(tries.SIGN_IN, "address", (budget,))
    for number in range(budget.most):
        assert tried(Client(), f"name{number}").status_code == 200


@pytest.mark.django_db
def test_one_person_in_a_library_shuts_nobody_there_out(angela, monkeypatch):
    use_the_address_up(monkeypatch, tries.Budget(10, tries.DAY, even_so=50))
    assert opens(Client(), angela.email)
    known, unknown = ([tried(Client(), name) for _try in range(4)] for name in (angela.email, "nobody@careerplan.test"))
    assert [answer.status_code for answer in known] == [200, 200, 429, 429]
    for one, other in zip(known, unknown, strict=True):
        assert (one.status_code, one.context["form"].errors) == (other.status_code, other.context["form"].errors)
    assert opens(Client(), angela.email, address=ELSEWHERE)


@pytest.mark.django_db
def test_an_address_that_is_used_up_tries_ten_passwords_of_an_account_a_day(angela, monkeypatch):
    use_the_address_up(monkeypatch, tries.Budget(3, tries.DAY, even_so=50))
    looked_at = 0
    for _round in range(7):
        looked_at += use_up(angela.email, address=HERE, times=3)
        TryCount.objects.filter(ends_at__lt=clock.now() + timedelta(minutes=6)).update(ends_at=clock.now())
    assert looked_at == 10


# --- the other pages that ask for a password --------------------------------------------------


def change(browser, old):
    values = {"oldpassword": old, "password1": "three odd lamps", "password2": "three odd lamps"}
    return browser.post(reverse("account_change_password"), values)


@pytest.mark.django_db
def test_the_old_password_is_not_guessed_on_the_page_that_changes_it(client, angela):
    client.force_login(angela)
    assert [change(client, "wrong").status_code for _try in range(MOST + 1)] == [200] * MOST + [429]
    answer = change(client, RIGHT)
    assert answer.status_code == 429
    assert "Too many wrong tries" in answer.content.decode()
    angela.refresh_from_db()
    assert angela.check_password(RIGHT)
    assert opens(Client(), angela.email), "signing in has a budget of its own"


@pytest.mark.django_db
def test_the_administrations_own_pages_lead_to_those_with_limits(client, angela):
    administrator = people.administrator()
    for asked in (client.get, client.post):
        assert asked("/admin/login/?next=/admin/").url == "/accounts/login/?next=/admin/"
    client.force_login(administrator)
    values = {"username": angela.username, "password": RIGHT}
    assert client.post("/admin/login/", values).url == reverse("admin:index")
    assert int(client.session["_auth_user_id"]) == administrator.pk
    assert client.post(reverse("admin:password_change"), {}).url == reverse("account_change_password")
    client.force_login(angela)
    assert client.post("/admin/login/", values).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_links_are_limited_by_account_and_answered_alike(client, angela, known):
    email = angela.email if known else "nobody@careerplan.test"
    asked = [client.post(reverse("account_reset_password"), {"email": typed}) for typed in [email, email.upper()] * 3]
    assert [answer.status_code for answer in asked] == [302] * 5 + [429]
    assert asked[-1].context["form"].errors == {"email": [str(tries.TOO_MANY_LINKS)]}
    assert SignInLetter.objects.count() == 5


def addresses_of_letters():
    return list(SignInLetter.objects.order_by("pk").values_list("address", flat=True))


@pytest.mark.django_db
def test_links_for_made_up_names_shut_nobodys_way_out(angela, monkeypatch):
    for kind in ("address", "unknown"):
        monkeypatch.setitem(tries.LINK, kind, (tries.Budget(3, tries.HOUR, even_so=50),))

    def ask(email):
        return Client().post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=HERE)

    made_up = [ask(f"name{number}@careerplan.test").status_code for number in range(5)]
    assert (made_up, SignInLetter.objects.count()) == ([302] * 5, 3), "nobody's letters are sent without end"
    known, unknown = ([ask(email) for _time in range(3)] for email in (angela.email, "nobody@careerplan.test"))
    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown] == [302, 302, 429]
    assert known[2].context["form"].errors == unknown[2].context["form"].errors
    assert addresses_of_letters()[3:] == [angela.email] * 2


@pytest.mark.django_db
def test_links_for_people_leave_made_up_names_their_letters(angela, monkeypatch):
    monkeypatch.setitem(tries.LINK, "unknown", (tries.Budget(2, tries.HOUR),))
    emails = [angela.email] * 3 + ["nobody@careerplan.test"]
    for email in emails:
        Client().post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=HERE)
    assert addresses_of_letters() == emails


# --- the trial's database ---------------------------------------------------------------------


@pytest.fixture
def sqlite(tmp_path, monkeypatch):
    made = ConnectionHandler({"default": connecting.sqlite(str(tmp_path / "trial.sqlite3"))})["default"]
    with made.schema_editor() as editor:
        editor.create_model(TryCount)
    monkeypatch.setattr(tries, "connection", made)
    yield made
    made.close()


@pytest.mark.django_db
def test_sqlite_counts_as_postgresql_does(sqlite):
    at, budgets = clock.now(), {"b": tries.Budget(2, tries.SHORT), "a": tries.Budget(9, tries.DAY)}
    later = at + timedelta(minutes=6)
    steps = [(1, at), (1, at), (-1, at), (1, later), (-1, later), (-1, later), (-1, later)]
    counted = [tries.add(budgets, number, at=when) for number, when in steps]
    assert [row["a"] for row in counted] == [1, 2, 1, 2, 1, 0, 0]
    assert [row["b"] for row in counted] == [1, 2, 1, 1, 0, 0, 0]
