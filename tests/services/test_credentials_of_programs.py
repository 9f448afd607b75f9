"""Credentials that are entered from the completed service: those of its training program, or another in words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import Refusal, StaleRow
from customers.enums import DocumentType
from customers.models import Upload
from services.actions import save_service
from services.credentials.actions import add_credential, correct_credential
from services.models import EarnedCredential
from services.providers.actions import end_entries, keep_credential, keep_program
from tests import states
from tests.markup import Page
from tests.people import angela, david, planner, statewide
from tests.providers import TODAY, certified, course, earned, finished, nursing
from tests.real_files import pdf_file
from tests.rows import changed, everything, refuses, write

pytestmark = pytest.mark.django_db

NAME = "Certified Nursing Assistant"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def page_of(row):
    return reverse("plan:service-credential", args=[row.plan.customer_id, row.pk])


def service_page(row):
    return reverse("plan:service-edit", args=[row.plan.customer_id, row.pk])


def sent(client, row, **values):
    return client.post(page_of(row), {"earned_on": TODAY.isoformat(), **values}, follow=True)


@pytest.mark.policy("ILL-120", "ILL-121")
def test_the_completed_service_offers_what_is_approved_for_its_program(client):
    row = course(angela())
    assert page_of(row) not in client.get(service_page(row)).content.decode()
    row = finished(angela())
    assert page_of(row) in client.get(service_page(row)).content.decode()
    page = Page(client.get(page_of(row)))
    offered = page.root.xpath("//input[@name='approved']/@value")
    assert offered == ["", str(certified().pk)]
    page = Page(sent(client, row, approved=certified().pk))
    assert "The credential was saved." in page.words
    assert NAME in page.words
    credential = EarnedCredential.objects.get(customer=angela())
    assert (credential.name, credential.credential_type) == (NAME, "certification")
    assert (credential.service, credential.approved) == (row, certified())


@pytest.mark.policy("ILL-112", "ILL-114", "ILL-120")
def test_another_one_is_written_in_words_with_its_type(client):
    row = finished(angela())
    refused = sent(client, row, name="CPR", credential_type="")
    assert list(refused.context["form"].errors) == ["credential_type"]
    assert not EarnedCredential.objects.filter(customer=angela()).exists()
    sent(client, row, name="CPR", credential_type="certificate")
    credential = EarnedCredential.objects.get(customer=angela())
    assert (credential.name, credential.credential_type, credential.approved) == ("CPR", "certificate", None)


def test_the_only_approved_one_is_chosen_before(client):
    row = finished(angela())
    assert Page(client.get(page_of(row))).root.xpath("//input[@name='approved'][@checked]/@value") == [
        str(certified().pk)
    ]
    keep_credential(nursing(), "Home Health Aide", "certification", by=statewide(), at=states.now())
    assert Page(client.get(page_of(row))).root.xpath("//input[@name='approved'][@checked]/@value") == [""]


def test_a_name_typed_beside_an_approved_one_is_not_lost(client):
    row = finished(angela())
    refused = sent(client, row, approved=certified().pk, name="CPR", credential_type="certificate")
    assert list(refused.context["form"].errors) == ["approved"]
    assert Page(refused).root.xpath("//input[@name='name']/@value") == ["CPR"]
    assert not EarnedCredential.objects.filter(customer=angela()).exists()


def test_a_corrected_credential_may_become_another_approved_one(client):
    credential = earned(angela())
    other = keep_credential(nursing(), "Home Health Aide", "certification", by=statewide(), at=states.now())
    path = reverse("credential-edit", args=[angela().pk, credential.pk])
    form = Page(client.get(path)).form(path) | {"approved": str(other.pk)}
    client.post(path, form)
    credential.refresh_from_db()
    assert (credential.approved, credential.name) == (other, "Home Health Aide")


@pytest.mark.policy("ILL-112")
@pytest.mark.policy("ILL-145")
def test_work_experience_has_its_credentials_too(client):
    row = finished(angela())
    write(row.service, form_kind="worksite")
    page = Page(client.get(page_of(row)))
    assert "Is the credential missing?" in page.words
    assert "A work-experience service has no training program" in page.words
    assert "Check that the credential was entered for the program under its provider, and approved." in page.words
    assert "linked to the service." not in page.words
    sent(client, row, name="Forklift operator", credential_type="certificate")
    assert EarnedCredential.objects.get(customer=angela()).service == row


def test_the_proof_is_filed_among_the_customers_uploads(client):
    row = finished(angela())
    sent(client, row, approved=certified().pk, proof=SimpleUploadedFile("cna.pdf", pdf_file()))
    credential = EarnedCredential.objects.select_related("proof").get(customer=angela())
    assert credential.proof.customer == angela()
    assert (credential.proof.document_type, credential.proof.name) == (DocumentType.CREDENTIAL, NAME)
    address = reverse("customers:upload-file", args=[angela().pk, credential.proof_id])
    assert address in client.get(service_page(row)).content.decode()
    assert address in client.get(reverse("customer-outcomes", args=[angela().pk])).content.decode()


@pytest.mark.policy("ILL-122")
def test_where_the_credential_is_missing_the_page_says_what_to_check(client):
    row = finished(angela())
    page = Page(client.get(page_of(row)))
    assert "Check that the right training program is linked to the service." in page.words
    assert "Check that the credential was entered for the program under its provider, and approved." in page.words
    links = page.root.xpath("//section[@aria-labelledby='missing-title']//a/@href")
    assert links == [service_page(row), reverse("providers") + "?q=LCC-BNA"]
    nothing = {"training_program": None, "listed_provider": None}
    save_service(row, nothing, by=planner(), at=states.now())
    page = Page(client.get(page_of(row)))
    assert "No training program is linked to this service." in page.words
    assert page.root.xpath("//input[@name='approved']") == []


@pytest.mark.policy("ILL-005")
def test_an_unfinished_service_has_no_form_of_a_credential(client):
    row = course(angela())
    page = Page(client.get(page_of(row)))
    assert "Only a complete service can have a credential." in page.words
    answer = sent(client, row, approved=certified().pk)
    assert answer.status_code == 422
    assert not EarnedCredential.objects.filter(customer=angela()).exists()


@pytest.mark.policy("ILL-121")
def test_a_credential_of_another_program_is_refused():
    other = keep_program(nursing().provider, "LCC-PHL", {"name": "Phlebotomy"}, by=statewide(), at=states.now())
    foreign = keep_credential(other, "Phlebotomist", "certification", by=statewide(), at=states.now())
    row = finished(angela())
    before = everything()
    with pytest.raises(Refusal) as refused:
        add_credential(angela(), earned_on=TODAY, service=row, approved=foreign, by=planner(), at=states.now())
    assert refused.value.code == "credential-of-another-program"
    assert changed(before, everything()) == {}


def test_a_credential_that_is_no_longer_approved_is_not_chosen_anew():
    credential = earned(angela())
    end_entries([certified()], by=statewide(), at=states.now())
    with pytest.raises(Refusal, match="no longer approved"):
        earned(angela())
    said = {"earned_on": TODAY, "service": credential.service, "approved": certified()}
    assert correct_credential(credential, **said, by=planner(), at=states.now()).approved == certified()


def test_a_credential_is_not_earned_before_the_service_began():
    row = finished(angela())
    with pytest.raises(Refusal) as refused:
        earned(angela(), earned_on=row.actual_start_on - timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("earned-before-the-service", "earned_on")


@pytest.mark.policy("ILL-005")
def test_a_service_stays_complete_while_it_has_a_credential(client):
    credential = earned(angela())
    row = credential.service
    reopened = {"status": "started", "ended_on": None}
    with pytest.raises(Refusal) as refused:
        save_service(row, reopened, by=planner(), at=states.now())
    assert refused.value.code == "credential-earned"
    correct_credential(
        credential, earned_on=TODAY, name=NAME, credential_type="certification", by=planner(), at=states.now()
    )
    assert save_service(course(angela()), reopened, by=planner(), at=states.now()).status == "started"


def test_a_credential_is_corrected_on_its_page(client):
    credential = earned(angela())
    address = reverse("credential-edit", args=[angela().pk, credential.pk])
    form = Page(client.get(address)).form(address)
    assert form["approved"] == str(certified().pk)
    client.post(address, form | {"approved": "", "name": "State tested nurse aide", "credential_type": "license"})
    credential.refresh_from_db()
    said = (credential.name, credential.credential_type, credential.approved)
    assert said == ("State tested nurse aide", "license", None)
    form = Page(client.get(address)).form(address)
    client.post(address, form | {"service": ""})
    credential.refresh_from_db()
    assert credential.service is None


def test_nothing_of_somebody_else_is_overwritten():
    credential = earned(angela())
    seen = credential.row_version
    said = {"earned_on": TODAY, "name": "CNA", "credential_type": "license", "by": planner(), "at": states.now()}
    correct_credential(credential, **said, seen=seen)
    with pytest.raises(StaleRow):
        correct_credential(credential, **said | {"name": "CNA 2"}, seen=seen)


@pytest.mark.policy("ILL-005")
def test_the_database_takes_no_credential_of_an_unfinished_service():
    row = course(angela())
    loose = add_credential(
        angela(), earned_on=TODAY, name="CPR", credential_type="certificate", by=planner(), at=states.now()
    )
    refuses("only_a_complete_service_has_a_credential", lambda: write(loose, service=row))
    credential = earned(angela())
    refuses(
        "a_service_with_a_credential_stays_complete", lambda: write(credential.service, status="started", ended_on=None)
    )


def test_the_database_takes_no_proof_of_another_customer():
    credential = earned(angela())
    foreign = Upload.objects.exclude(customer=angela())[0]
    refuses("a_proof_of_a_credential_is_its_customers", lambda: write(credential, proof=foreign))


@pytest.mark.policy("ILL-121")
def test_the_database_takes_no_credential_of_another_program():
    credential = earned(angela())
    other = keep_program(nursing().provider, "LCC-PHL", {"name": "Phlebotomy"}, by=statewide(), at=states.now())
    foreign = keep_credential(other, "Phlebotomist", "certification", by=statewide(), at=states.now())
    refuses("an_approved_credential_is_of_its_training_program", lambda: write(credential, approved=foreign))


def test_another_customers_credential_is_not_found(client):
    credential = earned(angela())
    assert client.get(reverse("credential-edit", args=[david().pk, credential.pk])).status_code == 404
