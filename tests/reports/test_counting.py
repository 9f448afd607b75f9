"""The pages of the state read what a task counted; what it counted is what the live questions say."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careerplan.accounts.models import Office, Region, User
from careerplan.base import clock
from careerplan.management.commands.relay import look_once
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.reports.counting import FRESH, LISTED, OLD, count_state
from careerplan.reports.models import RegionCount, SharedPlanCount, StateCount
from careerplan.reports.tasks import count
from customers.models import Customer, Enrollment, Program
from tests import people
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

PAGES = ["reports:statewide", "reports:shared-plans"]
TABLES = {"reports_statecount", "reports_regioncount", "reports_sharedplancount"}


def visit(client, name, who="statewide"):
    client.force_login(User.objects.get(username=who))
    return client.get(reverse(name))


def scatter(seed):
    """Customers of random offices in random programs, their plans, and versions in random states and days."""
    dice = random.Random(seed)
    offices, programs = list(Office.objects.all()), list(Program.objects.all())
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # states of which no life leads to each other
        for number in range(60):
            customer = Customer(
                first_name="Ada", last_name=str(number), state_id=f"R-{number}", office=dice.choice(offices)
            )
            customer.set_keys()
            customer.save()
            for program in dice.sample(programs, dice.randint(0, 3)):
                ended = dice.random() < 0.3
                ending = {"status": "exited", "exited_on": today} if ended else {"status": "enrolled"}
                Enrollment(customer=customer, program=program, begun_on=today, **ending).save()
            for version in PlanVersion.objects.filter(plan__customer__state_id__startswith="100"):
                if dice.random() < 0.1:
                    copy_of(version, customer, dice, today)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def copy_of(version, customer, dice, today):
    """The version once more, in a plan of another customer, due on another day."""
    plan = EmploymentPlan.objects.get(pk=version.plan_id)
    if EmploymentPlan.objects.filter(customer=customer, state="open").exists():
        return
    plan.pk, plan._state.adding, plan.customer = None, True, customer
    plan.save()
    version.pk, version._state.adding, version.plan = None, True, plan
    if version.next_review_on:
        version.next_review_on = today + timedelta(days=dice.randint(-3, 3))
    version.save()


def plainly(region, today):
    """As one would count by hand."""
    of_region = Customer.objects.filter(office__region=region)
    versions = PlanVersion.objects.filter(plan__customer__in=of_region, plan__state="open")
    return {
        "customers": of_region.count(),
        "drafts": versions.filter(state="draft").count(),
        "awaiting": versions.filter(state="awaiting").count(),
        "active": versions.filter(state="active").count(),
        "overdue": versions.filter(state="active", next_review_on__lt=today).count(),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_counted_is_what_the_rows_say(seed):
    scatter(seed)
    assert count()
    for row in RegionCount.objects.select_related("region"):
        assert {name: getattr(row, name) for name in RegionCount.NUMBERS} == plainly(row.region, timezone.localdate())
    assert set(RegionCount.objects.values_list("region", flat=True)) == set(Region.objects.values_list("pk", flat=True))
    shared = {}
    for customer in Customer.objects.all():
        programs = customer.enrollments.filter(exited_on=None).count()
        if programs >= 2:
            plans = EmploymentPlan.objects.filter(customer=customer, state="open")
            active = PlanVersion.objects.filter(plan__in=plans, state="active")
            shared[customer.pk] = (programs, plans.count(), active.count())
    state = StateCount.objects.get()
    assert (state.co_enrolled, state.with_one_active) == (
        len(shared),
        sum(row[1:] == (1, 1) for row in shared.values()),
    )
    listed = SharedPlanCount.objects.values_list("customer", "programs", "open_plans", "active_versions")
    assert {key: tuple(numbers) for key, *numbers in listed} == shared
    assert len(shared) > 5


@pytest.mark.parametrize("name", PAGES)
def test_before_the_first_count_the_page_says_so_and_orders_it(client, name, monkeypatch):
    ordered = []
    monkeypatch.setattr("careerplan.reports.counting.nudge", ordered.append)
    page = Page(visit(client, name))
    assert "The state is being counted for the first time. Open this page again in a minute." in page.words
    assert ordered == ["careerplan.reports.tasks.count"]
    count()
    assert "As of" in Page(visit(client, name)).words
    assert len(ordered) == 1


@pytest.mark.parametrize("name", PAGES)
def test_the_page_reads_the_counts_and_no_table_of_the_state(client, name):
    count()
    visit(client, name)
    with CaptureQueriesContext(connection) as asked:
        assert visit(client, name).status_code == 200
    of_page = [row["sql"] for row in asked if "reports_" in row["sql"]]
    assert 2 <= len(of_page) <= 3
    for table in ("plans_planversion", "customers_enrollment", "plans_employmentplan"):
        assert not [row["sql"] for row in asked if table in row["sql"]]
    assert not [row["sql"] for row in asked if "COUNT(" in row["sql"]]


def test_the_moment_is_told_by_the_readers_clock(client):
    at = clock.now().replace(hour=20, minute=5)
    count_state(at=at)
    planner = User.objects.get(username="statewide")
    said = {}
    for zone in ("America/Chicago", "Pacific/Honolulu"):
        planner.time_zone = zone
        planner.save()
        said[zone] = Page(visit(client, PAGES[0])).words
    assert "2:05 p.m." in said["America/Chicago"] or "3:05 p.m." in said["America/Chicago"]
    assert "10:05 a.m." in said["Pacific/Honolulu"]


@pytest.mark.parametrize("name", PAGES)
def test_old_counts_are_said_to_be_old_and_ordered_anew(client, name, monkeypatch):
    ordered = []
    monkeypatch.setattr("careerplan.reports.counting.nudge", ordered.append)
    count_state(at=clock.now() - OLD - timedelta(minutes=1))
    assert "ask an administrator whether the background work goes on" in Page(visit(client, name)).words
    assert ordered == ["careerplan.reports.tasks.count"]
    count()
    assert "background work" not in Page(visit(client, name)).words


def test_many_who_ask_make_one_count():
    now = clock.now()
    assert [count_state(at=now), count_state(at=now), count_state(at=now + FRESH)] == [True, False, True]


def test_the_trial_counts_by_its_relay():
    look_once()
    assert StateCount.objects.get().counted_at is not None


@pytest.mark.parametrize("who", ["statewide", "admin"])
def test_whoever_sees_the_whole_state_sees_the_same_counts(client, who):
    count()
    page = visit(client, "reports:statewide", who)
    assert page.context["totals"]["customers"] == Customer.objects.visible_to(page.wsgi_request.user).count()
    shared = visit(client, "reports:shared-plans", who)
    assert len(shared.context["rows"]) == min(LISTED, StateCount.objects.get().co_enrolled)


def test_a_customer_whom_the_reader_does_not_see_is_not_listed(client, monkeypatch):
    count()
    hidden = SharedPlanCount.objects.first().customer_id
    seen = Customer.objects.exclude(pk=hidden)
    monkeypatch.setattr("customers.models.people.CustomerQuerySet.visible_to", lambda rows, user: seen)
    rows = visit(client, "reports:shared-plans").context["rows"]
    assert hidden not in {row.customer_id for row in rows}
    assert len(rows) == SharedPlanCount.objects.count() - 1


def test_a_region_that_was_added_comes_with_the_next_count(client):
    count()
    Region.objects.model(name="Zeta", code="Z9").save()
    assert "Zeta" not in Page(visit(client, PAGES[0])).words
    count_state(at=clock.now() + FRESH)
    assert "Zeta" in Page(visit(client, PAGES[0])).words


def test_nobody_else_sees_them(client):
    client.force_login(people.planner())
    assert {client.get(reverse(name)).status_code for name in PAGES} == {403}
