"""The same record from two processes, and from two planners, at one moment: it is there once."""

import pytest

from services.feed.deciding import add_to_plan, link
from services.feed.models import FeedRecord, FeedSource
from services.models import PlannedService
from tests import states
from tests.at_once import all_at_once
from tests.races import refusal_of
from tests.services import feeding

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


@pytest.mark.policy("ILL-103")
def test_two_processes_file_one_record_once():
    customer, source = states.enrolled(), feeding.source()
    facts = [feeding.said(customer, f"A-{number}") for number in range(5)]
    rows = FeedSource.objects.filter(pk=source.pk)
    answers = all_at_once(rows, lambda: feeding.filed(source, *facts), lambda: feeding.filed(source, *facts))
    assert sorted((report.new, report.unchanged) for report in answers) == [(0, 5), (5, 0)]
    assert FeedRecord.objects.count() == 5


@pytest.mark.policy("ILL-103")
def test_two_planners_add_one_record_once():
    version = states.draft()
    row = feeding.waiting(version.plan.customer)

    def add():
        return add_to_plan(row, version.plan, by=version.plan.customer.planner, at=states.now())

    answers = all_at_once(FeedRecord.objects.filter(pk=row.pk), add, add)
    assert refusal_of(answers).code == "decided-already"
    assert PlannedService.objects.in_plan().filter(plan=version.plan, service=row.service).count() == 1


def test_a_record_is_not_added_and_linked_at_once():
    version = states.draft()
    planned = PlannedService.objects.in_plan().filter(plan=version.plan).select_related("plan__customer").first()
    row = feeding.waiting(version.plan.customer, service=planned.service.code)
    by = version.plan.customer.planner
    answers = all_at_once(
        FeedRecord.objects.filter(pk=row.pk),
        lambda: add_to_plan(row, version.plan, by=by, at=states.now()),
        lambda: link(row, planned, by=by, at=states.now()),
    )
    assert refusal_of(answers).code == "decided-already"
