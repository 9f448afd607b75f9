"""What a plan may not hold, and what it lacks, while career exploration is its goal (12.7.5, Career Exploration).

Pure: completeness asks, and has the sentences. Where the goal is an occupation, nothing is asked here.
"""

from acknowledgments.contents.items import PlanContents
from careerplan.base.words import is_blank
from services.items import ServiceItem
from services.policy import forbidden_in_exploration, lacks_approval_in_exploration, needs_reason_in_exploration


def forbidden(contents: PlanContents) -> list[ServiceItem]:
    """Training, and work-based contracts with employers."""
    return [service for service in exploring(contents) if forbidden_in_exploration(service.in_exploration)]


def unexplained(contents: PlanContents) -> list[ServiceItem]:
    """Those that nothing says the need of; the need of a supportive one may be a barrier."""
    return [
        service for service in exploring(contents) if needs_reason(service) and is_blank(service.exploration_reason)
    ]


def unapproved(contents: PlanContents) -> list[ServiceItem]:
    """Those that come near to what is forbidden, and no supervisor approved (AMB-W25)."""
    return [
        service
        for service in exploring(contents)
        if lacks_approval_in_exploration(service.in_exploration, service.exploration_supervisor)
    ]


def is_unsupported(contents: PlanContents) -> bool:
    """Whether there are no supportive services, and nobody said that none are needed."""
    return (
        contents.explores
        and not contents.no_supportive_services
        and not any(service.is_supportive for service in contents.services)
    )


def exploring(contents: PlanContents) -> tuple[ServiceItem, ...]:
    """The services of a plan that explores."""
    return contents.services if contents.explores else ()


def needs_reason(service: ServiceItem) -> bool:
    if forbidden_in_exploration(service.in_exploration):
        return False
    return needs_reason_in_exploration(service.in_exploration) or (service.is_supportive and not service.barrier_ids)
