"""Earned credentials: linked only to a service that is complete."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import NotAllowed, Refusal
from services.actions import save_service
from services.credentials.actions import add_credential
from services.models import EarnedCredential, PlannedService
from tests import states
from tests.markup import Page, words_of
from tests.naming import shown
from tests.people import administrator, angela, david, lucia, north_planner, planner
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db

EARNED = {
    "name": "Certified Nursing Assistant",
    "credential_type": "certification",
    "earned_on": timezone.localdate(),
}


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def path_of(customer):
    return reverse("credential-add", args=[customer().pk])


def training():
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=angela(), service__code="TR-OST")


def complete(row):
    values = {"status": "complete", "ended_on": row.actual_start_on}
    return save_service(row, values, by=row.plan.customer.planner, at=states.now())


def offered(client, customer=angela):
    page = Page(client.get(path_of(customer)))
    return page.root.xpath("//select[@name='service']/option[@value!='']/@value")


@pytest.mark.policy("ILL-005", "ILL-120")
def test_a_credential_is_linked_to_a_complete_service(client):
    assert str(training().pk) not in offered(client)
    complete(training())
    assert str(training().pk) in offered(client)
    posted = EARNED | {"earned_on": EARNED["earned_on"].isoformat(), "service": training().pk}
    page = Page(client.post(path_of(angela), posted, follow=True))
    assert "The credential was saved." in page.words
    section = words_of(page.root.get_element_by_id("credentials"))
    assert f"{EARNED['name']} {shown(training().service)}" in section
    credential = EarnedCredential.objects.get(customer=angela())
    assert (credential.service, credential.earned_on) == (training(), EARNED["earned_on"])
    overview = Page(client.get(reverse("plan:overview", args=[angela().pk])))
    assert "1 Earned Credentials" in overview.words


@pytest.mark.policy("ILL-005")
def test_a_service_that_is_not_complete_is_refused_by_the_form(client):
    posted = EARNED | {"earned_on": EARNED["earned_on"].isoformat(), "service": training().pk}
    answer = client.post(path_of(angela), posted)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["service"]
    assert not EarnedCredential.objects.filter(customer=angela()).exists()


@pytest.mark.policy("ILL-005")
@pytest.mark.parametrize(("of", "code"), [(angela, "service-not-complete"), (david, "service-of-another-customer")])
def test_a_service_that_does_not_fit_is_refused_by_the_action(of, code):
    before = everything()
    with pytest.raises(Refusal) as refused:
        add_credential(of(), **EARNED, service=training(), by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == (code, "service")
    assert changed(before, everything()) == {}


@pytest.mark.policy("ILL-005")
@pytest.mark.parametrize("status", ["on_hold", "terminated", "never_provided"])
def test_a_service_that_ended_otherwise_earns_nothing(client, status):
    row = training()
    ended = {"ended_on": row.actual_start_on} if status == "terminated" else {}
    never = {"never_provided_reason": "no_show", "actual_start_on": None} if status == "never_provided" else {}
    save_service(row, {"status": status} | ended | never, by=planner(), at=states.now())
    assert str(row.pk) not in offered(client)
    posted = EARNED | {"earned_on": EARNED["earned_on"].isoformat(), "service": row.pk}
    assert client.post(path_of(angela), posted).status_code == 422
    assert not EarnedCredential.objects.filter(customer=angela()).exists()


def test_another_customers_complete_service_is_not_offered(client):
    complete(training())
    assert offered(client, david) == []


def test_a_credential_may_stand_alone(client):
    posted = EARNED | {"earned_on": EARNED["earned_on"].isoformat(), "service": ""}
    client.post(path_of(angela), posted)
    assert EarnedCredential.objects.get(customer=angela()).service is None


def test_nobody_from_outside_adds_one(client):
    assert client.get(path_of(lucia)).status_code == 404
    for somebody in (north_planner(), angela().user, administrator()):
        with pytest.raises(NotAllowed):
            add_credential(angela(), **EARNED, service=None, by=somebody, at=states.now())
