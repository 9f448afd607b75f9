"""The staff's pages as a local administrator uses them."""

import logging

import pytest
from django.urls import reverse

from careerplan.accounts.models import Office, User
from careerplan.accounts.permissions import access_of
from customers import staffing
from customers.handing_over import switch_off
from tests.accounts.test_staff import NEW, at, at_harbor, elsewhere, harbor, local, valley, values_of
from tests.markup import Page
from tests.people import administrator, angela, north_planner, person, planner, statewide, youth_planner
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


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
