"""The staff's pages: who sees whom there, who invites whom, and what nobody may do to anybody."""

import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.accounts.duties import customers_of
from careerplan.accounts.enums import LetterKind, Role
from careerplan.accounts.models import LocalAdministration, Office, Region, SignInLetter, User
from careerplan.accounts.permissions import Access, access_of, may_manage, staff_visible_to
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from careerplan.demo import cast
from customers import staffing
from customers.duties import out_of_sight
from customers.handing_over import switch_off
from customers.models import Customer
from tests.accounts.test_passwords import link_in, set_by_link
from tests.accounts.test_sign_in import PASSWORD, sign_in, signed_in
from tests.mail import letters_about_signing_in
from tests.markup import Page
from tests.people import administrator, angela, north_planner, person, planner, statewide, youth_planner
from tests.rows import everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NEW = {"first_name": "Noor", "last_name": "Haddad", "email": "Noor.Haddad@careerplan.test", "phone": ""}


def at():
    return timezone.now()


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


# --- the pages --------------------------------------------------------------------------------


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "careerplan.security")
    return caplog


def typed(user=None, **values):
    asked = {"role": "planner", "offices": [harbor().pk]}
    kept = values_of(user) | {"row_version": user.row_version} if user else NEW
    return kept | asked | values


def test_the_list_says_who_was_invited_and_is_filtered(client):
    staffing.invite(NEW, at_harbor(), by=administrator(), at=at())
    write(planner(), last_login=at())
    client.force_login(administrator())

    def shown(**asked):
        return {row["Name"].split()[-1] for row in Page(client.get(reverse("people"), asked)).table("Staff")}

    [invited] = Page(client.get(reverse("people"), {"q": "noor"})).table("Staff")
    assert invited["Sign-in"].startswith("Not signed in yet Invited:")
    assert "noor.haddad@careerplan.test" in shown(state="invited")
    assert shown(state="on") == {"planner@careerplan.test", administrator().email}
    assert shown(role="statewide") == {statewide().email}
    assert shown(q="okafor") == {"planner@careerplan.test"}
    assert north_planner().email not in shown(region=valley().pk)
    assert not any("angela" in name for name in shown())
    assert client.get(reverse("people"), {"state": "off"}).content.count(b"Nobody on your staff") == 1


def test_a_local_administrators_menu_and_pages(client, told):
    client.force_login(local())
    assert "Staff" in Page(client.get(reverse("customers:list"))).links()
    form = client.get(reverse("person-invite")).content.decode()
    assert not any(word in form for word in ('name="role"', 'name="administers"', str(elsewhere())))
    assert str(harbor()) in form
    assert client.post(reverse("person-invite"), typed(role="administrator")).status_code == 302
    invited = User.objects.get(email="noor.haddad@careerplan.test")
    assert access_of(invited) == at_harbor()
    said = told.records[-1]
    assert (said.act, said.keys, said.by_id, said.role_is) == ("invited", [str(invited.pk)], local().pk, "planner")
    for name in ("person-edit", "person-switch-off"):
        assert client.get(reverse(name, args=[invited.pk])).status_code == 200
        assert client.get(reverse(name, args=[north_planner().pk])).status_code == 404
        assert client.get(reverse(name, args=[angela().user_id])).status_code == 404
        assert client.get(reverse(name, args=[local().pk])).status_code == 403
    assert client.post(reverse("person-link", args=[invited.pk])).status_code == 302
    assert told.records[-1].act == "link-sent"


def test_an_office_of_another_region_that_is_posted_all_the_same_is_not_given(client):
    client.force_login(local())
    answer = client.post(reverse("person-invite"), typed(offices=[elsewhere().pk]))
    assert answer.status_code == 422
    assert not User.objects.filter(email="noor.haddad@careerplan.test").exists()


def test_an_invitation_says_all_that_is_missing_at_once(client):
    client.force_login(administrator())
    answer = client.post(reverse("person-invite"), {"role": "planner"})
    errors = answer.context["form"].errors
    assert set(errors) == {"first_name", "email", "offices"}
    assert errors["email"] == ["Enter the e-mail."]


def test_who_may_reassign_is_led_there_before_a_sign_in_is_switched_off(client):
    there = f'{reverse("customers:reassign")}?planner={planner().pk}"'
    path = reverse("person-switch-off", args=[planner().pk])
    client.force_login(local())
    page = client.get(path).content.decode()
    assert there in page
    assert client.get(there.rstrip('"')).context["former"] == planner()
    for back in (reverse("people"), reverse("person-edit", args=[planner().pk])):
        assert f'<li class="breadcrumb-item"><a href="{back}">' in page
    client.force_login(administrator())
    page = client.get(path).content.decode()
    assert there not in page
    assert "Reassign customers" in page


def test_a_planner_has_no_such_menu(client):
    client.force_login(planner())
    assert "Staff" not in Page(client.get(reverse("customers:list"))).links()


def test_a_person_is_edited_and_the_change_is_told(client, told):
    client.force_login(administrator())
    path, user = reverse("person-edit", args=[person("planner.fairview").pk]), person("planner.fairview")
    chosen = typed(user, role="statewide", administers=[valley().pk], first_name="Nia")
    assert client.post(path, chosen).status_code == 302
    user = person("planner.fairview")
    assert (user.first_name, user.role, user.is_local_administrator) == ("Nia", "statewide", True)
    assert not user.scopes.exists()
    said = told.records[-1]
    assert (said.act, said.role_was, said.role_is) == ("changed", "planner", "statewide")
    assert "Nia" not in str(vars(said))
    assert client.post(path, chosen).status_code == 422, "another one saved it since"


def test_ones_own_page_offers_no_rights(client):
    client.force_login(administrator())
    user = administrator()
    path = reverse("person-edit", args=[user.pk])
    page = client.get(path).content.decode()
    assert not any(word in page for word in ('name="role"', 'name="offices"'))
    assert client.post(path, typed(user, role="planner", phone="217-555-0100")).status_code == 302
    assert (administrator().role, administrator().phone) == ("administrator", "217-555-0100")


def test_switched_on_again_from_the_page(client, told):
    switch_off(planner(), successor=youth_planner(), by=administrator(), at=at())
    client.force_login(administrator())
    assert client.post(reverse("person-switch-on", args=[planner().pk])).status_code == 302
    assert planner().is_active
    assert told.records[-1].act == "switched-on"


def test_no_page_of_the_staff_asks_for_a_password(client):
    client.force_login(administrator())
    for path in (reverse("person-invite"), reverse("person-edit", args=[planner().pk])):
        assert "password" not in str(list(client.get(path).context["form"].fields))


def test_the_list_asks_as_much_of_many_people_as_of_few(client, django_assert_max_num_queries):
    client.force_login(local())
    for number in range(20):
        staffing.invite(NEW | {"email": f"n{number}@careerplan.test"}, at_harbor(), by=administrator(), at=at())
    with django_assert_max_num_queries(12):
        assert len(client.get(reverse("people")).context["page"].rows) > 20


def test_offices_of_the_state_are_named_once(client):
    client.force_login(administrator())
    assert client.get(reverse("person-invite")).content.decode().count('name="offices"') == Office.objects.count()
