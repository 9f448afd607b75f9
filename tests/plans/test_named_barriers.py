"""Barriers that the assessment names and the plan has not: offered beside the plan's own, added in one click."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.models import Barrier, BarrierCategory
from careerplan.plans.named import add_named_barrier
from customers.sections.defining import Wording, add_question
from tests import people, states
from tests.assessed import fill, fill_confidential, review, section
from tests.markup import Page, words_of
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TITLE = "The assessment names these, and the plan has not"


@pytest.fixture
def plan():
    return states.started(states.enrolled()).plan


@pytest.fixture
def planner(client):
    client.force_login(people.planner())
    return client


def goals(client, plan):
    return Page(client.get(reverse("plan:goals", args=[plan.customer_id])))


def answer(plan, by=None, **values):
    fill(plan.customer, "BARRIERS", by=by or people.planner(), **values)


def category(code):
    return BarrierCategory.objects.get(code=code)


def offered(client, plan):
    """What the list says of each barrier."""
    return [words_of(row) for row in goals(client, plan).root.xpath("//*[@id='_named_barriers']/ul/li/div")]


def press(client, plan, code):
    return client.post(reverse("plan:barrier-named", args=[plan.customer_id, category(code).pk]))


@pytest.mark.policy("ILL-061")
def test_what_the_section_of_barriers_says_is_offered_for_the_plan(plan, planner):
    assert TITLE not in goals(planner, plan).words
    answer(plan, PRACTICAL_NEEDS=["TRAN", "CHLD"], LOW_INCOME=True, FARMWORK="2", BARRIER_NOTES="I work at night.")
    named = goals(planner, plan).root.xpath("//*[@id='_named_barriers']//li//strong")
    beginnings = ["Low income", "Farm worker", "Hard to get to work", "Needs child care"]
    assert [words_of(one).startswith(begins) for one, begins in zip(named, beginnings, strict=True)] == [True] * 4
    assert "I work at night." in goals(planner, plan).words


def test_what_was_answered_with_no_is_no_barrier(plan, planner):
    answer(plan, LOW_INCOME=False, HOMELESS=False, FARMWORK="0")
    assert offered(planner, plan) == []


@pytest.mark.policy("ILL-061", "WIS-053")
def test_one_click_adds_the_barrier_with_the_words_of_the_assessment(plan, planner):
    answer(plan, PRACTICAL_NEEDS=["TRAN", "CHLD"], LONG_UNEMPLOYED=True)
    said = press(planner, plan, "TRAN")
    assert said.url == f"{reverse('plan:goals', args=[plan.customer_id])}#barriers"
    press(planner, plan, "LTUE")
    described = dict(Barrier.objects.in_plan().filter(plan=plan).values_list("category__code", "description"))
    assert described == {
        "TRAN": "What do you need so that you can work or learn? A way to get there",
        "LTUE": "Have you been without work for 27 weeks or more in a row? Yes",
    }
    [row] = offered(planner, plan)
    assert row.startswith("Needs child care")


def test_the_description_is_in_the_language_of_the_plan(plan, planner):
    write(plan, written_in="es")
    answer(plan, LONG_UNEMPLOYED=True)
    press(planner, plan, "LTUE")
    assert Barrier.objects.get(plan=plan).description == "¿Lleva 27 semanas seguidas o más sin trabajo? Sí"


def test_what_only_the_customer_said_is_marked_until_it_is_reviewed(plan, planner):
    answer(plan, by=plan.customer.user, LOW_INCOME=True)
    assert "From the customer, not reviewed yet" in offered(planner, plan)[0]
    review(plan.customer, "BARRIERS", by=people.planner())
    assert "not reviewed" not in offered(planner, plan)[0]


def test_what_is_confidential_is_never_offered(plan, planner):
    write(people.planner(), reads_confidential=True)
    fill_confidential(plan.customer, "BARRIERS", by=plan.customer.user, HEALTH=True, UNSAFE=True, JUSTICE="1")
    fill_confidential(plan.customer, "BARRIERS", by=plan.customer.user, TANF_ENDS=True)
    assert TITLE not in goals(planner, plan).words
    for code in ("HLTH", "DVIO", "EXOF", "TANF"):
        assert press(planner, plan, code).status_code == 409
    assert not Barrier.objects.filter(plan=plan).exists()


def test_a_question_of_the_agency_names_barriers_too(plan, planner):
    wording = Wording(
        kind="choices", label_english="What is in the way here?", label_spanish="¿Qué le estorba aquí?",
        choices=[{"code": "LEGL", "english": "A case in court", "spanish": "Un caso en la corte"},
                 {"code": "SNOW", "english": "Snow", "spanish": "La nieve"}],
    )  # fmt: skip
    by, at = people.administrator(), states.now()
    add_question(section("BARRIERS"), code="LOCAL_NEEDS", position=500, wording=wording, by=by, at=at)
    answer(plan, LOCAL_NEEDS=["LEGL", "SNOW"])
    [row] = offered(planner, plan)
    assert row.endswith("What is in the way here? A case in court")


def test_a_barrier_that_left_the_plan_since_it_was_answered_is_not_offered_again(plan, planner):
    answer(plan, LOW_INCOME=True)
    press(planner, plan, "LOWI")
    barrier = Barrier.objects.get(plan=plan)
    gone = {"removal": "resolved", "note": "She found work.", **states.contact()}
    remove_barrier(barrier, **gone, by=people.planner(), at=states.now() + timedelta(minutes=1))
    assert offered(planner, plan) == []
    assert press(planner, plan, "LOWI").status_code == 409


def test_a_second_click_adds_nothing(plan, planner):
    answer(plan, LOW_INCOME=True)
    press(planner, plan, "LOWI")
    page = press(planner, plan, "LOWI")
    assert page.status_code == 409
    assert "The plan has this barrier already" in Page(page).words
    assert Barrier.objects.filter(plan=plan).count() == 1


def test_where_the_plan_says_that_there_are_none_the_list_says_so_and_has_no_button(plan, planner):
    none = {"category": category("NONE"), "description": ""}
    save_barrier(plan, None, none, by=people.planner(), at=states.now())
    answer(plan, LOW_INCOME=True)
    page = goals(planner, plan)
    assert "The plan says that there are no barriers." in page.words
    assert page.root.xpath("//*[@id='_named_barriers']//button") == []
    assert press(planner, plan, "LOWI").status_code == 409


def test_a_barrier_that_is_offered_no_longer_is_not_offered(plan, planner):
    answer(plan, LOW_INCOME=True)
    write(category("LOWI"), is_active=False)
    assert offered(planner, plan) == []


def test_without_a_draft_nothing_is_offered(planner):
    plan = states.in_force().plan
    answer(plan, LOW_INCOME=True)
    assert TITLE not in goals(planner, plan).words
    assert press(planner, plan, "LOWI").status_code == 409


def test_a_planner_of_elsewhere_adds_none(plan):
    answer(plan, LOW_INCOME=True)
    with pytest.raises(NotAllowed):
        add_named_barrier(plan, category("LOWI").pk, by=people.north_planner(), at=states.now())
    with pytest.raises(Refusal):
        add_named_barrier(plan, category("HOME").pk, by=people.planner(), at=states.now())
