"""States of plans and versions, and why barriers leave a plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.plans import policy


class PlanState(models.TextChoices):
    OPEN = "open", pgettext_lazy("status", "Open")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")


class OutcomeReason(models.TextChoices):
    """Why a plan closed as not completed (AMB-W22)."""

    REFUSED = "refused", _("The customer did not acknowledge it")
    GOAL_CHANGED = "goal_changed", _("The employment goal changed")
    OTHER = "other", _("Other")


class EndedKind(models.TextChoices):
    """The kinds of items that are answered for as a plan closes, by the names of the kinds."""

    GOAL = "goal", _("Goal")
    SERVICE = "service", _("Service")
    ACTION_STEP = "action_step", _("Action step")


class Ending(models.TextChoices):
    """How an item that was still open ends with its plan (12.7.8)."""

    COMPLETE = "complete", _("Complete")
    NOT_DONE = "not_done", _("Not done, or never provided")
    ENDED_EARLY = "ended_early", _("Ended before it was complete")
    ELSEWHERE = "elsewhere", _("Continues somewhere else")


class VersionState(models.TextChoices):
    """The states of the table of transitions, as people read them."""

    DRAFT = policy.DRAFT, pgettext_lazy("version", "Draft")
    AWAITING = policy.AWAITING, pgettext_lazy("version", "Awaiting acknowledgment")
    ACTIVE = policy.ACTIVE, pgettext_lazy("version", "Active")
    SUPERSEDED = policy.SUPERSEDED, pgettext_lazy("version", "Superseded")
    NOT_COMPLETED = policy.NOT_COMPLETED, pgettext_lazy("version", "Not completed")
    DELETED = policy.DELETED, pgettext_lazy("version", "Deleted")


OPEN_STATES = (VersionState.DRAFT, VersionState.AWAITING)


class BarrierStatus(models.TextChoices):
    OPEN = "open", pgettext_lazy("status", "Open")
    BEING_ADDRESSED = "being_addressed", _("Being addressed")
    RESOLVED = "resolved", _("Resolved")


class Rewording(models.TextChoices):
    """What the planner says of a text that the customer agreed to and that reads differently now (AMB-W8, AMB-W9)."""

    CLEARER = "clearer", _("The same, in clearer words")
    ANOTHER = "another", _("Something else")


class BarrierRemoval(models.TextChoices):
    """Why a barrier leaves the plan; the first two say that it no longer stands in the way (AMB-W4)."""

    RESOLVED = "resolved", _("It is resolved")
    NO_LONGER_IMPACTING = "no_longer_impacting", _("It no longer affects the customer")
    ENTERED_IN_ERROR = "entered_in_error", _("It was entered in error")
    OTHER = "other", _("Other reason")


class GateExemption(models.TextChoices):
    """Why a service may start, or a step be done, though no version that lists it was active (AMB-W17, AMB-W30)."""

    ASSESSMENT = "assessment", _("Assessment, information or pre-enrollment")
    NOT_GATED = "not_gated", _("Adding it needs no agreement")
    CONTINUES = "continues", _("Continues a service that had already started")
    EARLY = "early", _("Delivered early because of an assessment")
    BEFORE_RULE = "before", _("Started before CareerPlan applied this rule")
