"""What policy advises against: the plan is sent all the same with a reason, which is kept (12.7.3, 12.7.5)."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.sending import ReasonNeeded, contents_read, send
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.rules.completeness import warnings_about
from careerplan.plans.barriers import remove_barrier
from careerplan.plans.enums import VersionState
from careerplan.plans.models import Barrier, VersionEvent
from customers.models import Assessment
from tests import states
from tests.acknowledgments.drafts_checked import (
    COMPREHENSIVE,
    TRAINING_NEED,
    WHY,
    agreement,
    answer_the_need,
    contents,
    lead_to_where_it_is_mended,
    service_of,
    unassessed,
    warnings,
    without_warnings,
)
from tests.markup import Page
from tests.people import angela, planner, tyrell
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


# --- what each service answers ----------------------------------------------------------------


@pytest.mark.policy("WIS-009")
def test_a_service_that_answers_nothing_is_warned_of_until_it_answers_a_barrier():
    version = states.draft()
    assert TRAINING_NEED in warnings(version)
    answer_the_need(version)
    assert warnings(version) == [COMPREHENSIVE]


@pytest.mark.policy("WIS-009", "WIS-011")
def test_a_service_may_answer_an_assessment_instead():
    assert Assessment.objects.filter(customer=angela()).count() == 1
    version = states.newest(angela())
    assert TRAINING_NEED not in warnings(version)
    assert contents(version).services[1].assessment == "TABE 11-12"


@pytest.mark.policy("WIS-011")
def test_an_iss_is_warned_of_in_the_same_way():
    version = states.newest(tyrell())
    names = {item for code, item in warnings(version) if code == "NEED"}
    assert str(service_of(version, "YE-01").service) in names
    assert str(service_of(version, "YE-07").service) not in names


def test_a_barrier_that_left_the_plan_is_answered_by_nobody():
    version = states.draft()
    answer_the_need(version)
    states.pen(version).barrier("CHLD", "No care before 8.")
    remove_transport(version)
    assert TRAINING_NEED in warnings(version)


def remove_transport(version):
    barrier = Barrier.objects.select_related("plan", "category").get(plan=version.plan, category__code="TRAN")
    remove_barrier(barrier, removal="other", note="", **states.contact(), by=planner(), at=states.now())


# --- sending with warnings --------------------------------------------------------------------


@pytest.mark.policy("WIS-009", "WIS-010")
@pytest.mark.parametrize("reason", ["", "  "])
def test_with_warnings_it_is_not_sent_without_a_reason(reason):
    version = states.draft()
    before = everything()
    with pytest.raises(ReasonNeeded) as refused:
        send(version, reason=reason, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("reason-missing", "reason")
    assert [(entry.code, entry.item) for entry in warnings_about(contents_read(refused.value))] == [
        COMPREHENSIVE,
        TRAINING_NEED,
    ]
    assert changed(before, everything()) == {}


def sent_event(version):
    return VersionEvent.objects.get(version=version, name="send")


@pytest.mark.policy("WIS-009", "WIS-010")
def test_the_reason_is_kept_with_the_sending():
    version = states.draft()
    send(version, reason=WHY, by=planner(), at=states.now())
    event = sent_event(version)
    assert (event.note, event.by, event.target) == (WHY, planner(), VersionState.AWAITING)


def test_without_warnings_it_is_sent_without_a_reason():
    version = without_warnings()
    send(version, by=planner(), at=states.now())
    assert sent_event(version).note == ""


# --- on the page ------------------------------------------------------------------------------


def posted(page, version, **values):
    return page.form(reverse("plan:send", args=[version.plan.customer_id])) | {"way": "electronic"} | values


@pytest.fixture
def browser(client):
    client.force_login(planner())
    return client


def click_send(browser, version, **values):
    data = posted(Page(browser.get(agreement(version))), version, **values)
    return browser.post(reverse("plan:send", args=[version.plan.customer_id]), data)


@pytest.mark.policy("WIS-009", "WIS-010")
def test_the_page_lists_the_warnings_with_links_to_where_they_are_mended(browser):
    version = states.draft()
    page = Page(browser.get(agreement(version)))
    assert "Nothing is missing. Version 1 can be sent." in page.words
    assert "Look at this before you send: policy asks for it" in page.words
    lead_to_where_it_is_mended(browser, page, warnings_about(in_plain_words(contents(version))))
    assert page.has_id("id_reason")


def test_without_warnings_the_page_asks_for_no_reason(browser):
    version = without_warnings()
    page = Page(browser.get(agreement(version)))
    assert "Look at this before you send: policy asks for it" not in page.words
    assert not page.has_id("id_reason")
    assert click_send(browser, version).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.AWAITING


@pytest.mark.parametrize("way", ["electronic", "paper"])
def test_the_form_asks_for_the_reason_and_keeps_what_was_typed(browser, way):
    customer = states.signed(states.draft()).plan.customer
    version = states.reviewed(customer)
    pen = states.pen(version)
    pen.service("IC-PLAN", version.plan.goals.get(), planned_start_on=pen.in_days(3))
    typed = {"note": "She asked about evening classes.", "contact_method": "phone", "reason": " ", "way": way}
    answer = click_send(browser, version, **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "reason": ["Say why you are sending the plan anyway. We keep your reason."]
    }
    page = Page(answer)
    assert page.links()["Say why you are sending the plan anyway. We keep your reason."] == "#id_reason"
    again = posted(page, version, reason=WHY, way=way)
    assert (again["note"], again["contact_method"]) == (typed["note"], "phone")
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT
    assert browser.post(reverse("plan:send", args=[customer.pk]), again).status_code == 302
    assert sent_event(version).note == WHY


def test_what_is_missing_is_said_before_the_reason_is_asked_for(browser):
    version = unassessed()
    path = reverse("plan:send", args=[version.plan.customer_id])
    answer = browser.post(path, {"version": version.pk, "way": "electronic"})
    assert answer.status_code == 422
    page = Page(answer)
    assert "1 thing is missing before the plan can be sent" in page.words
    assert "Record the Initial Assessment: the first IEP is based on its results." in page.words
    assert not page.has_id("id_reason")


def test_a_warning_that_local_policy_makes_a_condition_stands_under_what_is_missing(browser, settings):
    settings.REQUIRE_COMPREHENSIVE_ASSESSMENT = True
    version = states.draft()
    answer_the_need(version)
    page = Page(browser.get(agreement(version)))
    assert "1 thing is missing before the plan can be sent" in page.words
    assert "Look at this before you send: policy asks for it" not in page.words
    assert click_send(browser, version, reason=WHY).status_code == 422
