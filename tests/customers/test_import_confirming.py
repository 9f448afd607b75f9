"""An import is confirmed: all of it, or nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from careerplan.base import clock
from careerplan.base.health.tidying import tidy
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports import actions
from careerplan.imports.enums import ImportState, RowState
from careerplan.imports.models import Import
from careerplan.imports.saving import why as why_refused
from customers import import_writing
from customers.adding import add_customer
from customers.models import Customer
from tests.imported import brought, checked, confirmed, like, person, rows_of, states
from tests.people import administrator, david, henrik, planner, statewide
from tests.rows import everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

GOOD, BAD, DOUBLE = RowState.GOOD, RowState.BAD, RowState.DOUBLE
CHANGED, UNCHANGED, LEFT_OUT = RowState.CHANGED, RowState.UNCHANGED, RowState.LEFT_OUT


def now():
    return clock.now()


def row_of(**cells):
    """What becomes of one row, with the present cells of `person` but for these."""
    [row] = rows_of(checked([person(**cells)]))
    return row


def programs_of(key):
    rows = Customer.objects.get(state_id=key).enrollments.filter(exited_on=None).order_by("program__code")
    return [(row.program.code, row.begun_on.isoformat()) for row in rows]


def test_a_day_is_chosen_once_for_all_rows_that_name_none():
    """A file without such a column could not be mended in the page: there is no cell for it."""
    known = like(david(), Program="JTED")
    rows = [person(1, Program="JTED"), person(2), person(3, Program="JTED", **{"Program begun": "10/01/2026"}), known]
    assert states(checked(rows)) == [BAD, GOOD, GOOD, BAD]
    bringing = checked(rows, options={"begun_on": "2026-11-02"})
    assert states(bringing) == [GOOD, GOOD, GOOD, CHANGED]
    confirmed(bringing)
    assert programs_of("2000001") == [("JTED", "2026-11-02")]
    assert programs_of("2000002") == []
    assert programs_of("2000003") == [("JTED", "2026-10-01")]
    assert ("JTED", "2026-11-02") in programs_of(david().state_id)


def test_the_day_for_all_corrects_no_program_that_began_already():
    [program] = [row.program for row in david().enrollments.filter(exited_on=None)][:1]
    bringing = checked([like(david(), Program=program.code)], options={"begun_on": "2026-11-02"})
    assert states(bringing) == [UNCHANGED]


def test_a_row_that_stays_bad_is_not_saved():
    bringing = checked([person(**{"Birth date": "x"})])
    [row] = rows_of(bringing)
    _row, outcome = actions.mend(row, [*row.cells[:3], "y", *row.cells[4:]], word="", by=planner(), at=now())
    assert outcome.state == BAD
    assert rows_of(bringing)[0].cells == row.cells


def test_nothing_is_imported_while_a_row_waits():
    bringing = checked([person(1), person(2, **{"Birth date": "x"})])
    with pytest.raises(Refusal) as caught:
        actions.confirm(bringing, by=planner(), at=now())
    assert caught.value.code == "rows-wait"
    assert not Customer.objects.filter(state_id="2000001").exists()
    assert actions.leave_out_waiting(bringing, by=planner(), at=now()) == 1
    assert states(confirmed(bringing)) == [GOOD, LEFT_OUT]
    assert Customer.objects.filter(state_id__startswith="200000").count() == 1


def test_an_import_is_confirmed_once():
    bringing = confirmed(checked([person()]))
    with pytest.raises(Refusal) as caught:
        actions.confirm(bringing, by=planner(), at=now())
    assert caught.value.code == "imported-already"


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_imported():
    bringing = checked([person(1), person(2)])
    values = {"first_name": "Rosa", "last_name": "Lindqvistb", "state_id": "2000001", "office": david().office}
    add_customer(values, by=planner(), at=now())
    confirmed(bringing)
    assert (bringing.state, states(bringing)) == (ImportState.READY, [CHANGED, GOOD])
    assert "1 row" in bringing.why_refused
    assert not Customer.objects.filter(state_id="2000002").exists()
    assert confirmed(bringing).state == ImportState.DONE


def test_that_the_file_was_imported_before_is_no_reason_why_it_is_not_now():
    confirmed(checked([person(1)]))
    bringing = checked([person(1), person(2)])
    write(bringing, sha256=Import.objects.exclude(pk=bringing.pk).get(state=ImportState.DONE).sha256)
    values = {"first_name": "Rosa", "last_name": "Lindqvistc", "state_id": "2000002", "office": david().office}
    add_customer(values, by=planner(), at=now())
    confirmed(bringing)
    assert bringing.state == ImportState.READY
    assert "somebody changed the records meanwhile" in bringing.why_refused


def test_one_row_that_is_refused_while_it_is_written_takes_all_others_back(monkeypatch):
    def refuse(*_rows, **_options):
        raise Refusal("no", "Not this one.")

    bringing = checked([person(), like(david(), Phone="217-555-9999")])
    monkeypatch.setattr(import_writing, "write_changes", refuse)
    confirmed(bringing)
    assert (bringing.state, bringing.confirmed_by) == (ImportState.READY, None)
    assert "Not this one." in bringing.why_refused
    assert not Customer.objects.filter(state_id="2000001").exists()


@pytest.mark.parametrize("who", [administrator, lambda: henrik().user])
def test_only_who_writes_plans_brings_a_file(who):
    before = everything()
    with pytest.raises(NotAllowed):
        brought([person()], by=who())
    assert everything() == before


@pytest.mark.parametrize("who", [administrator, lambda: henrik().user])
def test_only_who_brings_files_changes_what_was_brought(who):
    bringing = checked([person()])
    [row], by, before = rows_of(bringing), who(), everything()
    acts = [
        lambda: actions.map_columns(bringing, bringing.columns, {}, by=by, at=now()),
        lambda: actions.mend(row, row.cells, word="", by=by, at=now()),
        lambda: actions.leave_out(row, out=True, by=by, at=now()),
        lambda: actions.leave_out_waiting(bringing, by=by, at=now()),
        lambda: actions.confirm(bringing, by=by, at=now()),
        lambda: actions.throw_away(bringing, by=by, at=now()),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert everything() == before


def test_statewide_staff_may_confirm_what_a_planner_brought():
    bringing = confirmed(checked([person()]), by=statewide())
    assert bringing.state == ImportState.DONE
    assert Customer.objects.get(state_id="2000001").history.get().history_user == statewide()


def test_the_time_of_another_import_is_that_of_the_installation(settings):
    """Whoever works on it, a worker or a page."""
    settings.TIME_ZONE = "America/Chicago"
    other = Import(done_at=datetime(2026, 11, 29, 16, 44, tzinfo=UTC), confirmed_by=planner())
    with timezone.override("UTC"):
        assert "(Nov. 29, 2026, 10:44 a.m.). Look at what is left." in why_refused(1, other, None)


def test_the_rows_go_after_thirty_days():
    bringing = checked([person()])
    assert tidy(now() + timedelta(days=29))["rows of imports"] == 0
    gone = tidy(now() + timedelta(days=31))
    assert (gone["rows of imports"], gone["imports"]) == (1, 1)
    assert not Import.objects.filter(pk=bringing.pk).exists()
