"""Choices of the customer's record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgramKind(models.TextChoices):
    ADULT = "adult", _("WIOA Title I Adult")
    DISLOCATED_WORKER = "dislocated_worker", _("WIOA Title I Dislocated Worker")
    YOUTH = "youth", _("WIOA Title I Youth")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship project")
    STATE = "state", _("State project")


# As the Act and the catalog of services put them in order.
TITLE_ONE = (ProgramKind.ADULT, ProgramKind.DISLOCATED_WORKER, ProgramKind.YOUTH)


class PlanType(models.TextChoices):
    IEP = "IEP", _("Individual Employment Plan (IEP)")
    ISS = "ISS", _("Individual Service Strategy (ISS)")
    BOTH = "both", _("Individual Employment Plan and Individual Service Strategy (IEP and ISS)")


class EnrollmentStatus(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    REGISTRANT = "registrant", _("Registrant")
    ENROLLED = "enrolled", _("Enrolled")
    EXITED = "exited", _("Exited")


class CustomerType(models.TextChoices):
    ADULT = "adult", _("Adult")
    DISLOCATED_WORKER = "dislocated_worker", _("Dislocated Worker")
    YOUTH_IN_SCHOOL = "youth_in_school", _("Youth; In-School")
    YOUTH_OUT_OF_SCHOOL = "youth_out_of_school", _("Youth; Out-of-School")


class ContactMethod(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video call")
    EMAIL = "email", _("E-mail")
    MESSAGE = "message", _("Dashboard message")
    NONE = "none", _("No contact")


# The kinds in which the customer was reached.
REACHED = tuple(method for method in ContactMethod if method != ContactMethod.NONE)


class NoteCategory(models.TextChoices):
    """What a case note is about, in the words of the programs' case files."""

    CONTACT = "contact", _("Contact")
    INTAKE = "intake", _("Eligibility and intake")
    ASSESSMENT = "assessment", _("Assessment")
    REVIEW = "review", _("Plan and review")
    SERVICE = "service", _("Services and training")
    SUPPORT = "support", _("Supportive services")
    EMPLOYMENT = "employment", _("Job search and employment")
    EVIDENCE = "evidence", _("Documents and evidence")
    EXIT = "exit", _("Exit and follow-up")
    OTHER = "other", _("Other")


class NoteMatter(models.TextChoices):
    """The kinds of things that a case note is written about."""

    VERSION = "version", _("Version of the plan")
    SERVICE = "service", _("Step/service")
    ASSESSMENT = "assessment", _("Assessment")


class UploadCategory(models.TextChoices):
    TITLE_1 = "title_1", _("Title I")
    OTHER = "other", _("Other")


class DocumentType(models.TextChoices):
    EMPLOYMENT_PLAN = "employment_plan", _("Employment plan")
    ASSESSMENTS = "assessments", _("Assessments")
    RESUME = "resume", _("Resume")
    CREDENTIAL = "credential", _("Credential")
    OTHER = "other", _("Other")


class Purpose(models.TextChoices):
    EMPLOYMENT_PLAN = "employment_plan", _("Employment Plan")
    ASSESSMENT = "assessment", _("Assessment")
    RESUME = "resume", _("Resume")
    OTHER = "other", _("Other")


class AssessmentCategory(models.TextChoices):
    ABE = "abe", _("Adult Basic Education-ABE")
    ESL = "esl", _("English as a Second Language-ESL")
    CAREER = "career", _("Career interests")
    SKILLS = "skills", _("Occupational skills")
    OTHER = "other", _("Other")


class AssessmentKind(models.TextChoices):
    BASIC_SKILLS = "basic_skills", _("Basic Skills")
    INTERESTS = "interests", _("Interests")
    OCCUPATIONAL = "occupational", _("Occupational")
    WORK_READINESS = "work_readiness", _("Work readiness")
    OTHER = "other", _("Other")


class SectionState(models.TextChoices):
    """How far a section of the assessment is (ILL-051)."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETE = "complete", _("Complete")


class FieldKind(models.TextChoices):
    """What a question of the assessment asks for; `sections/policy.py` says how an answer is kept."""

    SHORT = "short", _("Short text")
    LONG = "long", _("Long text")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    NUMBER = "number", _("Number")
    MONEY = "money", _("Amount in dollars")
    DAY = "day", _("Day")
    RATING = "rating", _("Rating from 1 to 5")
    PHONE = "phone", _("Phone number")
    ROWS = "rows", _("Rows, each with the same columns")
