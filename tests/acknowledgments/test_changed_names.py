"""A name that changes while a version waits: the sealed name signs, and so does the present one; no other does."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.signing import own_names, sealed_name
from acknowledgments.models import Acknowledgment, Seal
from careerplan.plans.enums import VersionState
from tests import states
from tests.acknowledgments.recorded_agreements import METHODS, agreement, post
from tests.acknowledgments.test_acknowledging import sign
from tests.markup import Page
from tests.people import statewide, tyrell
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(people):
    write(tyrell(), first_name="Tyrell", last_name="Washington")


@pytest.mark.parametrize("typed", ["Tyrell Brooks", "tyrell j brooks", "Tyrell Washington", "Washington, Tyrell"])
def test_the_sealed_and_the_present_name_sign(client, renamed, typed):
    sign(client, typed_name=typed)
    evidence = Acknowledgment.objects.get(version=states.newest(tyrell()))
    kept = (evidence.typed_name, evidence.sealed_name, evidence.signer_name)
    assert kept == (typed, "Brooks, Tyrell J.", "Tyrell Washington")


@pytest.mark.parametrize("page", ["version", "check"])
def test_staff_see_the_sealed_and_the_present_name_beside_the_typed_one(client, renamed, page):
    sign(client, typed_name="tyrell j brooks")
    version = states.newest(tyrell())
    client.force_login(statewide())
    if page == "version":
        answer = client.get(reverse("plan:version", args=[tyrell().pk, version.pk]))
    else:
        answer = client.post(reverse("check"), {"code": Seal.objects.valid().get(version=version).short_code})
    facts = Page(answer).facts()
    assert "tyrell j brooks" in Page(answer).words
    assert (facts["Name on the plan"], facts["Signer on record"]) == ("Brooks, Tyrell J.", "Tyrell Washington")


def test_a_name_that_was_typed_as_it_is_on_record_is_not_said_again(client, people):
    sign(client, typed_name=str(tyrell()))
    client.force_login(statewide())
    answer = client.get(reverse("plan:version", args=[tyrell().pk, states.newest(tyrell()).pk]))
    assert "Signer on record" not in Page(answer).words


def test_another_name_is_refused_and_both_are_said(client, renamed):
    answer = sign(client, typed_name="Tyrell Smith")
    assert answer.context["form"].errors["typed_name"] == [
        "Type your full name as it is written on the plan (Tyrell Brooks, or as it is today: Tyrell Washington)."
    ]
    assert states.newest(tyrell()).state != VersionState.ACTIVE


@pytest.mark.parametrize("name", ["Tyrell Brooks", "Tyrell Washington"])
@pytest.mark.parametrize("method", METHODS)
def test_so_it_is_on_paper_and_by_email(client, renamed, method, name):
    post(client, method, name=name)
    kept = (agreement().typed_name, agreement().sealed_name, agreement().signer_name)
    assert kept == (name, "Brooks, Tyrell J.", "Tyrell Washington")


def test_who_has_one_name_signs_with_it(client, people):
    write(tyrell(), first_name="", last_name="Suharto")
    assert "Hello Suharto" in client_page(client)
    sign(client, typed_name="suharto")
    assert states.newest(tyrell()).state == VersionState.ACTIVE


def test_the_preferred_name_greets_and_does_not_sign(client, people):
    write(tyrell(), preferred_name="Ty")
    assert "Hello Ty" in client_page(client)
    assert sign(client, typed_name="Ty").status_code == 422


def client_page(client):
    client.force_login(tyrell().user)
    return " ".join(client.get("/my/").content.decode().replace("<bdi>", "").replace("</bdi>", "").split())


def test_the_sealed_name_is_read_without_its_middle_letter(people):
    seal = Seal.objects.valid().get(version=states.newest(tyrell()))
    assert sealed_name(seal) == ("Tyrell", "Brooks")
    assert own_names(seal) == "Tyrell Brooks"
