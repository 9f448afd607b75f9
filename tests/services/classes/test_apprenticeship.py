"""A registered apprenticeship names its occupation (SOC) and its RAPIDS ID before it starts; it has its provider and
the credentials earned in it as every service (ILL-115)."""

import pytest
from django.utils import timezone

from careerplan.base.refusals import Refusal
from goals.models import Occupation
from services.actions import save_service
from services.models import EarnedCredential, PlannedService
from tests import states
from tests.markup import Page, words_of
from tests.plans_in_force import iep, service
from tests.rows import changed, everything, write
from tests.services.service_form import move, path_of, posted, send

pytestmark = [pytest.mark.django_db, pytest.mark.policy("ILL-115")]

TODAY = timezone.localdate()
UNSAID = {"occupation": None, "rapids_id": ""}
SENTENCES = {
    "occupation": "Enter the occupation before the apprenticeship starts.",
    "rapids_id": "Enter the RAPIDS ID before the apprenticeship starts.",
}


@pytest.fixture
def row() -> PlannedService:
    """Planned, in a plan that is in force, with its occupation and its RAPIDS ID."""
    return service(states.newest(iep()), "AP-RAP")


def saved(row: PlannedService, **values) -> PlannedService:
    return save_service(again(row), values, by=row.plan.customer.planner, at=states.now())


def again(row: PlannedService) -> PlannedService:
    return PlannedService.objects.select_related("plan__customer__planner", "service").get(pk=row.pk)


@pytest.mark.parametrize("name", UNSAID)
def test_it_does_not_start_before_it_says_both(row, name):
    saved(row, **{name: UNSAID[name]})
    before = everything()
    with pytest.raises(Refusal) as refused:
        saved(row, status="started", actual_start_on=TODAY)
    assert (refused.value.field, refused.value.sentence) == (name, SENTENCES[name])
    assert changed(before, everything()) == {}


def test_the_page_of_the_start_says_what_is_lacking(client, row):
    client.force_login(row.plan.customer.planner)
    saved(row, **UNSAID)
    answer = move(client, again(row), "start", actual_start_on=TODAY)
    assert answer.status_code == 422
    assert SENTENCES["occupation"] in Page(answer).words
    assert again(row).status == "planned"


def test_it_starts_with_both_said_in_the_same_change(row):
    saved(row, **UNSAID)
    said = {"occupation": Occupation.objects.get(code="49-9044"), "rapids_id": "2024-IL-123456"}
    started = saved(row, status="started", actual_start_on=TODAY, **said)
    assert (started.status, started.detail.rapids_id) == ("started", "2024-IL-123456")


@pytest.mark.parametrize("name", UNSAID)
def test_once_it_has_started_neither_is_taken_away(client, row, name):
    client.force_login(row.plan.customer.planner)
    saved(row, status="started", actual_start_on=TODAY)
    answer = send(client, again(row), **{name: ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: [SENTENCES[name]]}


def test_what_started_without_them_is_still_kept_up_to_date(row):
    """As one that came from another system, or from an older release."""
    saved(row, **UNSAID)
    write(row.service, needs_soc=False, needs_rapids=False)
    saved(row, status="started", actual_start_on=TODAY)
    write(row.service, needs_soc=True, needs_rapids=True)
    assert saved(row, sponsor="Lakeshore Millwrights").detail.sponsor == "Lakeshore Millwrights"
    assert saved(row, status="complete", ended_on=TODAY).status == "complete"


def test_a_catalog_entry_that_does_not_ask_for_them_starts_without(row):
    saved(row, **UNSAID)
    write(row.service, needs_soc=False, needs_rapids=False)
    assert saved(row, status="started", actual_start_on=TODAY).status == "started"


def test_its_form_says_that_they_are_required(client, row):
    client.force_login(row.plan.customer.planner)
    words = "Required before the plan is sent, and before the service starts."
    assert Page(client.get(path_of(row))).words.count(words) == 2
    write(row.service, needs_soc=False)
    assert Page(client.get(path_of(row))).words.count(words) == 1


def test_its_provider_and_what_was_earned_in_it_are_recorded(client, row):
    client.force_login(row.plan.customer.planner)
    provider = {"provider": "Lakeshore Trades School", "provider_contact": "600 College Way"}
    send(client, row, **provider)
    assert Page(client.get(path_of(row))).form(path_of(row)).items() >= provider.items()
    move(client, again(row), "start", actual_start_on=TODAY)
    move(client, again(row), "complete", ended_on=TODAY)
    adding = Page(client.get(path_of(row))).links()["Add an earned credential"]
    earned = {"name": "Journeyworker Millwright", "credential_type": "certificate", "earned_on": TODAY}
    page = Page(posted(client, adding, earned))
    assert "Journeyworker Millwright" in words_of(page.root.get_element_by_id("credentials"))
    (credential,) = EarnedCredential.objects.filter(customer=row.plan.customer)
    assert {name: getattr(credential, name) for name in (*earned, "service")} == earned | {"service": row}
