"""The pages on which statewide staff merge two records, and what the records' pages say afterwards."""

import pytest
from django.urls import reverse

from customers.models import Customer
from tests import people, states
from tests.customers.test_merging import WHY, merged, pair
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def address(customer, other=None):
    names = ("customers:merge-with", [customer.pk, other.pk]) if other else ("customers:merge", [customer.pk])
    return reverse(names[0], args=names[1])


@pytest.mark.policy("WIS-001")
def test_from_the_records_that_look_alike_to_the_one_that_goes_on(client, caplog):
    kept, other = pair()
    write(other, first_name=kept.first_name, last_name=kept.last_name)
    Customer.keep_derived([Customer.objects.get(pk=other.pk)])
    client.force_login(people.statewide())
    assert address(kept) in client.get(reverse("customers:intake", args=[kept.pk])).content.decode()
    assert address(kept, other) in client.get(address(kept)).content.decode()
    assert address(kept, other) in client.get(address(kept), {"q": other.state_id}).content.decode()
    page = client.get(address(kept, other)).content.decode()
    assert kept.state_id in page
    assert other.state_id in page
    assert 'name="sign_in"' not in page
    assert "sign_in" not in caplog.text  # the layout misses no field
    answers = {"kept": kept.pk, "reason": WHY}
    assert client.post(address(kept, other), answers).status_code == 422  # nothing was confirmed
    answer = client.post(address(kept, other), {**answers, "understood": "on"})
    assert answer.url == reverse("customers:overview", args=[kept.pk])
    page = client.get(answer.url).content.decode()
    assert "Also kept under" in page
    assert WHY in page
    assert reverse("customers:overview", args=[other.pk]) in page
    held = " ".join(page.split('id="former-records"')[1].split("<dd>")[1].split('<span class="meta">')[0].split())
    assert held.endswith("</a><br>")  # no dot after the last that there is
    assert ": 0<" not in held
    assert client.get(address(kept, other)).status_code == 404


def test_either_of_both_may_go_on_and_a_sign_in_is_chosen_where_both_have_one(client):
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    client.force_login(people.statewide())
    answers = {"kept": other.pk, "reason": WHY, "understood": "on"}
    assert "sign_in" in client.post(address(kept, other), answers).context["form"].errors
    client.post(address(kept, other), {**answers, "sign_in": kept.user_id})
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.merged_into, other.merged_into) == (other, None)


def test_what_must_be_settled_first_stands_beside_the_record_before_anything_is_typed(client):
    kept, other = states.enrolled(), states.started(states.enrolled()).plan.customer
    client.force_login(people.statewide())
    page = client.get(address(kept, other)).content.decode()
    assert f"{other.state_id} has an open plan" in page
    answer = client.post(address(kept, other), {"kept": kept.pk, "reason": WHY, "understood": "on"})
    assert answer.status_code == 422
    other.refresh_from_db()
    assert other.merged_into is None


def test_the_former_record_is_read_leads_on_and_takes_no_post(client):
    kept, other = pair()
    merged(kept, other)
    client.force_login(people.planner())
    for name in (
        "customers:overview",
        "customers:intake",
        "customers:case-notes",
        "customers:uploads",
        "plan:overview",
    ):
        page = client.get(reverse(name, args=[other.pk]))
        assert page.status_code == 200
        assert Page(page).links()["Open the record that goes on"] == reverse("customers:overview", args=[kept.pk])
        assert reverse("customer-hand-over", args=[other.pk]) not in page.content.decode()
    note = {"subject": "x", "text": "x", "contact_on": states.today(), "contact_method": "phone"}
    assert client.post(reverse("customers:case-notes", args=[other.pk]), note).status_code == 403
    client.force_login(people.statewide())
    assert client.get(address(other)).status_code == 409
    assert address(other) not in client.get(reverse("customers:intake", args=[other.pk])).content.decode()


def test_the_list_of_all_who_have_left_shows_the_person_once(client):
    kept, other = pair()
    merged(kept, other)
    client.force_login(people.statewide())
    rows = client.get(reverse("customers:list"), {"show": "all", "ended": "yes", "q": ""}).content.decode()
    assert reverse("customers:overview", args=[other.pk]) not in rows
    found = client.get(reverse("customers:list"), {"q": other.state_id}).content.decode()
    assert reverse("customers:overview", args=[kept.pk]) in found
