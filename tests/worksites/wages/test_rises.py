"""Placements that pay less than a minimum wage that rose are marked, told and shown, and no longer once mended."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.history import record
from customers.deadlines import read_due
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import lucia, north_planner, planner
from tests.rows import write
from tests.wages import minimum_wage, program_minimum
from worksites.models import Placement
from worksites.placements.paying import Pay, change_wage
from worksites.tasks import look_for_low_wages
from worksites.wages import rises

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture(autouse=True)
def alone():
    """Without the placement of the demo."""
    for row in Placement.objects.all():
        write(row, withdrawn_at=states.now(), withdrawn_by=planner(), withdrawn_reason="Another was chosen.")


def in_days(days):
    return states.today() + timedelta(days=days)


@pytest.fixture
def going_on():
    """Under way since today, 15.00 an hour in Illinois."""
    return placed.started()


def marked(row):
    row = placed.reread(row)
    return row.low_since, row.low_minimum


def rise(rate="15.50", days=30):
    return minimum_wage(rate, in_days(days))


@pytest.mark.policy("ILL-132")
def test_a_rise_within_sixty_days_marks_a_placement(going_on):
    rise()
    assert look_for_low_wages() == 1
    assert marked(going_on) == (in_days(30), Decimal("15.50"))
    assert look_for_low_wages() == 0


def test_its_history_says_that_and_why_and_by_nobody(going_on):
    rise()
    look_for_low_wages()
    entry = placed.reread(going_on).history.latest("history_id")
    assert (entry.low_since, entry.low_minimum, entry.history_user) == (in_days(30), Decimal("15.50"), None)
    assert entry.history_change_reason == "follows: the minimum wage changed"
    assert placed.reread(going_on).row_version == going_on.row_version, "a form that is open is not stale by it"


@pytest.mark.parametrize("row", [placed.planned, placed.started], ids=["planned", "started"])
def test_planned_placements_are_marked_as_well(row):
    made = row()
    rise()
    look_for_low_wages()
    assert marked(made)[0] == in_days(30)


@pytest.mark.parametrize(("rate", "days"), [("15.50", 61), ("15.00", 30), ("14.00", 30)])
def test_what_is_far_or_no_more_than_is_paid_marks_nothing(going_on, rate, days):
    rise(rate, days)
    assert look_for_low_wages() == 0
    assert marked(going_on) == (None, None)


def test_a_placement_that_ends_before_the_rise_is_not_marked():
    made = placed.started(ends_on=in_days(20))
    rise()
    look_for_low_wages()
    assert marked(made) == (None, None)


def test_one_that_is_terminated_is_marked_no_more(going_on):
    rise()
    look_for_low_wages()
    placed.moved(going_on, "terminate", ends_on=states.today(), termination_reason="completed")
    look_for_low_wages()
    assert marked(going_on) == (None, None)


def test_another_wage_mends_it(going_on):
    rise()
    look_for_low_wages()
    row = placed.reread(going_on)
    change_wage(row.wage, Pay(Decimal("15.50")), from_on=in_days(30), by=row.customer.planner, at=states.now())
    assert marked(going_on) == (None, None)
    assert look_for_low_wages() == 0


def test_another_wage_that_is_too_low_as_well_leaves_the_mark(going_on):
    rise()
    look_for_low_wages()
    row = placed.reread(going_on)
    change_wage(row.wage, Pay(Decimal("15.25")), from_on=in_days(10), by=row.customer.planner, at=states.now())
    assert marked(going_on) == (in_days(30), Decimal("15.50"))
    placed.moved(placed.reread(row), "terminate", ends_on=states.today(), termination_reason="completed")
    assert marked(going_on) == (None, None)


def test_a_rate_that_was_entered_by_mistake_is_taken_back(going_on):
    wrong = rise("25.50")
    look_for_low_wages()
    wrong.rate = Decimal("15.00")
    record(wrong, by=planner(), at=states.now())
    assert look_for_low_wages() == 1
    assert marked(going_on) == (None, None)


@pytest.mark.policy("AMB-I9")
def test_a_program_that_asks_for_more_marks_its_placements(going_on):
    program = going_on.planned.program
    assert program is not None
    program_minimum(program, "16.00", in_days(10))
    look_for_low_wages()
    assert marked(going_on) == (in_days(10), Decimal("16.00"))


def test_a_worksite_that_was_put_right_marks_its_placements(going_on):
    """In Chicago since July 2026 more is asked; the wage was held to Illinois' when it began."""
    wage = going_on.wage
    write(wage, from_on=wage.from_on.replace(year=2026, month=6, day=1))
    write(going_on.job.worksite, city="Chicago", county="Cook")
    write(going_on.customer, birth_date=wage.from_on.replace(year=1990))
    look_for_low_wages()
    assert marked(going_on)[1] >= Decimal("17.05")


# --- many -----------------------------------------------------------------------------------------


def copies(row, number):
    """So many placements like this one, past the actions."""
    models.QuerySet(type(row.job)).filter(pk=row.job_id).update(openings=999)
    copied = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    wage = row.wage
    of_wage = {
        field.attname: getattr(wage, field.attname) for field in wage._meta.concrete_fields if not field.primary_key
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DROP INDEX a_customer_has_a_job_once_under_a_service")
    made = models.QuerySet(Placement).bulk_create([Placement(**copied) for _each in range(number)])
    models.QuerySet(type(wage)).bulk_create(
        [type(wage)(**of_wage | {"placement_id": each.pk}) for each in made], batch_size=1000
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_thousands_of_placements_take_few_questions(going_on):
    """Three for each thousand where nothing changed, and a dozen where each of them is marked."""
    copies(going_on, 2_999)
    with CaptureQueriesContext(connection) as asked:
        assert look_for_low_wages() == 0
    assert len(asked) <= 2 + 2 * 3 + 1
    rise()
    with CaptureQueriesContext(connection) as asked:
        assert look_for_low_wages() == 3_000
    assert len(asked) <= 2 + 3 * 12 + 1


def test_they_are_read_so_many_at_a_time(going_on, monkeypatch):
    copies(going_on, 5)
    rise()
    monkeypatch.setattr(rises, "AT_ONCE", 2)
    assert rises.mark_low_wages(at=clock.now()) == 6
    assert Placement.objects.filter(low_since=in_days(30)).count() == 6


# --- told and shown -------------------------------------------------------------------------------


def test_it_is_looked_at_each_night():
    assert "worksites.tasks.look_for_low_wages" in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.policy("ILL-132")
def test_it_is_a_duty_of_the_planner_due_on_the_day(going_on):
    rise(days=3)
    look_for_low_wages()
    (row,) = [row for row in read_due(states.today(), [going_on.customer.pk]) if row.code == "low-wage"]
    assert (row.due_on, row.about, row.waits_for_staff) == (in_days(3), going_on.job.title, True)
    assert row.path == reverse("placement", args=[going_on.customer.pk, going_on.pk])


def test_today_shows_it(client):
    going_on = placed.started()
    rise(days=0)
    look_for_low_wages()
    write(going_on.wage, from_on=in_days(-1))
    look_for_low_wages()
    client.force_login(going_on.customer.planner)
    assert "Raise the hourly wage" in Page(client.get(reverse("today"))).words


def table(client):
    page = Page(client.get(reverse("low-wages")))
    return [[words_of(cell) for cell in row] for row in page.root.xpath("//main//tbody/tr")], page


@pytest.mark.policy("ILL-132")
def test_the_page_lists_them_with_rate_place_day_and_source(client, going_on):
    client.force_login(planner())
    rows, page = table(client)
    assert rows == []
    assert "Every placement pays the minimum wage." in page.words
    rise()
    look_for_low_wages()
    ((customer, where, wage, minimum, day, source),), page = table(client)
    assert customer == str(going_on.customer)
    assert where.startswith(going_on.job.title)
    assert (wage, minimum) == ("$15.00", "$15.50")
    assert day.startswith(in_days(30).strftime("%m/%d/%Y"))
    assert day.endswith("Soon")
    assert source == "IL Source: the department, by phone."
    links = page.links()
    assert links[str(going_on.customer)] == reverse("placement", args=[going_on.customer.pk, going_on.pk])
    assert page.root.xpath("//nav[@aria-label='Breadcrumb']//a/@href") == [reverse("worksites")]


def test_another_planner_finds_none_of_them(client, going_on):
    rise()
    look_for_low_wages()
    client.force_login(north_planner())
    assert table(client)[0] == []
    client.force_login(lucia().user)
    assert client.get(reverse("low-wages")).status_code == 404


def test_the_page_asks_as_much_however_many_there_are(client, going_on):
    client.force_login(planner())
    rise()
    look_for_low_wages()
    table(client)
    with CaptureQueriesContext(connection) as few:
        table(client)
    copies(going_on, 40)
    look_for_low_wages()
    with CaptureQueriesContext(connection) as many:
        rows, _page = table(client)
    assert len(rows) == 25
    assert len(many) == len(few) <= 12
