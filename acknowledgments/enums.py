"""Ways of agreement and kinds of papers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    ELECTRONIC = "electronic", _("Electronic acknowledgment")
    PAPER = "paper", _("Signed on paper")
    EMAIL = "email", _("Agreed by e-mail")
    NOT_REQUIRED = "not_required", _("Plan does not require participant acknowledgment")


# The ways in which the customer's agreement is on a document that the planner uploads.
DOCUMENTED = frozenset({Method.PAPER, Method.EMAIL})


class Capture(models.TextChoices):
    """How a paper came to be a file; the local board decides which ways it takes (12.7.6)."""

    SCAN = "scan", _("Scan")
    PHOTO = "photo", _("Photo")
    FAX = "fax", _("Electronic fax")
    EMAIL = "email", _("E-mail chain")
    OTHER = "other", _("Other")


class UnableReason(models.TextChoices):
    """Why the customer's agreement can't be had (ILL-037)."""

    NO_ANSWER = "no_answer", _("The customer does not answer")
    CANNOT_SIGN = "cannot_sign", _("The customer can't sign now")
    MOVED = "moved", _("The customer moved away")
    OTHER = "other", _("Other reason")


class RequestKind(models.TextChoices):
    """What staff ask other staff to approve (12.7.7, Delete; 12.7.9)."""

    RECOVER_DRAFT = "recover_draft", _("Recover a deleted draft")
    REMOVE_SERVICE = "remove_service", _("Remove a service of another program")
    PLAN_SERVICE = "plan_service", _("Plan a service that only another program offers")
    ADD_SERVICE = "add_service", _("Add a service of another program")
    END_SERVICE = "end_service", _("End a service of another program before it is complete")
    CHANGE_GOAL = "change_goal", _("Reword a goal of a shared plan")
    REMOVE_GOAL = "remove_goal", _("Remove a goal of a shared plan")
    CHANGE_CAREER_GOAL = "change_career_goal", _("Change a career goal of a shared plan")
    CHANGE_EMPLOYMENT_GOAL = "change_employment_goal", _("Change the employment goal")
    DELETE_DRAFT = "delete_draft", _("Delete a draft with services of another program")
    CLOSE_PLAN = "close_plan", _("Close a shared plan")
    START_PLAN = "start_plan", _("Start a plan for a co-enrolled customer")


class RequestState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Answer(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class Stance(models.TextChoices):
    """What the customer means by a line about an item of a version that waits."""

    ASKS = "asks", _("Question")
    OBJECTS = "objects", _("Objection")


class AgreementStatus(models.TextChoices):
    """How the latest agreement stands (Illinois workNet, Latest Customer Goal/Plan Agreement; AMB-I10)."""

    NONE = "none", _("None")
    REQUESTED = "requested", _("Requested")
    TO_SIGN = "to_sign", _("Printed to be signed")
    ELECTRONIC = "electronic", _("Signed electronically - on file")
    PAPER = "paper", _("Signed on paper - on file")
    PAPER_DUE = "paper_due", _("Signed on paper - upload the signed copy")
    EMAIL = "email", _("E-mailed - on file")
    EMAIL_DUE = "email_due", _("E-mailed - upload the e-mail chain")
    NOT_REQUIRED = "not_required", _("Not required")
    UNABLE = "unable", _("Unable to get agreement")
    DISAGREED = "disagreed", _("The customer does not agree")
    DECLINED = "declined", _("Declined - not completed")
    UPDATING = "updating", _("Update in draft")
    NEEDS_UPDATE = "needs_update", _("Update needs agreement")


class PrintKind(models.TextChoices):
    TO_SIGN = "to_sign", _("Sent for acknowledgment")
    AGREED = "agreed", _("Acknowledged, with its evidence")


class DeskDevice(models.TextChoices):
    """On what the customer reads and signs beside the planner; whose device it is nobody knows."""

    PHONE = "phone", _("Another device, opened with the code shown")
    TABLET = "tablet", _("The planner's screen, handed over")


class Identity(models.TextChoices):
    """How the customer showed at the desk who it is; "" in a signing where that did not happen yet."""

    SIGN_IN = "sign_in", _("The customer signed in")
    BIRTH_DATE_AND_EMAIL = "birth_date_and_email", _("Birth date and e-mail on file")


class DeskEnd(models.TextChoices):
    """Why nothing more comes of a signing at the desk."""

    SIGNED = "signed", _("Signed")
    REPLACED = "replaced", _("Another code was made")
    WRONG_PERSON = "wrong_person", _("The customer could not be confirmed")
    LEFT = "left", _("Closed before signing")
    OVER = "over", _("Its time, or the session beside it, was over")
