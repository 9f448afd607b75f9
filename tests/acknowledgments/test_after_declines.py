"""However many versions a customer declined, the one in force stays in force and in sight."""

import pytest
from django.urls import reverse

from tests import people, states
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_after_many_declined_versions_the_one_in_force_is_shown_and_the_next_is_sent(client):
    for _number in range(5):
        states.not_completed(states.reviewed(people.angela()))
    client.force_login(people.planner())
    address = reverse("plan:agreement", args=[people.angela().pk])
    page = Page(client.get(address))
    assert "Version 1 is active." in page.words
    assert "Version 6 was marked Not Complete on" in page.words
    states.pen(states.reviewed(people.angela())).note(barriers_comment="Her sister moved away.")
    page = Page(client.get(address))
    assert "What has changed since Version 1" in page.words
    path = reverse("plan:send", args=[people.angela().pk])
    filled = page.form(path, "Send Electronic Request for Customer Agreement")
    answer = client.post(path, filled | {"reason": states.ALL_THE_SAME, "contact_method": "phone"}, follow=True)
    assert "The plan was sent." in Page(answer).words


@pytest.mark.parametrize("key", ["9" * 5000, "1e9", "²", "", "-1"])
def test_a_strange_key_finds_nothing(client, key):
    client.force_login(people.planner())
    path = reverse("plan:send", args=[people.david().pk])
    assert client.post(path, {"version": key}).status_code == 404
    ask = reverse("plan:ask", args=[people.keisha().pk, "remove_service"])
    assert client.get(ask, {"service": key, "removal": "not_wanted"}).status_code == 404
    catalog = reverse("plan:catalog", args=[people.keisha().pk])
    assert client.get(catalog, {"goal": key}).status_code in {200, 404}
