"""A plan in an older system moves here at its next review, whatever that review is about (12.7.2)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.plans.actions import open_review, register_legacy_plan
from careerplan.plans.enums import VersionState
from careerplan.plans.models import LegacyPlan
from customers.models import Enrollment
from tests import states
from tests.markup import Page
from tests.moved_plans import POSTED, VALUES, moved, recorded, signed_copy
from tests.people import administrator, angela, david, henrik, north_planner, person, planner, statewide, youth_planner
from tests.rows import changed, date_back, everything

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def path():
    return reverse("plan:legacy-plan", args=[henrik().pk])


def overview(client):
    return Page(client.get(reverse("plan:overview", args=[henrik().pk])))


def registered(customer=henrik, by=None):
    return register_legacy_plan(customer(), VALUES, by=by or customer().planner, at=states.now())


@pytest.fixture(autouse=True)
def _enrolled_long_ago():
    """What was acknowledged in the older system belongs to the programs of today."""
    date_back(Enrollment.objects.get(customer=henrik()), begun_on=date(2026, 1, 5))


@pytest.fixture
def client(client):
    client.force_login(north_planner())
    return client


# --- registering ------------------------------------------------------------------------------


@pytest.mark.policy("WIS-007")
def test_the_planner_registers_it_and_the_plan_page_says_when_it_moves(client):
    address = overview(client).links()["Register a plan in an older system"]
    assert address == path()
    page = Page(client.post(address, POSTED, follow=True))
    assert "The plan in the older system was registered." in page.words
    assert (
        "The plan is still in an older system (ASSET 77-120). It moves here at its next review, by Dec. 1, 2026, "
        "whatever that review is about (12.7.2)."
    ) in page.words
    assert "Register a plan in an older system" not in page.links()
    legacy = LegacyPlan.objects.get(customer=henrik())
    assert (legacy.acknowledged_on, legacy.next_review_on) == (date(2026, 8, 3), date(2026, 12, 1))
    assert (legacy.registered_by, legacy.moved_to, legacy.moved_at) == (north_planner(), None, None)


@pytest.mark.parametrize(
    ("posted", "fields"),
    [
        ({"reference": ""}, {"system", "next_review_on"}),
        (POSTED | {"system": " "}, {"system"}),
        (POSTED | {"next_review_on": "soon"}, {"next_review_on"}),
        (POSTED | {"acknowledged_on": "31/12/1"}, {"acknowledged_on"}),
        (POSTED | {"system": "x" * 101, "reference": "y" * 61}, {"system", "reference"}),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(client, posted, fields):
    answer = client.post(path(), posted)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == fields
    assert not LegacyPlan.objects.exists()


@pytest.mark.policy("WIS-007")
def test_it_is_registered_once(client):
    registered()
    answer = client.post(path(), POSTED)
    assert answer.status_code == 422
    assert "A plan in an older system is already registered." in Page(answer).words
    assert LegacyPlan.objects.count() == 1


@pytest.mark.policy("WIS-007")
@pytest.mark.parametrize("customer", [angela, david])
def test_it_is_not_registered_beside_an_open_plan(client, customer):
    client.force_login(planner())
    answer = client.post(reverse("plan:legacy-plan", args=[customer().pk]), POSTED)
    assert answer.status_code == 422
    assert "This customer has an open plan here. Nothing needs to be moved." in Page(answer).words
    assert not LegacyPlan.objects.exists()


def closed_here():
    states.closed(angela())
    return angela()


def registered_before():
    return registered().customer


@pytest.mark.policy("WIS-007")
@pytest.mark.parametrize(
    ("customer", "sentence"),
    [
        (angela, "This customer has an open plan here. Nothing needs to be moved."),
        (closed_here, "This customer's plan was in force here before. Start the next one here."),
        (registered_before, "A plan in an older system is already registered."),
    ],
)
def test_where_there_can_be_none_the_page_says_so_and_has_no_form(client, customer, sentence):
    client.force_login(statewide())
    address = reverse("plan:legacy-plan", args=[customer().pk])
    answer = client.get(address)
    page = Page(answer)
    assert answer.status_code == 200
    assert sentence in page.words
    assert not page.has_id("id_system")
    assert sentence in Page(client.post(address, POSTED)).words


@pytest.mark.parametrize("by", [youth_planner, administrator, lambda: henrik().user])
def test_who_may_not_edit_the_customer_registers_nothing(by):
    before = everything()
    with pytest.raises(NotAllowed):
        registered(by=by())
    assert changed(before, everything()) == {}


@pytest.mark.parametrize(
    ("by", "status"),
    [
        (statewide, 200),
        (administrator, 200),
        (planner, 404),
        (lambda: person("planner.rivers"), 404),
        (lambda: henrik().user, 404),
    ],
)
def test_who_sees_the_page(client, by, status):
    client.force_login(by())
    assert client.get(path()).status_code == status


# --- moving -----------------------------------------------------------------------------------


@pytest.mark.policy("WIS-007", "WIS-008")
def test_beginning_the_review_moves_the_plan_here_and_the_version_says_so(client):
    legacy = registered()
    start = reverse("plan:start", args=[henrik().pk])
    overview(client).form(start, "Begin the review and move the plan here")
    client.post(start)
    legacy.refresh_from_db()
    version = states.newest(henrik())
    assert (legacy.moved_to, legacy.moved_at) == (version.plan, version.created_at)
    assert (version.number, version.state) == (1, VersionState.DRAFT)
    page = Page(client.get(reverse("plan:version", args=[henrik().pk, version.pk])))
    assert page.facts()["Moved from an older system"].startswith("ASSET 77-120, ")
    assert "older system" not in overview(client).words
    second = states.deleted(version) and open_review(version.plan, by=north_planner(), at=states.now())
    page = Page(client.get(reverse("plan:version", args=[henrik().pk, second.pk])))
    assert "Moved from an older system" not in page.facts()


def test_a_plan_that_begins_here_says_nothing_of_an_older_system(client):
    version = states.started(henrik())
    page = Page(client.get(reverse("plan:version", args=[henrik().pk, version.pk])))
    assert "Moved from an older system" not in page.facts()


@pytest.mark.policy("WIS-007")
def test_a_plan_that_was_moved_may_be_registered_again_only_after_the_one_here_is_closed():
    registered()
    states.started(henrik())
    with pytest.raises(Refusal) as refused:
        registered()
    assert refused.value.code == "plan-already-open"
    states.deleted(states.newest(henrik()))
    states.closed(henrik(), outcome="not_completed", reason="other")
    assert registered().moved_to is None


# --- the acknowledgment of the older system -------------------------------------------------------


NOT_ON_FILE = {"acknowledged_on": None}
ON_FILE = [{}, {"acknowledged_on": None, "acknowledgment": True}]


@pytest.mark.policy("WIS-008", "AMB-W29")
def test_the_first_version_needs_the_customer_where_the_older_acknowledgment_is_not_on_file():
    version = moved(**NOT_ON_FILE)
    with pytest.raises(Refusal) as refused:
        recorded(version)
    assert refused.value.code == "acknowledgment-needed"
    assert states.acknowledged(states.told(states.sent(version))).state == VersionState.ACTIVE


@pytest.mark.policy("WIS-008", "AMB-W29")
@pytest.mark.parametrize("values", ON_FILE, ids=["its day", "its document"])
def test_a_review_that_changes_nothing_moves_it_here_without_a_new_acknowledgment(values):
    version = moved(**values)
    recorded(version)
    version.refresh_from_db()
    assert version.state == VersionState.ACTIVE
    sealed = version.seals.get()
    assert sealed.contents.about.moved_from == "ASSET"
    assert [change["rule"] for change in sealed.decision["changes"]] == ["MOVED-HERE"]
    second = states.reviewed(version.plan.customer)
    assert not states.decided(second).needs_acknowledgment
    states.pen(second).step("Visit two employers", second.plan.goals.get(), in_days=3)
    assert list(states.rules_of(second).values()) == ["WI-IEP-ACK-7"]


@pytest.mark.policy("AMB-W29")
def test_it_may_be_sent_to_the_customer_all_the_same():
    assert states.acknowledged(states.told(states.sent(moved()))).state == VersionState.ACTIVE


@pytest.mark.policy("WIS-008", "AMB-W29")
@pytest.mark.parametrize(("values", "is_open"), [(NOT_ON_FILE, False), ({}, True)])
def test_the_agreement_page_says_which_doors_are_open(client, values, is_open):
    version = moved(**values)
    client.force_login(planner())
    page = Page(client.get(reverse("plan:agreement", args=[version.plan.customer_id])))
    assert ("This plan moved here from ASSET" in page.words) is is_open
    assert ("the customer has not acknowledged a version yet." in page.words) is not is_open
    path = reverse("plan:review-without-customer", args=[version.plan.customer_id])
    filled = {"not_required": "on", "unchanged": "on", "text": "Nothing changed.", "contact_method": "phone"}
    client.post(path, filled | {"contact_on": timezone.localdate().isoformat()})
    version.refresh_from_db()
    assert (version.state == VersionState.ACTIVE) is is_open


@pytest.mark.policy("AMB-W29", "WIS-040")
def test_career_exploration_begins_with_an_acknowledgment_here_too():
    version = moved()
    states.pen(version).career_goal("employment", explores=True)
    assert states.decided(version).needs_acknowledgment


@pytest.mark.policy("AMB-W29")
def test_a_plan_that_was_in_force_here_comes_from_no_older_system():
    customer = states.in_force().plan.customer
    states.closed(customer, "not_completed", "goal_changed")
    with pytest.raises(Refusal) as refused:
        register_legacy_plan(customer, VALUES, by=planner(), at=states.now())
    assert refused.value.code == "plan-was-here"


def test_a_document_of_another_customer_is_refused():
    customer = states.enrolled()
    with pytest.raises(Refusal) as refused:
        register_legacy_plan(
            customer, VALUES | {"acknowledgment": signed_copy(angela())}, by=planner(), at=states.now()
        )
    assert refused.value.code == "document-of-another-customer"


def test_it_was_not_acknowledged_tomorrow():
    customer, by = states.enrolled(), {"by": planner(), "at": states.now()}
    with pytest.raises(Refusal) as refused:
        register_legacy_plan(customer, VALUES | {"acknowledged_on": TODAY + timedelta(days=1)}, **by)
    assert (refused.value.code, refused.value.field) == ("day-to-come", "acknowledged_on")
    assert register_legacy_plan(customer, VALUES | {"acknowledged_on": TODAY}, **by).acknowledged_on == TODAY


def test_the_page_offers_the_documents_of_the_customer(client):
    customer = states.enrolled()
    mine, anothers = signed_copy(customer), signed_copy(angela())
    client.force_login(planner())
    path = reverse("plan:legacy-plan", args=[customer.pk])
    choices = client.get(path).context["form"].fields["acknowledgment"].queryset
    assert mine in choices
    assert anothers not in choices
    client.post(path, POSTED | {"acknowledged_on": "", "acknowledgment": mine.pk})
    assert LegacyPlan.objects.get(customer=customer).acknowledgment == mine


@pytest.mark.policy("WIS-007", "WIS-008")
@pytest.mark.parametrize("name", ["review", "send", "review-without-customer", "close"])
def test_against_the_older_plan_itself_no_review_can_be_recorded(client, name):
    registered()
    before = everything()
    answer = client.post(reverse(f"plan:{name}", args=[henrik().pk]), {"text": "Reviewed.", "outcome": "completed"})
    assert answer.status_code == 404
    assert changed(before, everything()) == {}


@pytest.mark.policy("WIS-007")
def test_the_log_says_who_registered_and_who_moved_it(client):
    legacy = registered()
    client.post(reverse("plan:start", args=[henrik().pk]))
    entries = legacy.history.order_by("history_id").values_list("history_type", "history_user", "history_change_reason")
    by = north_planner().pk
    assert list(entries) == [("+", by, None), ("~", by, "moved")]
