"""A customer's e-mail has one home: the record and the sign-in change together, by every door."""

import importlib

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from careerplan.accounts.actions import save_person
from careerplan.base import clock
from customers.models import Customer
from tests import people, states
from tests.accounts.test_admin import fields_of
from tests.mail import letters_about_signing_in
from tests.rows import date_back, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NEW = "angela@elsewhere.test"
RECORD = "a_customers_email_is_that_of_the_sign_in"


def changed(address, *, by=people.administrator):
    user = people.angela().user
    user.email = address
    save_person(user, by=by(), at=clock.now())
    return people.angela()


def test_the_record_follows_the_sign_in():
    angela = changed(NEW)
    assert (angela.email, angela.email_key, angela.user.email) == (NEW, NEW, NEW)
    entry = Customer.history.filter(id=angela.pk).latest("history_id")
    assert entry.history_user == people.administrator()
    assert [change["to"] for change in entry.changes] == [NEW]


def test_both_addresses_are_told():
    former = people.angela().email
    changed(NEW)
    assert [letter.to for letter in letters_about_signing_in()] == [[former], [NEW]]
    for letter in letters_about_signing_in():
        assert former in letter.body
        assert NEW in letter.body


def switched(user, *, on):
    user.is_active = on
    save_person(user, by=people.administrator(), at=clock.now())


def test_while_the_sign_in_is_off_nobody_is_told_and_both_are_once_it_is_on():
    user = people.angela().user
    former = user.email
    switched(user, on=False)
    changed("angela@between.test")
    changed(NEW)
    assert letters_about_signing_in() == []
    switched(people.angela().user, on=True)
    assert [letter.to for letter in letters_about_signing_in()] == [[former], [NEW]]
    assert former in letters_about_signing_in()[1].body


def test_a_sign_in_that_is_on_again_with_the_same_address_tells_nothing():
    switched(people.angela().user, on=False)
    switched(people.angela().user, on=True)
    assert letters_about_signing_in() == []


def test_the_record_has_no_email_field_of_its_own_beside_a_sign_in(client):
    client.force_login(people.administrator())
    angela, lonely = people.angela(), states.enrolled(with_sign_in=False)
    for customer, offered in ((angela, False), (lonely, True)):
        page = client.get(reverse("admin:customers_customer_change", args=[customer.pk])).content.decode()
        assert ('name="email"' in page) is offered


def test_a_sign_in_that_is_added_brings_its_address():
    customer, user = states.enrolled(with_sign_in=False), states.enrolled().user
    write(user.customer, user=None)
    customer.user = user
    from customers.actions import save_customer

    save_customer(customer, by=people.administrator(), at=clock.now())
    customer.refresh_from_db()
    user.refresh_from_db()
    assert (customer.email, customer.username_key) == (user.email, user.username)
    assert user.sign_in_set_up_at


def test_the_database_refuses_a_record_with_another_address():
    refuses(RECORD, lambda: write(people.angela(), email=NEW))
    refuses(RECORD, lambda: write(people.angela(), user=people.person("planner.youth")))


def test_the_database_refuses_a_sign_in_with_another_address():
    def change():
        write(people.angela().user, email=NEW)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    refuses("the_email_of_a_sign_in_is_that_of_its_customer", change)


def apps_then():
    """The models as the migration knows them: without the product's own ways to save."""
    loader = MigrationLoader(connection)
    return loader.project_state(("customers", "0009_a_customers_email_is_that_of_the_sign_in")).apps


def test_records_that_differed_take_the_address_of_the_sign_in_and_keep_the_former_one_in_the_history():
    migration = importlib.import_module("customers.migrations.0009_a_customers_email_is_that_of_the_sign_in")
    angela, count = people.angela(), Customer.history.count()
    date_back(angela, email="Her.Sister@careerplan.test", email_key="her.sister@careerplan.test")
    migration.settle(apps_then(), None)
    angela.refresh_from_db()
    assert (angela.email, angela.email_key) == (angela.user.email, angela.user.email)
    assert Customer.history.count() == count + 1
    entry = Customer.history.filter(id=angela.pk).latest("history_id")
    assert entry.changes == [{"label": "e-mail", "from": "Her.Sister@careerplan.test", "to": angela.user.email}]


# --- a sign-in is attached in the administration ----------------------------------------------


def attached(client, customer, user, **values):
    """Posts the customer's page of the administration as it was shown, with this sign-in."""
    client.force_login(people.administrator())
    path = reverse("admin:customers_customer_change", args=[customer.pk])
    data = fields_of(client.get(path)) | {"user": user.pk} | values
    return client.post(path, data, follow=True)


def free_sign_in():
    user = states.enrolled().user
    write(user.customer, user=None)
    return user


@pytest.mark.parametrize("typed", [NEW, None])
def test_a_sign_in_with_another_address_than_the_one_beside_it_is_refused_in_words(client, typed):
    """None: the address that was in the record before."""
    customer, user = states.enrolled(with_sign_in=False), free_sign_in()
    answer = attached(client, customer, user, **({"email": typed} if typed else {}))
    [sentence] = answer.context["adminform"].form.errors["email"]
    assert sentence.startswith(f"This sign-in has another address, {user.email},")
    customer.refresh_from_db()
    assert (customer.user, customer.email != user.email) == (None, True)


@pytest.mark.parametrize("typed", ["", "the same"])
def test_a_sign_in_is_attached_where_no_address_or_the_same_stands_beside_it(client, typed):
    customer, user = states.enrolled(with_sign_in=False), free_sign_in()
    attached(client, customer, user, email=typed and user.email.upper())
    customer.refresh_from_db()
    assert (customer.user, customer.email) == (user, user.email)


def test_another_sign_in_says_that_the_address_changed_with_it(client):
    customer, user = states.enrolled(), free_sign_in()
    before = customer.email
    answer = attached(client, customer, user)
    words = f"The customer's e-mail is now {user.email}, as the sign-in has it. It was {before}."
    assert words in [str(message) for message in answer.context["messages"]]
