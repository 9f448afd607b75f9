"""The pages of the worksite tool: what is listed, found and entered, for whom, and with how many questions."""

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
    new_worksite,
    placed,
    region,
    saved,
)
from worksites.models import Employer, Job, Placement, Worksite
from worksites.places import views

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
    found = [(employer, worksite, job, total) for employer, worksite, job, _wage, total, *_left in rows]
    assert [
        (one[0], one[1].removesuffix(" Marlow").removesuffix(" Millbrook"), *one[2:]) for one in found[:5]
    ] == FIRST_FIVE
    assert [row[7][:3] for row in rows[:5]] == ["Add", "Add", "Add", "", "Add"]
    assert len(rows) == 13
    assert "13 jobs" in Page(staff.get(reverse("worksites"))).words


@pytest.mark.policy("ILL-129")
def test_five_of_thirteen_stand_on_a_page_of_five(staff, monkeypatch):
    monkeypatch.setattr(views, "PAGE_ROWS", 5)
    page, seen = Page(staff.get(reverse("worksites"))), []
    for _number in range(3):
        seen += [row[2] for row in rows_of(page)]
        assert "13 jobs" in page.words
        following = page.links().get("Next")
        page = Page(staff.get(following)) if following else page
    assert seen[:5] == [title for _employer, _worksite, title, _total in FIRST_FIVE]
    assert len(set(seen)) == 13


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
    ],
)
def test_a_search_finds_jobs_by_employer_worksite_title_city_and_occupation(staff, words, found):
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
