"""The questions of a section change while somebody answers them, or another person answers them, too."""

import pytest

from customers.sections.reading import answers_to
from tests import people
from tests.assessed import fill, wording
from tests.customers.sections.section_forms import address, opened, save, say_anew
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


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
