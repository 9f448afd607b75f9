"""Two people who bring payroll of one placement at one moment: it is paid once."""

from datetime import timedelta

import pytest

from careerplan.base import clock
from careerplan.imports import actions, tasks
from careerplan.imports.enums import ImportState
from careerplan.imports.saving import save
from tests import placed
from tests.at_once import all_at_once
from tests.imported import states as states_of
from tests.payroll import ENDS, checked, day, entries, row, working
from tests.people import planner, statewide
from worksites.models import Placement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("people")]


def test_of_two_files_with_overlapping_periods_one_is_taken_over():
    placement = working()
    mine = checked([row(placement)])
    theirs = checked([row(placement, **{"Period begins": day(ENDS), "Hours": "8"})], by=statewide())
    at = clock.now()
    actions.confirm(mine, by=planner(), at=at)
    actions.confirm(theirs, by=statewide(), at=at)
    rows = Placement.objects.filter(pk=placement.pk)
    answers = all_at_once(rows, lambda: save(mine, at=at), lambda: save(theirs, at=at))
    assert sorted(answers) == [False, True]
    tasks.sweep()
    for bringing in (mine, theirs):
        bringing.refresh_from_db()
    assert {mine.state, theirs.state} == {ImportState.READY, ImportState.DONE}
    assert entries().count() == 1
    waiting = mine if mine.state == ImportState.READY else theirs
    assert states_of(waiting) == ["bad"]


def test_a_placement_that_ends_while_its_payroll_is_written():
    """The one waits for the other: either the period is paid and then the placement ends, or the file waits."""
    placement = working()
    bringing = checked([row(placement)])
    at = clock.now()
    actions.confirm(bringing, by=planner(), at=at)
    end = {"ends_on": ENDS - timedelta(days=3), "termination_reason": "completed"}
    rows = Placement.objects.filter(pk=placement.pk)
    all_at_once(rows, lambda: save(bringing, at=at), lambda: placed.moved(placement, "terminate", **end))
    bringing.refresh_from_db()
    paid = entries().filter(ends_on__gt=end["ends_on"]).exists()
    assert paid == (bringing.state == ImportState.DONE)
