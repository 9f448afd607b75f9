"""Whoever is to see less hands over what goes out of sight, by whichever door: or nothing is done."""

import pytest
from django.urls import reverse

from careerplan.accounts.models import Office, Region, StaffScope
from careerplan.demo.cast import HARBOR, MILLBROOK, PINE_LAKE
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.models import Customer
from tests import people
from tests.accounts.test_admin import fields_of
from tests.markup import Page
from tests.people import administrator, north_planner, planner, statewide, youth_planner
from tests.rows import changed, everything, write
from tests.shared_plans import asked, closing, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def office(name):
    return Office.objects.get(name=name)


def saved(client, row, **values):
    """The row's page of the administration, posted as it was shown, with these values."""
    client.force_login(administrator())
    path = reverse(f"admin:accounts_{row._meta.model_name}_change", args=[row.pk])
    return client.post(path, fields_of(client.get(path)) | values, follow=True)


def scope_taken_away(client, **values):
    return saved(client, planner(), **{"scopes-0-DELETE": "on"}, **values)


def scope_of_another_office(client, **values):
    return saved(client, planner(), **{"scopes-0-office": office(PINE_LAKE).pk}, **values)


def region_becomes_one_office(client, **values):
    one = {"scopes-0-region": "", "scopes-0-office": office(HARBOR).pk}
    return saved(client, youth_planner(), **one, **values)


def statewide_becomes_a_planner(client, **values):
    write(people.david(), planner=statewide())
    return saved(client, statewide(), role="planner", **values)


def office_goes_to_another_region(client, **values):
    return saved(client, office(MILLBROOK), region=office(PINE_LAKE).region_id, **values)


WAYS = [
    (scope_taken_away, planner, people.david),
    (scope_of_another_office, planner, people.david),
    (region_becomes_one_office, youth_planner, people.tyrell),
    (statewide_becomes_a_planner, statewide, people.david),
    (office_goes_to_another_region, youth_planner, people.tyrell),
]


@pytest.mark.parametrize(("way", "person", "customer"), WAYS, ids=lambda value: value.__name__)
def test_nobody_stays_responsible_for_customers_out_of_sight(client, way, person, customer):
    answer = way(client)
    page = Page(answer)
    assert "Nothing was saved." in page.words
    assert f"{person()} would no longer see" in page.words
    assert page.links()[str(customer())] == reverse("customer-hand-over", args=[customer().pk])
    assert Customer.objects.editable_by(person()).filter(pk=customer().pk).exists()
    assert customer().planner == person()


def test_only_a_form_that_has_the_field_asks_to_choose_who_takes_over(client):
    chooses = "Choose who takes it over, or hand it over first:"
    assert chooses in Page(scope_taken_away(client)).words
    words = Page(office_goes_to_another_region(client)).words
    assert "Choose who takes it over" not in words
    assert "Hand it over first:" in words


def test_what_was_typed_stands_in_the_form_that_comes_back(client):
    client.force_login(administrator())
    path = reverse("admin:accounts_user_change", args=[planner().pk])
    opened = client.get(path)
    marks = {"typed_by": Page(opened).root.xpath("string(//input[@name='typed_by']/@value)")}
    typed = fields_of(opened) | marks | {"last_name": "Larsen-Vang", "scopes-0-DELETE": "on"}
    page = Page(client.post(path, typed, follow=True))
    assert "Nothing was saved." in page.words
    assert page.root.xpath("string(//input[@name='last_name']/@value)") == "Larsen-Vang"
    assert page.root.xpath("//input[@name='scopes-0-DELETE'][@checked]")


def test_what_is_refused_changes_nothing_else(client):
    client.force_login(administrator())
    before = everything()
    scope_taken_away(client, last_name="Holm-Reyes")
    written = {model.__name__ for model in changed(before, everything())}
    assert written <= {"User"}  # who signs in is marked with the day
    assert planner().last_name != "Holm-Reyes"


def test_the_successor_takes_over_what_goes_out_of_sight_in_the_same_step(client):
    kept = people.keisha()  # shared with another planner: her planner sees her wherever the offices are
    lost = set(Customer.objects.filter(planner=planner()).exclude(pk=kept.pk))
    answer = scope_taken_away(client, successor=youth_planner().pk)
    assert "was changed successfully" in Page(answer).words
    assert not StaffScope.objects.filter(user=planner()).exists()
    assert lost <= set(Customer.objects.filter(planner=youth_planner()))
    assert set(Customer.objects.filter(planner=planner())) == {kept}
    assert planner().is_active
    message = Message.objects.get(recipient=youth_planner(), kind=Notice.PART_HANDED_OVER)
    assert f"Customers ({len(lost)})" in message.body


def test_only_what_goes_out_of_sight_is_handed_over(client):
    seen = set(Customer.objects.filter(planner=youth_planner(), office=office(HARBOR)))
    region_becomes_one_office(client, successor=statewide().pk)
    assert people.tyrell().planner == statewide()
    assert set(Customer.objects.filter(planner=youth_planner())) == seen


def test_who_does_not_see_the_customers_does_not_take_them_over(client):
    answer = scope_taken_away(client, successor=north_planner().pk)
    assert "works for other offices and does not see" in Page(answer).words
    assert people.david().planner == planner()


def test_an_approval_alone_is_work_with_a_customer(client):
    asked(closing(shared_angela(), planner()), planner())
    for customer in Customer.objects.filter(planner=youth_planner()):
        write(customer, planner=None)
    for row in youth_planner().enrollments.all():
        write(row, planner=None)
    answer = saved(client, youth_planner(), **{"scopes-0-DELETE": "on"})
    assert str(people.angela()) in Page(answer).links()


def test_what_was_out_of_sight_before_is_no_reason(client):
    write(people.lucia(), planner=planner())
    saved(client, planner(), phone="847-555-0198")
    assert planner().phone == "847-555-0198"
    saved(client, planner(), **more_scope(Region.objects.get(pk=office(HARBOR).region_id)))
    assert planner().scopes.count() == 2


def more_scope(region):
    return {"scopes-TOTAL_FORMS": "2", "scopes-1-region": region.pk, "scopes-1-user": planner().pk}


def test_only_staff_who_have_customers_are_asked_for_a_successor(client):
    client.force_login(administrator())
    for person, offered in ((planner(), True), (people.angela().user, False), (administrator(), False)):
        page = client.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()
        assert ('name="successor"' in page) is offered
