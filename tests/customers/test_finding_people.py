"""The administration finds people as the product finds customers: names are folded, words may stand in any order."""

import pytest
from django.urls import reverse

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.history import record
from tests import people, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def jose():
    name = {"first_name": "José", "last_name": "García-López", "phone": "217-555-0134"}
    return User.objects.create_user("j.garcia", "j.garcia@careerplan.test", role=Role.PLANNER, **name)


def listed(client, model, words):
    client.force_login(people.administrator())
    answer = client.get(reverse(f"admin:{model}_changelist"), {"q": words})
    return set(answer.context["cl"].queryset)


@pytest.mark.parametrize(
    "words",
    [
        "jose",
        "JOSÉ",
        "lopez",
        "garcia lopez",
        "lopez, jose",
        "garcialopez",
        "j.garcia@",
        "217 555 0134",
        "arcia@careerp",
    ],
)
def test_a_sign_in_is_found_by_the_plain_letters_of_its_name(client, jose, words):
    assert listed(client, "accounts_user", words) == {jose}


def test_who_has_not_every_word_is_not_found(client, jose):
    assert listed(client, "accounts_user", "jose lucia") == set()


@pytest.mark.parametrize("words", ["lucia", "herrera lucia", "1000006"])
def test_a_customers_sign_in_is_found_as_the_customer_is(client, words):
    assert listed(client, "accounts_user", words) == {people.lucia().user}


def test_a_sign_in_that_is_called_otherwise_than_the_record_is_found_by_its_own_name(client):
    user = people.lucia().user
    user.last_name = "Zamora"
    record(user, by=None, at=clock.now())
    for words in ("zamora", "Lucía Zamora", user.email[:8].upper()):
        assert listed(client, "accounts_user", words) == {user}


def test_customers_are_found_by_the_plain_letters_of_their_names(client):
    customer = states.enrolled()
    customer.first_name, customer.last_name = "José", "García-López"
    customer.set_keys()
    customer.save()
    type(customer).keep_derived([customer])
    for words in ("jose", "lopez", "lopez jose"):
        assert listed(client, "customers_customer", words) == {customer}


def test_the_sign_in_of_a_customer_is_chosen_from_the_same_search(client, jose):
    client.force_login(people.administrator())
    asked = {"term": "jose", "app_label": "customers", "model_name": "customer", "field_name": "user"}
    answer = client.get(reverse("admin:autocomplete"), asked).json()
    assert [row["id"] for row in answer["results"]] == [str(jose.pk)]


def test_nothing_typed_is_everybody(client):
    assert listed(client, "accounts_user", "") == set(User.objects.all())
