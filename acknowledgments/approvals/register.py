"""Every approvable action, one row each."""

from acknowledgments.approvals.add_service import AddService
from acknowledgments.approvals.approval import Approval
from acknowledgments.approvals.change_career_goal import ChangeCareerGoal
from acknowledgments.approvals.change_employment_goal import ChangeEmploymentGoal
from acknowledgments.approvals.change_goal import ChangeGoal
from acknowledgments.approvals.close_plan import ClosePlan
from acknowledgments.approvals.delete_draft import DeleteDraft
from acknowledgments.approvals.end_service import EndService
from acknowledgments.approvals.plan_service import PlanService
from acknowledgments.approvals.recover_draft import RecoverDraft
from acknowledgments.approvals.remove_goal import RemoveGoal
from acknowledgments.approvals.remove_service import RemoveService
from acknowledgments.approvals.start_plan import StartPlan

APPROVALS: dict[str, type[Approval]] = {
    row.kind: row
    for row in (
        RecoverDraft,
        RemoveService,
        PlanService,
        AddService,
        EndService,
        ChangeGoal,
        RemoveGoal,
        ChangeCareerGoal,
        ChangeEmploymentGoal,
        DeleteDraft,
        ClosePlan,
        StartPlan,
    )
}
