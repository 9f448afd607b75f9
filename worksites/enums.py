"""The words of employers' jobs and of placements in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmploymentType(models.TextChoices):
    """What kind of employment a job is (ILL-148)."""

    PERMANENT = "permanent", _("Permanent Employment")
    TEMPORARY = "temporary", _("Temporary Employment")
    WORK_EXPERIENCE = "work_experience", _("Work Experience")
    INTERNSHIP = "internship", _("Internship")
    ON_THE_JOB = "on_the_job", _("On-the-Job Training")
    TRANSITIONAL = "transitional", _("Transitional Employment")
    SUMMER = "summer", _("Summer Employment")


class Agreement(models.TextChoices):
    """How the agreement of a worksite stands on a day."""

    MISSING = "missing", _("No agreement is on file.")
    TO_COME = "to_come", _("The agreement is not in force yet.")
    IN_FORCE = "in_force", _("The agreement is in force.")
    OVER = "over", _("The agreement is over.")


class PositionType(models.TextChoices):
    """ILL-138."""

    FULL_TIME = "full_time", _("Full-Time")
    PART_TIME = "part_time", _("Part-Time")


class PlacementStatus(models.TextChoices):
    """The document's four (ILL-139). It is apart from the status of the service (AMB-I5)."""

    PLANNED = "planned", _("Planned/Not Started")
    STARTED = "started", _("Started (Open)")
    ON_HOLD = "on_hold", _("On Hold (Inactive)")
    TERMINATED = "terminated", pgettext_lazy("a placement", "Terminated")


# Under way, or it was: it has its start date.
BEGUN = (PlacementStatus.STARTED, PlacementStatus.ON_HOLD, PlacementStatus.TERMINATED)
# The customer works there, or will again.
UNDER_WAY = (PlacementStatus.STARTED, PlacementStatus.ON_HOLD)


class TerminationReason(models.TextChoices):
    """Why a placement ended; `completed` among them (AMB-I5)."""

    COMPLETED = "completed", pgettext_lazy("a placement", "Completed as planned")
    HIRED = "hired", _("Hired by the employer without subsidy")
    OTHER_JOB = "other_job", _("Left for another job")
    QUIT = "quit", _("Left the job")
    DISMISSED = "dismissed", _("Dismissed by the employer")
    LAID_OFF = "laid_off", _("Laid off, or the worksite closed")
    HEALTH = "health", _("Health or family reasons")
    MOVED = "moved", _("Moved away")
    OTHER = "other", pgettext_lazy("a reason", "Other")


class MinimumFrom(models.TextChoices):
    """Where the minimum wage of a placement was found."""

    LIST = "list", _("the list of minimum wages")
    PROGRAM = "program", _("the program's own minimum")
    ENTERED = "entered", _("entered by the career planner")


class FollowUpOutcome(models.TextChoices):
    SAME_EMPLOYER = "same_employer", _("Still employed there")
    OTHER_EMPLOYER = "other_employer", _("Employed by another employer")
    NOT_EMPLOYED = "not_employed", _("Not employed")
    NOT_REACHED = "not_reached", _("Could not be found out")


EMPLOYED = (FollowUpOutcome.SAME_EMPLOYER, FollowUpOutcome.OTHER_EMPLOYER)


class Verification(models.TextChoices):
    """How employment at a follow-up was verified."""

    PAY_STUB = "pay_stub", _("Pay stub seen")
    EMPLOYER = "employer", _("Employer asked")
    WAGE_RECORD = "wage_record", _("State wage record")
    CUSTOMER = "customer", _("Customer's statement")
    OTHER = "other", pgettext_lazy("how it was verified", "Another way")
