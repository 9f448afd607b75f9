"""The pages of an employer, a worksite and a job: what they show, and what is entered there."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import states
from tests.markup import Page
from tests.people import administrator, angela, planner
from tests.rows import write
from tests.worksites.places.places import (
    employer_named,
    new_employer,
    new_job,
    new_worksite,
    placed,
    region,
)
from worksites.models import Employer, MinimumWage, Worksite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def staff(client):
    client.force_login(planner())
    return client


def test_employers_are_listed_with_their_worksites_and_jobs(staff):
    page = Page(staff.get(reverse("employers"), {"q": "double"}))
    assert page.rows == [["Double E", "Information technology", "1", "3"]]


def test_an_employers_page_shows_its_worksites_with_their_jobs_and_openings(staff):
    page = Page(staff.get(reverse("employer", args=[employer_named("Double E").pk])))
    assert "200 Foundry Road, Millbrook, IL 62798" in page.words
    assert [(row[0].split(" Work Exp")[0], *row[3:]) for row in page.rows] == [
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
    assert ["Duke Lasley", "Teacher Assistants", "Planned/Not Started", "05/15/2020", "-"] in page.rows


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
    assert [row[0].split(" Work")[0] for row in page.rows] == ["Cook", "Welder", "Baker"]


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
