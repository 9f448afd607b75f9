"""Every URL of the product, called as every role: the answers are those of the table in `tests/access.py`."""

from functools import partial

import pytest
from django.urls import reverse

from careerplan.plans.models import EmploymentPlan
from tests import people
from tests.access import FORBIDDEN, HIDDEN, KINDS, NOT_TAKEN, OPENS, SIGN_IN, TABLE, outcome
from tests.addresses import (
    PARAMETERS,
    address_of,
    administration,
    arguments_of,
    call,
    each,
    each_of_its_customer,
    in_parts,
    undone,
    what_is_posted,
)
from tests.callers import CUSTOMER, NORTH, PLANNER, STATEWIDE, STRANGER, Callers, sign_in
from tests.points_of_life import shared_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(TABLE) == set(PARAMETERS)


@pytest.fixture
def angela():
    return shared_plan()


@pytest.mark.policy("ILL-007", "ILL-008", "ILL-009", "ILL-010")
@in_parts(TABLE)
def test_access(client, angela, part):
    each_of_its_customer(part, angela, answers_every_role, begin=partial(Callers, client))


def answers_every_role(callers, name):
    customer = callers.customer
    row, address, data = TABLE[name], address_of(name, arguments_of(customer, name)), what_is_posted(customer)
    for role, answer in KINDS[row.kind].items():
        for method, taken in (("get", row.get), ("post", row.post)):
            expected = answer if isinstance(answer, str) else answer[method]
            if not taken and expected != SIGN_IN:
                expected = NOT_TAKEN
            with undone():
                response, written = callers.call(role, method, address, data if method == "post" else {})
            assert (role, method, outcome(response)) == (role, method, expected)
            if method == "get" or expected != OPENS:
                assert written == [], (role, method)


# What addresses name that is no row of a customer's.
OF_NO_CUSTOMER = {"role", "slug", "which", "category_pk"}
ITEMS = [
    name
    for name, row in TABLE.items()
    if row.kind in {"record", "file"}
    and {"pk"} < set(PARAMETERS.get(name, ())) - {"role", "slug", "which", "category_pk", "how"}
]


@pytest.mark.parametrize(("user", "whose"), [(people.north_planner, people.lucia), (people.planner, people.keisha)])
@in_parts(ITEMS)
def test_an_item_of_one_customer_does_not_open_under_another(client, angela, part, user, whose):
    client.force_login(user())
    values, data = arguments_of(angela) | {"pk": whose().pk}, what_is_posted(angela)

    def is_hidden(name):
        for method, taken in (("get", TABLE[name].get), ("post", TABLE[name].post)):
            if taken:
                response, written = call(client, method, address_of(name, values), data if method == "post" else {})
                assert outcome(response) == HIDDEN, method
                assert written == []

    each(part, is_hidden)


def test_a_version_of_another_plan_is_not_served_by_this_one(client, angela):
    client.force_login(people.planner())
    other = {"version": EmploymentPlan.objects.get(customer=people.keisha()).versions.get().pk}
    assert client.post(reverse("plan:send", args=[angela.pk]), other).status_code == 404
    assert client.post(reverse("plan:recall", args=[angela.pk]), other).status_code == 404
    assert client.get(reverse("plan:paper", args=[angela.pk]), other).status_code == 404


@pytest.mark.parametrize("role", [STRANGER, NORTH, CUSTOMER, PLANNER, STATEWIDE])
def test_the_administration_opens_for_administrators_only(client, angela, role):
    sign_in(client, role, angela)
    for address in administration():
        assert outcome(client.get(address)) in {SIGN_IN, FORBIDDEN, HIDDEN, NOT_TAKEN}, address
        assert outcome(client.post(address)) in {SIGN_IN, FORBIDDEN, HIDDEN, NOT_TAKEN}, address


def test_the_trials_mail_opens_for_administrators_only(client, settings):
    settings.TRIAL = True
    for user, status in (
        (people.administrator(), 200),
        (people.statewide(), 403),
        (people.planner(), 403),
        (people.angela().user, 404),
    ):
        client.force_login(user)
        assert client.get(reverse("trial:mail")).status_code == status, user
