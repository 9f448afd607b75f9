"""What is corrected of a placement is held against all that its moves are; and what becomes of it as its service ends,
its plan closes, or payroll was paid (ILL-140, ILL-151 to ILL-155)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from services.actions import save_service
from services.models import PlannedService
from tests import payroll, placed, states
from tests.markup import Page, words_of
from tests.people import planner
from tests.rows import write
from tests.states import days_ago
from worksites.models import FollowUp, Placement
from worksites.placements.correcting import save_placement
from worksites.placements.moving import move_placement
from worksites.placements.paying import Pay, change_wage
from worksites.placements.policy import Hold
from worksites.wages.minimum import Entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def past():
    return placed.planned_in_the_past()


@pytest.fixture
def begun(past):
    return placed.moved(past, "start", starts_on=days_ago(30))


def corrected(row, former_holds=None, **values):
    about = {"position_type": row.position_type, **values}
    save_placement(row, about, former_holds=former_holds, by=row.customer.planner, at=states.now())
    return placed.reread(row)


def refused(row, **about):
    with pytest.raises(Refusal) as found:
        corrected(row, **about)
    return found.value.code, found.value.field


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-140")
def test_a_start_is_not_corrected_to_before_its_service(begun):
    assert begun.planned.actual_start_on == days_ago(30)
    early = {"starts_on": days_ago(31), "subsidy_starts_on": days_ago(31)}
    assert refused(begun, **early) == ("before-the-service", "starts_on")
    late = {"starts_on": days_ago(29), "subsidy_starts_on": days_ago(29)}
    assert corrected(begun, **late).starts_on == days_ago(29)


def test_a_planned_start_is_a_likely_day_and_within_the_job(past):
    assert refused(past, starts_on=days_ago(365 * 130)) == ("unlikely-day", "starts_on")
    write(past.job, ends_on=days_ago(5))
    assert refused(placed.reread(past), starts_on=days_ago(4)) == ("after-the-job", "starts_on")
    with pytest.raises(Refusal) as found:
        placed.moved(placed.reread(past), "start", starts_on=days_ago(4))
    assert (found.value.code, found.value.field) == ("after-the-job", "starts_on")


def test_nobody_is_added_to_a_job_that_is_over():
    job = placed.job(ends_on=days_ago(1))
    with pytest.raises(Refusal) as found:
        placed.planned(at=job)
    assert (found.value.code, found.value.field) == ("job-over", "job")


@pytest.mark.policy("ILL-151", "ILL-152", "AMB-I11")
def test_an_earlier_hold_is_corrected_and_counted_so(begun):
    row = begun
    for left, back in ((25, 22), (15, 10)):
        row = placed.moved(row, "hold", inactive_on=days_ago(left))
        row = placed.moved(row, "return", returned_on=days_ago(back))
    (former,) = row.former_holds.all()
    named = f"former_hold_{former.pk}"
    for hold, fault in (
        (Hold(days_ago(22), days_ago(25)), ("return-before-inactive", f"{named}_returned_on")),
        (Hold(days_ago(31), days_ago(25)), ("former-hold-before-start", "starts_on")),
        (Hold(days_ago(16), days_ago(12)), ("inactive-before-former-hold", "inactive_on")),
    ):
        assert refused(row, former_holds={former.pk: hold}) == fault
    row = corrected(row, former_holds={former.pk: Hold(days_ago(26), days_ago(20))})
    assert row.days_in_subsidized(states.today()) == 30 - 6 - 5
    row = corrected(row, former_holds={former.pk: Hold(days_ago(26), days_ago(26))})  # it was none
    assert row.days_in_subsidized(states.today()) == 30 - 5
    assert former.history.count() == 3


@pytest.mark.policy("ILL-151")
def test_corrected_holds_do_not_overlap(begun):
    row = begun
    for left, back in ((28, 26), (24, 22), (15, 10)):
        row = placed.moved(row, "hold", inactive_on=days_ago(left))
        row = placed.moved(row, "return", returned_on=days_ago(back))
    first, second = row.former_holds.order_by("inactive_on")
    over = {first.pk: Hold(days_ago(28), days_ago(23))}
    assert refused(row, former_holds=over) == ("holds-overlap", f"former_hold_{second.pk}_inactive_on")
    touching = {first.pk: Hold(days_ago(28), days_ago(24))}
    assert corrected(row, former_holds=touching).days_in_subsidized(states.today()) == 30 - 4 - 2 - 5


@pytest.mark.policy("ILL-151", "ILL-152", "ILL-153")
def test_the_page_offers_every_hold(client, begun):
    row = begun
    for left, back in ((25, 22), (15, 10)):
        row = placed.moved(row, "hold", inactive_on=days_ago(left))
        row = placed.moved(row, "return", returned_on=days_ago(back))
    (former,) = row.former_holds.all()
    client.force_login(planner())
    path = reverse("placement-edit", args=[row.customer.pk, row.pk])
    form = Page(client.get(path)).form(path)
    assert client.post(path, form).status_code == 302
    sent = form | {f"former_hold_{former.pk}_returned_on": days_ago(21).isoformat()}
    assert client.post(path, sent).status_code == 302
    assert placed.reread(row).days_in_subsidized(states.today()) == 30 - 4 - 5
    bad = client.post(path, form | {f"former_hold_{former.pk}_returned_on": ""})
    assert bad.status_code == 422
    assert "Enter the return date." in Page(bad).words


@pytest.mark.policy("AMB-I11")
def test_what_was_terminated_by_mistake_keeps_the_end_of_its_subsidy(begun):
    row = corrected(begun, subsidy_starts_on=days_ago(30), subsidy_ends_on=days_ago(20))
    row = placed.moved(row, "terminate", ends_on=days_ago(5), termination_reason="quit")
    assert (row.subsidy_ends_on, row.days_in_subsidized(states.today())) == (days_ago(20), 10)
    row = placed.moved(row, "not-ended")
    assert (row.subsidy_ends_on, row.days_in_subsidized(states.today())) == (days_ago(20), 10)


@pytest.mark.policy("AMB-I11", "ILL-137")
def test_a_corrected_end_counts_its_days(begun):
    row = placed.moved(begun, "terminate", ends_on=days_ago(20), termination_reason="quit")
    assert row.days_in_subsidized(states.today()) == 10
    assert corrected(row, ends_on=days_ago(10)).days_in_subsidized(states.today()) == 20


@pytest.mark.policy("AMB-I11", "ILL-137")
def test_days_without_a_subsidy_do_not_count(past):
    write(past.wage, subsidized_wage=0)
    row = placed.moved(placed.reread(past), "start", starts_on=days_ago(30))
    assert row.days_in_subsidized(states.today()) == 0
    change_wage(row.wage, placed.PAY, from_on=days_ago(4), by=row.customer.planner, at=states.now())
    assert placed.reread(row).days_in_subsidized(states.today()) == 4


def test_an_end_before_an_expected_return_says_where_the_hold_is_corrected(client, begun):
    row = placed.moved(begun, "hold", inactive_on=days_ago(10), returned_on=days_ago(-20))
    client.force_login(planner())
    path = reverse("placement-move", args=[row.customer.pk, row.pk, "terminate"])
    given = {"ends_on": states.today().isoformat(), "termination_reason": "quit"}
    answer = client.post(path, Page(client.get(path)).form(path) | given)
    assert answer.status_code == 422
    assert "Enter a later end, or correct the hold under “Edit dates” first." in Page(answer).words
    corrected(row, returned_on=None)
    assert client.post(path, Page(client.get(path)).form(path) | given).status_code == 302
    row = placed.reread(row)
    assert refused(row, ends_on=days_ago(11)) == ("end-in-a-hold", "ends_on")


# --- wages ----------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-132", "ILL-134")
def test_a_higher_minimum_that_the_planner_knows_of_holds(past):
    known = Entered(Decimal("18.00"), "The city's page")
    wage = change_wage(
        past.wage, Pay(Decimal("18.50"), entered=known), from_on=past.wage.from_on, by=planner(), at=states.now()
    )
    assert (wage.minimum_wage, wage.minimum_from, wage.minimum_source) == (known.rate, "entered", known.source)
    with pytest.raises(Refusal) as found:
        change_wage(wage, Pay(Decimal("17.00"), entered=known), from_on=wage.from_on, by=planner(), at=states.now())
    assert (found.value.code, found.value.field) == ("below-the-minimum", "hourly_wage")


@pytest.mark.policy("ILL-133")
def test_the_page_shows_the_wage_of_today_and_lists_what_comes(client, begun):
    to_come = states.today() + timedelta(days=10)
    about = Pay(Decimal("19.00"), Decimal("10.00"), entered=placed.FOUND)
    change_wage(begun.wage, about, from_on=to_come, by=begun.customer.planner, at=states.now())
    client.force_login(planner())
    page = Page(client.get(reverse("placement", args=[begun.customer.pk, begun.pk])))
    facts = {words_of(fact.find("dt")): words_of(fact.find("dd")) for fact in page.root.xpath("//dl/div")}
    assert facts["Hourly Wage for Placement"] == "$15.00"
    assert "$19.00" in page.words
    follow_up = FollowUp.objects.filter(placement=begun).first()
    page = Page(client.get(reverse("follow-up", args=[begun.customer.pk, follow_up.pk])))
    assert "$15.00 an hour" in page.words


# --- payroll --------------------------------------------------------------------------------------


@pytest.fixture
def paid():
    row = payroll.working()
    payroll.taken_over([payroll.row(row)])
    return placed.reread(row)


def test_no_hold_is_laid_over_days_that_were_paid(paid):
    """Sixty hours need three of them."""
    held = {"inactive_on": payroll.BEGINS, "returned_on": payroll.ENDS + timedelta(days=1)}
    with pytest.raises(Refusal) as found:
        placed.moved(paid, "hold", **held)
    assert (found.value.code, found.value.field) == ("days-paid", "inactive_on")
    assert placed.moved(paid, "hold", **held | {"inactive_on": payroll.BEGINS + timedelta(days=3)}).status == "on_hold"


def test_the_wage_of_days_that_were_paid_stays(paid):
    for from_on in (paid.wage.from_on, payroll.ENDS):
        with pytest.raises(Refusal) as found:
            change_wage(paid.wage, placed.PAY, from_on=from_on, by=paid.customer.planner, at=states.now())
        assert (found.value.code, found.value.field) == ("days-paid", "from_on")
    after = payroll.ENDS + timedelta(days=1)
    assert change_wage(paid.wage, placed.PAY, from_on=after, by=paid.customer.planner, at=states.now()).pk


# --- its service ends, its plan closes ------------------------------------------------------------


def service_of(row):
    return PlannedService.objects.select_related("plan", "service").get(pk=row.planned_id)


def test_what_was_only_planned_goes_with_its_service(past):
    reasons = dict(PlannedService._meta.get_field("never_provided_reason").choices)
    never = {"status": "never_provided", "never_provided_reason": next(one for one in reasons if one != "other")}
    save_service(service_of(past), never, by=past.customer.planner, at=states.now())
    row = Placement.objects.get(pk=past.pk)
    assert (row.withdrawn_by, row.job.placements.holding().count()) == (past.customer.planner, 0)


def test_a_plan_that_closes_lets_go_what_was_only_planned(past):
    states.closed(past.customer)
    assert Placement.objects.get(pk=past.pk).withdrawn_at is not None


def test_nothing_begins_in_a_closed_plan(client, past):
    placed.moved(placed.planned(past.planned), "start", starts_on=days_ago(9))  # so that the service has begun
    past = placed.reread(past)
    write(past.planned.plan, state="closed", closed_at=states.now(), closed_by=planner(), outcome="completed")
    with pytest.raises(Refusal) as found:
        move_placement(past, "start", {"starts_on": days_ago(1)}, by=past.customer.planner, at=states.now())
    assert found.value.code == "plan-closed"
    client.force_login(planner())
    assert "Start" not in Page(client.get(reverse("placement", args=[past.customer.pk, past.pk]))).links()
    placed.job()
    jobs = Page(client.get(reverse("plan:placement-choose", args=[past.customer.pk, past.planned_id])))
    assert jobs.root.xpath("//main//tbody/tr")
    assert not jobs.root.xpath("//main//tbody//a")


def test_what_was_terminated_does_not_go_on_under_a_service_that_has_ended(begun):
    row = placed.moved(begun, "terminate", ends_on=days_ago(5), termination_reason="completed")
    over = {"status": "complete", "ended_on": days_ago(1)}
    save_service(service_of(row), over, by=row.customer.planner, at=states.now())
    with pytest.raises(Refusal) as found:
        placed.moved(placed.reread(row), "not-ended")
    assert found.value.code == "service-ended"


# --- pages ----------------------------------------------------------------------------------------


def test_the_tab_tells_what_was_taken_back_and_why(client, past):
    placed.moved(past, "withdraw", words="The employer chose another one.")
    client.force_login(planner())
    words = Page(client.get(reverse("customer-worksites", args=[past.customer.pk]))).words
    assert "The employer chose another one." in words
    assert past.job.title in words


def test_a_move_that_there_is_not_is_refused_before_its_form(client, begun):
    client.force_login(planner())
    answer = client.get(reverse("placement-move", args=[begun.customer.pk, begun.pk, "start"]))
    assert answer.status_code == 409
    assert "“Started (Open)” now" in Page(answer).words


def test_a_follow_up_that_moves_with_the_start_says_from_when_to_when(begun):
    later = {"starts_on": days_ago(29), "subsidy_starts_on": days_ago(29)}
    corrected(begun, **later)
    entry = FollowUp.objects.filter(placement=begun).earliest("days").history.latest("history_id")
    assert [change["label"] for change in entry.changes] == ["due on"]
    assert entry.changes[0]["from"] != entry.changes[0]["to"]
