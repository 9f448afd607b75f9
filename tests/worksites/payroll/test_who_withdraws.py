"""Where payroll stands in the way of a change: who sees its upload withdraws it, everybody else is told whom to ask."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.dates import in_text
from careerplan.base.refusals import Refusal
from careerplan.imports.rows import said_of
from services.actions import change_funding
from services.models import PlannedService
from tests import payroll, placed, states
from tests.imported import rows_of
from tests.markup import Page
from tests.payroll import BEGINS, ENDS, day, row, working
from tests.people import planner, statewide, youth_planner
from worksites.placements.correcting import save_placement
from worksites.placements.models import FormerHold
from worksites.placements.paying import change_wage
from worksites.placements.policy import Hold

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def save(placement, **values):
    holds = values.pop("former_holds", None)
    save_placement(placement, values, former_holds=holds, by=planner(), at=states.now())


def start(placement):
    save(placement, starts_on=BEGINS + DAY, subsidy_starts_on=BEGINS + DAY)


def end(placement):
    placed.moved(placement, "terminate", ends_on=ENDS - DAY, termination_reason="quit")


def hold(placement):
    placed.moved(placement, "hold", inactive_on=BEGINS)


def former_hold(placement):
    hold = FormerHold.objects.get(placement=placement)
    save(placement, former_holds={hold.pk: Hold(hold.inactive_on, ENDS + DAY)})


def subsidy(placement):
    save(placement, subsidy_starts_on=BEGINS + DAY)


def wage(placement):
    change_wage(placement.wage, placed.PAY, from_on=ENDS, by=planner(), at=states.now())


def funding(placement):
    planned = PlannedService.objects.select_related("plan", "program").get(pk=placement.planned_id)
    change_funding(planned, program=None, contract="Contract 7", changes_on=ENDS, by=planner(), at=states.now())


def held_twice():
    """Both holds before what is paid."""
    placement = working()
    for days in (30, 25):
        placement = placed.moved(placement, "hold", inactive_on=states.days_ago(days))
        placement = placed.moved(placement, "return", returned_on=states.days_ago(days - 1))
    return placement


CHANGES = [start, end, hold, subsidy, wage, funding]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_can_not_see_the_upload_is_told_whose_it_is(change):
    placement = working()
    payroll.taken_over([row(placement)], name="theirs.csv", by=statewide())
    said = refused(change, placement)
    assert f"It was brought in theirs.csv by {statewide()} on {in_text(states.today())}. " in said
    assert said.endswith(f"Ask {statewide()} to withdraw it, or choose other days.")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_who_brought_it_is_told_which_file_it_is(change):
    placement = working()
    payroll.taken_over([row(placement)], name="mine.csv")
    said = refused(change, placement)
    assert said.endswith(
        f"It was brought in mine.csv on {in_text(states.today())}. Withdraw that file first, or choose other days."
    )


def test_an_earlier_hold_over_paid_days_is_told_alike():
    placement = held_twice()
    payroll.taken_over([row(placement, Hours="30")], name="theirs.csv", by=statewide())
    save(placement, inactive_on=ENDS + DAY, returned_on=ENDS + 2 * DAY)
    assert f"Ask {statewide()} to withdraw it" in refused(former_hold, placement)


def test_of_two_files_the_one_in_the_way_is_named():
    placement = working()
    earlier = {"Period begins": day(BEGINS - 7 * DAY), "Period ends": day(BEGINS - DAY), "Hours": "30"}
    payroll.taken_over([row(placement, **earlier)], name="earlier.csv", by=statewide())
    payroll.taken_over([row(placement)], name="later.csv", by=youth_planner())
    for change in (start, subsidy):
        assert f"earlier.csv by {statewide()}" in refused(change, placement)
    for change in (end, hold, wage, funding):
        assert f"later.csv by {youth_planner()}" in refused(change, placement)


def test_a_row_that_meets_what_was_paid_is_told_alike():
    placement = working()
    payroll.taken_over([row(placement)], name="theirs.csv", by=statewide())
    said = {
        by: said_of(rows_of(payroll.checked([row(placement, Hours="61")], by=by))[0].faults[0])
        for by in (planner(), statewide())
    }
    assert said[planner()].endswith(f"Ask {statewide()} to withdraw it, or choose other days.")
    assert said[statewide()].endswith("Withdraw that file first, or choose other days.")


def test_another_planner_of_the_office_reads_it_at_the_field(client):
    placement = working()
    payroll.taken_over([row(placement)], name="theirs.csv")
    client.force_login(youth_planner())
    path = reverse("placement-edit", args=[placement.customer.pk, placement.pk])
    late = {"starts_on": day(BEGINS + DAY), "subsidy_starts_on": day(BEGINS + DAY)}
    answer = client.post(path, Page(client.get(path)).form(path) | late)
    assert answer.status_code == 422
    [said] = answer.context["form"].errors["starts_on"]
    assert f"Ask {planner()} to withdraw it" in said


def refused(change, placement):
    with pytest.raises(Refusal) as found:
        change(placed.reread(placement))
    assert found.value.code in {"days-paid", "subsidy-paid"}
    return str(found.value)
