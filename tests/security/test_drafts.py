"""Drafts are kept of pages that there are, and no more of one person than anybody types."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from careerplan.base import clock, drafts
from careerplan.base.models import FormDraft
from tests.people import angela, planner, youth_planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

INVENTED = [
    "/nowhere/",
    "/customers/1/nothing/",
    "/admin/nothing/",
    "/admin/accounts/nothing/",
    "//",
    "/../",
    "nowhere",
]


def typed(text="She found a room."):
    return QueryDict(urlencode({"text": text}))


def notes():
    return reverse("customers:case-notes", args=[angela().pk])


def of_other_customers(number):
    return [reverse("customers:case-notes", args=[pk]) for pk in range(10**6, 10**6 + number)]


@pytest.mark.parametrize("path", INVENTED)
def test_on_an_invented_path_nothing_is_kept(client, path):
    client.force_login(planner())
    assert client.post(f"/drafts/keep/?{urlencode({'form': path})}", {"text": "x"}).status_code == 204
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("path", ["/admin/customers/customer/1/change/", "/customers/1/case-notes/", "/my/messages/"])
def test_on_a_page_of_ours_it_is_kept(client, path):
    client.force_login(planner())
    assert client.post(f"/drafts/keep/?{urlencode({'form': path})}", {"text": "x"}).status_code == 200
    assert FormDraft.objects.get().path == path


def test_the_oldest_make_room_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 3)
    now = clock.now()
    paths = of_other_customers(5)
    for minute, path in enumerate(paths):
        drafts.keep(planner().pk, path, typed(), at=now + timedelta(minutes=minute))
    drafts.keep(youth_planner().pk, notes(), typed(), at=now - timedelta(days=1))
    assert set(FormDraft.objects.filter(user=planner()).values_list("path", flat=True)) == set(paths[2:])
    assert FormDraft.objects.filter(user=youth_planner()).exists()


def test_the_oldest_make_room_where_they_are_too_long():
    now = clock.now()
    longest = "x" * (drafts.LIMIT_CHARACTERS - len("text="))
    paths = of_other_customers(6)
    for minute, path in enumerate(paths):
        drafts.keep(planner().pk, path, typed(longest), at=now + timedelta(minutes=minute))
    assert set(FormDraft.objects.values_list("path", flat=True)) == set(paths[2:])


def test_what_is_typed_now_is_kept_whatever_there_was(monkeypatch):
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    now = clock.now()
    drafts.keep(planner().pk, of_other_customers(1)[0], typed(), at=now)
    drafts.keep(planner().pk, notes(), typed("Later."), at=now)
    assert FormDraft.objects.get().path == notes()
