"""What an administrator typed comes back as well, with the rows added beside it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from careerplan.accounts.models import Office, Region, StaffScope
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.base.models import FormDraft
from tests.markup import Page
from tests.people import administrator, planner

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def page():
    return reverse("admin:accounts_user_change", args=[planner().pk])


@pytest.fixture
def client():
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator())
    return client


def sent_from(client, page, **typed):
    fields = Page(client.get(page)).root.xpath("//form[@id='user_form']//*[@name]")
    values = {field.get("name"): value_of(field) for field in fields if value_of(field) is not None}
    return {**values, **typed}


def value_of(field):
    if field.get("type") in ("checkbox", "radio"):
        return field.get("value", "on") if field.get("checked") is not None else None
    return field.value if field.get("type") != "submit" else None


def signs_out_and_in(client, page, sent):
    """Saves after the session ended, and signs in: the page to which that leads."""
    del client.cookies[settings.SESSION_COOKIE_NAME]
    answer = client.post(page, sent, **HERE)
    client.force_login(administrator())
    return Page(client.get(parse_qs(urlsplit(answer.url).query)["next"][0])).root


def test_what_was_typed_about_a_person_comes_back(client, page):
    root = signs_out_and_in(client, page, sent_from(client, page, last_name="Larsen-Vang"))
    assert root.xpath("string(//input[@name='last_name']/@value)") == "Larsen-Vang"
    planner_now = planner()
    assert planner_now.last_name != "Larsen-Vang"


def test_a_box_without_its_tick_comes_back_without_it(client, page):
    sent = sent_from(client, page)
    assert sent.pop("is_active") == "on"
    root = signs_out_and_in(client, page, sent)
    assert root.xpath("//input[@name='is_active']")
    assert not root.xpath("//input[@name='is_active'][@checked]")


def test_a_row_that_was_added_comes_back(client, page):
    office = Office.objects.order_by("pk")[0]
    there = StaffScope.objects.filter(user=planner()).count()
    sent = sent_from(client, page)
    prefix = next(name for name in sent if name.endswith("-TOTAL_FORMS")).removesuffix("-TOTAL_FORMS")
    sent |= {f"{prefix}-TOTAL_FORMS": there + 1, f"{prefix}-{there}-office": office.pk, f"{prefix}-{there}-id": ""}
    root = signs_out_and_in(client, page, sent)
    chosen = root.xpath(f"string(//select[@name='{prefix}-{there}-office']/option[@selected]/@value)")
    assert chosen == str(office.pk)


def test_the_page_says_that_something_was_kept_until_it_is_saved(client, page):
    signs_out_and_in(client, page, sent_from(client, page, first_name="Ada Marie"))
    shown = client.get(page)
    assert "You typed something here" in shown.content.decode()
    assert Page(shown).root.xpath("string(//input[@name='first_name']/@value)") == planner().first_name
    assert client.post(page, sent_from(client, f"{page}?draft=show"), **HERE).status_code == 302
    assert planner().first_name == "Ada Marie"
    assert not FormDraft.objects.exists()


def test_what_one_administrator_typed_no_other_sees(client, page):
    sent = sent_from(client, page, last_name="Larsen-Vang")
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.post(page, sent, **HERE)
    assert FormDraft.objects.get().user == administrator()


def test_a_new_entry_comes_back(client):
    page = reverse("admin:accounts_region_add")
    fields = Page(client.get(page)).root.xpath("//form[@id='region_form']//*[@name]")
    sent = {field.get("name"): value_of(field) or "" for field in fields if field.get("type") != "submit"}
    root = signs_out_and_in(client, page, {**sent, "name": "North of Eau Claire"})
    assert root.xpath("string(//input[@name='name']/@value)") == "North of Eau Claire"


def test_what_a_colleague_saved_meanwhile_is_said_before_it_is_replaced(client, page):
    sent = sent_from(client, page, phone="608 555 0199")
    person = planner()
    person.last_name = "Larsen-Vang"
    record(person, by=administrator(), at=clock.now())
    answer = client.post(page, sent, **HERE)
    shown = client.get(answer.url)
    assert "Someone else changed this in the meantime." in shown.content.decode()
    assert "Larsen-Vang" in shown.content.decode()
    assert (planner().phone, planner().last_name) == (person.phone, "Larsen-Vang")
    assert client.post(page, sent_from(client, answer.url), **HERE).status_code == 302
    assert planner().phone == "608 555 0199"


def test_the_same_post_twice_adds_one_row(client):
    page = reverse("admin:accounts_region_add")
    fields = Page(client.get(page)).root.xpath("//form[@id='region_form']//*[@name]")
    sent = {field.get("name"): value_of(field) or "" for field in fields if field.get("type") != "submit"}
    sent |= {"name": "North of Eau Claire", "code": "neau"}
    answers = [client.post(page, sent, **HERE) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Region.objects.filter(name="North of Eau Claire").count() == 1
    assert "Nothing was added twice." in client.get(answers[1].url).content.decode()


def test_a_form_with_errors_may_be_sent_again(client):
    page = reverse("admin:accounts_region_add")
    fields = Page(client.get(page)).root.xpath("//form[@id='region_form']//*[@name]")
    sent = {field.get("name"): value_of(field) or "" for field in fields if field.get("type") != "submit"}
    assert client.post(page, sent | {"name": ""}, **HERE).status_code == 200
    assert client.post(page, sent | {"name": "North", "code": "nort"}, **HERE).status_code == 302
