"""Addresses of a customer's career plan: the five tabs, versions, agreement, and the forms behind them."""

from django.urls import path

from acknowledgments.views import agreement, desk, recording, requests, talking
from acknowledgments.views import versions as sealed
from acknowledgments.views.goal_change import goal_change
from acknowledgments.views.undo import undo_removal
from careerplan.pages import log, overview, plan_files, standing, summaries
from careerplan.plans import views as plans
from goals import views as goals
from goals.careers import views as careers
from goals.fit.views import planner as job_fit
from goals.proposing import views as proposing
from goals.proving import views as proving
from services import views as services
from services.attendance.views import service as attendance
from services.catalog import views as catalog
from services.costs.views import customer as costs
from services.credentials import views as credentials
from services.enums import AssessmentStep
from services.feed import views as feed
from services.limits import views as service_limits
from services.lines import views as service_lines
from services.moves import views as service_moves
from worksites.placements.views import placement as placements

COMPREHENSIVE = {"step": AssessmentStep.COMPREHENSIVE}

app_name = "plan"
urlpatterns = [
    path("", overview.plan_overview, name="overview"),
    path("start/", plans.start, name="start"),
    path("next/", standing.next_step, name="next"),
    path("review/", plans.review, name="review"),
    path("close/", plans.close, name="close"),
    path("language/", plans.written_in, name="written-in"),
    path("assessment/", overview.review_assessment, name="assessment"),
    path("assessment/initial/", services.assessment_step, name="initial-assessment"),
    path("assessment/comprehensive/", services.assessment_step, COMPREHENSIVE, name="comprehensive-assessment"),
    path("assessment/summaries/", summaries.assessment_summaries, name="summaries"),
    path("goals/", goals.goals, name="goals"),
    path("goals/add/", goals.goal_edit, name="goal-add"),
    path("goals/<key:goal_pk>/edit/", goals.goal_edit, name="goal-edit"),
    path("goals/<key:goal_pk>/remove/", goals.goal_remove, name="goal-remove"),
    path("career-goals/<slug:role>/", goals.career_goal, name="career-goal"),
    path("career-goals/<slug:role>/remove/", goals.career_goal_remove, name="career-goal-remove"),
    path("career-goals/<slug:role>/same/", careers.career_goal_same, name="career-goal-same"),
    path("career-path/", careers.career_path, name="career-path"),
    path("career-path/<slug:which>/", careers.career_path_occupation, name="career-path-occupation"),
    path("job-fit/", job_fit.job_fit, name="job-fit"),
    path("job-fit/begin/", job_fit.job_fit_begin, name="job-fit-begin"),
    path("job-fit/outside/", job_fit.job_fit_outside, name="job-fit-outside"),
    path("job-fit/<key:review_pk>/", job_fit.job_fit_result, name="job-fit-result"),
    path("job-fit/<key:review_pk>/step/", job_fit.job_fit_step, name="job-fit-step"),
    path("job-fit/<key:review_pk>/<slug:kind>/", job_fit.job_fit_rate, name="job-fit-rate"),
    path("steps/add/", goals.step_edit, name="step-add"),
    path("steps/<key:step_pk>/edit/", goals.step_edit, name="step-edit"),
    path("steps/<key:step_pk>/remove/", goals.step_remove, name="step-remove"),
    path("steps/<key:step_pk>/proof/", proving.step_proof, name="step-proof"),
    path("services/<key:service_pk>/placements/add/", placements.placement_choose, name="placement-choose"),
    path("services/<key:service_pk>/placements/add/<key:job_pk>/", placements.placement_add, name="placement-add"),
    path("proposals/<key:proposal_pk>/accept/", proposing.proposal_accept, name="proposal-accept"),
    path("proposals/<key:proposal_pk>/decline/", proposing.proposal_decline, name="proposal-decline"),
    path("undo/<slug:kind>/<key:item_pk>/", undo_removal, name="undo"),
    path("barriers/add/", plans.barrier_edit, name="barrier-add"),
    path("barriers/comment/", plans.barriers_comment, name="barriers-comment"),
    path("barriers/<key:barrier_pk>/edit/", plans.barrier_edit, name="barrier-edit"),
    path("barriers/named/<key:category_pk>/", plans.barrier_named, name="barrier-named"),
    path("barriers/<key:barrier_pk>/remove/", plans.barrier_remove, name="barrier-remove"),
    path("services/", services.services, name="services"),
    path("services/catalog/", catalog.catalog, name="catalog"),
    path("services/add/", catalog.service_add, name="service-add"),
    path("services/add/several/", catalog.services_add, name="services-add"),
    path("services/note/", plans.services_note, name="services-note"),
    path("services/together/<slug:how>/", service_lines.services_together, name="services-together"),
    path("services/<key:service_pk>/edit/", services.service_edit, name="service-edit"),
    path("services/<key:service_pk>/limit/", service_limits.service_limit, name="service-limit"),
    path("services/<key:service_pk>/move/<slug:move>/", service_moves.service_move, name="service-move"),
    path("services/<key:service_pk>/credential/", credentials.service_credential, name="service-credential"),
    path("services/<key:service_pk>/attendance/", attendance.attendance, name="attendance"),
    path(
        "services/<key:service_pk>/attendance/<key:attendance_pk>/edit/",
        attendance.attendance_edit,
        name="attendance-edit",
    ),
    path("services/<key:service_pk>/funding/", services.service_funding, name="service-funding"),
    path("services/<key:service_pk>/costs/add/", costs.cost_add, name="cost-add"),
    path("services/<key:service_pk>/costs/pay/", costs.payment_add, name="payment-add"),
    path("services/<key:service_pk>/remove/", services.service_remove, name="service-remove"),
    path("services/feed/<key:record_pk>/add/", feed.feed_add, name="feed-add"),
    path("services/feed/<key:record_pk>/link/", feed.feed_link, name="feed-link"),
    path("services/feed/<key:record_pk>/ignore/", feed.feed_ignore, name="feed-ignore"),
    path("services/feed/<key:record_pk>/seen/", feed.feed_seen, name="feed-seen"),
    path("services/feed/sync/<key:source_pk>/", feed.feed_sync, name="feed-sync"),
    path("log/", log.update_log, name="log"),
    path("agreement/", agreement.agreement, name="agreement"),
    path("agreement/send/", agreement.send, name="send"),
    path("agreement/desk/", desk.desk, name="desk"),
    path("agreement/desk/code/", desk.desk_code, name="desk-code"),
    path("agreement/desk/hand-over/", desk.hand_over, name="hand-over"),
    path("agreement/recall/", agreement.recall, name="recall"),
    path("agreement/form-again/", agreement.try_paper_again, name="paper-again"),
    path("agreement/review/", agreement.review_without_customer, name="review-without-customer"),
    path("agreement/delete-draft/", agreement.draft_delete, name="draft-delete"),
    path("agreement/not-completed/", agreement.not_completed, name="not-completed"),
    path("agreement/record/<slug:method>/", recording.agreement_record, name="agreement-record"),
    path("agreement/unable/", recording.unable, name="unable"),
    path("questions/<key:question_pk>/answer/", talking.question_answer, name="question-answer"),
    path("versions/<key:version_pk>/evidence/", recording.evidence_add, name="evidence-add"),
    path("goal-change/", goal_change, name="goal-change"),
    path("ask/<slug:kind>/", requests.ask, name="ask"),
    path("older-system/", plans.legacy_plan, name="legacy-plan"),
    path("versions/", sealed.versions, name="versions"),
    path("versions/compare/", sealed.versions_compared, name="versions-compared"),
    path("versions/<key:version_pk>/", sealed.version, name="version"),
    path("form.pdf", sealed.print_paper, name="paper"),
    path("customer-copy.pdf", sealed.customer_copy, name="customer-copy"),
    path("plan.csv", plan_files.plan_export, name="export"),
    path("crosswalk.csv", plan_files.plan_crosswalk, name="crosswalk"),
    path("crosswalk.json", plan_files.plan_crosswalk_json, name="crosswalk-json"),
]
