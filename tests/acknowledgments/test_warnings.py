"""What policy advises against, what a first IEP rests on, and the same check at every version (12.7.3 to 12.7.8)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.actions import Incomplete, ReasonNeeded, send
from acknowledgments.agreements import record_agreement
from acknowledgments.completeness import missing_from, warnings_about
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.reviews import review_without_customer
from acknowledgments.working_copy import contents_of
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import start_plan
from careerplan.plans.barriers import note_on_plan, remove_barrier
from careerplan.plans.enums import VersionState
from careerplan.plans.models import Barrier, VersionEvent
from customers.models import Assessment
from goals.models import ActionStep
from goals.steps import remove_step
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, north_planner, planner, tyrell
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db

COMPREHENSIVE = ("COMPREHENSIVE-ASSESSMENT", "")
TRAINING_NEED = ("NEED", "Occupational Skills Training (ITA)")
WHY = "The college tests her in the first week."


def contents(version):
    return contents_of(version.plan, version)


def missing(version):
    return [(entry.code, entry.item) for entry in missing_from(contents(version))]


def warnings(version):
    return [(entry.code, entry.item) for entry in warnings_about(contents(version))]


def service_of(version, code):
    return PlannedService.objects.in_plan().select_related("plan").get(plan=version.plan, service__code=code)


def complete(row):
    today = timezone.localdate()
    done = {"status": "complete", "actual_start_on": today, "ended_on": today}
    return save_service(row, done, by=row.plan.customer.planner, at=states.now())


def answer_the_need(version):
    """The course answers the barrier."""
    barriers = {"barriers": list(Barrier.objects.filter(plan=version.plan))}
    save_service(service_of(version, "TR-OST"), barriers, by=planner(), at=states.now())


def complete_comprehensive(version):
    complete(states.pen(version).service("IC-COMP", version.plan.goals.get()))


def without_warnings():
    version = states.written(states.enrolled())
    answer_the_need(version)
    complete_comprehensive(version)
    return version


# --- the assessments that a first IEP rests on ------------------------------------------------


@pytest.fixture
def unassessed():
    """A first IEP whose initial assessment is planned and not yet done."""
    version = states.written(states.enrolled())
    row = service_of(version, "BC-INIT")
    save_service(row, {"status": "planned", "actual_start_on": None, "ended_on": None}, by=planner(), at=states.now())
    return version


@pytest.mark.policy("WIS-010")
def test_a_first_iep_is_not_sent_before_the_initial_assessment_is_complete(unassessed):
    before = everything()
    with pytest.raises(Incomplete) as refused:
        states.sent(unassessed)
    assert [entry.code for entry in refused.value.missing] == ["INITIAL-ASSESSMENT"]
    assert changed(before, everything()) == {}
    complete(service_of(unassessed, "BC-INIT"))
    assert states.sent(unassessed).contents.about.initial_assessed_on == timezone.localdate().isoformat()


@pytest.mark.policy("WIS-010")
def test_of_two_initial_assessments_the_last_one_is_told():
    version = states.written(states.enrolled())
    again = states.pen(version).service("BC-INIT", version.plan.goals.get())
    complete(again)
    assert contents(version).about.initial_assessed_on == timezone.localdate().isoformat()


@pytest.mark.policy("WIS-010")
@pytest.mark.parametrize("status", ["started", "on_hold", "terminated"])
def test_an_initial_assessment_that_is_not_complete_does_not_count(unassessed, status):
    today = timezone.localdate()
    values = {"status": status, "actual_start_on": today, "ended_on": today if status == "terminated" else None}
    save_service(service_of(unassessed, "BC-INIT"), values, by=planner(), at=states.now())
    assert missing(unassessed) == [("INITIAL-ASSESSMENT", "")]


@pytest.mark.policy("WIS-010")
def test_an_assessment_of_an_earlier_plan_counts():
    customer = states.signed(without_warnings()).plan.customer
    states.closed(customer)
    version = start_plan(customer, by=planner(), at=states.now())
    codes = {code for code, _item in missing(version) + warnings(version)}
    assert not codes & {"INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT"}


@pytest.mark.policy("WIS-010")
@pytest.mark.parametrize(
    ("programs", "rests"),
    [
        (["T1-ADULT"], True),
        (["T1-DW"], True),
        (["T1-YOUTH"], False),
        (["T1-ADULT", "T1-YOUTH"], True),
    ],
)
def test_an_iep_rests_on_assessments_and_an_iss_does_not(programs, rests):
    version = states.started(states.enrolled(*programs))
    codes = {code for code, _item in missing(version) + warnings(version)}
    assert codes.issuperset({"INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT"}) is rests
    assert bool(codes & {"INITIAL-ASSESSMENT", "COMPREHENSIVE-ASSESSMENT"}) is rests


@pytest.mark.policy("WIS-010")
def test_a_later_version_does_not_ask_for_the_assessments_again(unassessed):
    complete(service_of(unassessed, "BC-INIT"))
    customer = states.signed(unassessed).plan.customer
    version = states.reviewed(customer)
    reopened = {"status": "on_hold", "ended_on": None}
    save_service(service_of(version, "BC-INIT"), reopened, by=planner(), at=states.now())
    assert missing(version) == []
    assert COMPREHENSIVE not in warnings(version)


@pytest.mark.policy("WIS-010")
def test_a_version_that_nobody_agreed_to_leaves_the_next_one_first():
    version = states.written(states.enrolled())
    states.sent(version)
    assert COMPREHENSIVE in warnings(states.recalled(version))


@pytest.mark.policy("WIS-010")
def test_without_the_comprehensive_assessment_an_iep_is_sent_with_a_reason():
    version = states.written(states.enrolled())
    assert COMPREHENSIVE in warnings(version)
    assert states.sent(version).pk
    assert warnings(without_warnings()) == []


@pytest.mark.policy("WIS-010")
def test_local_policy_makes_the_comprehensive_assessment_a_condition(settings):
    settings.REQUIRE_COMPREHENSIVE_ASSESSMENT = True
    version = states.written(states.enrolled())
    with pytest.raises(Incomplete) as refused:
        states.sent(version)
    assert [entry.code for entry in refused.value.missing] == ["COMPREHENSIVE-ASSESSMENT"]
    complete_comprehensive(version)
    assert states.sent(version).pk


# --- what each service answers ----------------------------------------------------------------


@pytest.mark.policy("WIS-009")
def test_a_service_that_answers_nothing_is_warned_of_until_it_answers_a_barrier():
    version = states.written(states.enrolled())
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
    version = states.written(states.enrolled())
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
    version = states.written(states.enrolled())
    before = everything()
    with pytest.raises(ReasonNeeded) as refused:
        send(version, reason=reason, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("reason-missing", "reason")
    assert [(entry.code, entry.item) for entry in refused.value.warnings] == [COMPREHENSIVE, TRAINING_NEED]
    assert changed(before, everything()) == {}


def sent_event(version):
    return VersionEvent.objects.get(version=version, name="send")


@pytest.mark.policy("WIS-009", "WIS-010")
def test_the_reason_is_kept_with_the_sending():
    version = states.written(states.enrolled())
    send(version, reason=WHY, by=planner(), at=states.now())
    event = sent_event(version)
    assert (event.note, event.by, event.target) == (WHY, planner(), VersionState.AWAITING)


def test_without_warnings_it_is_sent_without_a_reason():
    version = without_warnings()
    send(version, by=planner(), at=states.now())
    assert sent_event(version).note == ""


# --- on the page ------------------------------------------------------------------------------


@pytest.fixture
def browser(client):
    client.force_login(planner())
    return client


def agreement(version):
    return reverse("plan:agreement", args=[version.plan.customer_id])


def posted(page, version, **values):
    return page.form(reverse("plan:send", args=[version.plan.customer_id])) | {"way": "electronic"} | values


def click_send(browser, version, **values):
    data = posted(Page(browser.get(agreement(version))), version, **values)
    return browser.post(reverse("plan:send", args=[version.plan.customer_id]), data)


@pytest.mark.policy("WIS-009", "WIS-010")
def test_the_page_lists_the_warnings_with_links_to_where_they_are_mended(browser):
    version = states.written(states.enrolled())
    page = Page(browser.get(agreement(version)))
    assert "Nothing is missing. Version 1 can be sent." in page.words
    assert "Policy advises against sending it so" in page.words
    links = page.links()
    for entry in warnings_about(contents(version)):
        address = links[f"{entry.item}: {entry.sentence}" if entry.item else entry.sentence]
        assert entry.citation in page.words
        target, fragment = address.split("#")
        assert Page(browser.get(target)).has_id(fragment)
    assert page.has_id("id_reason")


def test_without_warnings_the_page_asks_for_no_reason(browser):
    version = without_warnings()
    page = Page(browser.get(agreement(version)))
    assert "Policy advises against sending it so" not in page.words
    assert not page.has_id("id_reason")
    assert click_send(browser, version).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.AWAITING


@pytest.mark.parametrize("way", ["electronic", "paper"])
def test_the_form_asks_for_the_reason_and_keeps_what_was_typed(browser, way):
    customer = states.signed(states.written(states.enrolled())).plan.customer
    version = states.reviewed(customer)
    pen = states.pen(version)
    pen.service("IC-PLAN", version.plan.goals.get(), planned_start_on=pen.in_days(3))
    typed = {"note": "She asked about evening classes.", "contact_method": "phone", "reason": " ", "way": way}
    answer = click_send(browser, version, **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reason": ["Say why you send the plan all the same: the reason is kept."]}
    page = Page(answer)
    assert page.links()["Say why you send the plan all the same: the reason is kept."] == "#id_reason"
    again = posted(page, version, reason=WHY, way=way)
    assert (again["note"], again["contact_method"]) == (typed["note"], "phone")
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT
    assert browser.post(reverse("plan:send", args=[customer.pk]), again).status_code == 302
    assert sent_event(version).note == WHY


def test_what_is_missing_is_said_before_the_reason_is_asked_for(browser, unassessed):
    path = reverse("plan:send", args=[unassessed.plan.customer_id])
    answer = browser.post(path, {"version": unassessed.pk, "way": "electronic"})
    assert answer.status_code == 422
    page = Page(answer)
    assert "1 thing is missing before the plan can be sent" in page.words
    assert "Complete the Initial Assessment: the first IEP rests on its results." in page.words
    assert not page.has_id("id_reason")


def test_a_warning_that_local_policy_makes_a_condition_stands_under_what_is_missing(browser, settings):
    settings.REQUIRE_COMPREHENSIVE_ASSESSMENT = True
    version = states.written(states.enrolled())
    answer_the_need(version)
    page = Page(browser.get(agreement(version)))
    assert "1 thing is missing before the plan can be sent" in page.words
    assert "Policy advises against sending it so" not in page.words
    assert click_send(browser, version, reason=WHY).status_code == 422


# --- the same check at every version ----------------------------------------------------------


def in_review(*programs):
    """A review of a plan in force of which something is missing: its only action step was removed."""
    version = states.written(states.enrolled(*programs))
    pen = states.pen(version)
    if "T1-YOUTH" in programs:
        for role in ("short_employment", "short_education"):
            pen.career_goal(role, words="A first step")
        pen.career_goal("long_term", "29-1171")
    for row in version.plan.services.select_related("plan"):
        enrolled = row.plan.customer.enrollments.get(program__code=programs[0])
        save_service(row, {"program": enrolled.program}, by=planner(), at=states.now())
    customer = states.signed(version).plan.customer
    review = states.reviewed(customer)
    step = ActionStep.objects.in_plan().select_related("plan").get(plan=review.plan)
    remove_step(step, reason="Done otherwise", by=planner(), at=states.now())
    return review


REVIEWS = pytest.mark.parametrize(
    "programs",
    [
        pytest.param(["T1-ADULT"], marks=pytest.mark.policy("WIS-133"), id="IEP"),
        pytest.param(["T1-ADULT", "T1-YOUTH"], marks=pytest.mark.policy("WIS-194", "WIS-165"), id="shared plan"),
    ],
)


def refused_as_incomplete(act):
    before = everything()
    with pytest.raises(Incomplete) as refused:
        act()
    assert [entry.code for entry in refused.value.missing] == ["ACTION-STEP"]
    assert changed(before, everything()) == {}


@REVIEWS
@pytest.mark.parametrize("electronic", [True, False], ids=["electronic", "paper"])
def test_a_review_of_which_something_is_missing_is_not_sent(programs, electronic):
    review = in_review(*programs)
    refused_as_incomplete(lambda: states.sent(review, electronic=electronic))


@REVIEWS
@pytest.mark.policy("WIS-090")
def test_a_review_of_which_something_is_missing_does_not_become_active_without_the_customer(programs):
    review = in_review(*programs)
    entry = {"text": "Reviewed by phone.", **states.contact()}
    refused_as_incomplete(lambda: review_without_customer(review, **entry, by=planner(), at=states.now()))


@pytest.mark.policy("WIS-165")
def test_the_review_of_an_iss_is_checked_like_its_first_version():
    states.agreed_on_paper(states.newest(tyrell()))
    review = states.reviewed(tyrell())
    for step in ActionStep.objects.in_plan().filter(plan=review.plan).select_related("plan"):
        remove_step(step, reason="Done otherwise", by=review.plan.customer.planner, at=states.now())
    entry = {"text": "Reviewed by phone.", **states.contact()}
    by = review.plan.customer.planner
    refused_as_incomplete(lambda: states.sent(review))
    refused_as_incomplete(lambda: review_without_customer(review, **entry, by=by, at=states.now()))


@REVIEWS
def test_the_page_closes_both_doors_of_such_a_review(browser, programs):
    review = in_review(*programs)
    words = Page(browser.get(agreement(review))).words
    assert "1 thing is missing before the plan can be sent" in words
    assert words.count("Closed until nothing is missing.") == 2


@REVIEWS
def test_once_it_is_mended_the_review_becomes_active(programs):
    review = in_review(*programs)
    states.pen(review).step("Visit two employers", review.plan.goals.get(), in_days=5)
    assert states.signed(review).state == VersionState.ACTIVE


@pytest.mark.policy("WIS-090")
def test_only_what_was_complete_when_it_was_sealed_becomes_active():
    version = states.newest(lucia())
    paper = {"method": "paper", "agreed_on": timezone.localdate(), "name": str(lucia())}
    with pytest.raises(Refusal):
        record_agreement(version, **paper, by=north_planner(), at=states.now())
    assert not Acknowledgment.objects.filter(version=version).exists()
    assert states.signed(version).state == VersionState.ACTIVE
    sealed = Seal.objects.valid().get(version=version).contents
    assert missing_from(sealed) == []


@pytest.mark.policy("WIS-090")
def test_what_the_customer_has_to_agree_to_does_not_change_on_the_way():
    version = states.newest(lucia())
    states.sent(version)
    with pytest.raises(Refusal) as refused:
        note_on_plan(version.plan, {"no_supportive_services": False}, by=north_planner(), at=states.now())
    assert refused.value.code == "awaiting"
