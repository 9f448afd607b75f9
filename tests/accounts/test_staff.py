"""Staff and their scopes: who sees whom, who invites whom, and what nobody may do to anybody."""

import pytest

from careerplan.accounts.duties import customers_of
from careerplan.accounts.enums import LetterKind, Role
from careerplan.accounts.models import LocalAdministration, Office, Region, SignInLetter, User
from careerplan.accounts.permissions import Access, access_of, may_manage, staff_visible_to
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from careerplan.demo import cast
from customers import staffing
from customers.duties import out_of_sight
from customers.handing_over import switch_off
from customers.models import Customer
from tests.accounts.test_passwords import link_in, set_by_link
from tests.accounts.test_sign_in import PASSWORD, sign_in, signed_in
from tests.mail import letters_about_signing_in
from tests.people import administrator, angela, north_planner, person, planner, statewide, youth_planner
from tests.rows import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NEW = {"first_name": "Noor", "last_name": "Haddad", "email": "Noor.Haddad@careerplan.test", "phone": ""}


def at():
    return clock.now()


def valley():
    return Region.objects.get(code="LWA-07")


def harbor():
    return Office.objects.get(name=cast.HARBOR)


def elsewhere():
    return north_planner().scopes.get().office


def local():
    """Who sees the whole of River Valley, and manages its staff."""
    user = youth_planner()
    if not user.is_local_administrator:
        has = access_of(user)
        rights = Access(has.role, has.regions, has.offices, frozenset({valley().pk}))
        staffing.change(user, values_of(user), rights, by=administrator(), at=at())
    return youth_planner()


def values_of(user, **values):
    return {name: getattr(user, name) for name in NEW} | values


def at_harbor(role=Role.PLANNER, **rights):
    return Access(role, **({"offices": frozenset({harbor().pk})} | rights))


def of_elsewhere(**rights):
    return at_harbor(offices=frozenset({elsewhere().pk}), **rights)


# --- who invites whom -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "access", "is_given"),
    [
        (administrator, lambda: at_harbor(Role.ADMINISTRATOR), True),
        (administrator, lambda: at_harbor(Role.STATEWIDE), True),
        (administrator, of_elsewhere, True),
        (administrator, lambda: at_harbor(administers=frozenset({valley().pk})), True),
        (local, at_harbor, True),
        (local, lambda: Access(Role.PLANNER, regions=frozenset({valley().pk})), True),
        (local, of_elsewhere, False),
        (local, lambda: at_harbor(regions=frozenset({elsewhere().region_id})), False),
        (local, lambda: at_harbor(Role.STATEWIDE), False),
        (local, lambda: at_harbor(Role.ADMINISTRATOR), False),
        (local, lambda: at_harbor(administers=frozenset({valley().pk})), False),
        (planner, at_harbor, False),
        (statewide, at_harbor, False),
        (lambda: angela().user, at_harbor, False),
    ],
)
def test_who_may_give_what(by, access, is_given):
    by, access = by(), access()
    if is_given:
        assert access_of(staffing.invite(NEW, access, by=by, at=at())).role == access.role
    else:
        before = everything()
        with pytest.raises(NotAllowed):
            staffing.invite(NEW, access, by=by, at=at())
        assert everything() == before


@pytest.mark.parametrize("access", [Access(Role.PLANNER), at_harbor])
def test_a_planner_works_somewhere_and_nobody_is_invited_as_a_customer(access):
    access = access(Role.CUSTOMER) if callable(access) else access
    with pytest.raises(Refusal, match=r"scope-missing|customers-are-no-staff"):
        staffing.invite(NEW, access, by=administrator(), at=at())


def test_the_invited_person_chooses_the_password_by_the_link_and_signs_in(client, settings):
    settings.AGENCY_NAME = "Prairie Workforce Agency"
    invited = staffing.invite(NEW, at_harbor(), by=local(), at=at())
    assert not invited.has_usable_password()
    assert (invited.username, invited.email) == ("noor.haddad", "noor.haddad@careerplan.test")
    [letter] = letters_about_signing_in()
    assert letter.to == ["noor.haddad@careerplan.test"]
    assert letter.subject == "Prairie Workforce Agency invites you to CareerPlan"
    assert "within 3 days" in letter.body
    assert not any(name in letter.subject + letter.body for name in ("Noor", "Haddad", "Harbor", "Priya"))
    set_by_link(client, link_in(letter), PASSWORD)
    sign_in(client, invited.email, PASSWORD)
    assert signed_in(client)
    assert angela() in Customer.objects.visible_to(User.objects.get(pk=invited.pk))


def test_an_invitation_that_has_not_left_does_not_leave_once_the_password_is_set(client):
    invited = staffing.invite(NEW, at_harbor(), by=administrator(), at=at())
    link = link_in(letters_about_signing_in()[0])
    staffing.send_link(invited, by=administrator(), at=at())
    set_by_link(client, link, PASSWORD)
    assert not SignInLetter.objects.filter(kind=LetterKind.INVITATION, sent_at=None, given_up_at=None).exists()


def test_who_has_a_password_gets_a_link_to_a_new_one_and_no_invitation():
    staffing.send_link(planner(), by=local(), at=at())
    assert SignInLetter.objects.latest("pk").kind == LetterKind.RESET_LINK


@pytest.mark.parametrize("email", ["planner@careerplan.test", "PLANNER@careerplan.test", "no address", ""])
def test_an_address_belongs_to_one_person_and_is_one(email):
    before = everything()
    with pytest.raises(Refusal) as refused:
        staffing.invite(NEW | {"email": email}, at_harbor(), by=administrator(), at=at())
    assert (refused.value.field, everything()) == ("email", before)


def test_two_people_of_one_name_have_two_usernames():
    first = staffing.invite(NEW, at_harbor(), by=administrator(), at=at())
    others = [f"noor.haddad@{place}.test" for place in ("north", "south")]
    made = [staffing.invite(NEW | {"email": email}, at_harbor(), by=administrator(), at=at()) for email in others]
    assert [row.username for row in (first, *made)] == ["noor.haddad", "noor.haddad2", "noor.haddad3"]


# --- who manages whom -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "is_managed"),
    [
        (planner, True),
        (lambda: person("train10"), True),
        (north_planner, False),
        (statewide, False),
        (administrator, False),
        (local, False),
        (lambda: angela().user, False),
    ],
)
def test_whom_a_local_administrator_manages(who, is_managed):
    assert may_manage(local(), who()) is is_managed
    if not is_managed:
        before = everything()
        for act in (staffing.send_link, staffing.switch_on):
            with pytest.raises(NotAllowed):
                act(who(), by=local(), at=at())
        with pytest.raises((NotAllowed, Refusal)):
            switch_off(who(), successor=planner(), by=local(), at=at())
        with pytest.raises(NotAllowed):
            staffing.change(who(), values_of(who()), at_harbor(), by=local(), at=at())
        assert everything() == before


def test_who_works_in_another_region_as_well_or_is_a_local_administrator_too_is_out_of_reach():
    both = at_harbor(offices=frozenset({harbor().pk, elsewhere().pk}))
    staffing.change(planner(), values_of(planner()), both, by=administrator(), at=at())
    assert not may_manage(local(), planner())
    rights = at_harbor(administers=frozenset({valley().pk}))
    staffing.change(person("train10"), values_of(person("train10")), rights, by=administrator(), at=at())
    assert not may_manage(local(), person("train10"))


def test_a_local_administrator_sees_the_staff_of_the_own_regions_alone():
    seen = set(staff_visible_to(local()).values_list("username", flat=True))
    assert {"planner", "planner.youth", "train10"} <= seen
    assert not {"planner.north", "statewide", "admin", "angela.whitfield"} & seen


def test_statewide_staff_may_be_local_administrators_and_who_was_lifted_is_none():
    rights = Access(Role.STATEWIDE, administers=frozenset({valley().pk}))
    staffing.change(statewide(), values_of(statewide()), rights, by=administrator(), at=at())
    assert may_manage(statewide(), planner())
    staffing.change(statewide(), values_of(statewide()), Access(Role.STATEWIDE), by=administrator(), at=at())
    assert not may_manage(statewide(), planner())
    assert LocalAdministration.history.filter(history_type="-", history_user=administrator()).exists()


@pytest.mark.parametrize("by", [administrator, local])
def test_nobody_changes_the_own_rights(by):
    before = everything()
    with pytest.raises(NotAllowed, match="own-rights"):
        staffing.change(by(), values_of(by()), at_harbor(), by=by(), at=at())
    assert everything() == before or by is local


def test_an_administrator_corrects_the_own_name():
    user = administrator()
    staffing.change(user, values_of(user, first_name="Ruthie"), access_of(user), by=user, at=at())
    assert administrator().first_name == "Ruthie"


def test_who_is_no_administrator_any_more_lifts_no_other():
    """Two who lift each other at once: one stays."""
    other = staffing.invite(NEW, at_harbor(Role.ADMINISTRATOR), by=administrator(), at=at())
    stale = administrator()
    staffing.change(stale, values_of(stale), at_harbor(), by=other, at=at())
    with pytest.raises(NotAllowed, match="not-an-administrator"):
        staffing.change(other, values_of(other), at_harbor(), by=stale, at=at())
    assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists()


def test_a_local_administrator_changes_no_address_with_which_somebody_signs_in():
    with pytest.raises(NotAllowed, match="email-of-another"):
        staffing.change(planner(), values_of(planner(), email="mine@example.org"), at_harbor(), by=local(), at=at())
    invited = staffing.invite(NEW, at_harbor(), by=local(), at=at())
    staffing.change(invited, values_of(invited, email="noor@example.org"), at_harbor(), by=local(), at=at())
    assert User.objects.get(pk=invited.pk).email == "noor@example.org"


def test_what_goes_out_of_sight_is_handed_over_or_nothing_is_changed():
    user, away = planner(), of_elsewhere()
    before = everything()
    with pytest.raises(Refusal, match="out-of-sight"):
        staffing.change(user, values_of(user), away, by=administrator(), at=at())
    assert everything() == before
    staffing.change(user, values_of(user), away, successor=youth_planner(), by=administrator(), at=at())
    assert angela().planner == youth_planner()
    assert not list(out_of_sight(customers_of(planner()), planner()))


def test_who_has_work_keeps_a_role_that_does_it():
    with pytest.raises(Refusal, match="hands-over-first"):
        staffing.change(planner(), values_of(planner()), Access(Role.ADMINISTRATOR), by=administrator(), at=at())


def test_a_colleagues_change_is_not_overwritten():
    with pytest.raises(StaleRow):
        staffing.change(planner(), values_of(planner()), at_harbor(), seen=999, by=administrator(), at=at())


def test_a_local_administrator_switches_a_planner_off_with_a_hand_over_and_on_again():
    switch_off(planner(), successor=youth_planner(), by=local(), at=at())
    assert (planner().is_active, angela().planner) == (False, youth_planner())
    with pytest.raises(Refusal, match="is-off"):
        staffing.send_link(planner(), by=local(), at=at())
    staffing.switch_on(planner(), by=local(), at=at())
    assert planner().is_active
    with pytest.raises(Refusal, match="on-already"):
        staffing.switch_on(planner(), by=local(), at=at())
