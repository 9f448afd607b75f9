"""Uploads of payroll as they stay: kept, withdrawn whole, and what the database refuses of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import F

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports.enums import ImportState
from tests import placed, states
from tests.imported import confirmed
from tests.imported import states as states_of
from tests.payroll import BEGINS, ENDS, checked, entries, row, taken_over, working
from tests.people import administrator, planner, statewide, youth_planner
from tests.rows import copy, refuses, write
from worksites.payroll.actions import withdraw
from worksites.payroll.models import PayrollEntry, PayrollUpload

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload():
    return taken_over([row(working()), row(working())])


def taken_back(upload, by=None):
    return withdraw(upload, "The hours of another month.", by=by or planner(), at=states.now())


def test_an_upload_is_withdrawn_whole_and_its_file_can_be_brought_again():
    cells = [row(working()), row(working())]
    upload = taken_back(taken_over(cells))
    assert (upload.withdrawn_by, upload.withdrawn_reason) == (planner(), "The hours of another month.")
    assert (entries().count(), PayrollEntry.objects.count()) == (0, 2)
    assert states_of(checked(cells)) == ["good", "good"]
    taken_over(cells)
    assert entries().count() == 2


def test_it_is_withdrawn_once_with_a_reason_and_by_who_brings_payroll(upload):
    for reason in ("", "  "):
        with pytest.raises(Refusal) as refused:
            withdraw(upload, reason, by=planner(), at=states.now())
        assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        taken_back(upload, by=administrator())
    taken_back(upload, by=statewide())
    with pytest.raises(Refusal) as refused:
        taken_back(upload)
    assert refused.value.code == "withdrawn-already"


def test_who_brought_it_and_statewide_staff_see_an_upload(upload):
    seeing = [planner(), statewide(), administrator()]
    assert all(upload in PayrollUpload.objects.visible_to(person) for person in seeing)
    others = [youth_planner(), placed.service().plan.customer.user]
    assert not any(PayrollUpload.objects.visible_to(person).exists() for person in others)


def test_a_placement_that_changed_after_the_preview_stops_all_of_it():
    first, second = working(), working()
    bringing = checked([row(first), row(second)])
    placed.moved(second, "terminate", ends_on=BEGINS, termination_reason="completed")
    bringing = confirmed(bringing)
    assert bringing.state == ImportState.READY
    assert bringing.why_refused
    assert entries().count() == 0
    assert states_of(bringing) == ["good", "bad"]


def test_a_placement_with_payroll_can_not_be_planned_again(upload):
    placement = placed.reread(entries()[0].placement)
    with pytest.raises(Refusal) as refused:
        placed.moved(placement, "not-started")
    assert refused.value.code == "rests-on-the-start"
    taken_back(upload)
    assert placed.moved(placement, "not-started").status == "planned"


# --- the database ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hours_of_payroll_are_not_negative", {"hours": Decimal("-1"), "gross": Decimal("-15"), "subsidized": 0}),
        ("hours_of_payroll_are_of_their_days", {"hours": Decimal("336.25"), "gross": Decimal("5043.75")}),
        ("no_more_is_subsidized_than_was_paid", {"subsidized": Decimal("900.01")}),
        ("no_more_is_subsidized_than_was_paid", {"subsidized": Decimal("-0.01")}),
        ("gross_wages_are_hours_by_wage", {"gross": Decimal("900.01")}),
        ("a_period_of_payroll_ends_after_it_begins", {"ends_on": BEGINS - timedelta(days=1)}),
        ("a_period_of_payroll_is_a_month_or_less", {"begins_on": ENDS - timedelta(days=31)}),
        ("payroll_pays_a_cent_or_more", {"hourly_wage": 0, "gross": 0, "subsidized": 0}),
        ("periods_of_payroll_do_not_overlap", {"begins_on": ENDS, "hours": 8, "gross": 120, "subsidized": 80}),
        ("a_line_of_payroll_stands_once", {"line": 2}),
        ("payroll_is_of_a_service_of_its_customer", {"planned": placed.service}),
    ],
)
def test_the_database_refuses_payroll_that_can_not_be(upload, name, values):
    entry = upload.entries.get(line=2)
    values = {field: value() if callable(value) else value for field, value in values.items()}
    refuses(name, lambda: copy(entry, **{"line": 4} | values))


def test_the_database_keeps_rows_as_they_are(upload):
    entry = upload.entries.get(line=2)
    refuses("kept as they are", lambda: write(entry, hours=F("hours") + 1))
    refuses("kept as they are", lambda: entry.delete())
    refuses("kept as they are", lambda: write(upload, rows=3))
    refuses("kept as they are", lambda: PayrollUpload.objects.filter(pk=upload.pk)._raw_delete("default"))


def test_the_database_lets_an_upload_be_withdrawn_once(upload):
    refuses("a_withdrawn_payroll_upload_says_when_by_whom_why", lambda: write(upload, withdrawn_reason="So."))
    entry = upload.entries.get(line=2)
    taken_back(upload)
    nothing = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}
    refuses("payroll_is_withdrawn_once", lambda: write(upload, **nothing))
    refuses("a_withdrawn_upload_gets_no_more_rows", lambda: copy(entry, line=9))
