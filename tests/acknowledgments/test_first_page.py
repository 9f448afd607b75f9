"""The first page of a customer's copy: the plan in short, in plain words, on one page (ILL-022)."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from acknowledgments.filing.checking import code_in
from acknowledgments.paper.first_page import fair_shares
from careerplan.base.spoken import Words
from services.costs.own import Help
from tests.acknowledgments.printed import (
    ABOUT,
    LONG,
    PLAN,
    broken_rules,
    customers_copy,
    pages_of,
    sent_paper,
    strange_plan,
)
from tests.reading import grade

GRADE = 8
HEADINGS = (
    "Your plan in short",
    "Where you want to go",
    "What comes next",
    "Who does what, and by when",
    "Your services",
    "Whom to call",
)
CALL = "Your career planner: Devon Okafor · 608-555-0101 · devon@example.org"
TEMPLATE = Path(settings.BASE_DIR) / "templates/acknowledgments/paper/_first_page.html"


def first_page(contents=PLAN, language="en", **options):
    return pages_of(customers_copy(contents, language, **options))[0]


def one_step(**values):
    return replace(PLAN, action_steps=(replace(PLAN.action_steps[0], done_on="", **values),))


def bus_promised(amount, paid="0"):
    open_sum = Decimal(amount) - Decimal(paid)
    return [Help(33, Words("Bus pass", "en"), Decimal(paid), open_sum, None)]


# --- what it says -----------------------------------------------------------------------------


@pytest.mark.policy("ILL-022")
def test_the_copy_begins_with_the_plan_in_short_and_the_paper_follows():
    pages = pages_of(customers_copy(PLAN))
    places = [pages[0].find(heading) for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)
    assert "Customer and career planner" in pages[1]
    assert "Your plan in short" not in " ".join(pages[1:])


@pytest.mark.policy("ILL-022")
def test_it_names_goals_the_next_thing_services_with_days_help_and_whom_to_call():
    told = first_page(one_step(due_on="2027-01-08"))
    for words in (
        "Delgado-Whitfield, Maria L. · This page shows your plan as it stands on Jan. 6, 2027.",
        "The pages after it show the plan as you agreed to it on Jan. 5, 2027.",
        "Employment goal of the plan: Nursing Assistants",
        "Goal 1: Pass the state exam · by June 30, 2027 · On Track",
        "Goal 2: Work nights at a hospital · Not Started",
        "What comes next Ask two hospitals about night work · You and your career planner · by Jan. 8, 2027",
        "You and your planner look at the plan again by April 5, 2027.",
        "Ask two hospitals about night work You and your career planner by Jan. 8, 2027",
        "Nursing assistant course, Madison College 01/12/2027 06/30/2027 Started $1,250.00",
        "Your help in dollars, all in all: $1,550.00.",
        CALL,
        "Your office: Dane County Job Center · 608-555-0100 · Relay/TTY: 7-1-1 1819 Aberg Avenue, Madison, WI 53704",
    ):
        assert words in told


def test_services_stand_by_their_first_day_and_what_has_ended_stands_last():
    bus = replace(PLAN.services[2], status="complete", actual_start_on="2027-01-01", ended_on="2027-01-05")
    course, search = PLAN.services[:2]
    told = first_page(replace(PLAN, services=(bus, search, course)))
    services = told[told.index("Your services") :]
    places = [services.index(words) for words in ("Nursing assistant course", "Job search help", "Bus pass 01/01/2027")]
    assert places == sorted(places)


def test_what_comes_next_is_still_to_come_and_what_is_late_is_counted():
    told = first_page(one_step(due_on="2027-01-02"))
    assert "What comes next Bus pass · Workforce Board · starts on Jan. 10, 2027 1 thing is late." in told
    assert "was planned for Jan. 2, 2027; ask your planner" in told


def test_a_service_that_is_late_says_so_beside_its_status():
    late = replace(PLAN.services[2], planned_start_on="2027-01-02")
    told = first_page(replace(PLAN, services=(*PLAN.services[:2], late)))
    assert "1 thing is late." in told
    assert re.search(r"Bus pass 01/02/2027 Planned, late \$300\.00", told)
    assert told.count(", late") == 1


def test_where_all_is_late_what_is_late_longest_comes_next():
    told = first_page(replace(one_step(due_on="2027-01-02"), services=()))
    assert "What comes next Ask two hospitals about night work · You and your career planner · was planned" in told


def test_steps_that_are_done_are_counted_and_not_asked_for():
    told = first_page()
    assert "No step is left to do. 1 step is done." in told
    assert "Ask two hospitals" not in told


def test_an_empty_plan_says_what_is_not_there_yet():
    empty = replace(PLAN, career_goals=(), goals=(), barriers=(), services=(), action_steps=())
    told = first_page(empty)
    for words in (
        "No goal is written yet.",
        "You have nothing left to do",
        "No step is left to do.",
        "No service is planned.",
    ):
        assert words in told
    assert "Your help in dollars" not in told
    assert CALL in told


def test_help_that_was_promised_counts_where_it_is_more_than_the_plan_says():
    more = first_page(promised=bus_promised("350.00", paid="80.00"))
    assert "Planned $350.00" in more
    assert "Your help in dollars, all in all: $1,600.00. $80.00 of it is paid." in more
    less = first_page(promised=bus_promised("60.00"))
    assert "Planned $300.00" in less
    assert "Your help in dollars, all in all: $1,550.00. Whom to call" in less


def test_a_draft_says_that_it_is_one_and_a_plan_that_waits_asks_for_an_answer():
    draft, waits = first_page(seal=False), first_page(acknowledgment=False)
    assert "DRAFT: not sent and not agreed to." in draft
    assert "The pages after it show all of the plan. It waits for you: read it, ask about it" in waits
    assert "agreed" not in waits.split("Where you want to go")[0]
    assert "It waits for you" not in draft


@pytest.mark.policy("ILL-022")
def test_it_has_nothing_that_is_confidential_and_no_note():
    told = first_page()
    assert "secret" not in told.casefold()
    assert "internal note" not in told


def test_who_has_no_planner_is_told_to_call_the_office():
    told = first_page(replace(PLAN, about=replace(ABOUT, planner_name="", planner_phone="", planner_email="")))
    assert "Your career planner: Call the office." in told


# --- one page ---------------------------------------------------------------------------------


def full(number):
    """As many rows, each with its texts as long as they may be."""
    goals = tuple(
        replace(PLAN.goals[0], id=key, statement="Pass the state exam " * 7 + "now!") for key in range(number)
    )
    steps = tuple(
        replace(PLAN.action_steps[0], id=key, goal_id=key, done_on="", text="Ask hospitals at night " * 13)
        for key in range(number)
    )
    services = tuple(
        replace(
            PLAN.services[0], id=key, goal_id=key, name="Nursing assistant course " * 4, provider="Madison College " * 6
        )
        for key in range(number)
    )
    return replace(PLAN, goals=goals, action_steps=steps, services=services)


def short(number):
    """As many rows of a line each."""
    goals = tuple(replace(PLAN.goals[0], id=key, statement=f"Goal {key}") for key in range(number))
    steps = tuple(replace(PLAN.action_steps[0], id=key, goal_id=0, done_on="", text="Call") for key in range(number))
    services = tuple(replace(PLAN.services[2], id=key, goal_id=0, barrier_ids=()) for key in range(number))
    return replace(PLAN, goals=goals, action_steps=steps, services=services)


@pytest.mark.policy("ILL-022")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("sealed", [True, False], ids=["agreed", "a draft"])
@pytest.mark.parametrize(
    "contents", [PLAN, full(1), full(9), short(2), short(6), short(30), LONG], ids=lambda plan: f"{len(plan.services)}"
)
def test_it_is_one_page_whatever_stands_in_the_plan(contents, sealed, language):
    pages = pages_of(customers_copy(contents, language, seal=sealed))
    assert "devon@example.org" in pages[0]
    assert "1819 Aberg Avenue" in pages[0]
    assert "TTY: 7-1-1" in pages[0]
    assert "State Workforce Agency" in pages[1]


def test_what_does_not_fit_is_counted():
    told = first_page(short(30))
    for words, shown in (
        ("Where you want to go", len(re.findall(r"Goal \d+: Goal \d+", told))),
        ("Who does what, and by when", told.count("Call You and your career planner")),
        ("Your services", told.count("Bus pass")),
    ):
        part = told[told.index(words) :]
        more = int(re.search(r"And (\d+) more in your plan\.", part)[1])
        assert 1 < shown < 30
        assert shown + more == 30 + (words == "Your services")  # the bus pass is what comes next, too


def test_each_part_has_its_share_of_the_room():
    assert fair_shares([[10, 10, 10], [10], []], 40) == [3, 1, 0]
    assert fair_shares([[10, 10, 10], [10, 10]], 40) == [2, 2]
    assert fair_shares([[10, 99, 10], [10, 10, 10]], 40) == [1, 3]
    assert fair_shares([[99], [99]], 10) == [1, 1]


def test_of_a_long_plan_it_stands_alone_and_says_so():
    pages = pages_of(customers_copy(LONG, alone=True))
    assert len(pages) == 1
    assert "Your plan is long. Ask your planner to print the rest of it for you." in pages[0]
    assert CALL in pages[0]


def test_in_large_print_it_takes_the_pages_that_it_needs():
    large = " ".join(pages_of(customers_copy(PLAN, large_print=True)))
    assert not [heading for heading in HEADINGS if heading not in large]
    assert CALL in large


# --- plain words, and who reads them ------------------------------------------------------------


def sentences():
    """All that the page says in English."""
    text = TEMPLATE.read_text(encoding="utf-8")
    texts = re.findall(r'{% translate "([^"]+)"', text)
    texts += re.findall(r"{% blocktranslate[^%]*%}(.+?){% (?:plural|endblocktranslate) %}", text)
    texts += re.findall(r"{% plural %}(.+?){% endblocktranslate %}", text)
    plain = [re.sub(r"{{ \w+ }}", "5", words) for words in texts]
    return [part for words in plain for part in re.split(r"(?<=\.) ", words) if part.endswith(".")]


def test_every_sentence_is_read_in_the_eighth_grade():
    found = sentences()
    assert len(found) > 10
    assert {words: round(grade(words), 1) for words in found if grade(words) > GRADE} == {}


def test_it_is_in_the_customers_language():
    told = first_page(language="es")
    for words in ("Su plan en breve", "Qué sigue", "Quién hace qué, y para cuándo", "Sus servicios", "A quién llamar"):
        assert words in told
    assert not [heading for heading in HEADINGS if heading in told]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("words", ["محمد بن عبد الله", "Maximiliana" * 18, "<b>bold</b> & <img src=x>"])
def test_the_copy_keeps_the_rules_of_pdf_ua_whatever_people_write(words, language):
    assert broken_rules(customers_copy(strange_plan(words), language)) == []


def test_the_copy_does_not_claim_to_be_the_file_on_file():
    """Who checks it would be told that somebody changed the form."""
    assert code_in(sent_paper(PLAN)) == "ACDEFGHJKMNP"
    copy = customers_copy(PLAN)
    assert code_in(copy) == ""
    assert "ACDEFGHJKMNP" in " ".join(pages_of(copy))
