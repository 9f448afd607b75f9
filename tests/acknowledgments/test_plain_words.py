"""A sealed version keeps its official names, and is read in plain ones, in the reader's language."""

from dataclasses import replace

import pikepdf
import pytest
from django.urls import reverse
from django.utils import translation

from acknowledgments.contents.items import KINDS, About, PlanContents
from acknowledgments.contents.sealed_text import canonical_json, digest_of
from acknowledgments.models import Seal
from acknowledgments.paper.plain import both_in_plain_words, in_plain_words
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.base.telling import plain
from careerplan.plans.actions import start_plan, write_in
from careerplan.plans.items import PLAN, BarrierItem
from goals.actions import remove_goal
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.items import ServiceItem
from services.models import Service
from tests import states
from tests.acknowledgments.printed import PLAN as PRINTED
from tests.acknowledgments.printed import broken_rules, draft_paper
from tests.markup import Page
from tests.people import angela, lucia, north_planner, planner
from tests.rows import write

pytestmark = pytest.mark.django_db

HOUSING = "Support - Housing Assistance"
CONTENTS = PlanContents(
    "IEP",
    career_goals=(CareerGoalItem(1, "employment", occupation_code="31-1131", occupation="Nursing Assistants"),),
    goals=(GoalItem(2, "Find a home", "Support Services", "short", "started", category_code="SUPPORT_SERVICES"),),
    barriers=(BarrierItem(3, "HOUS", "Housing instability (not homeless)", "Lives with a friend."),),
    services=(ServiceItem(4, "SS-HOUS", HOUSING, "supportive", category="Supportive Services", category_code="SS"),),
    action_steps=(ActionStepItem(5, 2, "Ask for a lease"),),
    about=About(programs=("WIOA Title I Adult",)),
)


def told(contents):
    [goal], [barrier], [service] = contents.goals, contents.barriers, contents.services
    return goal.category, barrier.category, service.name, service.category, *contents.about.programs


def test_names_are_told_in_plain_words():
    words = told(in_plain_words(CONTENTS))
    assert words == (
        "Help to take part", "Home is not safe or may be lost", "Help with housing", "Help to take part",
        "Job help for adults",
    )  # fmt: skip
    assert words[2].official == HOUSING


def test_names_are_told_in_the_language_of_the_reader():
    with translation.override("es"):
        assert told(in_plain_words(CONTENTS)) == (
            "Ayuda para participar", "Vivienda insegura o en riesgo de perderse", "Ayuda con la vivienda",
            "Ayuda para participar", "Ayuda laboral para adultos",
        )  # fmt: skip


def test_what_is_written_has_the_language_of_the_plan():
    contents = in_plain_words(replace(CONTENTS, about=replace(CONTENTS.about, written_in="es")))
    assert {contents.goals[0].statement.language, contents.action_steps[0].text.language} == {"es"}
    assert contents.career_goals[0].occupation.language == "en"


def test_every_text_of_a_person_says_whether_it_is_written():
    """A new field with words of the planner is `written`; names of providers and contracts are in no language."""
    texts = {
        f"{part.name}.{field.name}"
        for part in (*KINDS, PLAN)
        for field in part.compared
        if field.told is plain and not field.written
    }
    assert texts == {
        "career_goal.explores", "goal.times_off_track", "service.provider", "service.provider_contact",
        "service.contract", "service.exploration_supervisor", "service.rapids_id", "service.sponsor", "service.times",
        "plan.no_supportive_services",
    }  # fmt: skip


def test_a_renamed_entry_is_told_as_it_was_called():
    """Whoever signed "Housing Assistance" did not sign what the entry became."""
    row = Service.objects.get(code="SS-HOUS")
    row.name, row.plain_english, row.plain_spanish = "Moving costs", "Help to move", "Ayuda para mudarse"
    record(row, by=None, at=clock.now())
    with translation.override("es"):
        assert in_plain_words(CONTENTS).services[0].name == "Ayuda con la vivienda"


def test_a_name_that_never_had_a_plain_one_is_told_as_it_is_sealed():
    contents = replace(CONTENTS, services=(replace(CONTENTS.services[0], name="Rent help of 2019"),))
    with translation.override("es"):
        name = in_plain_words(contents).services[0].name
    assert (name, name.language) == ("Rent help of 2019", "en")


def test_two_contents_ask_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        both_in_plain_words(CONTENTS, CONTENTS)


def test_what_is_sealed_stays_to_the_letter():
    seal = states.sent(states.newest(lucia()))
    in_plain_words(seal.contents)
    assert (digest_of(seal.canonical), canonical_json(seal.contents)) == (seal.digest, seal.canonical)
    assert {service.name for service in seal.contents.services} <= set(Service.objects.values_list("name", flat=True))


def test_staff_read_the_official_name_beside_the_plain_one(client):
    version = states.plan_of(angela()).versions.get(state="active")
    client.force_login(planner())
    page = Page(client.get(reverse("plan:version", args=[angela().pk, version.pk])))
    assert "Training for one kind of job Occupational Skills Training (ITA)" in page.words


# --- the paper ----------------------------------------------------------------------------------


def languages_in(pdf):
    with pikepdf.open(pdf) as opened:
        parts = [part for part in opened.objects if isinstance(part, pikepdf.Dictionary) and "/S" in part]
        return {str(part.Lang) for part in parts if "/Lang" in part}


def test_the_paper_says_the_language_of_each_part(tmp_path):
    with translation.override("es"):
        content = draft_paper(in_plain_words(PRINTED), "es")
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    assert {"en", "vi", "pl"} <= languages_in(path)
    assert broken_rules(content) == []


# --- the planner's word -------------------------------------------------------------------------


def test_the_planner_says_in_which_language_the_plan_is_written(client):
    customer = lucia()
    client.force_login(north_planner())
    address = reverse("plan:written-in", args=[customer.pk])
    form = Page(client.get(address)).form(address)
    assert form["written_in"] == "en"
    assert client.post(address, form | {"written_in": "es", "rewritten": "on"}).status_code == 302
    assert states.plan_of(lucia()).written_in == "es"
    assert states.sent(states.newest(lucia())).contents.about.written_in == "es"


def offered(client, customer):
    """Whether the plan's page offers to change the language of the plan."""
    page = Page(client.get(reverse("plan:overview", args=[customer.pk])))
    return "Change the language of the plan" in page.links()


def nothing_written():
    return states.started(states.enrolled()).plan.customer


def with_the_customer():
    return states.sent(states.draft()).version.plan.customer


def agreed():
    return states.in_force().plan.customer


@pytest.mark.parametrize("prepare", [nothing_written, with_the_customer, agreed])
def test_the_language_is_changed_whenever_the_plan_is_open(client, prepare):
    customer = prepare()
    sealed = list(Seal.objects.filter(version__plan__customer=customer).values_list("canonical", flat=True))
    client.force_login(planner())
    assert offered(client, customer)
    address = reverse("plan:written-in", args=[customer.pk])
    form = Page(client.get(address)).form(address)
    page = Page(client.post(address, form | {"written_in": "es", "rewritten": "on"}, follow=True))
    assert "Written in Spanish." in page.words
    assert list(Seal.objects.filter(version__plan__customer=customer).values_list("canonical", flat=True)) == sealed


def test_a_closed_plan_keeps_its_language(client):
    customer = agreed()
    plan = states.closed(customer)
    client.force_login(planner())
    assert not offered(client, customer)
    with pytest.raises(Refusal) as refused:
        write_in(plan, "es", by=planner(), at=states.now())
    assert refused.value.code == "plan-closed"


def test_a_language_that_the_product_does_not_know_is_refused():
    with pytest.raises(Refusal) as refused:
        write_in(states.plan_of(lucia()), "xx", by=north_planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("not-a-choice", "written_in")


# --- words in the former language -----------------------------------------------------------------

WARNED = "From the next version on, all of them are marked with the new language."


def with_a_goal():
    states.written(customer := states.enrolled())
    return customer


def with_a_comment():
    version = states.started(states.enrolled())
    write(version.plan, barriers_comment="No car")
    return version.plan.customer


def with_a_removed_goal():
    """What left the plan is not marked any more, and sealed versions keep their language."""
    version = states.started(states.enrolled())
    pen = states.pen(version)
    remove_goal(pen.goal("Find a job", "CAREER_PLAN"), reason="Twice", by=planner(), at=states.now())
    return version.plan.customer


@pytest.mark.parametrize(
    ("prepare", "asks"),
    [(with_a_goal, True), (with_a_comment, True), (nothing_written, False), (with_a_removed_goal, False)],
)
def test_the_page_says_that_words_that_are_there_are_marked_anew(client, prepare, asks):
    customer = prepare()
    client.force_login(customer.planner)
    page = Page(client.get(reverse("plan:written-in", args=[customer.pk])))
    assert (WARNED in page.words) is asks
    assert ("The words of this plan are in the new language" in page.words) is asks


def test_without_the_tick_nothing_is_marked_anew(client):
    customer = with_a_goal()
    client.force_login(customer.planner)
    address = reverse("plan:written-in", args=[customer.pk])
    form = Page(client.get(address)).form(address)
    answer = client.post(address, form | {"written_in": "es"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"rewritten"}
    assert states.plan_of(customer).written_in == "en"
    with pytest.raises(Refusal) as refused:
        write_in(states.plan_of(customer), "es", by=customer.planner, at=states.now())
    assert (refused.value.code, refused.value.field) == ("words-in-another-language", "rewritten")


def test_the_same_language_needs_no_tick(client):
    customer = with_a_goal()
    assert write_in(states.plan_of(customer), "en", by=customer.planner, at=states.now()).written_in == "en"


def test_a_new_plan_begins_with_the_language_of_its_planner():
    customer = states.enrolled()
    assert states.started(customer).plan.written_in == "en"
    other = states.enrolled()
    write(planner(), language="es")
    other.planner.refresh_from_db()
    assert states.started(other).plan.written_in == "es"


def test_the_plan_that_follows_is_written_as_the_former_one(client):
    former = states.closed(agreed())
    write(former.customer.planner, language="es")
    version = start_plan(former.customer, follows=former, by=former.customer.planner, at=states.now())
    assert version.plan.written_in == "en"
