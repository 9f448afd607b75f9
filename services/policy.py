"""What policy says of services, whatever plan they stand in."""

from datetime import date

from careerplan.base.words import is_blank

# Calendar days from the planned start within which it is documented why a service was never provided (12.7.5, Services
# and Planned Services; AMB-W19).
REASON_DAYS = 10

# Career exploration forbids training and work-based contracts with employers; what it allows with a reason needs the
# reason (12.7.5, Career Exploration; AMB-W25). The catalog says which is which.
FORBIDDEN = "no"
JUSTIFY = "justify"
# And a supervisor approves what comes near to what is forbidden, as pre-apprenticeship does (AMB-W25).
APPROVE = "approve"

COMPLETE = "complete"


def is_groundwork_done(*, is_gate_exempt: bool, status: str) -> bool:
    """Assessments and pre-enrollment come before the plan, which rests on their results (12.7.3): once complete, such a
    service needs no goal, and it is no step toward one."""
    return is_gate_exempt and status == COMPLETE


def forbidden_in_exploration(in_exploration: str) -> bool:
    """Whether a service may not be added, started, sent or carried over while career exploration is the goal."""
    return in_exploration == FORBIDDEN


def needs_reason_in_exploration(in_exploration: str) -> bool:
    """Whether it is allowed then where a reason says why."""
    return in_exploration in {JUSTIFY, APPROVE}


def needs_approval_in_exploration(in_exploration: str) -> bool:
    """Whether it is allowed then where a supervisor approves it, too."""
    return in_exploration == APPROVE


def days_late(planned_start_on: date, documented_on: date) -> int:
    """By how many days the reason comes too late; 0 within the ten, and before the planned start."""
    return max(0, (documented_on - planned_start_on).days - REASON_DAYS)


def lacks_approval_in_exploration(in_exploration: str, supervisor: str) -> bool:
    """Whether nobody is named who approved it: such a service is neither sent nor started then (AMB-W25)."""
    return needs_approval_in_exploration(in_exploration) and is_blank(supervisor)
