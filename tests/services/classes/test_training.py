"""Who provides a career or training service: the grantee, one of the list with its program, or another one in words."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.paper.rows import paper_context
from careerplan.base.refusals import Refusal
from services.actions import change_funding, save_service
from services.classes.training.models import Training
from services.providers.actions import end_entries, keep_program, keep_provider
from services.providers.models import Provider, TrainingProgram
from tests import states
from tests.markup import Page
from tests.people import angela, planner, statewide
from tests.providers import TODAY, course, earned, nursing
from tests.rows import refuses, write
from tests.services.service_form import path_of, send

pytestmark = pytest.mark.django_db

LABEL = "Basic Nursing Assistant, Lakeside Community College (LCC-BNA)"


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def welding():
    """A program of another college."""
    harbor = keep_provider("HTC", {"name": "Harbor Technical College"}, by=statewide(), at=states.now())
    return keep_program(harbor, "HTC-1", {"name": "Welding"}, by=statewide(), at=states.now())


@pytest.mark.policy("ILL-114", "ILL-118")
def test_a_training_program_brings_its_provider_along(client):
    program = welding()
    assert "The step/service was saved." in Page(send(client, course(angela()), training_program="welding")).words
    detail = Training.objects.get(planned=course(angela()))
    assert (detail.training_program, detail.listed_provider) == (program, program.provider)
    form = Page(client.get(path_of(course(angela())))).form(path_of(course(angela())))
    assert form["training_program"] == "Welding, Harbor Technical College (HTC-1)"
    assert form["listed_provider"] == "Harbor Technical College (HTC)"


@pytest.mark.parametrize("typed", ["LCC-BNA", "lcc-bna", LABEL, "Basic nursing assistant", "nursing lakeside"])
def test_a_program_is_found_as_people_type_it(client, typed):
    nothing = {"training_program": None, "listed_provider": None}
    save_service(course(angela()), nothing, by=planner(), at=states.now())
    send(client, course(angela()), training_program=typed)
    assert Training.objects.get(planned=course(angela())).training_program == nursing()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Basic", "Type one of these, or its ID: "),
        ("Underwater weaving", "No training program of the list is called so."),
    ],
)
def test_what_is_not_one_program_is_asked_for_again(client, typed, said):
    keep_program(nursing().provider, "LCC-PHL", {"name": "Basic Phlebotomy"}, by=statewide(), at=states.now())
    page = Page(send(client, course(angela()), training_program=typed))
    assert said in page.words
    assert Training.objects.get(planned=course(angela())).training_program == nursing()


@pytest.mark.policy("ILL-118")
def test_a_provider_of_the_list_and_another_one_are_not_both_said(client):
    page = Page(send(client, course(angela()), provider="Evening School", provider_contact="1 Main Street"))
    assert "Choose a provider of the list, or enter another one: not both." in page.words
    with pytest.raises(Refusal) as refused:
        save_service(course(angela()), {"provider": "Evening School"}, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("two-providers", "listed_provider")


@pytest.mark.parametrize(
    ("name", "field"), [("program-ended", "training_program"), ("provider-ended", "listed_provider")]
)
def test_what_is_no_longer_listed_is_not_chosen_and_stays_where_it_was(client, name, field):
    ended = nursing() if field == "training_program" else nursing().provider
    program = welding()
    end_entries([program if field == "training_program" else program.provider], by=statewide(), at=states.now())
    fresh = TrainingProgram.objects.select_related("provider").get(pk=program.pk)
    values = {"training_program": fresh if field == "training_program" else None, "listed_provider": fresh.provider}
    with pytest.raises(Refusal) as refused:
        save_service(course(angela()), values, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == (name, field)
    end_entries([ended], by=statewide(), at=states.now())
    assert "The step/service was saved." in Page(send(client, course(angela()), notes="Bring a pen.")).words
    assert Training.objects.get(planned=course(angela())).training_program == nursing()


def test_a_program_of_another_provider_is_refused(client):
    with pytest.raises(Refusal) as refused:
        save_service(course(angela()), {"training_program": welding()}, by=planner(), at=states.now())
    assert refused.value.code == "program-of-another-provider"
    detail = Training.objects.get(planned=course(angela()))
    refuses("a_training_program_is_its_providers", lambda: write(detail, training_program=welding()))


def test_a_provider_alone_gives_a_service(client):
    send(client, course(angela()), training_program="", listed_provider="LCC")
    detail = Training.objects.get(planned=course(angela()))
    assert (detail.training_program, detail.listed_provider) == (None, nursing().provider)


@pytest.mark.policy("ILL-114", "ILL-117", "ILL-121")
def test_program_provider_and_credential_are_sealed_and_printed():
    version = states.newest(angela())
    contents = contents_of(version.plan, version)
    sealed = next(item for item in contents.services if item.id == course(angela()).pk)
    assert (sealed.training_program_code, sealed.listed_provider_code) == ("LCC-BNA", "LCC")
    assert sealed.expected_credentials == ("Certified Nursing Assistant",)
    paper = paper_context(contents, seal=None, acknowledgment=None, printed_on=TODAY)
    [row] = paper["trainings"]
    assert (row["training_program"], row["provider"]) == ("Basic Nursing Assistant", "Lakeside Community College")
    assert row["contact"] == "600 College Way, Marlow, IL 62799; 217-555-0160"
    others = [row for row in paper["service_groups"][0]["services"] if not row["training_program"]]
    assert {row["provider"] for row in others} == {angela().office.grantee.name}
    assert paper["credentials"] == []


@pytest.mark.policy("ILL-120")
def test_what_was_earned_is_sealed_and_printed():
    earned(angela())
    version = states.newest(angela())
    contents = contents_of(version.plan, version)
    [credential] = contents.about.credentials
    said = (credential.name, credential.credential_type, credential.earned_on, credential.is_listed)
    assert said == ("Certified Nursing Assistant", "certification", TODAY.isoformat(), True)
    paper = paper_context(contents, seal=None, acknowledgment=None, printed_on=TODAY)
    [row] = paper["credentials"]
    assert (row["name"], row["type"]) == ("Certified Nursing Assistant", "Occupational certification")


def test_it_goes_along_as_the_funding_changes():
    row = course(angela())
    said = {"program": row.program, "contract": "State 25-1", "changes_on": TODAY}
    latter = change_funding(row, **said, by=planner(), at=states.now())
    assert latter.detail.training_program == nursing()


def test_entries_of_the_list_are_not_deleted():
    refuses("services_trainingprogram", lambda: TrainingProgram.objects.filter(pk=nursing().pk)._raw_delete("default"))
    refuses("services_provider", lambda: Provider.objects.filter(pk=nursing().provider_id)._raw_delete("default"))
    refuses("a_training_program_stays_with_its_provider", lambda: write(nursing(), provider=welding().provider))


def test_staff_look_a_program_up_with_its_credentials(client):
    page = Page(client.get(reverse("providers"), {"q": "lakeside nursing"}))
    assert "Certified Nursing Assistant" in page.words
    assert "600 College Way, Marlow, IL 62799; 217-555-0160" in page.words
    assert "$1,385.00" in page.words
    welding()
    assert "Welding" not in Page(client.get(reverse("providers"), {"q": "lakeside"})).words
    assert "No credential is approved for this program." in Page(client.get(reverse("providers"))).words


@pytest.mark.policy("ILL-118")
def test_other_lists_name_the_provider_of_the_list_too(client):
    crosswalk = client.get(reverse("plan:crosswalk", args=[angela().pk])).getvalue().decode()
    [line] = [line for line in crosswalk.splitlines() if "TR-OST" in line]
    assert "Lakeside Community College" in line
    assert "Lakeside Community College" in Page(client.get(reverse("plan:services", args=[angela().pk]))).words
