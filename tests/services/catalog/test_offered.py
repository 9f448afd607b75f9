"""What a planner is offered for a plan, in which order, and why something is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from customers.models import Enrollment
from goals.models import Goal
from services.actions import add_service
from services.catalog.reading import PAGE_ROWS
from services.models import PlannedService, Service, ServiceAnswer
from tests import states
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import david, lucia, north_planner, planner, youth_planner
from tests.rows import changed, everything, write
from tests.shared_plans import ADULT, enroll

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signed_in(client, people):
    client.force_login(planner())


def path(name="catalog", customer=david):
    return reverse(f"plan:{name}", args=[customer().pk])


def page_with(client, customer=david, **query):
    return Page(client.get(path(customer=customer), query))


def parts(page):
    """The headings of the list with the codes of the services under each."""
    found = {}
    for row in page.root.xpath("//table[contains(@class, 'catalog')]/tbody/tr"):
        if heading := row.xpath("./th[@scope='rowgroup']"):
            under = found.setdefault(words_of(heading[0]), [])
        else:
            under.append(row.xpath("string(.//input[@type='checkbox']/@value)"))
    return found


def codes(page):
    return page.root.xpath("//table[contains(@class, 'catalog')]//input[@type='checkbox']/@value")


def line_of(page, code):
    """What the row of a service says: whether it can be ticked, its last cell, and why it is not offered."""
    row = page.root.xpath("//tr[.//input[@type='checkbox' and @value=$code]]", code=code)[0]
    said = [row.xpath("./td")[-1], *row.xpath("./td[3]/span[@class='why-not']")]
    return not row.xpath(".//input[@type='checkbox']/@disabled"), " ".join(filter(None, map(words_of, said)))


def entry(code):
    return Service.objects.get(code=code)


def answer(**values):
    record(ServiceAnswer(**values), by=None, at=states.now())


def add(plan, code, by=planner, **values):
    return add_service(plan, entry(code), by=by(), at=states.now(), **values)


# --- what is offered ---------------------------------------------------------------------------


def every_code(client, **query):
    found, number = [], 1
    while True:
        page = page_with(client, page=number, **query)
        found += codes(page)
        if not page.root.xpath("//nav[@class='pager']//a[@rel='next']"):
            return found
        number += 1


@pytest.mark.policy("ILL-006")
def test_only_what_the_customers_programs_offer_is_shown_and_the_rest_behind_a_switch(client):
    offered = set(Service.objects.filter(offered_youth=True).values_list("code", flat=True))
    assert set(every_code(client)) == offered
    assert set(every_code(client, everything="on")) == set(Service.objects.values_list("code", flat=True))
    is_open, said = line_of(page_with(client, everything="on", q="skill upgrading"), "TR-SKUP")
    assert is_open
    assert said == (
        "Add Training to renew or build your skills None of the customer's programs offers this service. "
        "It is offered in: WIOA Title I Adult, WIOA Title I Dislocated Worker."
    )


def test_the_switch_shows_what_has_ended_and_what_begins_later_with_its_day(client):
    write(entry("SS-TRAN"), offered_until=states.today() - timedelta(days=1))
    write(entry("SS-CHLD"), offered_from=states.today() + timedelta(days=1))
    write(entry("SS-HOUS"), is_active=False)
    assert not {"SS-TRAN", "SS-CHLD", "SS-HOUS"} & set(every_code(client))
    page = page_with(client, everything="on", category="SS")
    assert line_of(page, "SS-TRAN")[0] is False
    assert "This service was offered until" in line_of(page, "SS-TRAN")[1]
    assert "This service is offered from" in line_of(page, "SS-CHLD")[1]
    assert line_of(page, "SS-HOUS") == (False, "This service is no longer offered. Choose another.")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"is_active": False}, "service-not-offered"),
        ({"offered_until": -1}, "service-not-offered"),
        ({"offered_from": 1}, "service-not-offered-yet"),
        ({"is_opened_by_system": True}, "opened-by-the-plan"),
    ],
)
def test_what_the_catalog_does_not_offer_today_is_not_added(values, code):
    days = {name: states.today() + timedelta(days=value) for name, value in values.items() if "offered_" in name}
    write(entry("SS-TRAN"), **values | days)
    before = everything()
    with pytest.raises(Refusal) as refused:
        add(states.plan_of(david()), "SS-TRAN")
    assert refused.value.code == code
    assert changed(before, everything()) == {}


def test_on_its_first_and_its_last_day_it_is_added():
    write(entry("SS-TRAN"), offered_from=states.today(), offered_until=states.today())
    assert add(states.plan_of(david()), "SS-TRAN").pk


def test_the_plan_opens_its_own_development_and_nobody_adds_it(client):
    page = page_with(client, q="individual service strategy")
    assert line_of(page, "PE-ISSD") == (
        False,
        "The plan opens this service itself, with each draft. Nobody adds it.",
    )
    answer = client.post(path("service-add"), {"service": "PE-ISSD"})
    assert answer.status_code == 409
    assert set(Service.objects.filter(is_opened_by_system=True).values_list("code", flat=True)) == {
        "IC-IEP",
        "PE-ISSD",
    }


def test_without_an_open_program_nothing_is_added(client):
    for enrollment in Enrollment.objects.filter(customer=david()):
        write(enrollment, status="exited", exited_on=states.today())
    page = page_with(client)
    assert line_of(page, codes(page)[0]) == (
        False,
        "The customer is in no open program. Enroll the customer first.",
    )
    with pytest.raises(Refusal, match="no-open-program"):
        add(states.plan_of(david()), "SS-TRAN")


def test_what_career_exploration_forbids_is_shown_with_the_reason(client):
    client.force_login(north_planner())
    page = page_with(client, lucia, q="occupational skills")
    is_open, said = line_of(page, "TR-OST")
    assert not is_open
    assert said.endswith("may not be in a plan whose goal is career exploration.")


def test_who_has_to_approve_is_said_before_it_is_asked(client):
    customer = states.enrolled(ADULT)
    states.written(customer)
    enroll(customer, "T1-YOUTH", youth_planner())
    page = page_with(client, lambda: customer, q="mentoring")
    assert line_of(page, "YE-08")[1].endswith("Priya Raman has to approve it.")


def test_what_the_plan_has_is_marked_and_may_come_again(client):
    page = page_with(client, q="legal aid")
    assert "In the plan" not in line_of(page, "SS-LEGL")[1]
    add(states.plan_of(david()), "SS-LEGL")
    assert line_of(page_with(client, q="legal aid"), "SS-LEGL")[1] == "In the plan Add again Help with legal needs"


# --- the order ------------------------------------------------------------------------------------


def test_what_answers_the_barriers_and_goals_is_first_and_says_which(client):
    ServiceAnswer.objects.all().delete()
    barrier = states.pen(states.newest(david())).barrier("FOOD", "Not enough at the end of the month.")
    answer(barrier=barrier.category, service=entry("YE-14"))
    page = page_with(client)
    first = next(iter(parts(page).items()))
    assert first == ("For the barriers and goals of this plan", ["YE-14"])
    assert f"Answers: {barrier.category.plain_name}" in page.words
    write(barrier, status="resolved")
    assert "For the barriers and goals of this plan" not in parts(page_with(client))


def test_a_kind_of_goal_is_answered_by_a_category(client):
    ServiceAnswer.objects.all().delete()
    goal = Goal.objects.in_plan().filter(plan=states.plan_of(david()))[0]
    answer(goal_category=goal.category, category=entry("SS-TRAN").category)
    found = parts(page_with(client))["For the barriers and goals of this plan"]
    assert set(found) == set(Service.objects.filter(category__code="SS").values_list("code", flat=True))


def test_what_the_office_plans_most_comes_next(client):
    ServiceAnswer.objects.all().delete()
    for _time in range(30):
        add(states.plan_of(david()), "RF-BOND")
    found = parts(page_with(client))
    heading, under = next(iter(found.items()))
    assert heading == "Planned most in this office"
    assert under[0] == "RF-BOND"


def test_elements_stand_in_their_order(client):
    ServiceAnswer.objects.all().delete()
    found = list(parts(page_with(client, category="YE")).get(shown(entry("YE-01").category), []))
    numbers = [int(code[3:5]) for code in found]
    assert numbers == sorted(numbers)
    assert len(found) > 8


def test_the_name_counts_before_the_description(client):
    found = every_code(client, everything="on", q="housing")
    assert found[0] == "SS-HOUS"
    names = [entry(code).name.lower() for code in found]
    assert [("housing" in name) for name in names] == sorted((("housing" in name) for name in names), reverse=True)


def test_a_page_has_thirty_rows_under_headings(client):
    page = page_with(client)
    assert len(codes(page)) == PAGE_ROWS == 30
    assert all(parts(page).values())
    following = page.root.xpath("//nav[@class='pager']//a[@rel='next']/@href")[0]
    second = Page(client.get(following))
    assert not set(codes(page)) & set(codes(second))
    assert set(codes(page)) | set(codes(second)) <= set(every_code(client))
    assert codes(page_with(client, page="99")) == codes(page_with(client, page=99))


def test_what_is_ticked_stays_on_each_page(client):
    page = page_with(client, service="SS-LEGL", page=2)
    assert parts(page)["Ticked so far"] == ["SS-LEGL"]
    assert len(codes(page)) <= PAGE_ROWS + 1


# --- in the dialog -----------------------------------------------------------------------------


@pytest.mark.policy("ILL-089", "ILL-101")
def test_the_goal_that_is_chosen_in_the_dialog_is_the_goal_of_what_is_added(client):
    goal = Goal.objects.in_plan().filter(plan=states.plan_of(david())).first()
    posted = {"service": "SS-LEGL", "goal": goal.pk, "opened_for": ""}
    client.post(path("service-add"), posted, headers={"HX-Request": "true"})
    assert PlannedService.objects.get(plan__customer=david(), service__code="SS-LEGL").goal == goal
    opened = {"service": "SS-LEGL", "goal": "", "opened_for": goal.pk}
    client.post(path("service-add"), opened, headers={"HX-Request": "true"})
    last = PlannedService.objects.filter(plan__customer=david(), service__code="SS-LEGL").order_by("-id")[0]
    assert last.goal is None


HTMX = {"HX-Request": "true"}


@pytest.mark.policy("WIS-060", "ILL-089")
def test_the_planned_days_that_stand_above_the_list_are_those_of_what_is_added(client):
    start, end = states.today(), states.today() + timedelta(days=30)
    posted = {"service": "SS-LEGL", "planned_start_on": start.isoformat(), "planned_end_on": f"{end:%m/%d/%Y}"}
    client.post(path("service-add"), posted, headers=HTMX)
    row = PlannedService.objects.get(plan__customer=david(), service__code="SS-LEGL")
    assert (row.planned_start_on, row.planned_end_on) == (start, end)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"planned_start_on": "soon"}, "Planned start: "),
        ({"planned_start_on": "2026-12-02", "planned_end_on": "2026-12-01"}, "The planned end can't be before"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(client, days, sentence):
    before = everything()
    refused = client.post(path("service-add"), {"service": "SS-LEGL", **days}, headers=HTMX)
    assert refused.status_code == 409
    assert sentence in words_of(Page(refused).root.xpath("//main//*[@role='alert']")[0])
    assert changed(before, everything()) == {}


def test_the_list_behind_the_dialog_shows_what_was_added_narrowed_as_it_was(client):
    plan = states.plan_of(david())
    goal = Goal.objects.in_plan().filter(plan=plan).first()
    posted = {"service": "SS-LEGL", "goal": goal.pk}
    for query, shown_now in (("", True), ("?status=planned", True), ("?status=started", False)):
        here = {**HTMX, "HX-Current-URL": f"http://testserver{path('services')}{query}"}
        planned = Page(client.post(path("service-add"), posted, headers=here)).root.xpath("//section[@id='planned']")[0]
        assert planned.get("hx-swap-oob") == "true"
        assert (shown(entry("SS-LEGL")) in words_of(planned)) is shown_now


# --- where nothing is found --------------------------------------------------------------------


def wider(page):
    return page.root.xpath("//div[@id='catalog-rows']//tbody[last()]//a[@hx-get]")


def test_where_nothing_is_found_what_is_not_offered_here_is_next_and_then_everything(client):
    goal = Goal.objects.in_plan().filter(plan=states.plan_of(david())).first()
    assert wider(page_with(client, q="legal")) == []
    link = wider(page_with(client, q="zzz", category="SS", goal=goal.pk, page=1))[0]
    assert link.get("href") == link.get("hx-get") == f"{path()}?q=zzz&category=SS&goal={goal.pk}&everything=on"
    link = wider(Page(client.get(link.get("href"))))[0]
    assert link.get("href") == f"{path()}?goal={goal.pk}&everything=on"
    assert len(codes(Page(client.get(link.get("href"))))) == PAGE_ROWS


def test_what_is_ticked_is_nothing_that_was_found(client):
    page = page_with(client, q="zzz", service="SS-LEGL")
    assert codes(page) == ["SS-LEGL"]
    assert "No service has all these words." in page.words
    assert wider(page)


def test_a_category_of_which_nothing_is_offered_here_says_so(client):
    for service in Service.objects.filter(category__code="SS"):
        write(service, is_active=False)
    assert "Nothing of this category is offered here." in page_with(client, category="SS").words


def test_the_pages_lead_to_the_catalog_also_from_a_form_with_errors(client):
    refused = client.post(path("services-add"), {"planned_start_on": "soon"})
    assert refused.status_code == 422
    assert Page(refused).root.xpath("//nav[@class='pager']//a/@href") == [f"{path()}?page=2"]


def test_the_dialog_asks_twelve_times_at_most(client, django_assert_max_num_queries):
    for code in ("SS-LEGL", "SS-TRAN", "YE-08"):
        add(states.plan_of(david()), code)
    client.get(path(), headers={"HX-Request": "true"})
    with django_assert_max_num_queries(12):
        client.get(path(), {"q": "help", "category": "SS"}, headers={"HX-Request": "true"})


@pytest.mark.policy("ILL-100", "AMB-I6")
def test_the_row_that_is_cut_off_in_the_document_is_no_service():
    """Support - Service, with PIRL 1200 alone, can't be read whole: no entry is made up for it."""
    supportive = Service.objects.filter(category__code="SS")
    assert supportive.exists()
    assert not [row.code for row in supportive if "1200" in row.pirl_elements]
    assert not Service.objects.filter(name__startswith="Support - Service").exists()
