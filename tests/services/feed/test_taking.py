"""Records of a feed are filed once, by their external ID; what can't be filed is reported, and the rest stands."""

from datetime import timedelta
from decimal import Decimal

import pytest

from careerplan.base import clock
from careerplan.base.refusals import Refusal
from customers.merging import merge
from services.feed.facts import Facts
from services.feed.models import FeedRecord
from services.feed.taking import take
from tests import people, states
from tests.customers.test_merging import WHY, pair
from tests.rows import changed, everything
from tests.services import feeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

DAY = timedelta(days=1)


def faults(report):
    return [(fault.place, fault.field, fault.code) for fault in report.faults]


@pytest.mark.policy("ILL-103")
def test_a_record_is_filed_in_the_inbox_of_its_customer():
    source, day = feeding.source(), states.today()
    said = {"status": "started", "actual_start_on": day, "weekly_hours": Decimal("12.5"), "provider": "Harbor College"}
    report = feeding.filed(source, feeding.said(people.david(), **said))
    assert (report.new, report.refused) == (1, 0)
    row = FeedRecord.objects.in_inbox().get(customer=people.david())
    assert (row.source, row.external_id, row.service.code, row.state) == (source, "A-1", "BC-COUN", "waiting")
    assert {name: getattr(row, name) for name in said} == said
    assert FeedRecord.history.get(id=row.pk).history_change_reason == "feed"


def test_the_same_once_more_writes_nothing():
    source = feeding.source()
    facts = feeding.said(people.david()), feeding.said(people.jennifer(), "A-2")
    feeding.filed(source, *facts)
    before = everything()
    report = feeding.filed(source, *facts)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert changed(before, everything()) == {}


def test_what_the_source_says_anew_replaces_what_it_said():
    source = feeding.source()
    feeding.filed(source, feeding.said(people.david()))
    report = feeding.filed(source, feeding.said(people.david(), service="BC-PLAC", provider="Harbor College"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 0)
    row = FeedRecord.objects.get()
    assert (row.service.code, row.provider, row.row_version) == ("BC-PLAC", "Harbor College", 2)
    assert row.changed_at > row.received_at


def test_two_sources_may_use_the_same_external_id():
    for code in ("ivle", "iws"):
        assert feeding.filed(feeding.source(code), feeding.said(people.david())).new == 1
    assert FeedRecord.objects.filter(external_id="A-1").count() == 2


@pytest.mark.policy("ILL-103")
def test_a_customer_of_another_region_and_one_nobody_knows_are_reported_in_the_same_words():
    source = feeding.source(region=feeding.region_of(people.david()))
    report = feeding.filed(
        source,
        feeding.said(people.lucia()),
        Facts("A-2", "NOBODY-9", "BC-COUN"),
        feeding.said(people.david(), "A-3"),
    )
    assert faults(report) == [(1, "participant_id", "unknown-customer"), (2, "participant_id", "unknown-customer")]
    words = {fault.sentence.replace(people.lucia().state_id, "NOBODY-9") for fault in report.faults}
    assert words == {"No customer of this source's region has the participant ID NOBODY-9."}
    assert [row.customer for row in FeedRecord.objects.all()] == [people.david()]


def test_a_record_of_a_merged_customer_is_filed_with_the_one_that_goes_on():
    kept, other = pair()
    merge(kept, other, reason=WHY, by=people.statewide(), at=clock.now())
    feeding.filed(feeding.source(), feeding.said(other))
    assert FeedRecord.objects.get().customer == kept


def test_an_external_id_stays_with_its_customer():
    source = feeding.source()
    feeding.filed(source, feeding.said(people.david()))
    report = feeding.filed(source, feeding.said(people.jennifer()))
    assert faults(report) == [(1, "external_id", "another-customer")]
    assert FeedRecord.objects.get().customer == people.david()


def test_of_two_records_with_one_id_in_one_call_the_second_is_refused_where_it_says_something_else():
    source = feeding.source()
    first = feeding.said(people.david())
    report = feeding.filed(source, first, first, feeding.said(people.david(), provider="Other"))
    assert (report.new, report.unchanged, faults(report)) == (1, 1, [(3, "external_id", "said-twice")])
    assert FeedRecord.objects.get().provider == ""


BAD = {
    "missing": {"external_id": " "},
    "too-long": {"notes": "x" * 501},
    "unreadable": {"provider": "Harbor\x07"},
    "unknown-status": {"status": "perhaps"},
    "start-missing": {"status": "started"},
    "end-missing": {"status": "complete", "actual_start_on": -1},
    "end-without-status": {"status": "started", "actual_start_on": -1, "ended_on": 0},
    "end-before-start": {"status": "complete", "actual_start_on": 0, "ended_on": -1},
    "planned-end-before-start": {"planned_start_on": 0, "planned_end_on": -1},
    "started-and-never-provided": {"status": "never_provided", "actual_start_on": 0},
    "day-to-come": {"status": "started", "actual_start_on": 1},
    "unlikely-day": {"planned_start_on": -60_000},
    "unlikely-hours": {"weekly_hours": Decimal("168.01")},
}


@pytest.mark.parametrize("code", BAD)
def test_a_record_that_can_t_be_is_refused_with_the_reason(code):
    days = {name: states.today() + value * DAY for name, value in BAD[code].items() if isinstance(value, int)}
    facts = Facts(
        **{"external_id": "A-1", "participant_id": people.david().state_id, "service": "BC-COUN"} | BAD[code] | days
    )
    report = feeding.filed(feeding.source(), facts, feeding.said(people.david(), "A-2"))
    assert [fault.code for fault in report.faults] == [code]
    assert [row.external_id for row in FeedRecord.objects.all()] == ["A-2"]


def test_nothing_is_taken_of_a_source_that_is_switched_off():
    source = feeding.source(is_active=False)
    with pytest.raises(Refusal) as refused:
        feeding.filed(source, feeding.said(people.david()))
    assert refused.value.code == "source-off"
    assert not FeedRecord.objects.exists()


def test_a_preview_says_what_would_become_of_each_and_writes_nothing():
    source = feeding.source()
    feeding.filed(source, feeding.said(people.david()))
    facts = (
        feeding.said(people.david(), provider="New"),
        feeding.said(people.jennifer(), "A-2"),
        Facts("A-3", "NOBODY", "BC-COUN"),
    )
    before = everything()
    report = take(source, enumerate(facts, start=1), writes=False, by=None, at=clock.now())
    assert (report.new, report.changed, report.refused) == (1, 1, 1)
    assert changed(before, everything()) == {}
