"""The pages of the worksite tool: what is listed, found and entered, for whom, and with how many questions."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base.history import record_all
from tests import states
from tests.markup import Page, words_of
from tests.people import administrator, angela, north_planner, planner, statewide
from tests.rows import write
from tests.worksites.places.places import (
    employer_named,
    job_of_the_document,
    new_employer,
    new_job,
    new_worksite,
    placed,
    region,
    saved,
)
from worksites.models import Employer, Job, MinimumWage, Placement, Worksite
from worksites.places import listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

# As the document's picture of the table prints them: employer, worksite, job, number of openings.
FIRST_FIVE = [
    ("Testing CYEP Employer", "Testing CYEP Employer", "Business Operations Specialists, All Other", "1"),
    ("Quality testers", "Quality testers", "Cashiers", "1"),
    ("Double E", "Double E", "Chief Sustainability", "1"),
    ("Double E", "Double E", "Computer Operators Level 1", "0"),
    ("Double E", "Double E", "Computer Programmers", "1"),
]


@pytest.fixture
def staff(client):
    client.force_login(planner())
    return client


def rows_of(page):
    return [[words_of(cell) for cell in row.xpath("./td | ./th")] for row in page.root.xpath("//tbody/tr")]


def listed(client, **asked):
    return rows_of(Page(client.get(reverse("worksites"), asked)))


def titles(client, **asked):
    return [row[2] for row in listed(client, **asked)]


# --- the list of jobs ---------------------------------------------------------------------------


@pytest.mark.policy("ILL-129")
def test_the_thirteen_jobs_are_listed_as_the_document_prints_them(staff):
    rows = listed(staff)
    found = {
        (employer, worksite.removesuffix(" Marlow").removesuffix(" Millbrook"), job, total): add[:3]
        for employer, worksite, job, _wage, total, _filled, _left, add in rows
    }
    assert [found[one] for one in FIRST_FIVE] == ["Add", "Add", "Add", "", "Add"]
    assert len(rows) == 13
    assert "13 jobs" in Page(staff.get(reverse("worksites"))).words


@pytest.mark.policy("ILL-129")
def test_five_of_thirteen_stand_on_a_page_of_five(staff, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_ROWS", 5)
    page, seen = Page(staff.get(reverse("worksites"))), []
    for said in ("Showing 1 to 5 of 13", "Showing 6 to 10 of 13", "Showing 11 to 13 of 13"):
        seen += rows_of(page)
        assert "13 jobs" in page.words
        assert said in page.words
        before, following = page.links().get("Previous"), page.links().get("Next")
        page = Page(staff.get(following)) if following else page
    assert len({tuple(row) for row in seen}) == 13
    assert "Showing 6 to 10 of 13" in Page(staff.get(before)).words


def test_jobs_stand_by_employer_worksite_and_title(staff):
    employer = new_employer("Apple farm")
    for worksite, title in (("Plant 2", "Baker"), ("Plant 1", "Welder"), ("Plant 1", "Cook")):
        known = Worksite.objects.filter(employer=employer, name=worksite).first()
        new_job(known or new_worksite(employer, worksite), title=title)
    rows = [row[:3] for row in listed(staff)]
    assert rows[:3] == [
        ["Apple farm", "Plant 1 Marlow", "Cook"],
        ["Apple farm", "Plant 1 Marlow", "Welder"],
        ["Apple farm", "Plant 2 Marlow", "Baker"],
    ]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_the_title_of_a_job_leads_to_its_page(staff):
    links = Page(staff.get(reverse("worksites"))).links()
    assert links["Stocker"] == reverse("job-edit", args=[job_of_the_document("Stocker").pk])


@pytest.mark.policy("ILL-128")
def test_a_job_whose_last_day_is_past_says_so_and_has_no_add(staff):
    job = saved(job_of_the_document("Stocker"), ends_on=states.today())
    assert listed(staff, q="stocker")[0][7].startswith("Add")
    yesterday = states.today() - timedelta(days=1)
    saved(job, ends_on=yesterday)
    assert listed(staff, q="stocker")[0][7] == f"Ended on {yesterday:%m/%d/%Y}"
    assert "Stocker" not in titles(staff, openings="yes")
    assert staff.get(reverse("job-customers", args=[job.pk])).status_code == 404


@pytest.mark.policy("ILL-128")
def test_filled_and_left_openings_stand_beside_the_total(staff):
    placed()
    by_title = {row[2]: tuple(row[4:7]) for row in listed(staff)}
    assert by_title["Teacher Assistants"] == ("1", "1", "0")
    assert by_title["Computer Operators Level 1"] == ("0", "0", "0")
    assert by_title["Stocker"] == ("4", "0", "4")
    open_ones = titles(staff, openings="yes")
    assert len(open_ones) == 11
    assert not {"Teacher Assistants", "Computer Operators Level 1"} & set(open_ones)


@pytest.mark.policy("ILL-130")
def test_where_no_worksite_is_listed_it_says_what_to_do(client):
    client.force_login(north_planner())
    for job in Job.objects.visible_to(north_planner()).select_related("worksite__employer__region"):
        write(job.worksite.employer, region=region(2))
    page = Page(client.get(reverse("worksites")))
    said = "No worksite is listed yet. Add the employer, then its worksites and their jobs, or import a list."
    assert f"{said} Then they appear in the plans of customers." in page.words
    assert page.links()["Add an employer"] == reverse("employer-add")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("double programmers", ["Computer Programmers"]),
        ("CYEP", ["Business Operations Specialists, All Other"]),
        ("millbrook janitor", ["Janitor"]),
        ("software", []),
        ("retail salespersons", ["Sales associate"]),
        ("43-4121", ["Library clerk"]),
        ("roosevelt assistants", ["Teacher Assistants"]),
    ],
)
def test_a_search_finds_jobs_by_employer_worksite_title_city_and_occupation_and_its_code(staff, words, found):
    assert titles(staff, q=words) == found
    part = staff.get(reverse("worksites"), {"q": words}, headers={"HX-Request": "true"})
    assert [row[2] for row in rows_of(Page(part))] == found
    if not found:
        assert "No job fits what was chosen." in Page(staff.get(reverse("worksites"), {"q": words})).words


def test_what_is_swapped_is_what_the_page_has(staff):
    whole = staff.get(reverse("worksites"), {"q": "double"}).content.decode()
    part = staff.get(reverse("worksites"), {"q": "double"}, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in whole


def test_a_list_of_several_regions_is_narrowed_to_one_and_to_an_employer(client):
    client.force_login(statewide())
    assert len(listed(client)) == 15
    assert len(listed(client, region=region(1).pk)) == 2
    assert titles(client, employer=employer_named("Marlow Public Library").pk) == ["Library clerk", "Receptionist"]
    assert 'name="region"' not in login(client, planner()).get(reverse("worksites")).content.decode()


def login(client, person):
    client.force_login(person)
    return client


def test_what_has_ended_is_no_longer_listed(staff):
    saved(job_of_the_document("Stocker"), ended_on=states.today())
    assert len(listed(staff)) == 12


def test_another_region_finds_nothing_of_this_one(client):
    client.force_login(north_planner())
    assert sorted(titles(client)) == ["Baker's helper", "Cashier"]
    job = job_of_the_document()
    for name, key in (
        ("employer", job.worksite.employer_id),
        ("employer-edit", job.worksite.employer_id),
        ("worksite-add", job.worksite.employer_id),
        ("worksite", job.worksite_id),
        ("worksite-edit", job.worksite_id),
        ("job-add", job.worksite_id),
        ("agreement-add", job.worksite_id),
        ("job-edit", job.pk),
    ):
        assert client.get(reverse(name, args=[key])).status_code == 404


@pytest.mark.parametrize("name", ["worksites", "employers", "employer-add"])
def test_customers_find_nothing(client, name):
    client.force_login(angela().user)
    assert client.get(reverse(name)).status_code == 404


def test_the_tool_is_reached_from_the_customers(staff):
    assert reverse("worksites") in Page(staff.get(reverse("customers:list"))).links().values()


# --- an employer, a worksite, a job -------------------------------------------------------------


def test_employers_are_listed_with_their_worksites_and_jobs(staff):
    page = Page(staff.get(reverse("employers"), {"q": "double"}))
    assert rows_of(page) == [["Double E", "Information technology", "1", "3"]]


def test_an_employers_page_shows_its_worksites_with_their_jobs_and_openings(staff):
    page = Page(staff.get(reverse("employer", args=[employer_named("Double E").pk])))
    assert "200 Foundry Road, Millbrook, IL 62798" in page.words
    assert [(row[0].split(" Work Exp")[0], *row[3:]) for row in rows_of(page)] == [
        ("Chief Sustainability", "1", "0", "1"),
        ("Computer Operators Level 1", "0", "0", "0"),
        ("Computer Programmers", "1", "0", "1"),
    ]


def test_a_worksites_page_shows_who_is_in_charge_and_who_works_there(staff):
    placement = placed()
    page = Page(staff.get(reverse("worksite", args=[placement.job.worksite_id])))
    facts = page.facts()
    assert facts["Address"] == "430 College Avenue, Marlow, IL 62799 County: Sangamon"
    assert facts["Supervisor"] == "Marcus Hale 217-555-0153 marcus.hale@roosevelt.example"
    assert ["Duke Lasley", "Teacher Assistants", "Planned/Not Started", "05/15/2020", "-"] in rows_of(page)


def test_the_phones_of_a_worksite_can_be_called(staff):
    worksite = new_worksite(new_employer(phone="217-555-0101"), supervisor_phone="217-555-0102")
    write(worksite, contact_phone="217-555-0103")
    links = Page(staff.get(reverse("worksite", args=[worksite.pk]))).links()
    assert {links["217-555-0102"], links["217-555-0103"]} == {"tel:217-555-0102", "tel:217-555-0103"}
    links = Page(staff.get(reverse("employer", args=[worksite.employer_id]))).links()
    assert links["217-555-0101"] == "tel:217-555-0101"


LOW = "The minimum wage of an adult here is $15.00 an hour (IL)."


@pytest.mark.policy("ILL-132")
def test_a_job_that_pays_less_than_the_minimum_wage_is_told_of_and_saved(staff):
    job = new_job(hourly_wage=Decimal("15.00"))
    pages = [reverse("job-edit", args=[job.pk]), reverse("worksite", args=[job.worksite_id])]
    assert not [page for page in pages if LOW in Page(staff.get(page)).words]
    form = Page(staff.get(pages[0])).form(pages[0])
    answer = staff.post(pages[0], form | {"hourly_wage": "14.99"})
    assert answer.url == pages[1]
    for page in pages:
        words = Page(staff.get(page)).words
        assert f"{LOW} This job pays less. Raise its hourly wage. Welder: $14.99" in words
    new_job(job.worksite, title="Cook", hourly_wage=Decimal("9.00"))
    new_job(job.worksite, title="Baker", hourly_wage=Decimal("9.00"), ended_on=states.today())
    page = Page(staff.get(pages[1]))
    assert f"{LOW} These jobs pay less. Raise their hourly wages. Cook: $9.00Welder: $14.99 Jobs" in page.words
    assert [row[0].split(" Work")[0] for row in rows_of(page)] == ["Cook", "Welder", "Baker"]


def test_where_the_list_has_no_minimum_wage_nothing_is_told(staff):
    job = new_job(new_worksite(state="GU"), hourly_wage=Decimal("1.00"))
    for rate in MinimumWage.objects.filter(jurisdiction="US"):
        write(rate, usable_for_placement=False)
    assert "The minimum wage of an adult" not in Page(staff.get(reverse("job-edit", args=[job.pk]))).words


def test_customers_whom_one_does_not_see_are_not_named(client):
    placement = placed()
    write(planner().scopes.get(), office=angela().office.region.offices.exclude(pk=angela().office_id).get())
    client.force_login(planner())
    page = Page(client.get(reverse("worksite", args=[placement.job.worksite_id])))
    assert "Lasley" not in page.words
    assert "None of the customers you can see is placed here." in page.words


def test_an_employer_a_worksite_and_a_job_are_entered_one_after_the_other(staff):
    answer = staff.post(reverse("employer-add"), {"name": "Foundry", "employees": "40", "website": "foundry.example"})
    employer = Employer.objects.get(name="Foundry")
    assert (answer.url, employer.region) == (reverse("employer", args=[employer.pk]), region())
    assert (employer.employees, employer.website) == (40, "https://foundry.example")
    answer = staff.post(
        reverse("worksite-add", args=[employer.pk]), {"name": "Plant 1", "state": "il", "city": "Marlow"}
    )
    worksite = Worksite.objects.get(employer=employer)
    assert (answer.url, worksite.state) == (reverse("worksite", args=[worksite.pk]), "IL")
    posted = {
        "title": "Welder", "occupation": "51-4121", "employment_type": "internship", "hourly_wage": "17",
        "weekly_hours": "37.5", "openings": "2", "starts_on": "06/01/2026", "ends_on": "",
    }  # fmt: skip
    answer = staff.post(reverse("job-add", args=[worksite.pk]), posted)
    job = worksite.jobs.select_related("occupation").get()
    assert answer.url == reverse("worksite", args=[worksite.pk])
    assert (job.occupation.code, job.hourly_wage, job.weekly_hours) == ("51-4121", Decimal(17), Decimal("37.5"))


def test_refusals_stand_at_their_fields(staff):
    job = placed().job
    posted = {"title": "", "employment_type": "", "hourly_wage": "0", "weekly_hours": "200", "openings": "x"}
    words = Page(staff.post(reverse("job-edit", args=[job.pk]), posted)).words
    for said in ("Enter the job title.", "Choose the employment type.", "Enter more than 0.", "Enter 168 or less."):
        assert said in words
    page = reverse("job-edit", args=[job.pk])
    answer = staff.post(page, Page(staff.get(page)).form(page) | {"openings": "0"})
    assert answer.status_code == 422
    assert "1 opening is filled. Enter that number or more." in Page(answer).words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": "ZZ"}, "No state or territory of the United States has these letters. Write, for example, IL."),
        ({"state": "Illinois"}, "Write the two letters of the state, for example IL."),
        ({"zip_code": "6279"}, "Write five digits, or five and four: 62799 or 62799-0001."),
        ({"zip_code": "ABCDE"}, "Write five digits, or five and four: 62799 or 62799-0001."),
    ],
)
def test_a_worksite_is_at_an_address_that_can_be(staff, typed, sentence):
    page = reverse("worksite-add", args=[new_employer().pk])
    answer = staff.post(page, {"name": "Plant 1", "state": "IL"} | typed)
    assert sentence in Page(answer).words
    assert not Worksite.objects.filter(name="Plant 1").exists()


@pytest.mark.parametrize("zip_code", ["62799", "62799-0001", ""])
@pytest.mark.parametrize("state", ["IL", "pr", "DC"])
def test_a_worksite_is_in_a_state_or_a_territory(staff, state, zip_code):
    page = reverse("worksite-add", args=[new_employer().pk])
    staff.post(page, {"name": "Plant 1", "state": state, "zip_code": zip_code})
    found = Worksite.objects.get(name="Plant 1")
    assert (found.state, found.zip_code) == (state.upper(), zip_code)


def test_hours_and_wages_say_what_is_wrong_with_a_third_decimal(staff):
    page = reverse("job-add", args=[new_worksite().pk])
    answer = staff.post(page, {"hourly_wage": "15.005", "weekly_hours": "25.125", "openings": "2.5"})
    words = Page(answer).words
    assert words.count("Write at most two digits after the period, for example 15.25.") >= 2
    assert "Write a whole number" in words


def test_whoever_sees_several_regions_chooses_one_for_an_employer(client):
    client.force_login(administrator())
    answer = client.post(reverse("employer-add"), {"name": "Foundry"})
    assert "Choose the region." in Page(answer).words
    client.post(reverse("employer-add"), {"name": "Foundry", "region": region(1).pk})
    assert employer_named("Foundry").region == region(1)


def test_the_occupation_is_found_by_the_search_of_career_goals(staff):
    worksite = new_worksite()
    page = reverse("job-add", args=[worksite.pk])
    part = Page(staff.get(page, {"q": "welder"}, headers={"HX-Request": "true"}))
    assert "?occupation=51-4121" in part.links().values()
    form = Page(staff.get(page, {"occupation": "51-4121"})).form(page)
    assert (form["occupation"].startswith("Welders"), form["title"].startswith("Welders")) == (True, True)


def test_who_works_in_no_region_is_told_whom_to_ask(staff):
    planner().scopes.all().delete()
    answer = staff.get(reverse("employer-add"))
    assert answer.status_code == 403
    assert "Ask an administrator to give you your office." in Page(answer).words


# --- questions to the database ------------------------------------------------------------------


def questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def fill(job):
    """60 employers, 200 worksites and 400 jobs more; and 60 placements of one job."""
    at, by = states.now(), planner()
    employers = [Employer(region=region(), name=f"Employer {number}") for number in range(60)]
    record_all(employers, by=by, at=at)
    sites = [Worksite(employer=employers[number % 60], name=f"Site {number}", state="IL") for number in range(140)]
    sites += [Worksite(employer=job.worksite.employer, name=f"Own {number}", state="IL") for number in range(60)]
    record_all(sites, by=by, at=at)
    one = {"employment_type": "summer", "hourly_wage": 16, "weekly_hours": 20, "openings": 3}
    jobs = [Job(worksite=sites[number % 200], title=f"Job {number}", **one) for number in range(340)]
    jobs += [Job(worksite=job.worksite, title=f"Own {number}", **one) for number in range(60)]
    record_all(jobs, by=by, at=at)
    write(job, openings=100)
    first = placed()
    said = {"position_type": "full_time", "wioa_funded": False, "added_at": at, "added_by": by}
    more = [Placement(planned=first.planned, job=jobs[-number], **said) for number in range(1, 60)]
    record_all(more, by=by, at=at)


@pytest.mark.parametrize("person", [planner, statewide])
def test_each_page_asks_as_much_of_a_full_region_as_of_a_small_one(client, person):
    client.force_login(person())
    job = job_of_the_document()
    pages = [
        reverse("worksites"),
        reverse("worksites") + "?q=o&openings=yes",
        reverse("employers"),
        reverse("employer", args=[job.worksite.employer_id]),
        reverse("worksite", args=[job.worksite_id]),
        reverse("job-edit", args=[job.pk]),
    ]
    few = [questions(client, page) for page in pages]
    fill(job)
    many = [questions(client, page) for page in pages]
    assert max(many) <= 12
    assert many == few
