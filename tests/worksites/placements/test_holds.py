"""Corrected holds: of days that happened, of none that payroll paid, saved together, and told in the status history
(ILL-151 to ILL-155, AMB-I11, AMB-I14)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from tests import payroll, placed, states
from tests.markup import Page
from tests.people import planner
from tests.states import days_ago
from worksites.placements.correcting import save_placement
from worksites.placements.holds import field_of
from worksites.placements.policy import Hold, Subsidized, days_in_subsidized_employment

pytestmark = pytest.mark.django_db

TOMORROW = states.today() + timedelta(days=1)


@pytest.fixture
def begun():
    return placed.moved(placed.planned_in_the_past(), "start", starts_on=days_ago(30))


@pytest.fixture
def held(begun):
    return on_hold(begun, (28, 26), (24, 22), (15, 10))


def on_hold(row, *spans):
    for left, back in spans:
        row = placed.moved(row, "hold", inactive_on=days_ago(left))
        row = placed.moved(row, "return", returned_on=days_ago(back))
    return row


def hold(left, back):
    return Hold(days_ago(left), days_ago(back))


def corrected(row, former_holds=None, **values):
    about = {"position_type": row.position_type, **values}
    save_placement(row, about, former_holds=former_holds, by=row.customer.planner, at=states.now())
    return placed.reread(row)


def refused(row, former_holds=None, **values):
    with pytest.raises(Refusal) as found:
        corrected(row, former_holds, **values)
    return found.value.code, found.value.field


def former_of(row):
    return row.former_holds.order_by("inactive_on")


# --- together -------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-151")
@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([(24, 22), (20, 18)], id="forward, to the day of the next one"),
        pytest.param([(30, 29), (28, 26)], id="back, to the day of the one before"),
        pytest.param([(24, 22), (28, 26)], id="each to the day of the other"),
    ],
)
def test_a_hold_moves_to_the_day_of_one_that_moves_away(client, held, spans):
    client.force_login(planner())
    path = reverse("placement-edit", args=[held.customer.pk, held.pk])
    form = Page(client.get(path)).form(path)
    for row, (left, back) in zip(former_of(held), spans, strict=True):
        form[field_of(row.pk, "inactive_on")] = days_ago(left).isoformat()
        form[field_of(row.pk, "returned_on")] = days_ago(back).isoformat()
    assert client.post(path, form).status_code == 302
    assert placed.reread(held).holds == [hold(*span) for span in sorted([*spans, (15, 10)], reverse=True)]


def test_the_newest_hold_does_not_begin_with_one_that_was_none(begun):
    row = on_hold(begun, (25, 22), (15, 10))
    row = corrected(row, {former_of(row).get().pk: hold(25, 25)})
    assert refused(row, inactive_on=days_ago(25)) == ("held-already", "inactive_on")


# --- days that happened ---------------------------------------------------------------------------


@pytest.mark.policy("ILL-151", "ILL-152")
def test_a_hold_is_not_corrected_to_days_to_come(held):
    assert refused(held, returned_on=TOMORROW) == ("day-to-come", "returned_on")
    again = placed.moved(held, "hold", inactive_on=days_ago(5))
    assert refused(again, inactive_on=TOMORROW) == ("day-to-come", "inactive_on")


@pytest.mark.policy("ILL-152")
def test_the_return_is_expected_while_it_is_on_hold(held):
    row = placed.moved(held, "hold", inactive_on=days_ago(5))
    assert corrected(row, returned_on=TOMORROW).returned_on == TOMORROW


@pytest.mark.policy("ILL-151")
def test_an_earlier_hold_is_not_corrected_to_days_to_come(held):
    row = corrected(held, inactive_on=None, returned_on=None)
    last = former_of(row).last()
    to_come = {last.pk: Hold(days_ago(24), TOMORROW)}
    assert refused(row, to_come) == ("day-to-come", field_of(last.pk, "returned_on"))
    to_come = {last.pk: Hold(TOMORROW, TOMORROW)}
    assert refused(row, to_come) == ("day-to-come", field_of(last.pk, "inactive_on"))


# --- days that were paid --------------------------------------------------------------------------


AFTER = payroll.ENDS + timedelta(days=1)


@pytest.fixture
def paid():
    """Twice on hold, before and after the period that was paid."""
    row = on_hold(payroll.working(), (50, 48), (3, 1))
    payroll.taken_over([payroll.row(row)])
    return placed.reread(row)


def test_no_earlier_hold_is_laid_over_days_that_were_paid(paid):
    key = former_of(paid).get().pk
    over = {key: Hold(payroll.BEGINS, AFTER)}
    assert refused(paid, over) == ("days-paid", field_of(key, "inactive_on"))
    in_part = {key: Hold(payroll.BEGINS + timedelta(days=3), AFTER)}
    assert corrected(paid, in_part).holds[0] == in_part[key]


def test_two_holds_leave_the_hours_that_were_paid(paid):
    """Sixty of them need three days."""
    key, between = former_of(paid).get().pk, payroll.BEGINS + timedelta(days=5)
    row = corrected(paid, {key: Hold(payroll.BEGINS, between)})
    assert refused(row, inactive_on=between) == ("days-paid", "inactive_on")
    assert refused(row, inactive_on=between + timedelta(days=2)) == ("days-paid", "inactive_on")
    assert corrected(row, inactive_on=between + timedelta(days=3)).inactive_on == between + timedelta(days=3)


# --- the status history ---------------------------------------------------------------------------


def counted_from_history(row):
    """As an auditor counts: line by line."""
    holds, before = [], None
    for entry in row.status_history.order_by("id"):
        now = Hold(entry.inactive_on, entry.returned_on) if entry.inactive_on else None
        if entry.was_inactive_on:
            holds[holds.index(Hold(entry.was_inactive_on, entry.was_returned_on))] = now
        elif entry.status == "on_hold" and before.status == "started":
            holds.append(now)
        elif holds:
            holds[-1:] = [now] if now else []
        before = entry
    days = {"subsidy_starts_on": before.subsidy_starts_on, "subsidy_ends_on": before.subsidy_ends_on}
    counted = Subsidized(before.starts_on, before.ends_on, holds, **days)
    return days_in_subsidized_employment(counted, states.today())


@pytest.mark.policy("ILL-154", "ILL-155", "AMB-I14")
@pytest.mark.parametrize("spans", [[(28, 25), (24, 22)], [(24, 22), (20, 18)], [(30, 28), (28, 28)]])
def test_the_history_says_how_the_days_were_counted(held, spans):
    about = dict(zip((row.pk for row in former_of(held)), (hold(*span) for span in spans), strict=True))
    row = corrected(held, about, inactive_on=days_ago(14), starts_on=days_ago(30))
    assert counted_from_history(row) == row.days_in_subsidized(states.today())
    row = placed.moved(row, "terminate", ends_on=days_ago(2), termination_reason="quit")
    row = corrected(placed.moved(row, "not-ended"), subsidy_ends_on=days_ago(12))
    assert counted_from_history(row) == row.days_in_subsidized(states.today())


@pytest.mark.policy("ILL-154", "AMB-I14")
def test_each_corrected_hold_has_its_line(client, held):
    number = held.status_history.count()
    first, second = former_of(held)
    row = corrected(held, {first.pk: hold(28, 25), second.pk: second.as_hold})
    assert row.status_history.count() == number + 1
    corrected(row, {first.pk: hold(28, 25), second.pk: second.as_hold})
    assert row.status_history.count() == number + 1
    client.force_login(planner())
    page = Page(client.get(reverse("placement", args=[row.customer.pk, row.pk])))
    (*_before, line) = page.root.xpath("//section[@aria-labelledby='history-title']//tbody/tr")
    words = " ".join(line.itertext())
    assert f"Corrects the hold from {days_ago(28):%m/%d/%Y} to {days_ago(26):%m/%d/%Y}" in words
    assert f"{days_ago(25):%m/%d/%Y}" in words
