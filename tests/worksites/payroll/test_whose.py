"""Whose row it is, where the records were merged, or a customer or a worksite has another name since."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from acknowledgments.models import Acknowledgment
from careerplan.base import clock
from customers.models import Customer
from tests import payroll, placed, states
from tests.acknowledgments.recorded_agreements import file
from tests.customers.test_merging import ended, merged
from tests.imported import rows_of, why
from tests.imported import states as states_of
from tests.payroll import ENDS, checked, row, working
from tests.people import planner
from tests.rows import write
from tests.worksites.follow_ups.done import after, do, placement_since
from worksites.payroll.importing import PayrollReader
from worksites.places.actions import save_worksite

pytestmark = pytest.mark.django_db
OTHER_PERSON = [("participant", "other-person")]


def faults(*rows):
    found = [why(one) for one in rows_of(checked(list(rows)))]
    return found[0] if len(found) == 1 else found


def settled():
    """A placement that is over, of a customer whose record may go."""
    placement = placement_since(400)
    placement = placed.moved(placement, "terminate", ends_on=ENDS, termination_reason="completed")
    for each in placement.follow_ups.all():
        do(after(placement, each.days))
    file(Acknowledgment.objects.get(version__plan=placement.planned.plan), by=placement.customer.planner)
    states.closed(placement.customer)
    ended(placement.customer)
    return placed.reread(placement)


@pytest.fixture
def one_person():
    """A placement of the record that went, and the record that goes on."""
    placement = settled()
    kept, _other = merged(states.enrolled(with_sign_in=False), placement.customer)
    return placed.reread(placement), kept


# --- two records of one person --------------------------------------------------------------------


def test_arrears_come_with_the_id_of_the_record_that_goes_on(one_person):
    placement, kept = one_person
    theirs = {"Participant ID": kept.state_id.lower(), "Name": str(kept)}
    assert faults(row(placement, **theirs)) == []
    assert faults(row(placement)) == []
    [entry] = payroll.taken_over([row(placement, **theirs)]).entries.all()
    assert entry.placement == placement


def test_payroll_of_the_record_that_goes_on_comes_with_a_former_id():
    """Whichever of them the employer has in its books."""
    placement, former, another = working(), states.enrolled(with_sign_in=False), states.enrolled(with_sign_in=False)
    for one in (former, another):
        ended(one)
        merged(Customer.objects.get(pk=placement.customer.pk), one)
    assert faults(row(placement, **{"Participant ID": former.state_id})) == []
    assert faults(row(placement, **{"Participant ID": another.state_id})) == []


def test_two_former_records_of_one_person_know_each_other(one_person):
    placement, kept = one_person
    another = states.enrolled(with_sign_in=False)
    ended(another)
    merged(kept, another)
    assert faults(row(placement, **{"Participant ID": another.state_id})) == []


def test_the_id_of_a_stranger_is_refused_after_a_merge_too(one_person):
    placement, kept = one_person
    stranger = working().customer
    assert faults(row(placement, **{"Participant ID": stranger.state_id})) == OTHER_PERSON
    assert faults(row(working(), **{"Participant ID": kept.state_id})) == OTHER_PERSON


# --- another name ---------------------------------------------------------------------------------


def test_who_has_another_name_since_is_known_by_the_participant_id():
    placement = working()
    cells = row(placement)
    write(placement.customer, last_name="Married")
    bringing = checked([cells])
    assert states_of(bringing) == ["good"]
    [shown] = bringing.about.beside(bringing, rows_of(bringing), planner()).values()
    assert f"The file has another name: {cells['Name']}." in shown.notes
    bringing = checked([row(placed.reread(placement))])
    [shown] = bringing.about.beside(bringing, rows_of(bringing), planner()).values()
    assert not [note for note in shown.notes if "another name" in note]


def test_without_an_id_another_name_is_another_person():
    placement = working()
    for missing in ({"Participant ID": ""}, {"Participant ID": " "}):
        assert faults(row(placement, Name="Duke Lasley", **missing)) == [("customer", "other-person")]
        assert faults(row(placement, **missing)) == []


def test_a_worksite_is_known_by_the_names_that_it_had():
    placement, another = working(), working()
    cells, site = row(placement), placement.job.worksite
    for name in ("Mill Street", "Mill Lane"):
        save_worksite(site.employer, site, {"name": name}, by=planner(), at=clock.now())
    assert faults(cells) == []
    assert faults(cells | {"Worksite": "MILL STREET"}) == []
    assert faults(cells | {"Worksite": "Mill Road"}) == [("worksite", "not-in-this-worksite")]
    assert faults(row(another, Worksite="Mill Street")) == [("worksite", "not-in-this-worksite")]


# --- questions to the database --------------------------------------------------------------------


def test_other_ids_and_names_are_asked_for_at_once():
    placements, asked = [working() for _each in range(3)], []
    for number in (1, 3):
        bringing = payroll.brought(
            [row(one, **{"Participant ID": "N999"}) for one in placements[:number]]
            + [row(one, Worksite="Nowhere") for one in placements[:number]]
        )
        reader = PayrollReader(bringing)
        reads = [reader.read(bringing.texts_of(one.cells), "") for one in rows_of(bringing)]
        reader.look(reads)
        with CaptureQueriesContext(connection) as queries:
            reader.look(reads)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 10
