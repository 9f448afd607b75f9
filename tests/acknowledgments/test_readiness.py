"""The list beside the steps: what is done, what is to do and what policy advises, from the check of the sending."""

from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given

from acknowledgments.agreement.sending import send
from acknowledgments.contents.items import About, PlanContents
from acknowledgments.rules.completeness import PLACES, RULES, advice_about, missing_from, tasks_of, warnings_about
from customers.actions import write_summary
from tests import states
from tests.acknowledgments.complete_plans import ASSESSED, BUS_PASS, EXPLORING_ISS, IEP, ISS, SUMMARIZED, TRAINING
from tests.acknowledgments.contents_strategies import contents
from tests.acknowledgments.drafts_checked import without_warnings
from tests.markup import Page
from tests.people import administrator, angela, david, planner, tyrell, youth_planner

WRITE_IT = "Write the Assessment Summary"
STEPS = ("plan:assessment", "plan:goals", "plan:services", "plan:goal-add", "plan:catalog")


def listed(plan, **how):
    return [(task.code, task.state) for task in tasks_of(plan, **how)]


def test_a_new_iep_begins_with_the_assessment_and_goes_on_in_plan_order():
    assert listed(PlanContents("IEP", about=About(is_first=True))) == [
        ("INITIAL-ASSESSMENT", "to-do"),
        ("EMPLOYMENT-GOAL", "to-do"),
        ("GOAL", "to-do"),
        ("BARRIER", "to-do"),
        ("ACTION-STEP", "to-do"),
        ("SERVICE", "to-do"),
        ("COMPREHENSIVE-ASSESSMENT", "advised"),
    ]


def test_what_is_done_stays_in_the_list():
    assert listed(replace(IEP, about=ASSESSED)) == [
        ("INITIAL-ASSESSMENT", "done"),
        ("SUMMARY", "advised"),
        ("EMPLOYMENT-GOAL", "done"),
        ("GOAL", "done"),
        ("BARRIER", "done"),
        ("ACTION-STEP", "done"),
        ("SERVICE", "done"),
    ]
    youth = ["ISS-GOAL", "ISS-SHORT-TERM", "ISS-LONG-TERM", "GOAL", "BARRIER", "ACTION-STEP", "SERVICE"]
    assert listed(replace(ISS, about=SUMMARIZED)) == [(code, "done") for code in youth]


def test_what_the_plan_is_not_asked_for_is_not_listed():
    assert "INITIAL-ASSESSMENT" not in dict(listed(IEP))
    assert "ISS-LONG-TERM" not in dict(listed(EXPLORING_ISS))


def test_a_task_counts_each_item_and_an_advice_none():
    undated = replace(IEP, services=(replace(TRAINING, planned_start_on=""), replace(BUS_PASS, planned_start_on="")))
    task = next(task for task in tasks_of(undated) if task.code == "PLANNED-START")
    assert (task.number, task.items) == (2, (TRAINING.name, BUS_PASS.name))
    needless = replace(IEP, services=(replace(TRAINING, barrier_ids=()),))
    assert [(task.code, task.number) for task in tasks_of(needless) if task.state == "advised"] == [
        ("SUMMARY", 0),
        ("NEED", 0),
    ]
    assert dict(listed(needless, blocking=frozenset({"NEED"})))["NEED"] == "to-do"


def test_a_task_counts_what_has_no_name_too():
    services = (replace(TRAINING, name="", planned_start_on=""), replace(BUS_PASS, planned_start_on=""))
    task = next(task for task in tasks_of(replace(IEP, services=services)) if task.code == "PLANNED-START")
    assert (task.number, task.items) == (2, (BUS_PASS.name,))


def test_each_rule_has_its_place_in_the_order():
    assert {rule.place for rule in RULES} <= set(PLACES)


@given(contents())
def test_the_list_says_thing_for_thing_what_the_sending_refuses(plan):
    found = tasks_of(plan)
    assert sum(task.number for task in found) == len(missing_from(plan))
    assert {task.code for task in found if task.state == "to-do"} == {row.code for row in missing_from(plan)}
    assert {task.code for task in found if task.state == "advised"} == {
        row.code for row in [*warnings_about(plan), *advice_about(plan)]
    }


# --- on the pages -----------------------------------------------------------------------------


def panel_of(page):
    return page.root.get_element_by_id("ready")


def text_of(element):
    return " ".join(element.text_content().split())


@pytest.mark.django_db
@pytest.mark.policy("ILL-004")
@pytest.mark.parametrize("name", STEPS)
def test_the_line_the_list_and_its_foot_say_the_same_number(client, people, name):
    client.force_login(planner())
    page = Page(client.get(reverse(name, args=[david().pk])))
    refused = Page(client.get(reverse("plan:agreement", args=[david().pk])))
    number = len(refused.root.xpath("//*[@aria-labelledby='missing-title']//li"))
    assert number > 1
    assert page.links()[f"{number} things to do"] == "#ready"
    panel = panel_of(page)
    assert f"{number} to do," in text_of(panel)
    assert f"You can send the plan after {number} more things." in text_of(panel)
    assert len(panel.xpath(".//*[text()='To do']")) == number
    assert [client.get(link.get("href").split("#")[0]).status_code for link in panel.xpath(".//a")].count(200) == len(
        panel.xpath(".//a")
    )


@pytest.mark.django_db
def test_when_nothing_is_missing_one_button_leads_to_the_sending(client, people):
    states.reviewed(angela())
    client.force_login(planner())
    panel = panel_of(Page(client.get(reverse("plan:goals", args=[angela().pk]))))
    assert "Nothing is missing." in text_of(panel)
    buttons = panel.xpath(".//a[contains(@class, 'btn-primary')]")
    assert [link.get("href") for link in buttons] == [reverse("plan:agreement", args=[angela().pk]) + "#send"]


@pytest.mark.django_db
@pytest.mark.policy("ILL-054")
def test_goals_without_a_summary_are_advised_about_on_the_way_to_sending_and_stop_nothing(client, people):
    version = without_warnings()
    customer = version.plan.customer
    client.force_login(planner())
    goals, agreement = (reverse(f"plan:{name}", args=[customer.pk]) for name in ("goals", "agreement"))
    panel = panel_of(Page(client.get(goals)))
    [line] = panel.xpath(f".//li[.//a[text()='{WRITE_IT}']]")
    assert "Advised" in text_of(line)
    assert "Nothing is missing." in text_of(panel)
    links = Page(client.get(agreement)).links()
    [place] = [address for words, address in links.items() if words.startswith(WRITE_IT)]
    assert Page(client.get(place.partition("#")[0])).has_id(place.partition("#")[2])
    write_summary(customer, text="She reads well.", by=planner(), at=states.now())
    for address in (goals, agreement):
        assert WRITE_IT not in Page(client.get(address)).words


@pytest.mark.django_db
@pytest.mark.policy("ILL-054")
def test_a_plan_without_a_summary_is_sent_without_a_reason(people):
    version = without_warnings()
    seal = send(version, by=planner(), at=states.now())
    assert seal.version.events.get(name="send").note == ""


@pytest.mark.django_db
def test_without_a_draft_there_is_no_list(client, people):
    client.force_login(youth_planner())
    for customer in (angela(), tyrell()):
        page = Page(client.get(reverse("plan:goals", args=[customer.pk])))
        assert not page.has_id("ready")
        assert "to do" not in page.words


@pytest.mark.django_db
def test_who_only_reads_is_led_to_no_form(client, people):
    client.force_login(administrator())
    assert panel_of(Page(client.get(reverse("plan:goals", args=[david().pk])))).xpath(".//a") == []


@pytest.mark.django_db
def test_after_saving_the_page_says_what_comes_next(client, people):
    client.force_login(planner())
    address = reverse("plan:goal-add", args=[david().pk])
    typed = Page(client.get(address)).form(address) | {"statement": "Read more", "category": "1", "term": "short"}
    category = Page(client.get(address)).root.xpath("//select[@name='category']/option/@value")[1]
    page = Page(client.post(address, typed | {"category": category}, follow=True))
    assert "The goal was saved." in page.words
    [line] = page.root.xpath("//p[@class='next-step']")
    [first] = panel_of(page).xpath("(.//li[.//*[text()='To do']]//a)[1]")
    assert text_of(line) == f"Next: {text_of(first)}"
    assert line.find("a").get("href") == first.get("href")
    again = Page(client.get(reverse("plan:goals", args=[david().pk])))
    assert again.root.xpath("//p[@class='next-step']") == []


@pytest.mark.django_db
def test_next_leads_to_what_is_to_be_done_first(client, people):
    client.force_login(planner())
    first = panel_of(Page(client.get(reverse("plan:goals", args=[david().pk])))).xpath(
        "(.//li[.//*[text()='To do']]//a)[1]"
    )[0]
    answer = client.get(reverse("plan:next", args=[david().pk]))
    assert answer.url == first.get("href")
    assert client.get(reverse("plan:next", args=[angela().pk])).url == reverse("plan:overview", args=[angela().pk])
