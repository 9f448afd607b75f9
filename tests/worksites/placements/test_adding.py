"""A customer is added to a job of the worksite tool, which takes one of its openings (ILL-123 to ILL-133)."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from careerplan.base.dates import in_text
from careerplan.base.refusals import NotAllowed, Refusal
from customers.models import Program
from goals.models import Occupation
from services.actions import save_service
from tests import placed, states
from tests.at_once import all_at_once
from tests.markup import Page, words_of
from tests.people import lucia, north_planner, planner
from tests.races import refusal_of
from tests.rows import write
from worksites.models import Job, Placement
from worksites.placements.adding import add_placement
from worksites.placements.paying import Pay

pytestmark = pytest.mark.django_db

FULL_TIME = {"position_type": "full_time"}


def add(under, job, values=FULL_TIME, pay=placed.PAY, by=None):
    return add_placement(under, job, values, pay, by=by or under.plan.customer.planner, at=states.now())


def left(job):
    return Job.objects.with_openings().get(pk=job.pk).left


@pytest.mark.policy("ILL-124", "ILL-131", "ILL-139")
def test_one_record_is_seen_from_the_plan_and_from_the_job(client):
    job, under = placed.job(openings=2), placed.service()
    row = add(under, job)
    assert (row.status, left(job)) == ("planned", 1)
    assert list(under.placements.all()) == list(job.placements.all()) == [row]
    client.force_login(planner())
    for name, args in (("plan:service-edit", [under.plan.customer_id, under.pk]), ("customer-worksites", None)):
        page = Page(client.get(reverse(name, args=args or [under.plan.customer_id])))
        assert job.title in page.words


@pytest.mark.policy("ILL-133")
def test_the_wage_is_the_jobs_and_may_be_another_for_this_customer():
    job = placed.job(hourly_wage=Decimal("18.50"), openings=2)
    assert add(placed.service(), job).wage.hourly_wage == Decimal("18.50")
    pay = Pay(hourly=Decimal("19.25"), entered=placed.FOUND)
    assert add(placed.service(), job, pay=pay).wage.hourly_wage == Decimal("19.25")


@pytest.mark.policy("ILL-127")
@pytest.mark.parametrize(("code", "funded"), [("T1-ADULT", True), ("JTED", False), ("APP-IL", False), (None, False)])
def test_wioa_funded_is_answered_as_the_project_is_and_may_be_said_otherwise(code, funded):
    under = placed.service()
    write(under, program=Program.objects.get(code=code) if code else None)
    assert add(under, placed.job()).wioa_funded is funded
    assert add(under, placed.job(), FULL_TIME | {"wioa_funded": not funded}).wioa_funded is not funded


@pytest.mark.policy("ILL-127")
@pytest.mark.parametrize(("code", "funded"), [("T1-ADULT", True), ("JTED", False), (None, False)])
def test_the_form_offers_wioa_funded_as_the_project_is(client, code, funded):
    under, job = placed.service(), placed.job()
    write(under, program=Program.objects.get(code=code) if code else None)
    path = reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, job.pk])
    client.force_login(planner())
    assert ("wioa_funded" in Page(client.get(path)).form(path)) is funded


@pytest.mark.policy("ILL-128")
def test_a_job_without_an_opening_left_is_refused():
    job = placed.job()
    add(placed.service(), job)
    with pytest.raises(Refusal) as refused:
        add(placed.service(), job)
    assert (refused.value.code, refused.value.field) == ("no-opening-left", "job")
    assert Placement.objects.filter(job=job).count() == 1


def test_a_terminated_placement_gives_its_opening_back():
    job = placed.job()
    row = placed.started(at=job)
    placed.moved(row, "terminate", ends_on=states.today(), termination_reason="quit")
    assert left(job) == 1
    add(placed.service(), job)


def test_a_placement_that_was_taken_back_gives_its_opening_back():
    job = placed.job()
    placed.moved(placed.planned(at=job), "withdraw", words="Another customer was chosen.")
    assert left(job) == 1


@pytest.mark.policy("ILL-123")
def test_a_job_of_another_region_is_not_offered_and_refused(client):
    elsewhere = placed.job(placed.worksite(placed.employer(lucia().office.region)), "Elsewhere plain")
    here, under = placed.job(title="Here plain"), placed.service()
    with pytest.raises(Refusal) as refused:
        add(under, elsewhere)
    assert refused.value.code == "job-of-another-region"
    _page, rows = chosen(client, under, "?q=plain")
    assert [row[2] for row in rows] == [here.title]
    path = reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, elsewhere.pk])
    assert client.get(path).status_code == 404


@pytest.mark.policy("ILL-112")
def test_only_a_work_experience_service_has_placements():
    row = states.signed(states.draft()).plan.services.get(service__code="TR-OST")
    with pytest.raises(Refusal) as refused:
        add(row, placed.job())
    assert refused.value.code == "no-work-experience"


def test_a_job_that_ended_is_refused():
    job = placed.job(ended_on=states.today())
    with pytest.raises(Refusal) as refused:
        add(placed.service(), job)
    assert refused.value.code == "job-ended"


def test_the_same_customer_is_not_added_to_a_job_twice():
    under, job = placed.service(), placed.job(openings=2)
    add(under, job)
    with pytest.raises(Refusal) as refused:
        add(under, job)
    assert refused.value.code == "placed-already"


@pytest.mark.policy("ILL-138")
def test_full_time_or_part_time_is_asked():
    with pytest.raises(Refusal) as refused:
        add(placed.service(), placed.job(), {"position_type": ""})
    assert refused.value.field == "position_type"


@pytest.mark.policy("ILL-138")
def test_the_form_asks_for_one_of_the_two(client):
    under, job = placed.service(), placed.job()
    path = reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, job.pk])
    client.force_login(planner())
    page = Page(client.get(path))
    offered = page.root.xpath("//input[@type='radio'][@name='position_type']/following-sibling::label")
    assert [words_of(label) for label in offered] == ["Full-Time", "Part-Time"]
    answer = client.post(path, page.form(path))
    assert (answer.status_code, under.placements.count()) == (422, 0)
    assert "Choose full-time or part-time." in Page(answer).words


@pytest.mark.policy("ILL-140")
def test_the_end_is_not_before_the_start():
    today = states.today()
    with pytest.raises(Refusal) as refused:
        add(placed.service(), placed.job(), FULL_TIME | {"starts_on": today, "ends_on": today - timedelta(days=1)})
    assert (refused.value.code, refused.value.field) == ("end-before-start", "ends_on")


def test_a_planner_of_another_region_may_not_add():
    with pytest.raises(NotAllowed):
        add(placed.service(), placed.job(), by=north_planner())


# --- the pages ------------------------------------------------------------------------------------


def chosen(client, under, query=""):
    client.force_login(planner())
    response = client.get(reverse("plan:placement-choose", args=[under.plan.customer_id, under.pk]) + query)
    page = Page(response)
    return page, [[words_of(cell) for cell in row] for row in page.root.xpath("//main//table//tbody/tr")]


@pytest.mark.policy("ILL-128", "ILL-131")
def test_a_row_without_an_opening_has_no_add(client):
    at = placed.worksite(placed.employer(name="Double E plain"), "Double E plain")
    placed.job(at, "Chief plain")
    add(placed.service(), placed.job(at, "Filled plain"))
    placed.job(at, "Operators plain", openings=0)
    _page, rows = chosen(client, placed.service(), "?q=plain")
    assert [(row[0], row[1], row[2], row[4], row[5], row[6][:3]) for row in rows] == [
        ("Double E plain", "Double E plain Marlow", "Chief plain", "1", "1", "Add"),
        ("Double E plain", "Double E plain Marlow", "Filled plain", "1", "0", ""),
        ("Double E plain", "Double E plain Marlow", "Operators plain", "0", "0", ""),
    ]


@pytest.mark.policy("ILL-128")
def test_a_job_whose_last_day_is_past_is_listed_without_an_add(client):
    yesterday = states.today() - timedelta(days=1)
    placed.job(title="Stopped plain", ends_on=yesterday)
    placed.job(title="Today plain", ends_on=states.today())
    _page, rows = chosen(client, placed.service(), "?q=plain")
    assert sorted((row[2], row[6]) for row in rows)[0] == ("Stopped plain", f"Ended on {yesterday:%m/%d/%Y}")
    assert [row[6][:3] for row in rows if row[2] == "Today plain"] == ["Add"]


@pytest.mark.parametrize(
    "words", ["35-2014", "cooks restaurant", "Line cook", "Blue Door", "Back kitchen", "Marlow 35-2014"]
)
def test_a_job_is_found_by_each_of_its_words(client, words):
    at = placed.worksite(placed.employer(name="Blue Door"), "Back kitchen")
    placed.job(at, "Line cook", occupation=Occupation.objects.get(code="35-2014"))
    _page, rows = chosen(client, placed.service(), f"?{urlencode({'q': words})}")
    assert [row[2] for row in rows] == ["Line cook"]


@pytest.mark.policy("ILL-129")
def test_the_list_goes_on_behind_its_first_page(client):
    at = placed.worksite(placed.employer(name="Many plain"), "Many plain")
    for number in range(30):
        placed.job(at, f"Number {number:02} plain")
    under = placed.service()
    page, rows = chosen(client, under, "?q=plain")
    assert len(rows) == 25
    assert "30 jobs" in page.words
    assert "Showing 1 to 25 of 30" in page.words
    page = Page(client.get(page.links()["Next"]))
    assert "Showing 26 to 30 of 30" in page.words
    assert [words_of(row[2]).split(" plain")[0] for row in page.root.xpath("//main//table//tbody/tr")] == [
        f"Number {number}" for number in range(25, 30)
    ]


@pytest.mark.policy("ILL-130")
def test_where_no_worksite_is_listed_the_page_says_what_to_do(client):
    with_none = placed.service()
    for job in Job.objects.all():
        job.ended_on = states.today()
        placed.record(job, by=planner(), at=states.now())
    page, rows = chosen(client, with_none)
    assert rows == []
    assert "Add the employer, the worksite and the job in the worksite tool; then they appear here." in page.words


@pytest.mark.policy("ILL-127", "ILL-132", "ILL-133", "ILL-138", "ILL-140", "ILL-153")
def test_all_that_is_typed_as_a_customer_is_added_is_kept(client):
    days = [states.today() + timedelta(days=days) for days in (10, 20, 30, 80, 90, 100)]
    job_starts, starts, subsidy_starts, subsidy_ends, ends, job_ends = days
    under, job = placed.service(), placed.job(hourly_wage=Decimal("17.00"), starts_on=job_starts, ends_on=job_ends)
    path = reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, job.pk])
    client.force_login(planner())
    form = Page(client.get(path)).form(path)
    assert (form["hourly_wage"], form["wioa_funded"]) == ("17.00", "on")
    assert (form["starts_on"], form["ends_on"]) == (f"{job_starts:%m/%d/%Y}", f"{job_ends:%m/%d/%Y}")
    of_placement = {
        "position_type": "part_time", "wioa_funded": False, "starts_on": starts, "ends_on": ends,
        "subsidy_starts_on": subsidy_starts, "subsidy_ends_on": subsidy_ends, "notes": "Mornings alone.",
    }  # fmt: skip
    of_wage = {
        "hourly_wage": Decimal("19.25"), "subsidized_wage": Decimal("17.50"), "subsidy_reason": "The grant asks so.",
        "circumstances": ["few_hours", "city_contract"], "minimum_wage": Decimal("16.40"),
        "minimum_source": "Read on the city's page.",
    }  # fmt: skip
    del form["wioa_funded"]
    typed = {name: str(value) for name, value in (of_placement | of_wage).items() if value is not False}
    answer = client.post(path, form | typed | {"circumstances": of_wage["circumstances"]})
    row = Placement.objects.get(planned=under)
    assert answer.url == reverse("placement", args=[under.plan.customer_id, row.pk])
    assert {name: getattr(row, name) for name in of_placement} | {"job": row.job} == of_placement | {"job": job}
    wage = of_wage | {"circumstances": sorted(of_wage["circumstances"]), "from_on": starts}
    assert {name: getattr(row.wage, name) for name in wage} == wage


@pytest.mark.policy("ILL-128")
def test_customers_of_the_region_with_a_work_experience_service_are_offered_for_a_job(client):
    under, waiting, job = placed.service(), placed.service(), placed.job()
    client.force_login(planner())

    def offered(row):
        """Whether the customer is listed, and has an Add."""
        person = row.plan.customer
        page = Page(client.get(reverse("job-customers", args=[job.pk]), {"q": person.state_id}))
        added_at = reverse("plan:placement-add", args=[person.pk, row.pk, job.pk])
        return any(cells[0].split()[-1] == person.state_id for cells in page.rows), added_at in page.links().values()

    assert offered(under) == offered(waiting) == (True, True)
    add(under, job)
    assert offered(under) == (False, False)
    assert offered(waiting) == (True, False)


def test_a_job_of_another_region_is_not_there(client):
    client.force_login(north_planner())
    assert client.get(reverse("job-customers", args=[placed.job().pk])).status_code == 404


# --- two at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("staff_and_lists")
@pytest.mark.policy("ILL-128", "ILL-131")
def test_of_two_planners_who_take_the_last_opening_one_gets_it():
    job, first, second = placed.job(), placed.service(), placed.service()
    answers = all_at_once(Job.objects.filter(pk=job.pk), lambda: add(first, job), lambda: add(second, job))
    assert refusal_of(answers).code == "no-opening-left"
    assert left(job) == 0
    assert Placement.objects.filter(job=job).count() == 1


@pytest.mark.policy("ILL-126")
def test_the_service_keeps_what_every_service_has(client):
    under = placed.service()
    client.force_login(planner())
    path = reverse("plan:service-edit", args=[under.plan.customer_id, under.pk])
    page = Page(client.get(path))
    fields = {field.get("name") for field in page.root.xpath("//form[@action=$path]//*[@name]", path=path)}
    assert fields >= {"goal", "planned_start_on", "weekly_hours", "notes", "barriers"}
    assert status_of(page) == f"Planned Planned for {in_text(under.planned_start_on)}"
    placed.started(row=placed.planned(under))
    page = Page(client.get(path))
    assert page.form(path)["actual_start_on"] == f"{states.today():%m/%d/%Y}"
    assert status_of(page) == f"Started Since {in_text(states.today())}"


def status_of(page):
    return words_of(page.root.xpath("//section[@aria-labelledby='moves-title']/p")[0])


@pytest.mark.policy("ILL-126", "ILL-127")
@pytest.mark.parametrize(("funded", "shown"), [(True, "Yes"), (False, "No")])
def test_the_placement_says_whether_it_is_wioa_funded(client, funded, shown):
    row = placed.planned(wioa_funded=funded)
    client.force_login(planner())
    facts = Page(client.get(reverse("placement", args=[row.customer.pk, row.pk]))).facts()
    assert facts["WIOA funded"] == shown


def test_a_service_that_ended_has_no_new_placements():
    under = placed.service()
    row = placed.started(row=placed.planned(under))
    placed.moved(row, "terminate", ends_on=states.today(), termination_reason="completed")
    by = under.plan.customer.planner
    save_service(placed.reread(row).planned, {"status": "complete", "ended_on": states.today()}, by=by, at=states.now())
    with pytest.raises(Refusal) as refused:
        add(under, placed.job())
    assert refused.value.code == "service-ended"
