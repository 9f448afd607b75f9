"""Taking a service out of the plan: with a reason, and "completed" only of what is complete."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import Refusal
from services.actions import remove_service, save_service
from services.enums import ServiceRemoval
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, north_planner, planner, youth_planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(north_planner())
    return client


def planned(code="WE-EXP", customer=lucia):
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=customer(), service__code=code)


def path_of(row):
    return reverse("plan:service-remove", args=[row.plan.customer_id, row.pk])


def remove(client, row, **posted):
    return client.post(path_of(row), {"note": "", **posted}, follow=True)


@pytest.mark.parametrize("removal", sorted({*ServiceRemoval.values} - {"completed", "other"}))
def test_a_service_leaves_with_its_reason_and_the_row_stays(client, removal):
    page = Page(remove(client, planned(), removal=removal, note="See the note of May."))
    assert "The step/service was removed from the plan." in page.words
    row = planned()
    assert (row.removal, row.removed_by) == (removal, north_planner())
    assert row.removed_reason == f"{ServiceRemoval(removal).label}. See the note of May."
    version = states.newest(lucia())
    contents = contents_of(version.plan, version)
    assert row.pk not in {item.id for item in contents.services}
    assert [(gone.kind, gone.id, gone.why) for gone in contents.removals] == [("service", row.pk, removal)]


def test_it_is_completed_only_when_it_is_complete(client):
    answer = remove(client, planned(), removal="completed")
    assert answer.status_code == 422
    assert answer.context["form"].errors["removal"] == [
        "This service is not complete. Set its status and completion date first, or choose another reason."
    ]
    assert planned("BC-INIT").status == "complete"
    assert remove(client, planned("BC-INIT"), removal="completed").status_code == 200
    assert planned("BC-INIT").removal == "completed"


@pytest.mark.parametrize(
    ("posted", "field", "sentence"),
    [
        ({}, "removal", "Choose why you are removing the service from the plan."),
        ({"removal": "other"}, "note", "Enter the reason."),
        ({"removal": "bored"}, "removal", "Choose again. What you chose is no longer in this list."),
    ],
)
def test_without_a_reason_it_stays(client, posted, field, sentence):
    before = everything()
    answer = remove(client, planned(), **posted)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field] == [sentence]
    assert changed(before, everything()) == {}


def test_another_reason_is_said_in_words(client):
    remove(client, planned(), removal="other", note="Her sister does it.")
    assert planned().removed_reason == "Other reason. Her sister does it."


def test_a_removed_service_is_no_longer_edited_nor_removed(client):
    row = planned()
    remove(client, row, removal="unavailable")
    assert client.get(path_of(row)).status_code == 404
    assert client.get(reverse("plan:service-edit", args=[lucia().pk, row.pk])).status_code == 404
    with pytest.raises(Refusal) as refused:
        remove_service(row, removal="unavailable", by=north_planner(), at=states.now())
    assert refused.value.code == "already-removed"
    with pytest.raises(Refusal) as refused:
        save_service(row, {"notes": "Later"}, by=north_planner(), at=states.now())
    assert refused.value.code == "removed-meanwhile"


def test_without_a_draft_it_stays(client):
    client.force_login(planner())
    row = planned("SS-TRAN", angela)
    answer = remove(client, row, removal="unavailable")
    assert answer.status_code == 422
    assert "Choose Update/Review" in Page(answer).words
    assert planned("SS-TRAN", angela).removed_at is None


def test_another_regions_planner_finds_nothing(client):
    client.force_login(youth_planner())
    assert remove(client, planned(), removal="unavailable").status_code == 404
    assert planned().removed_at is None
