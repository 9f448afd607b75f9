"""Which services a version lets start: those that it lists, once it is active, and while it was not recalled."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.declining import note_unable
from acknowledgments.agreement.sending import send
from acknowledgments.models import Seal
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import VersionState
from careerplan.plans.gate import TooEarly
from customers.models import CaseNote
from services.actions import remove_service, save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import tyrell
from tests.plans_in_force import add_service, iep, iss, who_and_when
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def fresh(row):
    return PlannedService.objects.select_related("plan__customer__planner", "service").get(pk=row.pk)


def start(row):
    values = {"status": "started", "actual_start_on": today()}
    return save_service(fresh(row), values, by=row.plan.customer.planner, at=states.now())


def permission(row):
    row = fresh(row)
    return row.authorised_in, row.authorised_on


# --- what a review adds -----------------------------------------------------------------------


def begins_on_the_page(client, row):
    """Whether the page of the service takes today as its start."""
    client.force_login(row.plan.customer.planner)
    path = reverse("plan:service-move", args=[row.plan.customer_id, row.pk, "start"])
    filled = Page(client.get(path)).form(path) | {"actual_start_on": today().isoformat()}
    answer = client.post(path, filled)
    if answer.status_code != 302:
        assert answer.context["form"].errors["actual_start_on"][0].startswith("This can't start yet: Version 2")
    return fresh(row).actual_start_on == today()


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        pytest.param(iep, "BC-COUN", marks=pytest.mark.policy("WIS-134"), id="IEP: career"),
        pytest.param(iep, "TR-SKUP", marks=pytest.mark.policy("WIS-134"), id="IEP: training"),
        pytest.param(iep, "SS-EXAM", marks=pytest.mark.policy("WIS-134", "AMB-W27"), id="IEP: support"),
        pytest.param(iss, "YE-10", marks=pytest.mark.policy("WIS-166"), id="ISS: element"),
        pytest.param(iss, "YE-05", marks=pytest.mark.policy("WIS-166"), id="ISS: training"),
        pytest.param(iss, "SS-EXAM", marks=pytest.mark.policy("WIS-166", "AMB-W27"), id="ISS: support"),
    ],
)
def test_what_a_review_adds_waits_until_planner_and_customer_have_agreed_to_it(client, plan, code):
    customer = plan()
    draft = states.reviewed(customer)
    row = add_service(draft, code)
    assert not begins_on_the_page(client, row)
    seal = states.sent(draft)
    assert not begins_on_the_page(client, row)
    states.acknowledged(states.told(seal))
    assert permission(row) == (draft, today())
    assert begins_on_the_page(client, row)


@pytest.mark.policy("WIS-134", "WIS-166")
@pytest.mark.parametrize(("plan", "code"), [(iep, "BC-COUN"), (iss, "YE-10")])
def test_what_a_version_does_not_list_gets_no_permission_from_it(plan, code):
    """It was taken out again before the version was sealed."""
    draft = states.reviewed(plan())
    kept, dropped = add_service(draft, "SS-EXAM"), add_service(draft, code)
    remove_service(dropped, removal="unavailable", **who_and_when(draft))
    version = states.signed(draft)
    assert (permission(kept), permission(dropped)) == ((version, today()), (None, None))


# --- a version that is recalled ---------------------------------------------------------------


@pytest.fixture
def permitted(settings):
    """An element of Tyrell's first version, which may start in Illinois though the agreement can't be had."""
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    reason = {"reason": "no_answer", "note": "Nobody answered."} | states.contact()
    note_unable(states.newest(tyrell()), **reason, by=tyrell().planner, at=states.now())
    rows = PlannedService.objects.select_related("plan__customer__planner")
    return {code: rows.get(plan__customer=tyrell(), service__code=code) for code in ("YE-03A", "YE-01")}


@pytest.mark.policy("AMB-X4")
def test_where_the_agreement_can_not_be_had_services_start_in_illinois(permitted):
    assert start(permitted["YE-03A"]).actual_start_on == today()
    assert states.newest(tyrell()).state == VersionState.AWAITING


@pytest.mark.policy("AMB-X4")
@pytest.mark.parametrize("rules", ["wisconsin", "both"])
def test_where_the_agreement_can_not_be_had_nothing_starts_elsewhere(settings, rules):
    settings.ACKNOWLEDGMENT_RULES = rules
    reason = {"reason": "no_answer", "note": "Nobody answered."} | states.contact()
    note_unable(states.newest(tyrell()), **reason, by=tyrell().planner, at=states.now())
    row = PlannedService.objects.select_related("plan__customer__planner").get(
        plan__customer=tyrell(), service__code="YE-03A"
    )
    with pytest.raises(TooEarly):
        start(row)


@pytest.mark.policy("AMB-X4")
def test_a_recall_takes_the_permission_back_from_what_has_not_started(permitted):
    version = states.newest(tyrell())
    begun = permitted["YE-01"]
    start(begun)
    states.recalled(version)
    assert permission(begun) == (version, today())
    assert permission(permitted["YE-03A"]) == (None, None)
    with pytest.raises(TooEarly):
        start(permitted["YE-03A"])


@pytest.mark.policy("AMB-X4")
def test_a_recall_leaves_what_an_earlier_version_permitted():
    version = states.in_force()
    planned = PlannedService.objects.get(plan=version.plan_id, service__code="TR-OST")
    review = states.reviewed(version.plan.customer)
    states.sent(review, electronic=False)
    states.recalled(review)
    assert permission(planned) == (version, today())


@pytest.mark.policy("AMB-X4", "WIS-134")
def test_what_began_before_the_recall_and_is_taken_back_waits_like_the_rest(permitted):
    begun = permitted["YE-01"]
    start(begun)
    states.recalled(states.newest(tyrell()))
    take_back = {"status": "planned", "actual_start_on": None}
    save_service(fresh(begun), take_back, by=tyrell().planner, at=states.now())
    assert permission(begun) == (None, None)
    with pytest.raises(TooEarly):
        start(begun)


@pytest.mark.policy("AMB-X4")
def test_a_start_that_is_taken_back_while_the_version_waits_may_be_entered_again(permitted):
    begun = permitted["YE-01"]
    start(begun)
    take_back = {"status": "planned", "actual_start_on": None}
    save_service(fresh(begun), take_back, by=tyrell().planner, at=states.now())
    assert start(begun).actual_start_on == today()


# --- a review is sent with its contact --------------------------------------------------------


@pytest.mark.policy("WIS-107", "WIS-108")
@pytest.mark.parametrize("electronic", [True, False])
@pytest.mark.parametrize("plan", [iep, iss])
def test_a_review_is_not_sent_by_the_action_without_its_contact(plan, electronic):
    draft = states.reviewed(plan())
    before = everything()
    with pytest.raises(Refusal) as refused:
        send(draft, electronic=electronic, reason=states.ALL_THE_SAME, **who_and_when(draft))
    assert (refused.value.code, refused.value.field) == ("contact-missing", "contact_on")
    assert changed(before, everything()) == {}
    states.sent(draft, electronic=electronic)
    note = CaseNote.objects.filter(customer=draft.plan.customer).latest("id")
    assert (note.subject, note.contact_on) == ("Review, version 2", today())
    assert Seal.objects.valid().filter(version=draft).exists()
