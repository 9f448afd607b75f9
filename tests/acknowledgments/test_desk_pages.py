"""The customer's side of the desk: what a phone and a screen show before, while and after somebody signs on it."""

import pytest
from django.test import Client
from django.urls import reverse

from acknowledgments.models import Acknowledgment, DeskSigning
from acknowledgments.paper.rows import evidence_facts
from acknowledgments.proof.sealed import wrong_evidence
from careerplan.plans.enums import VersionState
from tests import desk, states
from tests.markup import Page
from tests.people import lucia, tyrell, youth_planner
from tests.rows import write
from tests.security.tampering import past_every_guard, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

PLAN, CODE, DONE, BACK = "/desk/plan/", "/desk/", "/desk/done/", "/desk/back/"
# What the plan says, and who it is for.
PRIVATE = ("Tyrell", "Brooks", "equivalency diploma", "tyrell.brooks")


@pytest.fixture
def planner():
    return desk.planners_browser()


@pytest.fixture
def phone():
    return Client()


def private_in(response):
    return [word for word in PRIVATE if word in response.content.decode()]


def sign_in(browser, settings, username):
    settings.DEMO_SIGN_IN = True
    posted = {"login": username, "password": settings.DEMO_PASSWORD, "next": PLAN}
    return browser.post(reverse("account_login"), posted)


def plan_address():
    return reverse("my:acknowledge", args=[desk.asked().key])


def opened_with_birth_date(browser, planner, settings):
    desk.with_birth_date(settings)
    desk.typed(browser, desk.letters(desk.at_desk(planner)))
    return browser.post(PLAN, desk.who())


# --- the code ---------------------------------------------------------------------------------


def test_the_address_of_the_square_code_uses_nothing_up(planner, phone):
    row = desk.at_desk(planner)
    page = phone.get(reverse("desk:open", args=[desk.letters(row)]))
    assert desk.letters(row) in page.content.decode()
    assert private_in(page) == []
    row.refresh_from_db()
    assert row.opened_at is None
    assert phone.get(reverse("desk:open", args=["BCDFGH"])).status_code == 200  # says nothing of a wrong one


def test_every_code_that_does_not_work_has_the_same_words(planner, phone, monkeypatch):
    row = desk.at_desk(planner)
    code = desk.letters(row)
    answers = {Page(desk.typed(Client(), wrong)).words for wrong in ("BCDFGH", "AEIOUY")}
    desk.typed(phone, code)
    answers.add(Page(desk.typed(Client(), code)).words)  # used
    again = desk.letters(desk.at_desk(planner))
    desk.later(monkeypatch, minutes=16)
    answers.add(Page(desk.typed(Client(), again)).words)  # late
    said = {words.partition("This code does not work.")[2][:80] for words in answers}
    assert len(said) == 1
    assert said != {""}


def test_wrong_codes_are_tried_so_often_from_one_address(planner, phone):
    right = desk.letters(desk.at_desk(planner))
    for _try in range(20):
        assert desk.typed(phone, "BCDFGH").status_code == 422
    assert desk.typed(phone, right).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert desk.typed(elsewhere, right).url == PLAN


def test_a_right_code_counts_as_no_try(planner):
    for _time in range(3):
        assert desk.typed(Client(), desk.letters(desk.at_desk(planner))).url == PLAN
    assert desk.typed(Client(), "BCDFGH").status_code == 422


# --- on the own phone, signing in -------------------------------------------------------------


def test_the_phone_says_who_asks_and_nothing_more_until_somebody_signed_in(planner, phone):
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    page = phone.get(PLAN)
    person = youth_planner()
    assert f"{person.first_name} {person.last_name[0]}." in page.content.decode()
    assert person.last_name not in page.content.decode()
    assert private_in(page) == []
    assert phone.get(plan_address()).url.startswith(reverse("account_login"))


@pytest.mark.policy("WIS-077", "ILL-035")
def test_who_signs_in_on_the_phone_signs_at_the_desk(planner, phone, settings):
    row = desk.at_desk(planner)
    desk.typed(phone, desk.letters(row))
    assert sign_in(phone, settings, "tyrell.brooks").url == PLAN
    assert phone.get(PLAN).url == plan_address()
    phone.post(reverse("my:opened", args=[desk.asked().key]))
    assert "who reads the plan now" in Page(planner.get(reverse("plan:desk", args=[tyrell().pk]))).words
    response = phone.post(plan_address(), desk.SIGNED)
    assert response.url == reverse("my:acknowledged", args=[desk.asked().key])
    row.refresh_from_db()
    evidence = Acknowledgment.objects.get(version=states.newest(tyrell()))
    assert (row.acknowledgment, row.identity, row.end) == (evidence, "sign_in", "signed")
    assert row.session_key == ""
    assert states.newest(tyrell()).state == VersionState.ACTIVE
    assert phone.get("/my/").status_code == 200


def test_another_customer_who_signs_in_sees_nothing(planner, phone, settings):
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    sign_in(phone, settings, lucia().user.username)
    response = phone.get(PLAN)
    assert response.status_code in {302, 403}
    assert private_in(response) == []
    assert phone.get(plan_address()).status_code == 404


def test_another_customer_who_is_signed_in_opens_nothing(planner, phone):
    row = desk.at_desk(planner)
    phone.force_login(lucia().user)
    assert desk.typed(phone, desk.letters(row)).status_code == 422
    row.refresh_from_db()
    assert row.opened_at is None


def test_after_the_planner_signed_out_a_phone_opens_nothing(planner, phone, settings):
    desk.with_birth_date(settings)
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    planner.post(reverse("account_logout"))
    page = phone.get(PLAN)
    assert page.status_code == 403
    assert private_in(page) == []


# --- on the own phone, with birth date and e-mail ---------------------------------------------


@pytest.mark.policy("WIS-077")
def test_birth_date_and_email_open_this_plan_alone(planner, phone, settings):
    response = opened_with_birth_date(phone, planner, settings)
    assert response.url == plan_address()
    assert "equivalency diploma" in phone.get(plan_address()).content.decode()
    for address in ("/", "/my/", "/my/messages/", "/accounts/password/change/", "/today/", "/nowhere/", "/privacy/"):
        page = phone.get(address)
        assert (page.status_code, private_in(page)) == (403, []), address
    other = states.told(states.sent(states.draft()))
    assert phone.get(reverse("my:acknowledge", args=[other.key])).status_code == 403
    assert phone.get(reverse("my:paper", args=[other.seal.version_id])).status_code == 403


def test_the_session_of_birth_date_and_email_ends_with_signing(planner, phone, settings):
    opened_with_birth_date(phone, planner, settings)
    row = desk.newest()
    assert phone.post(plan_address(), desk.SIGNED).url == DONE
    row.refresh_from_db()
    assert (row.identity, row.end) == ("birth_date_and_email", "signed")
    assert private_in(phone.get(DONE)) == []
    assert phone.get(plan_address()).url.startswith(reverse("account_login"))
    assert phone.get(PLAN).url == CODE


def test_the_session_of_birth_date_and_email_ends_after_fifteen_idle_minutes(planner, phone, settings, monkeypatch):
    opened_with_birth_date(phone, planner, settings)
    desk.later(monkeypatch, minutes=14)
    assert phone.get(plan_address()).status_code == 200
    desk.later(monkeypatch, minutes=14)
    assert phone.get(plan_address()).status_code == 200
    desk.later(monkeypatch, minutes=16)
    page = phone.get(plan_address())
    assert (page.status_code, private_in(page)) == (403, [])
    assert phone.get(plan_address()).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("wrong", [{"born_day": "28"}, {"email": "someone@example.org"}])
def test_a_wrong_birth_date_and_a_wrong_address_have_the_same_words(planner, phone, settings, wrong):
    desk.with_birth_date(settings)
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    page = phone.post(PLAN, desk.who(**wrong))
    assert page.status_code == 422
    assert "This is not what we have on file." in page.content.decode()
    assert "equivalency diploma" not in page.content.decode()
    assert phone.get(plan_address()).status_code == 403


@pytest.mark.parametrize("wrong", [{"born_year": "90"}, {"born_year": "08"}, {"born_month": "April"}])
def test_a_birth_date_that_is_none_costs_no_try_and_is_tied_to_its_fields(planner, phone, settings, wrong):
    desk.with_birth_date(settings)
    desk.typed(phone, desk.letters(desk.at_desk(planner)))
    for _time in range(4):
        page = phone.post(PLAN, desk.who(**wrong))
    [error] = Page(page).root.xpath("//*[@id='id_born_month_error']")
    assert "four digits" in error.text_content()
    fields = Page(page).root.xpath("//input[starts-with(@name, 'born_')]")
    assert {field.get("aria-describedby") for field in fields} == {"born-help id_born_month_error"}
    assert desk.newest().ended_at is None
    fields = Page(phone.get(PLAN)).root.xpath("//input[starts-with(@name, 'born_')]")
    assert {field.get("aria-describedby") for field in fields} == {"born-help"}
    assert phone.post(PLAN, desk.who()).url == plan_address()


def test_birth_dates_are_not_guessed(planner, phone, settings):
    desk.with_birth_date(settings)
    row = desk.at_desk(planner)
    desk.typed(phone, desk.letters(row))
    for _try in range(4):
        phone.post(PLAN, desk.who(born_day="28"))
    row.refresh_from_db()
    assert row.end == "wrong_person"
    assert phone.post(PLAN, desk.who()).status_code == 403
    again = desk.at_desk(planner)
    desk.typed(phone, desk.letters(again))
    assert phone.post(PLAN, desk.who(born_day="28")).status_code == 422
    assert phone.post(PLAN, desk.who(born_day="28")).status_code == 422
    assert phone.post(PLAN, desk.who()).status_code == 422  # of one customer there were five


def test_without_the_setting_nobody_comes_in_by_birth_date(planner, phone, settings):
    opened_with_birth_date(phone, planner, settings)
    settings.DESK_SIGNING = "sign_in"
    other = Client()
    desk.typed(other, desk.letters(desk.at_desk(planner)))
    page = other.post(PLAN, desk.who())
    assert "born_month" not in page.content.decode()
    assert other.get(plan_address()).status_code == 302


def test_who_says_that_it_is_somebody_else_closes_it(planner, phone, settings):
    desk.with_birth_date(settings)
    row = desk.at_desk(planner)
    desk.typed(phone, desk.letters(row))
    assert phone.post(BACK).url == CODE
    row.refresh_from_db()
    assert row.end == "left"
    assert phone.get(PLAN).url == CODE


# --- a screen that is handed over -------------------------------------------------------------


def handed_over(browser):
    return browser.post(reverse("plan:hand-over", args=[tyrell().pk]))


def test_a_screen_that_is_handed_over_knows_no_planner_any_more(planner):
    key = planner.session.session_key
    assert handed_over(planner).url == PLAN
    assert planner.session.session_key != key
    assert "_auth_user_id" not in planner.session
    for address in ("/today/", "/customers/", reverse("plan:agreement", args=[tyrell().pk]), plan_address(), CODE):
        page = planner.get(address)
        assert (page.status_code, private_in(page)) == (403, []), address
    assert private_in(planner.get(PLAN)) == []


def test_the_customer_signs_on_the_screen_and_the_planner_signs_in_again(planner, settings):
    handed_over(planner)
    sign_in(planner, settings, "tyrell.brooks")
    assert planner.get(PLAN).url == plan_address()
    assert planner.get("/my/").status_code == 403
    assert planner.post(plan_address(), desk.SIGNED).url == DONE
    row = desk.newest()
    assert (row.device, row.identity, row.end) == ("tablet", "sign_in", "signed")
    assert "_auth_user_id" not in planner.session
    assert planner.get("/my/").status_code == 403
    sign_in(planner, settings, "tyrell.brooks")
    assert planner.get("/my/").status_code == 403  # a customer frees no screen
    assert sign_in(planner, settings, "planner.youth").url == PLAN
    assert planner.get(PLAN).url == reverse("plan:agreement", args=[tyrell().pk])
    assert planner.get("/today/").status_code == 200


def test_no_screen_and_no_phone_says_that_the_plan_is_signed_before_it_is(planner, phone, settings):
    assert phone.get(DONE).url == PLAN
    opened_with_birth_date(phone, planner, settings)
    assert phone.get(DONE).url == PLAN
    handed_over(planner)
    assert planner.get(DONE).url == PLAN
    planner.post(PLAN, desk.who())
    planner.post(plan_address(), desk.SIGNED)
    assert "Your plan is signed." in planner.get(DONE).content.decode()


def test_a_screen_that_is_given_back_unsigned_shows_nothing(planner, settings):
    desk.with_birth_date(settings)
    handed_over(planner)
    planner.post(PLAN, desk.who())
    assert planner.get(plan_address()).status_code == 200
    assert planner.post(BACK).url == reverse("account_login")
    page = planner.get(plan_address())
    assert (page.status_code, private_in(page)) == (403, [])
    assert planner.get(reverse("account_login")).status_code == 200


def test_another_customer_who_signs_in_on_the_screen_sees_nothing(planner, settings):
    handed_over(planner)
    sign_in(planner, settings, lucia().user.username)
    page = planner.get(PLAN)
    assert private_in(page) == []
    assert "_auth_user_id" not in planner.session
    assert planner.get("/my/").status_code == 403


# --- what is said of it -----------------------------------------------------------------------


def signed_at_the_desk(planner, phone, settings):
    opened_with_birth_date(phone, planner, settings)
    phone.post(plan_address(), desk.SIGNED)
    return desk.newest()


@pytest.mark.policy("ILL-035")
def test_the_evidence_says_how(planner, phone, settings):
    row = signed_at_the_desk(planner, phone, settings)
    version = row.request.seal.version
    page = Page(planner.get(reverse("plan:version", args=[tyrell().pk, version.pk])))
    person = youth_planner()
    said = f"{person} · Another device, opened with the code shown · Birth date and e-mail on file"
    assert page.facts()["Signed at the desk"] == said
    facts = {each["label"]: each["lines"] for each in evidence_facts(row.acknowledgment)}
    assert facts["How the customer was confirmed"] == ["Birth date and e-mail on file"]
    assert facts["Signed at the desk of"] == [f"{person} (planner.youth)"]
    assert "Signed at the desk of" not in [each["label"] for each in evidence_facts(states.in_force().acknowledgment)]


def test_verify_looks_at_it(planner, phone, settings):
    row = signed_at_the_desk(planner, phone, settings)
    assert list(wrong_evidence()) == []
    other = states.told(states.sent(states.draft()))
    checks = ("a_customer_is_confirmed_in_one_way_after_opening", "who_signs_at_the_desk_was_confirmed")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(*(f"ALTER TABLE acknowledgments_desksigning DROP CONSTRAINT {name}" for name in checks))
    for values, said in (
        ({"request": other}, "answers another request"),
        ({"signed_at": states.now()}, "another moment"),
        ({"confirmed_at": None, "identity": ""}, "in this order"),
    ):
        with past_every_guard():
            before = DeskSigning.objects.filter(pk=row.pk).values(*values).get()
            write(row, **values)
        assert any(said in one.sentence for one in wrong_evidence()), values
        with past_every_guard():
            write(row, **{f"{name}_id" if name == "request" else name: value for name, value in before.items()})
