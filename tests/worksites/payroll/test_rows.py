"""Rows of a file of payroll: what is taken over, and what is wrong with each other, at its cell."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports.checking import Seen, settle
from careerplan.imports.rows import said_of
from customers.models import Customer
from tests import placed, states
from tests.imported import rows_of, why
from tests.imported import states as states_of
from tests.payroll import (
    BEGINS,
    ENDS,
    STARTED,
    TODAY,
    amounts,
    brought,
    certain,
    checked,
    day,
    entries,
    figures,
    row,
    taken_over,
    working,
)
from tests.people import administrator, north_planner, planner, statewide
from tests.rows import changed, date_back, everything
from tests.spreadsheets import Day, workbook
from worksites.payroll.cells import EPOCH
from worksites.payroll.rows import is_named
from worksites.placements.models import PlacementWage
from worksites.placements.paying import Pay, change_wage

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    return working()


def faults(*rows, **options):
    """(field, code) of each fault, of the only row or of each."""
    found = [why(one) for one in rows_of(checked(list(rows), **options))]
    return found[0] if len(found) == 1 else found


def sentence(*rows, **options):
    return said_of(rows_of(checked(list(rows), **options))[0].faults[0])


def serial(value):
    return Day((value - EPOCH).days)


def whose(entry):
    """For whom and for which days it was paid."""
    return entry.placement_id, entry.planned_id, entry.begins_on, entry.ends_on


@pytest.mark.policy("ILL-125")
def test_payroll_of_a_group_is_taken_over_after_confirm_and_not_before():
    first, second = working(), working()
    before = everything()
    bringing = checked([row(first), row(second, Hours="33.33")])
    assert states_of(bringing) == ["good", "good"]
    assert changed(before, everything()) == {}
    upload = taken_over([row(first), row(second, Hours="33.33")])
    assert [(whose(entry), figures(entry)) for entry in upload.entries.order_by("line")] == [
        ((first.pk, first.planned_id, BEGINS, ENDS), amounts("60", "15", "900", "600")),
        ((second.pk, second.planned_id, BEGINS, ENDS), amounts("33.33", "15", "499.95", "333.30")),
    ]
    assert (upload.file_name, upload.rows, upload.uploaded_by, upload.confirmed_by) == (
        "payroll.csv", 2, planner(), planner(),
    )  # fmt: skip


def test_the_same_file_and_the_same_row_again_change_nothing(placement):
    taken_over([row(placement)])
    before = [figures(entry) for entry in entries()]
    again = checked([row(placement), row(placement)])
    assert states_of(again) == ["unchanged", "unchanged"]
    assert states_of(checked([row(placement, Hours="60.0")])) == ["unchanged"]
    assert [figures(entry) for entry in entries()] == before


def test_gross_wages_that_differ_from_what_stands_are_a_fault(placement):
    taken_over([row(placement)])
    assert faults(row(placement, **{"Gross wages": "999.00"})) == [("gross", "gross")]
    assert states_of(checked([row(placement, **{"Gross wages": "900.01"})])) == ["unchanged"]


def test_what_another_brought_is_withdrawn_by_who_sees_it(placement):
    taken_over([row(placement)], name="theirs.csv", by=statewide())
    met = row(placement, Hours="61")
    assert faults(met) == [("begins_on", "paid-by-another")]
    said = sentence(met)
    assert f"in theirs.csv by {statewide()} on " in said
    assert f"Ask {statewide()} to withdraw it" in said
    assert faults(met, by=statewide()) == [("begins_on", "paid-already")]


def test_two_rows_of_a_file_have_no_days_of_a_placement_together(placement):
    later = {"Period begins": day(ENDS), "Period ends": day(ENDS + timedelta(days=2)), "Hours": "8"}
    bringing = checked([row(placement), row(placement, **later), row(working(), **later)])
    assert states_of(bringing) == ["good", "double", "good"]
    assert "Line 2 has days of the same placement" in said_of(rows_of(bringing)[1].faults[0])


def test_a_row_that_meets_what_was_paid_waits_for_a_withdrawal(placement):
    taken_over([row(placement)])
    assert faults(row(placement, Hours="61")) == [("begins_on", "paid-already")]
    overlapping = row(placement, **{"Period begins": day(ENDS), "Period ends": day(ENDS + timedelta(days=1))})
    assert faults(overlapping | {"Hours": "10"}) == [("begins_on", "paid-already")]
    next_period = row(placement, **{"Period begins": day(ENDS + timedelta(days=1)), "Period ends": day(TODAY)})
    assert faults(next_period | {"Hours": "10"}) == []


# --- whose it is ----------------------------------------------------------------------------------


def test_a_placement_that_is_not_there_and_one_of_another_region_are_told_alike(placement):
    assert faults(row(placement, **{"Placement ID": "999999999"})) == [("placement", "unknown")]
    assert faults(row(placement), by=north_planner()) == [("placement", "unknown")]
    assert sentence(row(placement), by=north_planner()) == sentence(row(placement, **{"Placement ID": "999999999"}))
    assert faults(row(placement), by=statewide()) == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"Participant ID": "N999"}, ("participant", "other-person")),
        ({"Participant ID": "", "Name": "Duke Lasley"}, ("customer", "other-person")),
        ({"Worksite": "Another place"}, ("worksite", "not-in-this-worksite")),
        ({"Placement ID": ""}, ("placement", "no-placement")),
        ({"Placement ID": "P-12"}, ("placement", "no-number")),
    ],
)
def test_a_person_of_another_placement_or_worksite_is_told(placement, cells, fault):
    assert faults(row(placement, **cells)) == [fault]


def test_a_name_is_known_in_any_order_and_without_a_middle_one(placement):
    customer = placement.customer
    for name in (f"{customer.last_name}, {customer.first_name}", f"{customer.first_name} {customer.last_name}".upper()):
        assert faults(row(placement, Name=name, **{"Participant ID": ""})) == []
    assert faults(row(placement, Name=customer.last_name, **{"Participant ID": ""})) == []


@pytest.mark.parametrize(
    ("middle", "name", "is_theirs"),
    [
        ("Quincy", "Nora Q. Adams", True),
        ("Quincy", "N. Adams", True),
        ("Quincy", "ADAMS, NORA QUINCY JR.", True),
        ("", "Nora Q Adams", True),
        ("Quincy", "Nora P. Adams", False),
        ("", "P. Adams", False),
        ("", "Nora Paul Adams", False),
        ("Quincy", "Nora Q.", False),
    ],
)
def test_names_come_as_programs_of_payroll_write_them(middle, name, is_theirs):
    customer = Customer(first_name="Nora", middle_name=middle, last_name="Adams")
    assert is_named(name, customer) is is_theirs


# --- days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [day, lambda value: value.isoformat(), lambda value: str(int(serial(value)))])
def test_a_day_is_read_as_text_and_as_the_number_of_a_spreadsheet(placement, write):
    assert faults(row(placement, **{"Period begins": write(BEGINS), "Period ends": write(ENDS)})) == []


def test_days_of_a_workbook_are_days(placement):
    cells = [placement.pk, serial(BEGINS), int(serial(ENDS)), 60, 15.0]
    content = workbook([["Placement ID", "Period begins", "Period ends", "Hours", "Hourly wage"], cells])
    assert states_of(checked(content, name="payroll.xlsx")) == ["good"]


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        (ENDS, BEGINS, ("ends_on", "ends-before")),
        (ENDS - timedelta(days=31), ENDS, ("ends_on", "too-long")),
        (BEGINS, TODAY + timedelta(days=1), ("ends_on", "to-come")),
        (STARTED - timedelta(days=1), STARTED + timedelta(days=12), ("begins_on", "before-the-start")),
    ],
)
def test_a_period_that_can_not_be_is_told_at_its_day(placement, first, last, fault):
    cells = {"Period begins": day(first), "Period ends": day(last)}
    assert faults(row(placement, **cells)) == [fault]


@pytest.mark.parametrize("text", ["31/12/2026", "soon", "2026-02-30", "123", ""])
def test_a_cell_that_is_no_day(placement, text):
    assert [field for field, _code in faults(row(placement, **{"Period ends": text}))] == ["ends_on"]


def test_rows_that_say_no_period_are_of_the_one_that_was_chosen(placement):
    cells = row(placement)
    del cells["Period begins"], cells["Period ends"]
    options = {"begins_on": BEGINS.isoformat(), "ends_on": ENDS.isoformat()}
    assert faults(cells) == [("begins_on", "no-day"), ("ends_on", "no-day")]
    assert faults(cells, options=options) == []


def test_a_placement_that_has_not_started_has_no_payroll():
    assert faults(row(placed.planned())) == [("placement", "not-started")]


def test_after_the_end_nothing_was_worked(placement):
    ended = placed.moved(placement, "terminate", ends_on=ENDS - timedelta(days=1), termination_reason="completed")
    assert faults(row(ended)) == [("ends_on", "after-the-end")]
    assert faults(row(ended, **{"Period ends": day(ENDS - timedelta(days=1))})) == []


def test_a_period_all_of_which_was_a_hold_has_no_work(placement):
    held = placed.moved(placement, "hold", inactive_on=BEGINS)
    assert faults(row(held)) == [("begins_on", "on-hold")]
    back = placed.moved(held, "return", returned_on=ENDS)
    assert faults(row(back, Hours="8")) == []
    assert faults(row(back, Hours="25")) == [("hours", "too-many-hours")]


# --- hours and amounts ----------------------------------------------------------------------------


ONE_DAY = {"Period begins": day(BEGINS), "Period ends": day(BEGINS)}


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"Hours": "-1"}, ("hours", "below")),
        (ONE_DAY | {"Hours": "25"}, ("hours", "too-many-hours")),
        ({"Hours": "120.25"}, ("hours", "overtime")),
        ({"Hours": ""}, ("hours", "no-hours")),
        ({"Hours": "many"}, ("hours", "invalid")),
        ({"Hours": "7.333"}, ("hours", "places")),
        ({"Hours": "=40+20"}, ("hours", "formula")),
        ({"Hourly wage": "15.005"}, ("hourly_wage", "places")),
        ({"Hourly wage": "14.99"}, ("hourly_wage", "below-the-wage")),
        ({"Hourly wage": "22.51"}, ("hourly_wage", "far-above-the-wage")),
        ({"Hourly wage": "0"}, ("hourly_wage", "no-wage")),
        ({"Gross wages": "900.02"}, ("gross", "gross")),
        ({"Subsidized wages": "900.01"}, ("subsidized", "more-than-gross")),
        ({"Subsidized wages": "600.02"}, ("subsidized", "subsidized")),
    ],
    ids=str,
)
def test_hours_and_amounts_that_can_not_be_are_told_at_their_cell(placement, cells, fault):
    assert faults(row(placement, **cells)) == [fault]
    assert sentence(row(placement, **cells)).endswith((".", "12.5, with a period before the decimals."))


@pytest.mark.parametrize(
    "cells",
    [
        {"Hours": "0"}, {"Hours": "120"}, {"Hourly wage": "$22.50"}, {"Gross wages": "900.01"},
        {"Subsidized wages": "599.99"}, {"Hours": "60.00", "Hourly wage": "15"},
    ],
    ids=str,
)  # fmt: skip
def test_what_can_be_is_taken(placement, cells):
    assert faults(row(placement, **cells)) == []


def test_one_day_of_work_is_told_as_one(placement):
    assert sentence(row(placement, **ONE_DAY, Hours="25")).endswith("1 day of work lies in this period.")
    two = {"Period begins": day(BEGINS), "Period ends": day(BEGINS + timedelta(days=1))}
    assert sentence(row(placement, **two, Hours="49")).endswith("2 days of work lie in this period.")


def test_a_half_cent_is_a_cent(placement):
    taken_over([row(placement, Hours="0.5", **{"Hourly wage": "15.01"})])
    [entry] = entries()
    assert figures(entry) == amounts("0.5", "15.01", "7.51", "5.00")


def test_a_period_across_a_change_of_the_wage_is_two_rows(placement):
    rise = BEGINS + timedelta(days=5)
    pay = Pay(hourly=Decimal("16.00"), subsidized=Decimal("10.00"), entered=placed.FOUND)
    change_wage(placement.wage, pay, from_on=rise, by=planner(), at=states.now())
    assert faults(row(placement, **{"Hourly wage": "16.00"})) == [("ends_on", "wage-changes")]
    first = row(placement, Hours="20", **{"Period ends": day(rise - timedelta(days=1))})
    second = row(placement, Hours="40", **{"Period begins": day(rise), "Hourly wage": "16.00"})
    assert faults(first, second) == [[], []]
    assert faults(second | {"Hourly wage": "15.00"}) == [("hourly_wage", "below-the-wage")]


def test_a_rise_of_the_minimum_wage_within_the_period_is_told():
    """At both ends of the period it is as it was; a rate that is sure came into force between them."""
    placement = working()
    certain("15.00", date(2020, 1, 1))
    assert faults(row(placement)) == []
    rise = BEGINS + timedelta(days=3)
    certain("15.50", rise)
    assert faults(row(placement)) == [("hourly_wage", "minimum-rises")]
    assert "Make two rows: one until the day before, one from it" in sentence(row(placement))
    assert faults(row(placement, **{"Hourly wage": "15.50"})) == []
    after = row(placement, **{"Period begins": day(rise)})
    assert faults(after) == [("hourly_wage", "below-the-minimum")]
    before = row(placement, Hours="10", **{"Period ends": day(rise - timedelta(days=1))})
    assert faults(before) == []


# --- subsidies ------------------------------------------------------------------------------------


def test_outside_the_subsidy_nothing_is_subsidized(placement):
    date_back(placement, subsidy_ends_on=BEGINS - timedelta(days=1))
    assert faults(row(placement, **{"Subsidized wages": "600"})) == [("subsidized", "outside-the-subsidy")]
    taken_over([row(placement)])
    [entry] = entries()
    assert entry.subsidized == 0


def test_a_period_across_the_end_of_the_subsidy_is_two_rows(placement):
    last = BEGINS + timedelta(days=6)
    date_back(placement, subsidy_ends_on=last)
    assert faults(row(placement)) == [("ends_on", "subsidy-changes")]
    first = row(placement, Hours="40", **{"Period ends": day(last)})
    second = row(placement, Hours="20", **{"Period begins": day(last + timedelta(days=1))})
    taken_over([first, second])
    assert [entry.subsidized for entry in entries()] == [Decimal("400.00"), 0]


def test_a_placement_without_a_subsidy(placement):
    date_back(PlacementWage.objects.get(placement=placement), subsidized_wage=0)
    assert faults(row(placement, **{"Subsidized wages": "1"})) == [("subsidized", "outside-the-subsidy")]
    assert faults(row(placement, **{"Subsidized wages": "0"})) == []


# --- files ----------------------------------------------------------------------------------------


def test_columns_that_payroll_needs_are_asked_for(placement):
    for missing, code in (("Placement ID", "no-placement"), ("Hours", "no-hours"), ("Hourly wage", "no-hours")):
        cells = row(placement)
        del cells[missing]
        with pytest.raises(Refusal) as refused:
            brought([cells])
        assert refused.value.code == code


def test_administrators_bring_no_payroll(placement):
    with pytest.raises(NotAllowed):
        brought([row(placement)], by=administrator())


def test_a_fault_is_said_in_both_languages(placement):
    [found] = rows_of(checked([row(placement, Hours="")]))
    assert set(found.faults[0]["said"]) == {"en", "es"}


def test_looking_at_rows_takes_the_same_queries_however_many_they_are(django_assert_num_queries):
    placements = [working() for _each in range(3)]
    for number in (1, 3):
        bringing = brought([row(one) for one in placements[:number]])
        reader = bringing.about.reader(bringing)
        found = rows_of(bringing)
        settle(bringing, found, reader=reader, seen=Seen.of(bringing))
        with django_assert_num_queries(6):
            settle(bringing, found, reader=reader, seen=Seen())
