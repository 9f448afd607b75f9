"""From one section of the assessment to the next, and what becomes of what was typed when a section is done."""

import pytest
from django.urls import reverse

from customers.enums import SectionState
from customers.models import SectionRecord
from customers.sections.reading import answers_to
from tests.assessed import fill
from tests.customers.sections.section_forms import address, opened
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def test_what_was_typed_is_saved_when_the_section_is_marked_complete(customer, planner):
    typed = opened(planner, customer) | {"EDUCATION_LEVEL": "6", "SCHOOL_STATUS": "5", "done": "yes"}
    answer = planner.post(address("section", customer), typed)
    assert answer.url == reverse("plan:assessment", args=[customer.pk]) + "#sections"
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value == "6"
    assert SectionRecord.objects.get(customer=customer).state == SectionState.COMPLETE


def test_what_was_typed_is_saved_also_where_the_section_can_not_be_complete(customer, planner):
    typed = opened(planner, customer) | {"EDUCATION_LEVEL": "6", "done": "yes"}
    page = planner.post(address("section", customer), typed, follow=True)
    assert "Answer this first: School today." in Page(page).words
    [(leads_to, _status)] = page.redirect_chain
    assert Page(page).has_id(leads_to.partition("#")[2])
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value == "6"
    assert SectionRecord.objects.get(customer=customer).state == SectionState.IN_PROGRESS


def test_what_the_customer_said_is_reviewed_before_the_section_is_complete(customer, planner):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="6", SCHOOL_STATUS="5")
    typed = opened(planner, customer) | {"GRADE_COMPLETED": "12", "done": "yes"}
    page = planner.post(address("section", customer), typed, follow=True)
    assert "First mark as reviewed what the customer answered." in Page(page).words
    assert answers_to(customer.pk)["GRADE_COMPLETED"].value == "12"
    assert SectionRecord.objects.get(customer=customer).state == SectionState.IN_PROGRESS


def test_no_button_marks_a_section_complete_beside_its_form(customer, planner):
    page = Page(planner.get(address("section", customer)))
    assert not page.root.xpath(f"//form[@action='{address('section-complete', customer)}']")
    closed = Page(planner.get(address("section", customer, "DISABILITY_BENEFITS")))
    assert closed.root.xpath(f"//form[@action='{address('section-complete', customer, 'DISABILITY_BENEFITS')}']")


def test_each_section_leads_to_the_one_before_it_and_the_one_after_it(customer, planner):
    links = Page(planner.get(address("section", customer))).links()
    assert links["Previous section: 03 The work you want"] == address("section", customer, "EMPLOYMENT_GOALS")
    assert links["Next section: 05 Your work"] == address("section", customer, "EMPLOYMENT_INFORMATION")
    first = Page(planner.get(address("section", customer, "GOALS_AND_SITUATION"))).links()
    assert not [words for words in first if words.startswith("Previous section")]
    last = Page(planner.get(address("section", customer, "OTHER_CONSIDERATIONS"))).links()
    assert not [words for words in last if words.startswith("Next section")]
