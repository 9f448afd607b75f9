"""Two tabs with the same form: nothing that the other saved is overwritten unseen."""

import pytest
from django.test import Client
from django.urls import reverse

from services.models import PlannedService
from tests.markup import Page, words_of
from tests.people import angela, planner, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def training():
    return PlannedService.objects.select_related("plan").get(plan__customer=angela(), service__code="TR-OST")


def path():
    return reverse("plan:service-edit", args=[angela().pk, training().pk])


def tab(person):
    """A browser with the form open, and what it would send."""
    client = Client()
    client.force_login(person)
    return client, Page(client.get(path())).form(path())


def two_texts(page):
    """What was typed and what is saved, by the field's label."""
    return {
        words_of(texts.getprevious()): tuple(words_of(text) for text in texts.xpath(".//p"))
        for texts in page.root.xpath("//*[@class='two-texts']")
    }


def test_the_second_tab_sees_both_texts_and_overwrites_nothing_until_it_says_so():
    (first, typed_first), (second, typed_second) = tab(planner()), tab(youth_planner())
    saved = typed_first | {"notes": "Classes moved to the evening.", "weekly_hours": "20"}
    assert first.post(path(), saved).status_code == 302

    before = everything()
    mine = typed_second | {"notes": "Bring the health form."}
    answer = second.post(path(), mine)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Nothing was overwritten. Compare both texts." in page.words
    assert two_texts(page) == {
        "Notes": ("Bring the health form.", "Classes moved to the evening."),
        "Weekly hours": ("24", "20.00"),
    }
    assert changed(before, everything()) == {}

    again = page.form(path())
    assert (again["notes"], again["weekly_hours"]) == ("Bring the health form.", "24")
    assert second.post(path(), again).status_code == 302
    row = training()
    assert (row.notes, row.weekly_hours) == ("Bring the health form.", 24)


def test_a_third_change_in_between_is_noticed_again():
    (first, typed_first), (second, typed_second) = tab(planner()), tab(youth_planner())
    first.post(path(), typed_first | {"notes": "One"})
    page = Page(second.post(path(), typed_second | {"notes": "Mine"}))
    first.post(path(), Page(first.get(path())).form(path()) | {"notes": "Two"})
    page = Page(second.post(path(), page.form(path())))
    assert two_texts(page) == {"Notes": ("Mine", "Two")}
    assert training().notes == "Two"


def test_saving_the_same_twice_in_one_tab_is_no_conflict():
    client, typed = tab(planner())
    assert client.post(path(), typed | {"notes": "Once"}).status_code == 302
    assert client.post(path(), Page(client.get(path())).form(path()) | {"notes": "Twice"}).status_code == 302
    assert training().notes == "Twice"


@pytest.mark.parametrize("sent", ["", "x", None])
def test_a_form_without_its_version_still_saves(sent):
    client, typed = tab(planner())
    values = typed | {"notes": "By hand", "row_version": sent}
    posted = {name: value for name, value in values.items() if value is not None}
    answer = client.post(path(), posted)
    assert (answer.status_code, training().notes == "By hand") == ((422, False) if sent == "x" else (302, True))
