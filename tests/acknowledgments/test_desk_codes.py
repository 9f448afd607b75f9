"""A code at the desk: for one version, beside one session, once, for a quarter of an hour; what the database holds."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from acknowledgments.agreement.declining import decline
from acknowledgments.agreement.sending import recall
from acknowledgments.agreement.signing import acknowledge
from acknowledgments.desk import actions, codes
from acknowledgments.desk.standing import Standing, standing_of
from acknowledgments.models import DeskSigning
from careerplan.accounts.middleware import LONGEST_SESSION_SECONDS
from careerplan.base.refusals import NotAllowed, Refusal
from customers.enums import ContactMethod
from tests import desk, states
from tests.people import lucia, north_planner, tyrell, youth_planner
from tests.rows import refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def planner():
    return desk.planners_browser()


@pytest.fixture
def shown(planner):
    return desk.at_desk(planner)


def opens(row, *, by=None, at=None):
    try:
        actions.open_with_code(desk.letters(row), by=by, at=at or states.now())
    except Refusal as refusal:
        return {"desk-code": False}[refusal.code]
    return True


# --- the letters ------------------------------------------------------------------------------


def test_a_code_has_six_letters_without_vowels_and_look_alikes(shown):
    code = desk.letters(shown)
    assert len(code) == 6
    assert not set(code) & set("AEIOUYLQSO0123456789")
    assert codes.as_typed(f" {code[:3].lower()}-{code[3:].lower()} ") == code


def test_the_database_knows_no_code(shown):
    code = desk.letters(shown)
    kept = DeskSigning.objects.filter(pk=shown.pk).values().get()
    assert code not in str(kept)
    assert kept["code_digest"] == codes.digest_of(code)
    assert codes.code_of(shown.seed, "another session") != code


def test_each_code_is_another_one(planner, shown):
    assert desk.letters(desk.at_desk(planner)) != desk.letters(shown)


# --- once, and for so long --------------------------------------------------------------------


def test_a_code_opens_once(shown):
    row, at = shown, states.now()
    code = desk.letters(row)
    assert opens(row, at=at)
    with pytest.raises(Refusal):
        actions.open_with_code(code, by=None, at=at)


def test_a_code_works_for_fifteen_minutes(shown):
    code = desk.letters(shown)
    with pytest.raises(Refusal):
        actions.open_with_code(code, by=None, at=shown.made_at + timedelta(minutes=15))
    assert actions.open_with_code(code, by=None, at=shown.made_at + timedelta(minutes=15, seconds=-1))


def test_a_new_code_ends_the_former_one(planner, shown):
    again = desk.at_desk(planner)
    shown.session_key = again.session_key  # what it was, for the letters
    assert not opens(shown)
    assert opens(again)


# --- bound to its version ---------------------------------------------------------------------


@pytest.mark.parametrize("end", ["recalled", "declined", "signed"])
def test_a_code_ends_with_its_version(shown, end):
    version, at, by = shown.request.seal.version, states.now(), youth_planner()
    if end == "recalled":
        recall(version, by=by, at=at)
    elif end == "declined":
        decline(version, contact_on=states.today(), contact_method=ContactMethod.PHONE, note="No.", by=by, at=at)
    else:
        states.acknowledged(shown.request)
    assert not opens(shown)
    shown.refresh_from_db()
    assert standing_of(DeskSigning.objects.with_all().get(), at=states.now()) == Standing.ENDED


def test_a_version_that_does_not_wait_has_no_code(planner):
    states.acknowledged(desk.asked())
    response = planner.post(reverse("plan:desk-code", args=[tyrell().pk]))
    assert response.status_code == 409
    assert not DeskSigning.objects.exists()


def test_only_planners_of_the_customer_show_codes():
    with pytest.raises(NotAllowed):
        actions.show_code(desk.asked(), session_key="x", by=north_planner(), at=states.now())
    with pytest.raises(NotAllowed):
        actions.hand_over(desk.asked(), by=tyrell().user, at=states.now())


# --- bound to the planner's session -----------------------------------------------------------


def test_a_code_ends_when_its_planner_signs_out(planner, shown):
    code = desk.letters(shown)
    planner.post(reverse("account_logout"))
    with pytest.raises(Refusal):
        actions.open_with_code(code, by=None, at=states.now())


def test_a_code_ends_when_its_planner_has_a_new_password(shown):
    write(youth_planner(), password="argon2$another")
    assert not opens(shown)


def test_a_code_ends_when_its_planners_session_is_a_working_day_old(planner, shown):
    session = planner.session
    session["begun"] = int(states.now().timestamp()) - LONGEST_SESSION_SECONDS - 1
    session.save()
    assert not opens(shown)


def test_the_letters_stand_in_the_session_that_shows_them_alone(planner, shown):
    page = reverse("plan:desk", args=[tyrell().pk])
    code = codes.in_two(desk.letters(shown))
    assert code in planner.get(page).content.decode()
    assert code in planner.get(page).content.decode()
    assert code not in desk.planners_browser().get(page).content.decode()


# --- for one person ---------------------------------------------------------------------------


def test_another_customer_opens_nothing_and_uses_nothing_up(shown):
    assert not opens(shown, by=lucia().user)
    assert not opens(shown, by=youth_planner())
    assert opens(shown, by=tyrell().user)


def test_a_code_signs_no_other_version(planner, shown):
    actions.open_with_code(desk.letters(shown), by=None, at=states.now())
    row = actions.confirm_sign_in(shown, by=tyrell().user, at=states.now())
    other = states.told(states.sent(states.draft()))
    signer = other.seal.version.plan.customer
    evidence = {"typed_name": str(signer), "ip_address": None, "user_agent": "", "by": signer.user}
    with pytest.raises(Refusal, match="desk-over"):
        acknowledge(other, **evidence, desk=row, at=states.now())


def test_nobody_else_is_confirmed(shown):
    actions.open_with_code(desk.letters(shown), by=None, at=states.now())
    with pytest.raises(NotAllowed):
        actions.confirm_sign_in(shown, by=lucia().user, at=states.now())


def test_nobody_signs_at_the_desk_who_was_not_confirmed(shown):
    actions.open_with_code(desk.letters(shown), by=None, at=states.now())
    evidence = {"typed_name": "Tyrell Brooks", "ip_address": None, "user_agent": "", "by": tyrell().user}
    with pytest.raises(Refusal, match="desk-over"):
        acknowledge(desk.asked(), **evidence, desk=shown, at=states.now())


# --- where the clock was set back -------------------------------------------------------------


def test_a_code_from_later_than_now_is_refused_in_words(shown):
    before = shown.made_at - timedelta(minutes=1)
    assert not opens(shown, at=before)


def test_nobody_is_confirmed_before_the_code_was_opened(shown):
    opened = actions.open_with_code(desk.letters(shown), by=None, at=shown.made_at + timedelta(minutes=2))
    with pytest.raises(Refusal, match="desk-over"):
        actions.confirm_sign_in(opened, by=tyrell().user, at=shown.made_at + timedelta(minutes=1))


def test_nobody_signs_before_being_confirmed(shown):
    opened = actions.open_with_code(desk.letters(shown), by=None, at=shown.made_at)
    row = actions.confirm_sign_in(opened, by=tyrell().user, at=shown.made_at + timedelta(minutes=2))
    evidence = {"typed_name": "Tyrell Brooks", "ip_address": None, "user_agent": "", "by": tyrell().user}
    with pytest.raises(Refusal, match="desk-over"):
        acknowledge(desk.asked(), **evidence, desk=row, at=shown.made_at + timedelta(minutes=1))


# --- what the database refuses ----------------------------------------------------------------


def test_the_database_refuses_a_code_for_longer_or_for_what_does_not_wait(shown):
    at = states.now()
    row = {"device": "phone", "planner": youth_planner(), "seed": "s", "code_digest": "d", "session_key": "k"}
    times = {"made_at": at, "expires_at": at + timedelta(minutes=15, seconds=1)}
    write(shown, ended_at=at, end="replaced", session_key="")
    refuses(
        "a_code_works_for_a_quarter_of_an_hour",
        lambda: DeskSigning.objects.create(request=desk.asked(), **row, **times),
    )
    signed = states.acknowledged(desk.asked()) and desk.asked()
    times = {"made_at": at, "expires_at": at + timedelta(minutes=15)}
    refuses(
        "a_desk_signing_is_of_a_version_that_waits", lambda: DeskSigning.objects.create(request=signed, **row, **times)
    )


def test_the_database_refuses_what_cannot_be_of_a_code(shown):
    at = shown.made_at
    refuses("a_desk_signing_is_opened_in_its_time", lambda: write(shown, opened_at=at + timedelta(minutes=16)))
    refuses("confirmed_in_one_way_after_opening", lambda: write(shown, confirmed_at=at, identity="sign_in"))
    write(shown, opened_at=at)
    refuses("a_desk_signing_moves_once", lambda: write(shown, opened_at=at + timedelta(minutes=1)))
    refuses("confirmed_in_one_way_after_opening", lambda: write(shown, confirmed_at=at))
    done = {"signed_at": at, "ended_at": at, "end": "signed", "session_key": ""}
    refuses("who_signs_at_the_desk_was_confirmed", lambda: write(shown, **done))
    refuses("a_desk_signing_that_ended_says_why", lambda: write(shown, ended_at=at, end="left"))
    refuses("are kept as they are", lambda: write(shown, expires_at=at))
    write(shown, ended_at=at, end="left", session_key="")
    refuses("a_desk_signing_that_ended_stays_so", lambda: write(shown, confirmed_at=at, identity="sign_in"))


def test_the_database_opens_no_version_that_waits_no_more(shown):
    recall(shown.request.seal.version, by=youth_planner(), at=states.now())
    refuses("a_code_opens_a_version_that_waits", lambda: write(shown, opened_at=shown.made_at))


def test_the_database_takes_no_agreement_of_another_request(shown):
    other = states.in_force().acknowledgment
    at = states.now()
    write(shown, opened_at=at)
    write(shown, confirmed_at=at, identity="sign_in")
    done = {"signed_at": at, "ended_at": at, "end": "signed", "session_key": "", "acknowledgment": other}
    refuses("a_desk_signing_names_the_agreement_to_its_request", lambda: write(shown, **done))


def test_a_key_of_a_session_is_kept_no_longer_than_a_day(shown):
    long_ago = states.now() + timedelta(hours=13)
    other = states.told(states.sent(states.draft()))
    actions.show_code(other, session_key="x", by=other.seal.version.plan.customer.planner, at=long_ago)
    shown.refresh_from_db()
    assert (shown.session_key, shown.end) == ("", "over")


def test_a_stranger_shows_no_code():
    assert Client().post(reverse("plan:desk-code", args=[tyrell().pk])).status_code == 302
