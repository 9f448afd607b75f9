"""What only the class of a service has: one row beside it, told with it, sealed with it, carried along with it."""

from decimal import Decimal

import pytest
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import StaleRow
from goals.models import Occupation
from services.actions import change_funding, save_service
from services.classes.apprenticeship.models import Apprenticeship
from tests import states
from tests.markup import Page
from tests.people import angela, north_planner, planner
from tests.rows import write
from tests.services.service_form import path_of, send, training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SAID = {
    "rapids_id": "IL008950001",
    "sponsor": "Lakeshore Millwrights",
    "instruction_hours": Decimal("288.00"),
    "job_hours": Decimal("4000.00"),
}


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


@pytest.fixture
def apprenticeship():
    """The training of the demo plan, as if the catalog called it an apprenticeship."""
    row = training()
    write(row.service, form_kind="apprenticeship")
    return training()


def occupation():
    return Occupation.objects.get(code="49-9044")


@pytest.mark.policy("ILL-115")
def test_what_the_class_has_is_entered_beside_the_line(client, apprenticeship):
    typed = SAID | {"occupation": "49-9044", "rapids_id": " il 008950001 "}
    assert "The step/service was saved." in Page(send(client, apprenticeship, **typed)).words
    detail = Apprenticeship.objects.get(planned=apprenticeship)
    assert {name: getattr(detail, name) for name in SAID} == SAID
    assert (detail.planned, detail.occupation) == (apprenticeship, occupation())
    form = Page(client.get(path_of(apprenticeship))).form(path_of(apprenticeship))
    assert form["occupation"] == str(occupation())
    assert form["job_hours"] == "4,000"


def test_another_class_is_not_asked(client):
    form = Page(client.get(path_of(training()))).form(path_of(training()))
    assert not {"occupation", "rapids_id", "sponsor"} & form.keys()


@pytest.mark.parametrize("typed", ["IL12345", "2024-ILL-123", "ＩＬ008950001", "IL00895000１"])
def test_a_rapids_id_of_another_form_is_refused(client, apprenticeship, typed):
    page = Page(send(client, apprenticeship, rapids_id=typed))
    assert "Enter a RAPIDS ID such as" in page.words
    assert not Apprenticeship.objects.filter(planned=apprenticeship).exists()


def test_the_log_tells_it_as_a_change_of_the_service(apprenticeship):
    save_service(apprenticeship, SAID | {"occupation": occupation()}, by=planner(), at=states.now())
    entry = apprenticeship.history.latest()
    told = {change["label"]: change["to"] for change in entry.changes}
    assert told["RAPIDS ID"] == SAID["rapids_id"]
    assert told["occupation (SOC)"] == str(occupation())
    assert entry.about == apprenticeship.history_subject().label


def test_a_stale_form_is_noticed_where_only_details_changed(apprenticeship):
    seen = apprenticeship.row_version
    save_service(apprenticeship, {"sponsor": "Lakeshore Millwrights"}, seen=seen, by=planner(), at=states.now())
    with pytest.raises(StaleRow):
        save_service(training(), {"sponsor": "Another"}, seen=seen, by=planner(), at=states.now())


def test_nothing_said_makes_no_row(apprenticeship):
    save_service(apprenticeship, {"sponsor": "", "occupation": None}, by=planner(), at=states.now())
    assert not Apprenticeship.objects.filter(planned=apprenticeship).exists()


def test_it_is_sealed_with_the_service(apprenticeship):
    save_service(apprenticeship, SAID | {"occupation": occupation()}, by=planner(), at=states.now())
    sealed = next(
        item
        for item in contents_of(apprenticeship.plan, states.newest(angela())).services
        if item.id == apprenticeship.pk
    )
    assert (sealed.soc_code, sealed.soc_title) == ("49-9044", occupation().title)
    assert (sealed.rapids_id, sealed.job_hours) == ("IL008950001", "4000.00")


def test_it_goes_along_as_the_funding_changes(apprenticeship):
    save_service(apprenticeship, SAID, by=planner(), at=states.now())
    latter = change_funding(
        training(),
        program=apprenticeship.program,
        contract="State 25-1",
        changes_on=TODAY,
        by=planner(),
        at=states.now(),
    )
    assert {name: getattr(latter.detail, name) for name in SAID} == SAID
    assert Apprenticeship.objects.filter(planned__in=[apprenticeship, latter]).count() == 2


def test_it_is_seen_where_its_service_is(apprenticeship):
    save_service(apprenticeship, SAID, by=planner(), at=states.now())
    assert apprenticeship.pk in Apprenticeship.objects.visible_to(planner()).values_list("planned", flat=True)
    assert not Apprenticeship.objects.visible_to(north_planner()).exists()
