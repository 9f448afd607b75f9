"""The planner's pages of the sections: the list, a section with its answers, and those of a merged record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base import clock
from customers.enrolling import end_enrollment
from customers.enums import SectionState
from customers.merging import merge
from customers.models import SectionRecord
from customers.sections.reading import answers_to
from tests import people, states
from tests.assessed import complete, fill, fill_confidential
from tests.customers.sections.section_forms import CLOSED, SECRET, address, looked, opened, save
from tests.markup import Page, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


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


def test_the_list_of_errors_says_at_which_question_they_are(customer, planner):
    code = "EMPLOYMENT_INFORMATION"
    typed = {"WEEKS_WITHOUT_WORK": "many", "WORK_HISTORY-2-wage": "little"}
    page = Page(save(planner, customer, opened(planner, customer, code), code, **typed))
    said = [words_of(link) for link in page.root.xpath("//*[@data-error-summary]//a")]
    wrong = "Enter one number, for example 12.5, with a period before the decimals."
    assert said[-1] == f"Weeks in a row without work: {wrong}"
    assert said[0].startswith("Where have you worked? 2: ")


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
    assert "Answer this first: School today." in Page(planner.post(here, {"seen": "1"}, follow=True)).words
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), SCHOOL_STATUS="5")
    page = planner.post(here, {"seen": "2"}, follow=True)
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


def test_an_answer_in_rows_is_read_with_the_names_of_its_columns(customer, planner):
    rows = [{"name": "Ana Ruiz", "relation": "aunt", "phone": "217-555-0190"}]
    fill(customer, "EMERGENCY_CONTACT", by=customer.user, EMERGENCY_CONTACT=rows)
    page = Page(planner.get(address("section", customer, "EMERGENCY_CONTACT")))
    assert "Name Ana Ruiz Who it is to you aunt Phone 217-555-0190" in page.words


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
