"""Whatever a page of the plan writes is in the history: one row for each changed row, with who did it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.signing import acknowledge
from careerplan.base.history import tracked_models
from careerplan.plan_urls import urlpatterns
from careerplan.plans.models import Barrier, BarrierCategory
from customers.models import CaseNote
from goals.fit.models import JobFitReview
from goals.models import ActionStep, Goal, GoalCategory
from goals.proposing.actions import propose_step
from goals.proposing.models import StepProposal
from services.attendance.models import Attendance
from services.costs.models import FundingSource
from services.models import PlannedService
from tests import placed, states
from tests.assessed import fill
from tests.people import henrik, north_planner
from tests.real_files import PDF
from tests.rows import changed, everything
from tests.services import feeding

pytestmark = pytest.mark.django_db

# Pages that are only read.
READ_ONLY = {
    "overview", "goals", "services", "catalog", "log", "agreement", "versions", "versions-compared", "version", "paper",
    "next", "desk", "summaries", "customer-copy", "export", "crosswalk", "crosswalk-json", "job-fit", "job-fit-result",
    "service-limit", "placement-choose", "placement-minimum",
}  # fmt: skip
# Actions that write what has no history of its own: the request to make a paper again.
WITHOUT_HISTORY = {"paper-again"}
# A code that is shown and a screen that is handed over are rows of their own, kept as they are:
# `tests/acknowledgments/test_desk_codes.py`.
AT_THE_DESK = {"desk-code", "hand-over"}
# What answers something that a customer did: `tests/acknowledgments/test_questions_about_items.py` walks there.
AFTER_A_CUSTOMER = {"question-answer", "proposal-accept", "proposal-decline"}
# They have walks of their own, below.
OF_JOB_FIT = {"job-fit-begin", "job-fit-rate", "job-fit-step", "job-fit-outside"}
OF_PROOF = {"step-proof"}
# A job is chosen for a work-experience service.
OF_WORKSITES = {"placement-add"}
OF_FEEDS = {"feed-add", "feed-link", "feed-ignore", "feed-seen"}
# Asks another system, which files what it says: `tests/services/feed/test_inbox.py` answers as one.
AT_ANOTHER_SYSTEM = {"feed-sync"}

TODAY = timezone.localdate().isoformat()
CONTACT = {"contact_on": TODAY, "contact_method": "phone"}


class Walk:
    """One planner, one customer, one page after the other; each post is compared with the history that it left."""

    def __init__(self):
        self.client = Client()
        self.client.force_login(north_planner())
        self.done = set()
        self.look()

    def look(self):
        """What stands in the tables before the next post."""
        self.before = everything()

    def post(self, name, data=None, *args, address=None):
        path = address or reverse(f"plan:{name}", args=[henrik().pk, *args])
        answer = self.client.post(path, data or {})
        assert answer.status_code == 302, (name, getattr(answer.context, "get", lambda key: None)("form"))
        self.done.add(name)
        before = self.before
        self.look()
        return one_history_row_a_changed_row(before, self.before, north_planner())


def one_history_row_a_changed_row(before, after, person):
    """The kinds of rows that were changed."""
    different = changed(before, after)
    written = set()
    for model in tracked_models():
        history = model.history.model
        names = [field.attname for field in history._meta.concrete_fields]
        rows = [dict(zip(names, row[1:], strict=True)) for row in different.get(history, {}).values()]
        keys = sorted(row[model._meta.pk.attname] for row in rows)
        assert keys == sorted(different.get(model, {})), model
        assert {row["history_user_id"] for row in rows} <= {person.pk}, model
        if rows:
            written.add(model.__name__)
    return written


def newest(model: type[models.Model]):
    return model.objects.order_by("-id")[0]


def test_each_post_leaves_one_history_row_for_each_row_that_it_changes():
    walk = Walk()
    assert walk.post("legacy-plan", {"system": "Paper", "next_review_on": TODAY}) == {"LegacyPlan"}
    assert walk.post("start") == {"EmploymentPlan", "PlanVersion", "LegacyPlan"}
    assert walk.post("career-goal", {"occupation": "31-1131"}, "employment") == {"CareerGoal"}
    assert walk.post("career-goal", {"occupation": "29-1141"}, "long_term") == {"CareerGoal"}
    assert walk.post("career-goal-remove", {}, "long_term") == {"CareerGoal"}
    assert walk.post("career-goal-same", {}, "self_sufficiency") == {"CareerGoal"}
    assert walk.post("career-path", {"wage_goal": "20"}) == {"CareerPath"}
    assert walk.post("career-path-occupation", {"occupation": "29-1141"}, "first") == {"CareerPath"}
    assert walk.post("assessment", {"text": "He reads well."}) == {"AssessmentSummary"}
    goal = {"statement": "Find work", "category": GoalCategory.objects.get(code="CAREER_PLAN").pk, "term": "short"}
    assert walk.post("goal-add", goal | {"status": "not_started"}) == {"Goal"}
    first = newest(Goal)
    assert walk.post("goal-edit", goal | {"status": "on_track", "row_version": 1}, first.pk) == {"Goal"}
    assert walk.post("goal-add", goal | {"status": "not_started", "statement": "Learn"}) == {"Goal"}
    second = newest(Goal)
    assert walk.post("goal-remove", {}, second.pk) == {"Goal"}
    assert walk.post("undo", {}, "goal", second.pk) == {"Goal"}
    step = {"text": "Write a résumé", "goal": first.pk, "who": "customer"}
    assert walk.post("step-add", step) == {"ActionStep"}
    kept = newest(ActionStep)
    assert walk.post("step-edit", step | {"due_on": TODAY}, kept.pk) == {"ActionStep"}
    walk.post("step-add", step | {"text": "Call"})
    assert walk.post("step-remove", {}, newest(ActionStep).pk) == {"ActionStep"}
    barrier = {"category": BarrierCategory.objects.get(code="TRAN").pk, "description": "No car", "status": "open"}
    assert walk.post("barrier-add", barrier) == {"Barrier"}
    transport = newest(Barrier)
    assert walk.post("barrier-edit", barrier | {"how_addressed": "A pass"}, transport.pk) == {"Barrier"}
    walk.post("barrier-add", barrier | {"category": BarrierCategory.objects.get(code="DLIC").pk})
    removal = {"removal": "resolved", "note": "He has passed the test.", **CONTACT}
    assert walk.post("barrier-remove", removal, newest(Barrier).pk) == {"Barrier", "CaseNote"}
    fill(henrik(), "BARRIERS", by=north_planner(), LOW_INCOME=True)
    walk.look()
    assert walk.post("barrier-named", {}, BarrierCategory.objects.get(code="LOWI").pk) == {"Barrier"}
    assert walk.post("barriers-comment", {"barriers_comment": "The bus is late."}) == {"EmploymentPlan"}
    assert walk.post("services-note", {"no_supportive_services": "on"}) == {"EmploymentPlan"}
    assert walk.post("written-in", {"written_in": "es", "rewritten": "on"}) == {"EmploymentPlan"}
    looked_at = {"assessed_on": TODAY, "assessed_by": "Devon", "result": "He reads well."}
    walk.post("service-add", {"service": "BC-INIT"})
    assert walk.post("initial-assessment", looked_at) == {"Assessment", "PlannedService"}
    walk.post("service-add", {"service": "IC-COMP"})
    assert walk.post("comprehensive-assessment", looked_at) == {"Assessment", "PlannedService"}
    assert walk.post("service-add", {"service": "BC-INIT", "goal": first.pk}) == {"PlannedService"}
    service = newest(PlannedService)
    values = {"goal": second.pk, "planned_start_on": TODAY, "barriers": [transport.pk]}
    assert walk.post("service-edit", values, service.pk) == {"PlannedService"}
    begun, complete = {"actual_start_on": TODAY}, {"ended_on": TODAY}
    assert walk.post("service-move", begun, service.pk, "start") == {"PlannedService"}  # an assessment starts no goal
    assert walk.post("service-move", complete, service.pk, "complete") == {"PlannedService"}
    credential = {"name": "Certificate", "credential_type": "certificate", "earned_on": TODAY}
    address = reverse("credential-add", args=[henrik().pk])
    of_service = credential | {"service": service.pk}
    assert walk.post("credential-add", of_service, address=address) == {"EarnedCredential"}
    assert walk.post("service-credential", credential | {"name": "Card"}, service.pk) == {"EarnedCredential"}
    walk.post("service-add", {"service": "BC-COUN"})
    removed = {"removal": "not_wanted"}
    assert walk.post("service-remove", removed, newest(PlannedService).pk) == {"PlannedService"}
    walk.post("service-add", {"service": "BC-COUN", "goal": first.pk})
    counsel = newest(PlannedService)
    walk.post("service-edit", {"goal": first.pk, "planned_start_on": TODAY}, counsel.pk)
    ticked = {"line": f"{counsel.pk}.{newest(PlannedService).row_version}", "planned_end_on": TODAY}
    assert walk.post("services-together", ticked, "dates") == {"PlannedService"}
    money = f"source-{FundingSource.objects.get(code='OTHER').pk}"
    assert walk.post("cost-add", {"paid_from": money, "amount": "12.00"}, counsel.pk) == {"CostLine"}
    sending = {"version": states.newest(henrik()).pk, "reason": "The talk showed the need."}
    assert walk.post("send", sending) == {"PlanVersion"}
    unable = {"reason": "no_answer", "note": "Called twice.", **CONTACT}
    assert walk.post("unable", unable) == {"CaseNote"}
    assert walk.post("recall", {"version": states.newest(henrik()).pk}) == {"PlanVersion"}
    assert walk.post("send", sending | {"way": "paper"}) == {"PlanVersion"}
    paper = {"agreed_on": TODAY, "name": str(henrik())}
    assert walk.post("agreement-record", paper, "paper") == {"PlanVersion", "PlannedService", "ActionStep"}
    scan = {"file": SimpleUploadedFile("signed.pdf", PDF), "capture": "scan"}
    assert walk.post("evidence-add", scan, states.newest(henrik()).pk) == {"Upload"}
    walk.post("service-move", begun, counsel.pk, "start")
    paid = {"paid_from": money, "amount": "5.00", "paid_on": TODAY, "paid_to": "Lakeside College"}
    assert walk.post("payment-add", paid, counsel.pk) == {"CostLine"}
    assert walk.post("service-funding", {"contract": "B-2", "changes_on": TODAY}, counsel.pk) == {"PlannedService"}
    attended = newest(PlannedService).pk
    hours = {"span": "day", "day": TODAY, "hours": "1"}
    assert walk.post("attendance", hours, attended) == {"Attendance"}
    correction = {"hours": "2", "row_version": 1}
    assert walk.post("attendance-edit", correction, attended, newest(Attendance).pk) == {"Attendance"}
    assert walk.post("review") == {"PlanVersion"}
    without = {"not_required": "on", "text": "Nothing to change.", **CONTACT}
    assert walk.post("review-without-customer", without) == {"PlanVersion", "CaseNote"}
    walk.post("review")
    walk.post("goal-edit", goal | {"status": "on_track", "statement": "Find better work"}, first.pk)
    draft = states.newest(henrik())
    assert walk.post("draft-delete", {"reason": "Begun by mistake"}) == {"PlanVersion", "Goal"}
    recover = f"{reverse('plan:ask', args=[henrik().pk, 'recover_draft'])}?version={draft.pk}"
    assert walk.post("ask", {"reason": "Deleted by mistake."}, address=recover) == {"StaffRequest"}
    walk.post("review")
    assert walk.post("not-completed", {"note": "He does not agree.", **CONTACT}) == {"PlanVersion", "CaseNote"}
    exploring = f"{reverse('plan:goal-change', args=[henrik().pk])}?explores=yes"
    changed_goal = {"EmploymentPlan", "PlanVersion", "CareerGoal"}
    assert walk.post("goal-change", {"understood": "on"}, address=exploring) == changed_goal
    assert walk.post("services-add", {"service": ["BC-JREQ", "BC-JSST"]}) == {"PlannedService"}
    walk.post("draft-delete", {"reason": "He goes on alone"})
    assert walk.post("close", {"outcome": "not_completed", "reason": "other", "understood": "on"}) == {"EmploymentPlan"}
    names = {pattern.name for pattern in urlpatterns}
    elsewhere = AFTER_A_CUSTOMER | AT_THE_DESK | OF_JOB_FIT | OF_PROOF | OF_FEEDS | OF_WORKSITES | AT_ANOTHER_SYSTEM
    assert walk.done - {"credential-add"} == names - READ_ONLY - WITHOUT_HISTORY - elsewhere


def begun_walk():
    """A walk whose customer's draft has an employment goal, a goal and nothing else."""
    walk = Walk()
    walk.post("start")
    walk.post("career-goal", {"occupation": "31-1131"}, "employment")
    category = GoalCategory.objects.get(code="CAREER_PLAN").pk
    goal = {"statement": "Find work", "category": category, "term": "short", "status": "not_started"}
    walk.post("goal-add", goal)
    return walk, newest(Goal)


def test_so_do_the_posts_of_the_job_fit_review():
    walk, goal = begun_walk()
    assert walk.post("job-fit-begin", {"occupation": "31-1131", "way": "record"}) == {"JobFitReview", "JobFitAnswer"}
    review = newest(JobFitReview)
    kinds = list(dict.fromkeys(review.answers.order_by("position").values_list("kind", flat=True)))
    for kind in kinds:
        answers = review.answers.filter(kind=kind)
        typed = {f"item_{row.pk}": 1 for row in answers} | {
            f"showed_{row.pk}": f"{row.row_version}-0" for row in answers
        }
        complete = {"JobFitReview"} if kind == kinds[-1] else set()
        assert walk.post("job-fit-rate", typed, review.pk, kind) == {"JobFitAnswer"} | complete
    gap = {"answer": review.answers.order_by("position")[0].pk, "goal": goal.pk}
    assert walk.post("job-fit-step", gap, review.pk) == {"ActionStep", "JobFitAnswer"}
    walk.post("career-goal", {"occupation": "39-5011"}, "employment")
    outside = {"is_done_outside": "on", "name": "Interest Profiler", "assessed_on": TODAY, "result": "34 of 40"}
    outside |= {"note": "No review of barbers is there.", "program": "adult"}
    outside["file"] = SimpleUploadedFile("result.pdf", PDF)
    written = {"OutsideJobFit", "Assessment", "Upload", "CaseNote"}
    assert walk.post("job-fit-outside", outside) == written
    assert walk.done >= OF_JOB_FIT


def test_so_do_the_posts_about_what_customers_propose_and_show():
    walk, goal = begun_walk()
    for text in ("Call the college", "Buy a car"):
        propose_step(states.plan_of(henrik()), text=text, by=henrik().user, at=states.now())
    first, second = StepProposal.objects.filter(plan=goal.plan_id).order_by("pk")
    walk.look()
    accepted = {"text": first.text, "goal": goal.pk, "who": "customer", "written_in": "en"}
    assert walk.post("proposal-accept", accepted, first.pk) == {"StepProposal", "ActionStep"}
    declined = {"word": "The bus takes you there.", "written_in": "en"}
    assert walk.post("proposal-decline", declined, second.pk) == {"StepProposal"}


def test_so_do_the_posts_about_what_another_system_says():
    walk, goal = begun_walk()
    added, linked, ignored = (feeding.waiting(henrik()) for _source in range(3))
    walk.look()
    assert walk.post("feed-add", {"goal": goal.pk}, added.pk) == {"PlannedService", "FeedRecord"}
    assert walk.post("feed-link", {"planned": newest(PlannedService).pk}, linked.pk) == {"FeedRecord"}
    assert walk.post("feed-ignore", {"reason": "Of a friend"}, ignored.pk) == {"FeedRecord"}
    assert walk.post("feed-seen", {"again": "yes"}, ignored.pk) == {"FeedRecord"}
    assert walk.done >= OF_FEEDS


def test_so_does_the_file_that_shows_a_step_done():
    customer = states.in_force().plan.customer
    client, step = Client(), ActionStep.objects.get(plan__customer=customer)
    client.force_login(customer.planner)
    before = everything()
    shown = {"done_on": TODAY, "file": SimpleUploadedFile("form.pdf", PDF)}
    assert client.post(reverse("plan:step-proof", args=[customer.pk, step.pk]), shown).status_code == 302
    assert one_history_row_a_changed_row(before, everything(), customer.planner) == {"ActionStep", "Upload"}


def test_so_does_a_customers_place_in_a_job():
    under, job, client = placed.service(), placed.job(), Client()
    customer = under.plan.customer
    client.force_login(customer.planner)
    before = everything()
    address = reverse("plan:placement-add", args=[customer.pk, under.pk, job.pk])
    assert client.post(address, {"position_type": "full_time", "hourly_wage": "15.00"}).status_code == 302
    assert one_history_row_a_changed_row(before, everything(), customer.planner) == {"Placement", "PlacementWage"}


def test_the_customers_acknowledgment_is_in_the_history_under_the_customers_name():
    request = states.told(states.sent(states.draft()))
    customer = request.seal.version.plan.customer
    before = everything()
    name = {"typed_name": str(customer), "ip_address": None, "user_agent": ""}
    acknowledge(request, **name, by=customer.user, at=states.now())
    assert one_history_row_a_changed_row(before, everything(), customer.user) == {
        "PlanVersion",
        "PlannedService",
        "ActionStep",
    }


def test_a_post_that_is_refused_leaves_none():
    walk = Walk()
    walk.post("start")
    before = everything()
    path = reverse("plan:goal-add", args=[henrik().pk])
    assert walk.client.post(path, {"statement": "x" * 145}).status_code == 422
    assert changed(before, everything()) == {}
    assert not CaseNote.objects.filter(customer=henrik()).exists()
