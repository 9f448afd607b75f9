"""The planner's pages of the sections, and the page of what is confidential."""

import json
import logging
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.logs import JsonFormatter
from careerplan.base.models import FormDraft, FormPost
from customers.enrolling import end_enrollment
from customers.enums import SectionState
from customers.merging import merge
from customers.models import ConfidentialAnswer, ConfidentialLook, SectionRecord
from customers.sections import confidential as closed
from customers.sections.defining import reword, wording_of
from customers.sections.reading import answers_to
from tests import people, states
from tests.assessed import complete, fill, fill_confidential, wording
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

SECRET = "bipolar, since the accident"


@pytest.fixture
def customer():
    return states.enrolled()


@pytest.fixture
def planner(client):
    client.force_login(people.planner())
    return client


@pytest.fixture
def reader(planner):
    write(people.planner(), reads_confidential=True)
    return planner


def address(name, customer, code="EDUCATION_LEVEL"):
    return reverse(f"customers:{name}", args=[customer.pk, code.lower().replace("_", "-")])


def opened(client, customer, code="EDUCATION_LEVEL"):
    """The form of a section as the browser would send it."""
    here = address("section", customer, code)
    return Page(client.get(here)).form(here)


def save(client, customer, form, code="EDUCATION_LEVEL", **values):
    return client.post(address("section", customer, code), form | values)


def say_anew(code, **changes):
    before = wording(code)
    reword(before.field, replace(wording_of(before), **changes), by=people.administrator(), at=clock.now())


# --- the list ---------------------------------------------------------------------------------


@pytest.mark.policy("ILL-055")
def test_review_assessment_lists_the_sections_with_their_state_by_whom_and_what_waits(customer, planner):
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), EDUCATION_LEVEL="1", SCHOOL_STATUS="5")
    complete(customer, "EDUCATION_LEVEL", by=people.planner())
    fill(customer, "OTHER_CONSIDERATIONS", by=customer.user, FAMILY_SUPPORT="My aunt.")
    page = Page(planner.get(reverse("plan:assessment", args=[customer.pk])))
    lines = [" ".join(row.text_content().split()) for row in page.root.xpath("//section[@id='sections']//li")]
    assert len(lines) == 13
    assert lines[3].startswith("04 Your schooling")
    assert str(people.planner()) in lines[3]
    assert lines[3].endswith("Complete")
    assert "1 to review" in lines[12]
    assert lines[12].endswith("In progress")
    assert lines[0].endswith("Not started")
    assert "As appropriate, conduct additional assessments" in page.words
    assert page.links()["Add an assessment"] == reverse("customers:assessment-add", args=[customer.pk])


@pytest.mark.policy("ILL-050")
def test_where_nothing_is_answered_the_page_says_to_begin(customer, planner):
    here = reverse("plan:assessment", args=[customer.pk])
    assert "No section is begun yet." in Page(planner.get(here)).words
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), EDUCATION_LEVEL="1")
    assert "No section is begun yet." not in Page(planner.get(here)).words


def test_a_section_asks_the_database_a_fixed_number_of_times(customer, planner):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            planner.get(address("section", customer, "BARRIERS"))
        return len(queries)

    asked()
    few = asked()
    fill(customer, "BARRIERS", by=customer.user, LOW_INCOME=True, FARMWORK="2", ENGLISH_LEARNER=False)
    assert few <= asked() <= 12


# --- a section --------------------------------------------------------------------------------


def test_a_planner_fills_a_section_and_finds_it_filled(customer, planner):
    answer = save(planner, customer, opened(planner, customer), EDUCATION_LEVEL="6", GRADE_COMPLETED="12")
    assert answer.url == address("section", customer)
    assert {code: found.value for code, found in answers_to(customer.pk).items()} == {
        "EDUCATION_LEVEL": "6",
        "GRADE_COMPLETED": "12",
    }
    assert opened(planner, customer)["GRADE_COMPLETED"] == "12"


def test_rows_are_filled_and_two_more_are_offered(customer, planner):
    code = "EMPLOYMENT_INFORMATION"
    form = opened(planner, customer, code)
    said = {"employer": "Mercy", "job": "Aide", "wage": "17.25", "begun": "1/2/2024"}
    row = {f"WORK_HISTORY-1-{column}": text for column, text in said.items()}
    assert save(planner, customer, form, code, **row).status_code == 302
    [said] = answers_to(customer.pk)["WORK_HISTORY"].value
    assert (said["employer"], said["wage"], said["begun"]) == ("Mercy", "17.25", "2024-01-02")
    assert "WORK_HISTORY-3-begun" in opened(planner, customer, code)
    assert "WORK_HISTORY-4-begun" not in opened(planner, customer, code)


def test_a_row_that_lacks_something_says_what(customer, planner):
    code = "EMERGENCY_CONTACT"
    page = save(planner, customer, opened(planner, customer, code), code, **{"EMERGENCY_CONTACT-1-name": "Ana"})
    assert page.status_code == 422
    assert "Enter the phone." in Page(page).words
    assert Page(page).form(address("section", customer, code))["EMERGENCY_CONTACT-1-name"] == "Ana"


def test_every_kind_of_answer_is_shown_again_as_it_was_given(customer, planner):
    code = "GOALS_AND_SITUATION"
    given = {
        "PROGRAM_GOALS": "A job.",
        "TRANSPORTATION": ["bus", "bike"],
        "DRIVER_LICENSE": "no",
        "HOUSEHOLD_SIZE": "3",
    }
    save(planner, customer, opened(planner, customer, code), code, **given)
    again = opened(planner, customer, code)
    assert {name: again[name] for name in given} == given
    before = SectionRecord.objects.get(customer=customer).row_version
    assert save(planner, customer, again, code).status_code == 302
    assert SectionRecord.objects.get(customer=customer).row_version == before


def test_a_planner_reviews_what_the_customer_answered(customer, planner):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="6")
    page = planner.get(address("section", customer))
    assert "The customer's answers to review" in Page(page).words
    here = address("section-review", customer)
    planner.post(here, Page(page).form(here))
    assert "to review" not in Page(planner.get(address("section", customer))).words


def test_a_section_is_marked_complete_and_opened_again(customer, planner):
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), EDUCATION_LEVEL="6")
    here = address("section-complete", customer)
    page = planner.post(here, Page(planner.get(address("section", customer))).form(here), follow=True)
    assert "Answer this first: School today." in Page(page).words
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), SCHOOL_STATUS="5")
    page = planner.post(here, Page(planner.get(address("section", customer))).form(here), follow=True)
    assert "The section is complete." in Page(page).words
    assert "Associate's degree" in Page(page).words
    planner.post(address("section-reopen", customer))
    assert SectionRecord.objects.get(customer=customer).state == SectionState.IN_PROGRESS


def test_who_reads_and_may_not_write_sees_the_answers_without_a_form(customer, client):
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), EDUCATION_LEVEL="6")
    client.force_login(people.administrator())
    page = Page(client.get(address("section", customer)))
    assert "Associate's degree" in page.words
    assert page.root.xpath("//main//form") == []


def test_a_section_that_is_none_is_not_found(customer, planner):
    assert planner.get(address("section", customer, "SHOES")).status_code == 404


# --- the questions change while somebody answers ----------------------------------------------


def test_a_question_that_was_reworded_meanwhile_says_so_and_what_was_typed_stays(customer, planner):
    form = opened(planner, customer, "GOALS_AND_SITUATION")
    say_anew("COUNTY", label_english="County or parish")
    typed = {"COUNTY": "Peoria", "PROGRAM_GOALS": "A job."}
    page = save(planner, customer, form, "GOALS_AND_SITUATION", **typed)
    assert page.status_code == 422
    assert "This question was changed while you answered: “County or parish”" in Page(page).words
    again = Page(page).form(address("section", customer, "GOALS_AND_SITUATION"))
    assert {name: again[name] for name in typed} == typed
    assert answers_to(customer.pk) == {}
    assert save(planner, customer, again, "GOALS_AND_SITUATION").status_code == 302
    assert answers_to(customer.pk)["COUNTY"].label == "County or parish"


def test_a_question_that_was_taken_out_meanwhile_gives_back_what_was_typed(customer, planner):
    form = opened(planner, customer, "GOALS_AND_SITUATION")
    write(wording("COUNTY").field, is_active=False)
    page = save(planner, customer, form, "GOALS_AND_SITUATION", COUNTY="Peoria", BEST_TIME="noon")
    assert page.status_code == 422
    assert "Peoria" in Page(page).words
    again = Page(page).form(address("section", customer, "GOALS_AND_SITUATION"))
    save(planner, customer, again, "GOALS_AND_SITUATION")
    assert answers_to(customer.pk).keys() == {"BEST_TIME"}


def test_a_question_that_came_meanwhile_takes_nothing_away(customer, planner):
    fill(customer, "GOALS_AND_SITUATION", by=people.planner(), COUNTY="Peoria")
    write(wording("COUNTY").field, is_active=False)
    form = opened(planner, customer, "GOALS_AND_SITUATION")
    write(wording("COUNTY").field, is_active=True)
    save(planner, customer, form, "GOALS_AND_SITUATION", BEST_TIME="noon")
    assert answers_to(customer.pk)["COUNTY"].value == "Peoria"


def test_a_choice_that_is_offered_no_longer_stays_where_it_was_chosen(customer, planner):
    fill(customer, "GOALS_AND_SITUATION", by=people.planner(), LIVING_SITUATION="program", TRANSPORTATION=["bus"])
    for code, gone in (("LIVING_SITUATION", "program"), ("TRANSPORTATION", "bus")):
        say_anew(code, choices=[choice for choice in wording(code).choices if choice["code"] != gone])
    form = opened(planner, customer, "GOALS_AND_SITUATION")
    assert save(planner, customer, form, "GOALS_AND_SITUATION", BEST_TIME="noon").status_code == 302
    assert answers_to(customer.pk)["LIVING_SITUATION"].words == "In a shelter, a program or a hotel"


def test_what_somebody_else_saved_meanwhile_stands_beside_what_was_typed(customer, planner):
    form = opened(planner, customer)
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="1")
    page = save(planner, customer, form, EDUCATION_LEVEL="6")
    assert page.status_code == 422
    words = Page(page).words
    assert "Associate's degree" in words
    assert "High school diploma" in words
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value == "1"
    save(planner, customer, Page(page).form(address("section", customer)))
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value == "6"


def test_what_was_typed_is_shown_where_the_page_is_gone(customer, planner):
    here, code = address("section", customer, "GOALS_AND_SITUATION"), "GOALS_AND_SITUATION"
    page = Page(planner.get(here))
    marks = {
        name: page.root.xpath(f"string(//main//input[@name='{name}']/@value)") for name in ("typed_by", "typed_in")
    }
    form = page.form(here) | marks
    write(customer, office=people.lucia().office, planner=people.north_planner())
    gone = save(planner, customer, form, code, PROGRAM_GOALS="A job.", LIVING_SITUATION="own")
    assert gone.status_code == 404
    shown = Page(gone).root.xpath("//main//input/@value")
    assert {"A job.", "In a place of my own, rented or bought"} <= set(shown)
    assert "What do you want to reach with this program?" in Page(gone).words


# --- what is confidential ---------------------------------------------------------------------

CLOSED = "DISABILITY_BENEFITS"


def looked(client, customer):
    page = client.post(address("section-confidential", customer, CLOSED))
    return page, Page(page)


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


# --- a record that was merged -----------------------------------------------------------------


def test_what_a_merged_record_answered_is_read_there_and_changes_no_more(customer, reader):
    other = states.enrolled(with_sign_in=False)
    fill(other, "EDUCATION_LEVEL", by=people.planner(), EDUCATION_LEVEL="6")
    fill_confidential(other, CLOSED, by=people.planner(), DISABILITY_KIND=SECRET)
    end_enrollment(other.enrollments.get(), exited_on=states.today(), by=people.planner(), at=clock.now())
    merge(customer, other, reason="One card.", by=people.statewide(), at=clock.now())
    assert "Associate's degree" in Page(reader.get(address("section", other))).words
    assert reader.post(address("section-reopen", other)).status_code == 403
    assert reader.post(address("section-confidential-save", other, CLOSED)).status_code == 403
    page, shown = looked(reader, other)
    assert SECRET in shown.words
    assert page.context["may_fill"] is False
    kept = Page(reader.get(reverse("customers:overview", args=[customer.pk])))
    assert "Sections of the assessment: 2" in kept.words
