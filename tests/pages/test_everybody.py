"""What is due by region, office and planner: as Today counts it, for who oversees them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.accounts.models import LocalAdministration, Office, Region
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.pages.today.work import work_of
from careerplan.reports.models import StateCount, WorkCount
from careerplan.reports.work import FRESH, OLD, count_work
from customers.models import Customer
from tests import people, states
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
MOST_QUERIES = 14


def rows_of(client, **asked):
    answer = client.get(reverse("today-everybody"), asked)
    assert answer.status_code == 200
    return {row["label"]: row for row in answer.context["rows"]}


def numbers(row):
    return tuple(row[name] for name in WorkCount.NUMBERS)


def as_today(rows):
    """The numbers of Today for these customers."""
    work = work_of(list(rows.daily_list().values_list("pk", flat=True)), on=states.today())
    return len(work.overdue), len(work.this_week), len(work.with_others)


@pytest.fixture
def counted():
    states.started(states.enrolled())
    states.sent(states.draft())
    write(states.told(states.sent(states.draft())).seal.version.plan.customer, planner=None)
    assert count_work(at=clock.now(), fresh=timedelta(0))


@pytest.mark.usefixtures("counted")
def test_each_number_is_that_of_today_from_the_region_to_the_planner(client):
    client.force_login(people.statewide())
    found = rows_of(client)
    for region in Region.objects.filter(name__in=found):
        assert numbers(found[region.name]) == as_today(Customer.objects.filter(office__region=region)), region
    region = people.planner().scopes.get().office.region
    offices = rows_of(client, region=region.pk)
    for office in Office.objects.filter(region=region, name__in=offices):
        assert numbers(offices[office.name]) == as_today(Customer.objects.filter(office=office)), office
    office = people.angela().office
    planners = rows_of(client, office=office.pk)
    own = Customer.objects.filter(office=office, planner=people.planner())
    assert numbers(planners[str(people.planner())]) == as_today(own)
    assert numbers(planners["Nobody"]) == as_today(Customer.objects.filter(office=office, planner=None))
    assert sum(row["overdue"] for row in planners.values()) == offices[office.name]["overdue"]


@pytest.mark.usefixtures("counted")
def test_each_line_leads_to_today_of_that_choice(client):
    client.force_login(people.statewide())
    office = people.angela().office
    [region] = [row for row in rows_of(client).values() if row["label"] == office.region.name]
    lines = [region, rows_of(client, region=office.region_id)[office.name]]
    lines.append(rows_of(client, office=office.pk)[str(people.planner())])
    assert [line["today"].split("?")[1] for line in lines] == [
        f"region={office.region_id}",
        f"office={office.pk}",
        f"planner={people.planner().pk}",
    ]
    for line in lines:
        page = client.get(line["today"])
        assert len(page.context["work"].overdue) >= line["overdue"]
    assert "more" not in lines[2]
    assert region["more"] in Page(client.get(reverse("today-everybody"))).links().values()


@pytest.mark.usefixtures("counted")
def test_who_manages_a_region_sees_its_numbers_alone(client):
    planner = people.youth_planner()
    client.force_login(planner)
    assert client.get(reverse("today-everybody")).status_code == 403
    region, other = planner.scopes.get().region, people.lucia().office.region
    for managed in (region, other):
        record(LocalAdministration(user=planner, region=managed), by=people.administrator(), at=clock.now())
    write(planner, is_local_administrator=True)
    assert set(rows_of(client)) == {region.name}
    assert client.get(reverse("today-everybody"), {"region": other.pk}).status_code == 404
    assert client.get(reverse("today-everybody"), {"office": people.lucia().office_id}).status_code == 404
    assert reverse("today-everybody") in client.get(reverse("today")).content.decode()


def test_the_moment_of_the_count_is_said_and_that_it_is_old(client):
    client.force_login(people.statewide())
    assert "for the first time" in client.get(reverse("today-everybody")).content.decode()
    now = clock.now()
    assert count_work(at=now - OLD - timedelta(minutes=1))
    assert "ask an administrator" in client.get(reverse("today-everybody")).content.decode()
    assert count_work(at=now)
    assert not count_work(at=now + FRESH - timedelta(seconds=1))
    page = client.get(reverse("today-everybody")).content.decode()
    assert "As of" in page
    assert ".m.." not in page
    assert "ask an administrator" not in page
    assert StateCount.objects.get().counted_at is None


def test_an_administrator_who_has_no_today_comes_from_the_counts_of_the_state(client):
    client.force_login(people.administrator())
    assert count_work(at=clock.now())
    assert f'href="{reverse("today-everybody")}"' in client.get(reverse("reports:statewide")).content.decode()
    page = client.get(reverse("today-everybody")).content.decode()
    assert f'<li class="breadcrumb-item"><a href="{reverse("reports:statewide")}">' in page
    assert f'<li class="breadcrumb-item"><a href="{reverse("today")}">' not in page


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize("asked", ["", "region", "office"])
def test_the_page_costs_few_questions(client, django_assert_max_num_queries, asked):
    client.force_login(people.statewide())
    office = people.angela().office
    query = {"region": {"region": office.region_id}, "office": {"office": office.pk}}.get(asked, {})
    client.get(reverse("today-everybody"), query)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("today-everybody"), query)
