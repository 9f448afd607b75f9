"""Choices of goals, occupations and action steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Term(models.TextChoices):
    SHORT = "short", _("Short Term Goal")
    LONG = "long", _("Long Term Goal")


class GoalStatus(models.TextChoices):
    """As Illinois workNet's Set Goals names them; Started is set by the system alone (AMB-I1)."""

    NOT_STARTED = "not_started", _("Not Started")
    STARTED = "started", _("Started")
    ON_TRACK = "on_track", _("On Track")
    OFF_TRACK = "off_track", _("Off Track")
    COMPLETE = "complete", _("Complete")


# What each says, in a sentence (Illinois workNet, Set Goals).
STATUS_MEANINGS = {
    GoalStatus.NOT_STARTED: _(
        "The customer has not begun. It becomes Started by itself once a service of the goal starts; "
        "an assessment does not count."
    ),
    GoalStatus.STARTED: _("A service of the goal has started. Now say whether the customer is on track."),
    GoalStatus.ON_TRACK: _("The customer goes on through the steps at an acceptable rate."),
    GoalStatus.OFF_TRACK: _(
        "The customer does not move forward at an acceptable rate, is told so, and agrees to the update."
    ),
    GoalStatus.COMPLETE: _("The planner has verified that the customer completed this goal."),
}


class Smart(models.TextChoices):
    """What is looked at in a goal: realistic, measurable, attainable (Illinois workNet, Set Goals), specific, and bound
    to a time."""

    SPECIFIC = "specific", _("Specific: it says what the customer will do or reach")
    MEASURABLE = "measurable", _("Measurable: you can see when it is reached")
    ATTAINABLE = "attainable", _("Attainable: the customer can reach it with the help in this plan")
    REALISTIC = "realistic", _("Realistic: it fits the customer's life, skills and the jobs nearby")
    TIME_BOUND = "time_bound", _("Time-bound: the goal, or its services, say until when")


class CareerGoalRole(models.TextChoices):
    """What an occupation is to the plan (12.7.5, Goals)."""

    EMPLOYMENT = "employment", _("Employment goal of the plan")
    LONG_TERM = "long_term", _("Long-term career goal")
    SELF_SUFFICIENCY = "self_sufficiency", _("Self-sufficiency goal")
    SHORT_EMPLOYMENT = "short_employment", _("Short-term employment goal")
    SHORT_EDUCATION = "short_education", _("Short-term education/training goal")


class OccupationLevel(models.TextChoices):
    MAJOR = "major", _("Major group")
    MINOR = "minor", _("Minor group")
    BROAD = "broad", _("Broad occupation")
    DETAILED = "detailed", _("Detailed occupation")


class StepWho(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    PLANNER = "planner", _("Career planner")
    BOTH = "both", _("Both")


class ProposalState(models.TextChoices):
    """What became of a step that the customer proposed."""

    WAITING = "waiting", _("Not decided yet")
    ACCEPTED = "accepted", pgettext_lazy("proposed step", "Accepted")
    DECLINED = "declined", pgettext_lazy("proposed step", "Declined")
    TAKEN_BACK = "taken_back", _("Taken back by the customer")


class OnetKind(models.TextChoices):
    TASK = "task", _("Task")
    SKILL = "skill", _("Skill")
    KNOWLEDGE = "knowledge", _("Knowledge")


class JobZone(models.IntegerChoices):
    """How much preparation an occupation needs, as O*NET counts it; what it usually asks for is said in our words."""

    ONE = 1, _("often no diploma is needed")
    TWO = 2, _("usually a high school diploma")
    THREE = 3, _("usually vocational school, an apprenticeship or an associate's degree")
    FOUR = 4, _("usually a bachelor's degree")
    FIVE = 5, _("usually a degree beyond the bachelor's")
