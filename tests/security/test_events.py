"""Security events: each is one record with keys and addresses, and without what people are called or typed."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from careerplan.accounts.middleware import LONGEST_SESSION_SECONDS
from careerplan.accounts.models import Office
from customers.models import Upload
from tests import people, states
from tests.accounts.test_passwords import link_in, set_by_link
from tests.mail import letters_about_signing_in
from tests.security.doors import HERE, QUICK, RIGHT, tried, use_up, with_quick_password

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def angela(settings):
    settings.PASSWORD_HASHERS = QUICK
    return with_quick_password(people.angela().user)


@pytest.fixture
def told(caplog):
    """The names of the events so far, and the newest record."""
    caplog.set_level(logging.INFO, "careerplan.security")

    class Told:
        @property
        def records(self):
            return [record for record in caplog.records if record.name == "careerplan.security"]

        @property
        def names(self):
            return [record.event for record in self.records]

        @property
        def last(self):
            return self.records[-1]

    return Told()


def test_coming_in_and_going_is_told_with_who_and_from_where(client, angela, told):
    tried(client, angela.email, RIGHT)
    assert (told.last.event, told.last.user_id, told.last.address) == ("signed-in", angela.pk, HERE)
    client.post(reverse("account_logout"), REMOTE_ADDR=HERE)
    assert (told.last.event, told.last.user_id, told.last.address) == ("signed-out", angela.pk, HERE)
    assert told.names == ["signed-in", "signed-out"]


def test_wrong_passwords_and_limits_are_told_with_a_digest_of_the_name(angela, told):
    use_up(angela.email, times=6)
    use_up(angela.username.upper(), times=1)
    use_up("someone.private@example.test", times=1)
    assert told.names == ["sign-in-failed"] * 5 + ["limit-reached"] * 2 + ["sign-in-failed"]
    of_angela, unknown = told.records[:7], told.last
    assert {record.user_id for record in of_angela} == {angela.pk}
    assert (unknown.user_id, unknown.by_id) == (None, None)
    assert told.records[5].limits == ("account",)
    assert len({record.name_digest for record in told.records}) == 3


def test_passwords_that_are_set_and_links_are_told(client, angela, told):
    client.post(reverse("account_reset_password"), {"email": angela.email})
    set_by_link(client, link_in(letters_about_signing_in()[0]), "three odd lamps")
    assert [(record.event, record.user_id) for record in told.records] == [
        ("link-asked", angela.pk),
        ("password-set", angela.pk),
    ]
    client.force_login(people.angela().user)
    client.post(reverse("account_change_password"), {"oldpassword": "wrong"})
    assert (told.last.event, told.last.by_id) == ("old-password-wrong", angela.pk)


def test_files_and_papers_that_are_taken_along_are_told(client, told):
    customer = states.told(states.sent(states.written(states.enrolled()))).seal.version.plan.customer
    upload = Upload.objects.filter(customer=customer).first()
    client.force_login(customer.planner)
    assert client.get(reverse("customers:upload-file", args=[customer.pk, upload.pk])).getvalue()
    assert (told.last.event, told.last.thing, told.last.key) == ("file-taken", "upload", upload.pk)
    assert client.get(reverse("plan:paper", args=[customer.pk]))["Content-Type"] == "application/pdf"
    assert (told.last.event, told.last.thing, told.last.by_id) == ("file-taken", "paper", customer.planner.pk)
    client.force_login(customer.user)
    version = customer.plans.get().versions.get()
    assert client.get(reverse("my:paper", args=[version.pk]))["Content-Type"] == "application/pdf"
    assert (told.last.thing, told.last.key, told.last.by_id) == ("paper", version.pk, customer.user.pk)


def test_what_administrators_change_and_what_is_denied_is_told(client, told):
    administrator, office = people.administrator(), Office.objects.first()
    client.force_login(administrator)
    values = {"name": "Main Street Center", "region": office.region_id, "grantee": office.grantee_id, "relay": "711"}
    client.post(reverse("admin:accounts_office_change", args=[office.pk]), values)
    assert (told.last.event, told.last.act, told.last.thing) == ("administration", "changed", "accounts.Office")
    assert (told.last.keys, told.last.by_id) == ([str(office.pk)], administrator.pk)
    user = people.angela().user
    ticked = {"action": "send_reset_links", "_selected_action": [user.pk]}
    client.post(reverse("admin:accounts_user_changelist"), ticked)
    assert (told.last.act, told.last.keys) == ("send_reset_links", [str(user.pk)])
    client.force_login(user)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    assert (told.last.event, told.last.by_id, told.last.page) == ("denied", user.pk, "admin:login")


def test_a_session_that_ends_after_a_working_day_is_told(client, told):
    client.force_login(people.planner())
    session = client.session
    session["begun"] = session.get("begun", 0) - LONGEST_SESSION_SECONDS
    session.save()
    client.get("/customers/")
    assert (told.last.event, told.last.user_id) == ("session-ended", people.planner().pk)


def test_no_record_says_what_people_are_called_or_typed(client, angela, told, mailoutbox):
    typed = ["Someone Private", "someone.private@example.test", "her secret cat"]
    for name in typed[:2]:
        tried(Client(), name, typed[2])
    tried(client, angela.email, RIGHT)
    client.get("/admin/", follow=True)
    client.post(reverse("account_reset_password"), {"email": typed[1]})
    said = " ".join(str(vars(record)) for record in told.records)
    assert len(told.records) >= 5
    for text in (*typed, RIGHT, angela.email, angela.username, angela.first_name, angela.last_name):
        assert text.casefold() not in said.casefold()
