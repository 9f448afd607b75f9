"""The lists of the worksite tool: what is listed, found and narrowed, for whom, and with how many questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base.history import record_all
from tests import states
from tests.markup import Page
from tests.people import angela, north_planner, planner, statewide
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
from worksites.models import Employer, Job, Placement, Worksite
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


def listed(client, **asked):
    return Page(client.get(reverse("worksites"), asked)).rows


def titles(client, **asked):
    return [row[2] for row in listed(client, **asked)]


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
        seen += page.rows
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
    by_title = {row[2]: (*row[4:7], row[7][:3]) for row in listed(staff)}
    assert by_title["Teacher Assistants"] == ("1", "1", "0", "")
    assert by_title["Computer Operators Level 1"] == ("0", "0", "0", "")
    assert by_title["Stocker"] == ("4", "0", "4", "Add")
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
    assert [row[2] for row in Page(part).rows] == found
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
