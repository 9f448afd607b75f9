"""What the assessment says stands on the paper where its form asks for it, once a planner answers for it.

The numbers are those of the list of fields that a printed IEP and ISS have.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.items import About, AssistanceItem, ContactItem, PlanContents
from acknowledgments.contents.sealed_text import canonical_json, read_contents
from acknowledgments.paper.facts import assessed_facts
from acknowledgments.paper.plain import in_plain_words
from careerplan.base.spoken import Words
from customers.sections.defining import reword, wording_of
from tests import people as cast
from tests import states
from tests.acknowledgments.printed import ABOUT, PLAN, broken_rules, draft_paper, sent_paper, text_of, without_spaces
from tests.acknowledgments.test_large_print import sizes
from tests.assessed import fill, fill_confidential, review, wording
from tests.markup import Page
from tests.rows import write

SEALED = Path(__file__).with_name("sealed")
SITUATION, SCHOOLING, WORK = "GOALS_AND_SITUATION", "EDUCATION_LEVEL", "EMPLOYMENT_INFORMATION"
CALLED_FIRST = {"name": "Rosa Philips", "relation": "mother", "phone": "217-555-0162", "other_phone": "217-555-0163"}
FAIR = {"what": "Fair of the trades", "offered": date(2026, 7, 6)}
HELP = {"what": "Résumé workshop", "offered": date(2026, 7, 6), "provided": date(2026, 7, 13)}

# Field of the form: the section, what is answered there, and what the contents then say.
ANSWERS = {
    "3": (
        SCHOOLING,
        {"SCHOOL_STATUS": "2"},
        {"school_status": "2", "school_status_name": "In school: alternative school"},
    ),
    "8": (SITUATION, {"COUNTY": "Sangamon"}, {"county": "Sangamon"}),
    "9": (
        SITUATION,
        {"PHONE_HOME": "217-555-0161", "PHONE_WORK": "217-555-0164", "PHONE_CELL": "217-555-0151", "BEST_TIME": "At 3"},
        {"phone_home": "217-555-0161", "phone_work": "217-555-0164", "phone_cell": "217-555-0151", "best_time": "At 3"},
    ),
    "11": (
        "EMERGENCY_CONTACT",
        {"EMERGENCY_CONTACT": [CALLED_FIRST, {"name": "Ada Bell", "phone": "217-555-0165"}]},
        {"emergency_contacts": (ContactItem(**CALLED_FIRST), ContactItem("Ada Bell", phone="217-555-0165"))},
    ),
    "13": (
        SCHOOLING,
        {"EDUCATION_LEVEL": "1"},
        {"education_level": "1", "education_level_name": "High school diploma"},
    ),
    "18": (WORK, {"INDUSTRY": "Manufacturing"}, {"industry": "Manufacturing"}),
    "20": (WORK, {"DISTANCE": Decimal(25)}, {"distance": "25"}),
    "31": (
        WORK,
        {"EMPLOYMENT_ASSISTANCE": [HELP, FAIR]},
        {
            "employment_assistance": (
                AssistanceItem("Résumé workshop", "2026-07-06", "2026-07-13"),
                AssistanceItem("Fair of the trades", "2026-07-06"),
            )
        },
    ),
}  # fmt: skip
ON_IEP, ON_ISS = ANSWERS.keys() - {"11"}, ANSWERS.keys() - {"18", "31"}
# All of it at once, without a database.
FULL = replace(
    ABOUT,
    programs=("WIOA Title I Youth", "WIOA Title I Adult"),
    youth_programs=("WIOA Title I Youth",),
    **{name: value for _section, _answers, said in ANSWERS.values() for name, value in said.items()},
)
WORDS = {
    "3": ["WIOA Title I Youth (in-school) WIOA Title I Adult"],
    "8": ["Madison, WI 53703 County: Sangamon Phone"],
    "9": ["Home: 217-555-0161 Work: 217-555-0164 Cell: 217-555-0151", "Best time to call At 3"],
    "11": ["Emergency contact Rosa Philips (mother), 217-555-0162, 217-555-0163 Ada Bell, 217-555-0165"],
    "13": ["Education level High school diploma", "School status In school: alternative school"],
    "18": ["Target industry Manufacturing"],
    "20": ["Distance willing to travel (miles) 25"],
    "31": ["Offered on Given on Résumé workshop 07/06/2026 07/13/2026 Fair of the trades 07/06/2026"],
}


def draft_of(plan_type):
    """A new customer's draft of an IEP or an ISS."""
    if plan_type == "ISS":
        return states.written_iss(states.enrolled("T1-YOUTH"))
    return states.draft()


def about_of(version):
    return contents_of(version.plan, version).about


def said_in(about):
    """What the contents say beyond those of a customer who answered nothing."""
    return {name: value for name, value in vars(about).items() if name in NAMES and value != getattr(About(), name)}


NAMES = {name for _section, _answers, said in ANSWERS.values() for name in said}


# --- from the sections to the contents --------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("plan_type", ["IEP", "ISS"])
@pytest.mark.parametrize("number", ANSWERS)
def test_each_field_of_the_form_is_what_its_section_says(people, plan_type, number):
    section, answers, expected = ANSWERS[number]
    version = draft_of(plan_type)
    assert said_in(about_of(version)) == {}
    fill(version.plan.customer, section, by=cast.planner(), **answers)
    asked = number in (ON_IEP if plan_type == "IEP" else ON_ISS)
    assert said_in(about_of(version)) == (expected if asked else {})


@pytest.mark.django_db
def test_a_shared_plan_names_what_both_forms_ask_for(people):
    version = states.newest(cast.keisha())
    for section, answers, _expected in ANSWERS.values():
        fill(cast.keisha(), section, by=cast.planner(), **answers)
    assert version.plan.plan_type == "both"
    assert said_in(about_of(version)).keys() == NAMES
    assert about_of(version).youth_programs == ("WIOA Title I Youth",)


@pytest.mark.django_db
def test_what_the_customer_typed_stands_there_once_a_planner_has_reviewed_it(people):
    version = draft_of("IEP")
    customer = version.plan.customer
    fill(customer, SITUATION, by=customer.user, COUNTY="Sangamon")
    assert about_of(version).county == ""
    review(customer, SITUATION, by=cast.planner())
    assert about_of(version).county == "Sangamon"
    fill(customer, SITUATION, by=customer.user, COUNTY="Menard")
    assert about_of(version).county == ""


@pytest.mark.django_db
def test_what_was_taken_back_stands_there_no_more(people):
    version = draft_of("IEP")
    fill(version.plan.customer, SITUATION, by=cast.planner(), COUNTY="Sangamon")
    fill(version.plan.customer, SITUATION, by=cast.planner(), COUNTY="")
    assert about_of(version).county == ""


@pytest.mark.django_db
def test_confidential_answers_are_never_sealed(people):
    version = draft_of("IEP")
    write(cast.planner(), reads_confidential=True)
    fill_confidential(version.plan.customer, "BARRIERS", by=cast.planner(), JUSTICE_NOTES="A secret of the court")
    assert "secret" not in canonical_json(contents_of(version.plan, version))


@pytest.mark.django_db
def test_what_is_sealed_stays_whatever_is_answered_later(people):
    version = draft_of("IEP")
    fill(version.plan.customer, SITUATION, by=cast.planner(), COUNTY="Sangamon")
    seal = states.sent(version)
    fill(version.plan.customer, SITUATION, by=cast.planner(), COUNTY="Menard")
    seal.refresh_from_db()
    assert seal.contents.about.county == "Sangamon"


def test_older_texts_say_nothing_of_it():
    older = sorted(SEALED.glob("*.json"))
    assert older
    for path in older:
        contents = read_contents(path.read_text())
        assert said_in(contents.about) == {}
        assert contents.about.youth_programs == ()
        assert assessed_facts(contents) == []


@pytest.mark.django_db
def test_before_sending_the_planner_reads_which_answers_the_form_leaves_out(client, people):
    version = draft_of("IEP")
    customer = version.plan.customer
    fill(customer, SITUATION, by=customer.user, COUNTY="Sangamon", PHONE_CELL="217-555-0151", HOUSEHOLD_SIZE=3)
    client.force_login(cast.planner())
    path = reverse("plan:agreement", args=[customer.pk])
    page = Page(client.get(path))
    assert "The customer gave 2 answers that the form asks for." in page.words
    assert page.links()["Review the answers"] == reverse("plan:assessment", args=[customer.pk])
    review(customer, SITUATION, by=cast.planner())
    assert "The customer gave" not in Page(client.get(path)).words
    assert about_of(version).county == "Sangamon"


# --- on the paper -----------------------------------------------------------------------------


@cache
def full_text(plan_type, language="en", large_print=False):
    contents = replace(PLAN, plan_type=plan_type, about=FULL)
    return text_of(sent_paper(contents, language, large_print=large_print))


@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
@pytest.mark.parametrize("number", WORDS)
def test_the_paper_has_the_fields_of_its_form(plan_type, number):
    asked = number in {"IEP": ON_IEP, "ISS": ON_ISS, "both": ANSWERS.keys()}[plan_type]
    text = full_text(plan_type)
    assert [words in text for words in WORDS[number]] == [asked] * len(WORDS[number])


@pytest.mark.parametrize("plan_type", ["IEP", "ISS", "both"])
def test_nothing_is_printed_of_what_was_not_answered(plan_type):
    text = text_of(sent_paper(replace(PLAN, plan_type=plan_type)))
    assert "Phone 608-555-0112 E-mail" in text
    for words in (
        "County:", "Home:", "Best time", "Emergency", "Education level", "School status", "in-school", "out-of-school",
        "Target industry", "willing to travel", "Employment assistance",
    ):  # fmt: skip
        assert words not in text


@pytest.mark.parametrize(("code", "words"), [("3", "(in-school)"), ("4", "(out-of-school)"), ("6", "(out-of-school)")])
def test_a_youth_program_says_whether_the_customer_is_in_school(code, words):
    about = replace(FULL, school_status=code)
    text = without_spaces(text_of(draft_paper(replace(PLAN, plan_type="ISS", about=about))))
    assert f"WIOATitleIYouth{words}WIOATitleIAdult" in text
    assert text.count("-school)") == 1


def test_the_phone_of_the_record_is_not_told_twice():
    about = replace(ABOUT, phone_cell="(608) 555-0112")
    text = text_of(draft_paper(replace(PLAN, about=about)))
    assert "Phone Cell: (608) 555-0112" in text
    assert "608-555-0112 Cell" not in text
    assert "Phone 608-555-0112 Home: 217-555-0161" in full_text("IEP")


def test_large_print_says_all_of_it_in_large_letters():
    pdf = sent_paper(replace(PLAN, plan_type="both", about=FULL), large_print=True)
    text = without_spaces(text_of(pdf))
    for number in WORDS.keys() - {"18", "20", "31"}:
        assert all(without_spaces(words) in text for words in WORDS[number])
    # Tables are told line by line.
    assert "Goal:TargetindustryOccupationoraim:Manufacturing" in text
    assert "Goal:Distancewillingtotravel(miles)Occupationoraim:25" in text
    assert "Offeredon:07/06/2026Givenon:07/13/2026" in text
    assert min(sizes(pdf).values()) >= 18
    assert broken_rules(pdf) == []


# --- in the reader's words --------------------------------------------------------------------


@pytest.mark.django_db
def test_choices_are_printed_in_the_language_of_the_paper(people):
    version = draft_of("ISS")
    customer = version.plan.customer
    for number in ("3", "8", "13"):
        section, answers, _expected = ANSWERS[number]
        fill(customer, section, by=cast.planner(), **answers)
    contents = contents_of(version.plan, version)
    with translation.override("es"):
        pdf = draft_paper(in_plain_words(contents), "es")
    text = text_of(pdf)
    assert "Nivel de estudios Diploma de escuela secundaria" in text
    assert "Situación escolar En la escuela: escuela alternativa" in text
    assert "(en la escuela)" in text
    assert "Condado: Sangamon" in text
    assert "High school diploma" not in text
    assert broken_rules(pdf) == []


@pytest.mark.django_db
def test_a_choice_that_was_reworded_since_is_told_as_it_was_sealed(people):
    version = draft_of("IEP")
    fill(version.plan.customer, SCHOOLING, by=cast.planner(), EDUCATION_LEVEL="1")
    contents = contents_of(version.plan, version)
    now = wording("EDUCATION_LEVEL")
    changed = [
        choice | ({"english": "Diploma", "spanish": "Título"} if choice["code"] == "1" else {})
        for choice in now.choices
    ]
    reword(now.field, replace(wording_of(now), choices=changed), by=cast.administrator(), at=states.now())
    assert in_plain_words(contents).about.education_level_name == "High school diploma"
    with translation.override("es"):
        assert in_plain_words(contents).about.education_level_name == "Diploma de escuela secundaria"
    assert contents_of(version.plan, version).about.education_level_name == "High school diploma"


def test_a_choice_that_nobody_knows_is_told_as_it_is_sealed(db):
    about = replace(ABOUT, education_level="99", education_level_name="Trade school of 1970")
    with translation.override("es"):
        told = in_plain_words(replace(PLAN, about=about)).about.education_level_name
    assert (told, told.language) == ("Trade school of 1970", "en")


@pytest.mark.django_db
def test_names_and_choices_ask_one_query(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        in_plain_words(PlanContents("IEP", about=FULL))


@pytest.mark.django_db
def test_what_was_typed_is_in_the_language_of_the_plan(people):
    contents = replace(PLAN, about=replace(FULL, written_in="es"))
    about = in_plain_words(contents).about
    assert about.employment_assistance[0].what.language == "es"


@pytest.mark.django_db
def test_what_customers_answer_is_said_to_be_in_no_language(people):
    """Whoever answers in Spanish of a plan in English reads no "(inglés)" beside it."""
    about = in_plain_words(replace(PLAN, about=replace(FULL, written_in="en"))).about
    assert not any(isinstance(words, Words) for words in (about.best_time, about.industry))


# --- on the page of a version -----------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_of_a_version_shows_what_its_paper_names(client, people):
    version = draft_of("IEP")
    for number in ON_IEP:
        section, answers, _expected = ANSWERS[number]
        fill(version.plan.customer, section, by=cast.planner(), **answers)
    states.sent(version)
    client.force_login(cast.planner())
    facts = Page(client.get(reverse("plan:version", args=[version.plan.customer_id, version.pk]))).facts()
    assert facts["County"] == "Sangamon"
    assert facts["Education level"] == "High school diploma"
    assert facts["Employment assistance"].startswith("Résumé workshop: offered 07/06/2026, given 07/13/2026")
