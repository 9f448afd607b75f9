"""The page of what is confidential in a section, and all the places that never say it."""

import json
import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from careerplan.base.logs import JsonFormatter
from careerplan.base.models import FormDraft, FormPost
from customers.models import ConfidentialAnswer, ConfidentialLook
from customers.sections import confidential as closed
from tests import people
from tests.assessed import fill_confidential, look
from tests.customers.sections.section_forms import CLOSED, SECRET, address, looked
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_a_confidential_answer_is_shown_to_a_post_that_is_written_down(customer, reader):
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    for name in ("section", "section-confidential"):
        assert SECRET not in reader.get(address(name, customer, CLOSED)).content.decode()
    assert not ConfidentialLook.objects.exists()
    _page, shown = looked(reader, customer)
    assert SECRET in shown.words
    assert ConfidentialLook.objects.get().looked_by == people.planner()
    assert str(people.planner()) in Page(reader.get(address("section-confidential", customer, CLOSED))).words


def test_who_may_not_read_is_told_and_not_led_there(customer, planner):
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    page = Page(planner.get(address("section", customer, CLOSED)))
    assert "An administrator says who may read" in page.words
    here = address("section-confidential", customer, CLOSED)
    assert here not in page.links().values()
    assert planner.get(here).status_code == planner.post(here).status_code == 403
    assert planner.post(address("section-confidential-save", customer, CLOSED)).status_code == 403
    assert planner.post(address("section-confidential-review", customer, CLOSED)).status_code == 403


def test_an_administrator_sees_who_looked_and_not_what_they_saw(customer, reader):
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    looked(reader, customer)
    reader.force_login(people.administrator())
    here = address("section-confidential", customer, CLOSED)
    page = Page(reader.get(here))
    assert str(people.planner()) in page.words
    assert "Look at the answers" not in page.words
    assert reader.post(here).status_code == 403


def test_a_reader_saves_and_reviews_confidential_answers(customer, reader):
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    _page, shown = looked(reader, customer)
    review = address("section-confidential-review", customer, CLOSED)
    reader.post(review, shown.form(review))
    assert ConfidentialAnswer.objects.get().reviewed_by == people.planner()
    _page, shown = looked(reader, customer)
    here = address("section-confidential-save", customer, CLOSED)
    reader.post(here, shown.form(here) | {"confidential-DISABILITY_KIND": SECRET})
    assert {row.value for row in ConfidentialAnswer.objects.all()} == {True, SECRET}


LOOK_FIRST = "Look at the confidential answers first. Then mark them as reviewed."


def test_nobody_marks_as_reviewed_what_was_not_shown_to_them(customer, reader):
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    write(people.statewide(), reads_confidential=True)
    look(customer, CLOSED, by=people.statewide())
    page = reader.post(address("section-confidential-review", customer, CLOSED), follow=True)
    assert LOOK_FIRST in Page(page).words
    assert ConfidentialAnswer.objects.get().reviewed_by is None


def test_what_was_answered_after_the_look_is_looked_at_before_it_is_reviewed(customer, reader):
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    looked(reader, customer)
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    review = address("section-confidential-review", customer, CLOSED)
    assert LOOK_FIRST in Page(reader.post(review, follow=True)).words
    assert not ConfidentialAnswer.objects.filter(reviewed_at__isnull=False).exists()
    looked(reader, customer)
    reader.post(review)
    assert not ConfidentialAnswer.objects.filter(reviewed_at=None).exists()


def test_a_refused_confidential_form_comes_back_with_what_was_typed(customer, reader):
    _page, shown = looked(reader, customer)
    here = address("section-confidential-save", customer, CLOSED)
    typed = {"confidential-DISABILITY_KIND": SECRET, "confidential-BENEFIT_AMOUNT": "much"}
    page = reader.post(here, shown.form(here) | typed)
    assert page.status_code == 422
    assert {name: Page(page).form(here)[name] for name in typed} == typed


def test_of_two_who_save_confidential_answers_the_second_sees_both_and_it_is_written_down(customer, reader):
    _page, shown = looked(reader, customer)
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND="asthma")
    here = address("section-confidential-save", customer, CLOSED)
    page = reader.post(here, shown.form(here) | {"confidential-DISABILITY_KIND": SECRET})
    assert "asthma" in Page(page).words
    assert ConfidentialLook.objects.count() == 2
    assert ConfidentialAnswer.objects.get().value == "asthma"


def stands_in(text):
    """The tables of which a row holds the text, in whichever column."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name} row WHERE row::text LIKE %s)", [f"%{text}%"])
            found += [table] * cursor.fetchone()[0]
    return found


def test_what_is_typed_as_confidential_is_kept_as_no_draft(customer, reader):
    typed = {"confidential-DISABILITY_KIND": SECRET, "other": "words"}
    reader.post(f"{reverse('draft_keep')}?form={address('section', customer, CLOSED)}", typed)
    # As it would be sent: with a plus sign between two words.
    assert [("other=words" in row.data, "bipolar" in row.data) for row in FormDraft.objects.all()] == [(True, False)]


def test_a_confidential_post_that_no_page_takes_is_kept_nowhere(customer, reader):
    _page, shown = looked(reader, customer)
    here = address("section-confidential-save", customer, CLOSED)
    typed = shown.form(here) | {"confidential-DISABILITY_KIND": SECRET}
    reader.logout()
    Session.objects.all().delete()
    answer = reader.post(here, typed)
    assert answer.status_code == 302
    assert stands_in("bipolar") == []
    assert not FormPost.objects.exists()


def test_saved_it_stands_in_its_table_alone(customer, reader):
    _page, shown = looked(reader, customer)
    here = address("section-confidential-save", customer, CLOSED)
    reader.post(here, shown.form(here) | {"confidential-DISABILITY_KIND": SECRET})
    assert stands_in("bipolar") == ["customers_confidentialanswer"]


def test_neither_the_log_nor_the_page_of_a_fault_says_it(customer, reader, caplog, monkeypatch):
    def fail(*_args, **_options):
        raise ValueError(f"can't save '{SECRET}'")

    _page, shown = looked(reader, customer)
    monkeypatch.setattr(closed, "fill_confidential", fail)
    reader.raise_request_exception = False
    here = address("section-confidential-save", customer, CLOSED)
    with caplog.at_level(logging.DEBUG):
        page = reader.post(here, shown.form(here) | {"confidential-DISABILITY_KIND": SECRET})
    assert page.status_code == 500
    assert "bipolar" not in page.content.decode()
    lines = [JsonFormatter().format(record) for record in caplog.records if record.name.startswith("django.request")]
    assert lines
    assert all("bipolar" not in line and json.loads(line) for line in lines)
    assert stands_in("bipolar") == []


def test_no_search_and_no_list_finds_it(customer, reader):
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY_KIND=SECRET)
    asked = {"q": "bipolar"}
    for found in (
        reader.get(reverse("customers:list"), asked),
        reader.get(reverse("customers:csv")),
        reader.get(reverse("customers:case-notes", args=[customer.pk]), asked),
        reader.get(reverse("plan:assessment", args=[customer.pk])),
        reader.get(reverse("customers:overview", args=[customer.pk])),
    ):
        assert found.status_code == 200
        body = b"".join(found.streaming_content) if found.streaming else found.content
        assert b"since the accident" not in body
