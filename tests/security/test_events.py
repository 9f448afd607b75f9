"""Security events: each is one record with keys and addresses, and without what people are called or typed."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from acknowledgments.models import Paper
from careerplan.accounts.middleware import LONGEST_SESSION_SECONDS
from careerplan.accounts.models import Office, Region, User
from careerplan.base import clock
from customers.actions import upload_file
from customers.models import Upload
from tests import people, states
from tests.accounts.test_passwords import link_in, set_by_link
from tests.mail import letters_about_signing_in
from tests.real_files import picture_file
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
    customer = states.told(states.sent(states.draft())).seal.version.plan.customer
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


@pytest.fixture
def administrator(client):
    client.force_login(people.administrator())
    return people.administrator()


def told_of(told, *facts):
    return [getattr(told.last, name, None) for name in facts]


def page_of(person):
    """What the administration's page of the person posts, with nothing changed."""
    kept = ("username", "email", "first_name", "last_name", "role", "phone", "language", "time_zone")
    rows = {f"scopes-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {name: getattr(person, name) for name in kept} | {"is_active": "on"} | rows


def test_of_a_person_who_is_changed_the_fields_are_told_and_the_role_of_before_and_after(client, administrator, told):
    person, region = people.statewide(), Region.objects.first()
    address = reverse("admin:accounts_user_change", args=[person.pk])
    client.post(address, page_of(person) | {"role": "customer", "last_name": "Verysecret", "phone": "217-555-0199"})
    assert told_of(told, "act", "keys") == ["changed", [str(person.pk)]]
    assert sorted(told.last.fields) == ["last_name", "phone", "role"]
    assert told_of(told, "role_was", "role_is") == ["statewide", "customer"]
    assert "Verysecret" not in str(vars(told.last))
    row = {"scopes-TOTAL_FORMS": "1", "scopes-0-region": region.pk, "scopes-0-user": person.pk}
    client.post(address, page_of(User.objects.get(pk=person.pk)) | row)
    assert told.last.fields == []
    assert told.last.rows == [f"added accounts.StaffScope {person.scopes.latest('pk').pk}"]


def test_what_was_posted_as_an_action_is_told_only_where_there_is_such_a_one(client, administrator, told):
    people_page, before = reverse("admin:accounts_user_changelist"), len(told.records)
    for posted in ("her secret cat", "x" * 5000):
        client.post(people_page, {"action": posted, "_selected_action": [administrator.pk]})
    assert len(told.records) == before
    below = {"action": ["her secret cat", "mark_deliverable"], "index": "1", "_selected_action": [administrator.pk]}
    client.post(people_page, below)
    assert told_of(told, "act", "keys") == ["mark_deliverable", [str(administrator.pk)]]
    for key in ("9" * 5000, "her secret cat"):
        assert client.post(people_page, below | {"_selected_action": [administrator.pk, key]}).status_code == 400
    assert len(told.records) == before + 1


def test_a_sign_in_that_is_switched_off_is_told(client, administrator, told):
    person, heir = people.planner(), people.youth_planner()
    client.post(reverse("person-switch-off", args=[person.pk]), {"successor": heir.pk})
    assert not User.objects.get(pk=person.pk).is_active
    assert told_of(told, "event", "act", "thing", "keys", "by_id", "successor_id") == [
        "administration", "switched-off", "accounts.User", [str(person.pk)], administrator.pk, heir.pk,
    ]  # fmt: skip


def test_a_customer_who_is_handed_over_is_told(client, administrator, told):
    customer, heir = people.angela(), people.youth_planner()
    values = {"former": customer.planner_id, "successor": heir.pk, "office": customer.office_id}
    client.post(reverse("customer-hand-over", args=[customer.pk]), values)
    assert people.angela().planner_id == heir.pk
    assert told_of(told, "act", "thing", "keys", "former_id", "successor_id", "office_id") == [
        "handed-over", "customers.Customer", [str(customer.pk)], customer.planner_id, heir.pk, customer.office_id,
    ]  # fmt: skip


def test_what_is_asked_and_tried_again_on_the_page_of_the_system_is_told(client, administrator, told, monkeypatch):
    client.post(reverse("system-ask"))
    assert told_of(told, "act", "thing") == ["asked", "mail server"]
    paper = Paper(pk=12)
    monkeypatch.setattr("careerplan.pages.system.get_object_or_404", lambda *_, **__: paper)
    for action in ("make_again", "send_again"):
        monkeypatch.setattr(f"careerplan.pages.system.{action}", lambda *_, **__: 1)
    client.post(reverse("system-paper-again", args=[12]))
    assert told_of(told, "act", "thing", "keys") == ["tried-again", "acknowledgments.Paper", ["12"]]
    client.post(reverse("system-email-again", args=[7]))
    assert told_of(told, "act", "thing", "keys") == ["tried-again", "messaging.Notification", ["7"]]


def test_a_file_that_is_shown_in_the_browser_is_told(client, told):
    values = {"name": "A fax", "category": "other", "document_type": "resume", "purpose": "resume"}
    fax = SimpleUploadedFile("fax.tif", picture_file("TIFF", pages=1))
    upload = upload_file(people.david(), fax, values, by=people.planner(), at=clock.now())
    client.force_login(people.planner())
    address = reverse("customers:upload-view", args=[upload.customer_id, upload.pk])
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert told_of(told, "event", "thing", "key") == ["file-taken", "upload", upload.pk]


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
