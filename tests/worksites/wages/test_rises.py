"""Placements that pay less than a minimum wage that rose are marked, told and shown, and no longer once mended."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.history import record
from customers.deadlines import read_due
from services.actions import change_funding
from services.models import PlannedService
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import administrator, lucia, north_planner, planner
from tests.rows import write
from tests.wages import minimum_wage, program_minimum
from worksites.enums import MinimumFrom
from worksites.models import MinimumWage, Placement
from worksites.placements import paying
from worksites.placements.paying import Pay, change_wage
from worksites.places.actions import save_worksite
from worksites.tasks import look_for_low_wages
from worksites.wages import rises
from worksites.wages.minimum import finding_for
from worksites.wages.rises import mark_low_wages

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


# --- known only later ------------------------------------------------------------------------------


@pytest.fixture
def begun():
    """Under way for a month, 15.00 an hour in Illinois, as the list said when it began."""
    return placed.moved(placed.planned_in_the_past(), "start", starts_on=in_days(-30))


def newest_of_illinois():
    return MinimumWage.objects.filter(
        jurisdiction="IL", circumstance="Standard", effective_on__lte=states.today()
    ).latest("effective_on")


def late_rate(_row):
    minimum_wage("15.75", in_days(-60))


def corrected_rate(_row):
    wage = newest_of_illinois()
    wage.rate = Decimal("15.75")
    record(wage, by=administrator(), at=states.now())


def worksite_put_right(row):
    write(row.customer, birth_date=date(1990, 1, 1))
    site = row.job.worksite
    save_worksite(site.employer, site, {"city": "Chicago", "county": "Cook"}, by=planner(), at=states.now())


def rate_of_the_program(row):
    program_minimum(row.planned.program, "18.00", in_days(-200))


@pytest.mark.policy("ILL-132")
@pytest.mark.parametrize("known_later", [late_rate, corrected_rate, worksite_put_right, rate_of_the_program])
def test_what_is_known_only_later_marks_from_the_first_day(begun, known_later):
    """As the form would refuse the wage by then."""
    known_later(begun)
    look_for_low_wages()
    row = placed.reread(begun)
    found = finding_for(row.job, row.customer, row.planned.program, row.wage.from_on)
    assert found.is_sure
    assert marked(row) == (in_days(-30), found.minimum.rate)


def test_a_birth_date_that_was_put_right_marks_its_placement():
    young = placed.long_ago(placed.service(), 60)
    write(young.plan.customer, birth_date=in_days(-17 * 365))
    pay = Pay(Decimal("13.00"), circumstances=["few_hours"])
    row = placed.started(row=placed.planned(placed.long_ago(young, 60), pay=pay))
    assert row.wage.minimum_wage == Decimal("13.00")
    write(row.customer, birth_date=date(1990, 1, 1))
    look_for_low_wages()
    assert marked(row) == (states.today(), Decimal("15.00"))


@pytest.mark.policy("AMB-I9")
@pytest.mark.parametrize(
    ("rate", "verification", "told"), [("15.75", "not verified", False), ("15.75", "verified", True)]
)
def test_what_a_planner_entered_is_overtaken_by_what_is_sure(rate, verification, told):
    """Oak Park lies in Cook County, whose rate is old: the list is not sure there."""
    job = placed.job(placed.worksite(city="Oak Park", county="Cook"))
    row = placed.started(row=placed.planned(placed.long_ago(placed.service(), 60), at=job))
    assert row.wage.minimum_from == MinimumFrom.ENTERED
    minimum_wage(rate, in_days(-60), "IL-CookCounty", verification=verification)
    look_for_low_wages()
    assert marked(row) == ((states.today(), Decimal(rate)) if told else (None, None))


@pytest.mark.policy("ILL-132")
def test_a_rate_of_a_program_that_ended_marks_nothing(begun):
    program_minimum(begun.planned.program, "18.00", in_days(-20), until_on=in_days(-10))
    assert look_for_low_wages() == 0
    program_minimum(begun.planned.program, "18.00", in_days(-5), until_on=in_days(0))
    look_for_low_wages()
    assert marked(begun) == (in_days(-5), Decimal("18.00"))
    mark_low_wages(at=states.now() + timedelta(days=1))
    assert marked(begun) == (None, None)


def paid_otherwise(row, days, **funding):
    former = PlannedService.objects.select_related("plan", "service", "program").get(pk=placed.reread(row).planned_id)
    change_funding(former, **funding, changes_on=in_days(days), by=planner(), at=states.now())


@pytest.mark.policy("ILL-132", "AMB-I9")
def test_a_program_counts_on_the_days_that_it_pays(begun):
    program = begun.planned.program
    program_minimum(program, "18.00", in_days(-200))
    paid_otherwise(begun, -10, program=None, contract="Contract 7")
    look_for_low_wages()
    assert marked(begun) == (None, None)
    paid_otherwise(begun, -2, program=program, contract="Contract 8")
    look_for_low_wages()
    assert marked(begun) == (in_days(-2), Decimal("18.00"))
    row = placed.reread(begun)
    held = [paying.pay_of(row, Pay(Decimal("18.00")), from_on=in_days(day)).minimum_wage for day in (-11, -3, -2)]
    assert held == [Decimal("18.00"), Decimal("15.00"), Decimal("18.00")], "as the form asks of each day"


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
