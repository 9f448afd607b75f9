"""Any walk through the life of a plan, by anybody: what must hold holds after every step, refused or not.

Each step is a real action. A step that is refused writes nothing; one that succeeds keeps the plan whole.
"""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as some

from acknowledgments.agreement import sending, signing
from acknowledgments.agreement.declining import decline, note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.goal_change import change_employment_goal
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.approvals.requests import Question, answer, ask
from acknowledgments.contents.changes import compare
from acknowledgments.contents.sealed_text import digest_of
from acknowledgments.enums import RequestKind
from acknowledgments.filing.making import tell_customer
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from acknowledgments.rules.policy import funding_changed, recorded_freely
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import close_plan, open_review, start_plan
from careerplan.plans.barriers import remove_barrier
from careerplan.plans.enums import VersionState
from careerplan.plans.models import Barrier, EmploymentPlan, PlanVersion
from careerplan.plans.pages import newest_plan
from goals.actions import save_goal
from goals.models import ActionStep, Goal, Occupation
from goals.steps import remove_step
from services.actions import change_funding, remove_service, save_service
from services.models import PlannedService
from tests import people, states
from tests.goal_statuses import OFF_TRACK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

AGREED = {VersionState.ACTIVE, VersionState.SUPERSEDED}


class NothingThere(Exception):
    """Nothing stands that the step could be taken with."""


def found(row):
    if row is None:
        raise NothingThere
    return row


class Walk:
    """One customer's plan, and the person and the moment of the present step."""

    def __init__(self):
        self.customer = states.enrolled()
        states.written(self.customer)
        self.at: datetime = clock.now()
        self.by = self.customer.planner

    @property
    def plan(self) -> EmploymentPlan:
        return newest_plan(self.customer)

    @property
    def version(self) -> PlanVersion:
        return states.newest(self.customer)

    def who_and_when(self):
        return {"by": self.by, "at": self.at}

    def contact(self):
        return {"note": "We talked.", "contact_on": self.today(), "contact_method": "phone"}

    def today(self) -> date:
        return timezone.localdate(self.at)

    def first(self, model):
        return found(model.objects.in_plan().filter(plan=self.plan).order_by("-id").select_related("plan").first())


# --- steps ------------------------------------------------------------------------------------


def start(walk):
    start_plan(walk.customer, **walk.who_and_when())


def review(walk):
    open_review(walk.plan, **walk.who_and_when())


def write(walk):
    """A further barrier, goal, step and training, as far as the draft takes them."""
    pen = states.pen(walk.version)
    pen.by, pen.at = walk.by, walk.at
    goal = pen.goal("Learn more", "EDUCATION_TRAINING")
    pen.service("BC-COUN", goal, planned_start_on=walk.today())
    pen.step("Call the school", goal, in_days=3)


def move_service(walk):
    goal = found(Goal.objects.in_plan().filter(plan=walk.plan).order_by("id").first())
    save_service(walk.first(PlannedService), {"goal": goal}, **walk.who_and_when())


def reword(walk):
    goal = walk.first(Goal)
    save_goal(walk.plan, goal, {"statement": f"{goal.statement[:100]}, again"}, **walk.who_and_when())


def off_track(walk):
    save_goal(walk.plan, walk.first(Goal), OFF_TRACK, **walk.who_and_when())


def drop_service(walk):
    remove_service(walk.first(PlannedService), removal="not_wanted", **walk.who_and_when())


def drop_step(walk):
    remove_step(walk.first(ActionStep), reason="Not needed", **walk.who_and_when())


def drop_barrier(walk):
    remove_barrier(walk.first(Barrier), removal="resolved", **walk.contact(), **walk.who_and_when())


def begin_service(walk):
    values = {"status": "started", "actual_start_on": walk.today()}
    save_service(walk.first(PlannedService), values, **walk.who_and_when())


def refund_service(walk):
    values = {"program": None, "contract": "B-2", "changes_on": walk.today()}
    change_funding(walk.first(PlannedService), **values, **walk.who_and_when())


def send(walk, electronic=True):
    options = {"reason": "The talk showed it.", "contact": sending.Contact(walk.today(), "phone", "We talked.")}
    sending.send(walk.version, electronic=electronic, **options, **walk.who_and_when())


def send_on_paper(walk):
    send(walk, electronic=False)


def recall(walk):
    sending.recall(walk.version, **walk.who_and_when())


def acknowledge(walk):
    """The newest request, once the customer was told of it."""
    requests = AcknowledgmentRequest.objects.filter(seal__version__plan__customer=walk.customer)
    request = found(requests.order_by("-id").first())
    tell_customer(request.seal, at=walk.at)
    request.refresh_from_db()
    evidence = {"typed_name": str(walk.customer), "ip_address": None, "user_agent": ""}
    signing.acknowledge(request, **evidence, **walk.who_and_when())


def record_paper(walk):
    signed = {"method": "paper", "agreed_on": walk.today(), "name": str(walk.customer)}
    record_agreement(walk.version, **signed, **walk.who_and_when())


def unable(walk):
    note_unable(walk.version, reason="no_answer", **walk.contact(), **walk.who_and_when())


def without_customer(walk):
    talked = walk.contact()
    review_without_customer(walk.version, text=talked.pop("note"), **talked, **walk.who_and_when())


def not_complete(walk):
    decline(walk.version, **walk.contact(), **walk.who_and_when())


def delete(walk):
    delete_draft(walk.version, reason="By mistake", **walk.who_and_when())


def recover(walk):
    version = walk.version
    question = Question(
        RequestKind.RECOVER_DRAFT, walk.customer, walk.plan, str(version), f"v{version.pk}", {"version": version.pk}
    )
    request = ask(question, reason="It was right.", by=walk.customer.planner, at=walk.at)
    answer(request, approves=True, **walk.who_and_when())


def close(walk):
    close_plan(walk.plan, outcome="completed", answers=states.all_elsewhere(walk.plan), **walk.who_and_when())


def change_goal(walk):
    goal = Occupation.objects.get(code="29-1141")
    carried = dict.fromkeys(("career_goals", "barriers", "services", "steps"), True)
    change_employment_goal(walk.plan, occupation=goal, **carried, **walk.who_and_when())


def a_day_passes(walk):
    walk.at += timedelta(days=1)


BY_CUSTOMER, BY_STATEWIDE, BY_PLANNER = "the customer", "statewide", "the planner"
STEPS = {
    start: BY_PLANNER, review: BY_PLANNER, write: BY_PLANNER, move_service: BY_PLANNER, reword: BY_PLANNER,
    off_track: BY_PLANNER, drop_service: BY_PLANNER, drop_step: BY_PLANNER, drop_barrier: BY_PLANNER,
    begin_service: BY_PLANNER, refund_service: BY_PLANNER, send: BY_PLANNER, send_on_paper: BY_PLANNER,
    recall: BY_PLANNER, acknowledge: BY_CUSTOMER, record_paper: BY_PLANNER, unable: BY_PLANNER,
    without_customer: BY_PLANNER, not_complete: BY_PLANNER, delete: BY_PLANNER, recover: BY_STATEWIDE,
    close: BY_PLANNER, change_goal: BY_PLANNER, a_day_passes: BY_PLANNER,
}  # fmt: skip
PEOPLE = {
    BY_PLANNER: lambda walk: walk.customer.planner,
    BY_CUSTOMER: lambda walk: walk.customer.user,
    BY_STATEWIDE: lambda walk: people.statewide(),
    "a colleague": lambda walk: people.youth_planner(),
    "another region's planner": lambda walk: people.north_planner(),
    "another customer": lambda walk: people.lucia().user,
    "an administrator": lambda walk: people.administrator(),
}
# Mostly by the right person; the order in which a plan usually goes is likelier than another.
USUAL = [
    [send, acknowledge], [send_on_paper, record_paper], [review, write], [review, without_customer],
    [review, write, send, acknowledge], [review, move_service, not_complete], [review, drop_service, delete],
    [review, write, drop_step, delete, recover], [begin_service, refund_service], [change_goal, send, acknowledge],
]  # fmt: skip
STEP = some.sampled_from(sorted(STEPS, key=lambda step: step.__name__))
ACTOR = some.sampled_from(["", "", "", "", *PEOPLE])
ONE = some.tuples(STEP, ACTOR).map(lambda one: [one])
SEVERAL = some.sampled_from([[(step, "") for step in steps] for steps in USUAL])
WALKS = some.lists(some.one_of(ONE, SEVERAL, SEVERAL), min_size=5, max_size=12).map(
    lambda parts: [step for part in parts for step in part]
)


def take(walk, step, actor):
    """The name of what happened."""
    walk.by = PEOPLE[actor or STEPS[step]](walk)
    try:
        with transaction.atomic():
            step(walk)
    except Refusal as refusal:
        return "refused" if str(refusal.sentence) else "refused without a word"
    except NothingThere:
        return "nothing to do"
    return "done"


# --- what must hold ---------------------------------------------------------------------------


def assert_whole(customer):
    for version in PlanVersion.objects.filter(plan__customer=customer).select_related("plan"):
        version.plan.customer = customer
        assert_events_lead_to_the_state(version)
        assert_agreed_exactly_with_evidence(version)
    for request in AcknowledgmentRequest.objects.filter(seal__version__plan__customer=customer):
        is_open = request.withdrawn_at is None and request.answered_at is None
        assert not is_open or (request.seal.version.is_awaiting and request.seal.voided_at is None)
    assert_working_copy_is_what_was_agreed(customer)


def assert_events_lead_to_the_state(version):
    events = list(version.events.order_by("id"))
    assert [event.source for event in events[1:]] == [event.target for event in events[:-1]]
    assert events[-1].target == version.state


def assert_agreed_exactly_with_evidence(version):
    """Active, and once active, are only versions with evidence or a recorded staff act, and the seal is unbroken."""
    evidence = Acknowledgment.objects.filter(version=version).select_related("seal").first()
    assert (evidence is not None) == (version.state in AGREED)
    if evidence is None:
        return
    assert evidence.seal.voided_at is None
    assert digest_of(evidence.seal.canonical) == evidence.seal.digest == evidence.digest
    if evidence.method == "not_required":
        earlier = Acknowledgment.objects.filter(version__plan=version.plan, version__number__lt=version.number)
        assert earlier.exclude(method="not_required").exists()


def assert_working_copy_is_what_was_agreed(customer):
    """Without a draft, the rows differ from the version in force in what is recorded freely alone."""
    plan = newest_plan(customer)
    active = plan.versions.active().first()
    if active is None or plan.versions.open().exists():
        return
    sealed = Seal.objects.valid().get(version=active).contents
    for change in compare(sealed, contents_of(plan, active)):
        assert recorded_freely(change) or funding_changed(change), change


@pytest.mark.policy("WIS-102", "AMB-W2", "AMB-W15")
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(WALKS)
def test_any_walk_keeps_the_plan_whole(walked):
    before = transaction.savepoint()
    try:
        walk = Walk()
        for step, actor in walked:
            outcome = take(walk, step, actor)
            event(f"{step.__name__}: {outcome}")
            assert outcome != "refused without a word"
            assert_whole(walk.customer)
    finally:
        transaction.savepoint_rollback(before)
