"""Choices of the service catalog and of planned services."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceClass(models.TextChoices):
    """What a service is to the policy's lists (12.7.8)."""

    PRE_ENROLLMENT = "pre_enrollment", _("Pre-enrollment")
    CAREER = "career", _("Career")
    WORK_EXPERIENCE = "work_experience", _("Work experience")
    TRAINING = "training", _("Training")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    SUPPORTIVE = "supportive", _("Supportive")
    REFERRAL = "referral", _("Referral")
    FOLLOW_UP = "follow_up", _("Follow-up")
    YOUTH_ELEMENT = "youth_element", _("Youth program element")
    PARTNER = "partner", _("Partner program")


class Participation(models.TextChoices):
    """Whether a service starts a participation in federal reporting."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Exploration(models.TextChoices):
    """Whether a service may be given while career exploration is the goal (12.7.5; AMB-W25)."""

    YES = "yes", _("Allowed")
    NO = "no", _("Not allowed")
    JUSTIFY = "justify", _("Allowed with a reason")
    APPROVE = "approve", _("Allowed with a reason and a supervisor's approval")


class FormKind(models.TextChoices):
    """Which fields a planned service has (Illinois workNet, Add Steps/Services, a to d)."""

    WORKSITE = "worksite", _("Work experience")
    SUPPORT = "support", _("Support and barrier reduction")
    CAREER_TRAINING = "career_training", _("Career and training")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")


class ServiceStatus(models.TextChoices):
    """AMB-I5."""

    PLANNED = "planned", _("Planned")
    STARTED = "started", _("Started")
    ON_HOLD = "on_hold", _("On Hold")
    COMPLETE = "complete", _("Complete")
    NEVER_PROVIDED = "never_provided", _("Never Provided")
    TERMINATED = "terminated", _("Terminated")


BEGUN_STATUSES = frozenset(
    {ServiceStatus.STARTED, ServiceStatus.ON_HOLD, ServiceStatus.COMPLETE, ServiceStatus.TERMINATED}
)
# Nothing more is done under it.
ENDED_STATUSES = frozenset({ServiceStatus.COMPLETE, ServiceStatus.TERMINATED, ServiceStatus.NEVER_PROVIDED})


class AssessmentStep(models.TextChoices):
    """Which of the two assessments that an IEP rests on a service is (12.7.3, footnote 3)."""

    INITIAL = "initial", _("Initial assessment")
    COMPREHENSIVE = "comprehensive", _("Comprehensive or specialized assessment")


class Continuation(models.TextChoices):
    """Why a planned service goes on from another one."""

    FUNDING = "funding", _("Only the funding source or contract changed")
    GOAL_CHANGED = "goal_changed", _("Carried over when the employment goal changed")


class ServiceRemoval(models.TextChoices):
    """Why a service leaves the plan; completed is checked against the completion date."""

    COMPLETED = "completed", _("It is completed")
    NOT_WANTED = "not_wanted", _("The customer no longer wants it")
    UNAVAILABLE = "unavailable", _("The service or its funding is unavailable")
    GOAL_CHANGED = "goal_changed", _("The goal changed")
    ENTERED_IN_ERROR = "entered_in_error", _("It was entered in error")
    OTHER = "other", _("Other reason")


class NeverProvided(models.TextChoices):
    """Why a planned service was never provided (12.7.5, Services and Planned Services, examples 1 to 7)."""

    NOT_WANTED = "not_wanted", _("The customer no longer wishes to receive it")
    ASSESSMENT_CHANGED = "assessment_changed", _("The assessment results that led to it changed")
    GOAL_CHANGED = "goal_changed", _("The goal of the plan changed")
    GOAL_REACHED = "goal_reached", _("It is no longer required: the goal was reached")
    UNAVAILABLE = "unavailable", _("The service or its funding became unavailable")
    EXITED = "exited", _("The customer exited Title I before it could be provided")
    NO_SHOW = "no_show", _("The customer did not attend as planned")
    OTHER = "other", _("Other (say why in the notes)")


class CredentialType(models.TextChoices):
    """Types of recognized credentials (PIRL 1800, 1802 and 1804; TEGL 10-16)."""

    SECONDARY = "secondary", _("High school diploma or equivalency")
    ASSOCIATE = "associate", _("Associate's degree (AA or AS)")
    BACHELOR = "bachelor", _("Bachelor's degree (BA or BS)")
    LICENSE = "license", _("Occupational license")
    CERTIFICATE = "certificate", _("Occupational certificate")
    CERTIFICATION = "certification", _("Occupational certification")
    OTHER = "other", _("Other recognized diploma, degree or certificate")
    GRADUATE = "graduate", _("Graduate degree")


# How federal reporting writes each: in the order of the list, its place is its digit.
PIRL_1800 = {kind: str(digit) for digit, kind in enumerate(CredentialType, start=1)}
