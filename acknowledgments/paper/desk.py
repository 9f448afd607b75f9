"""What the paper says of a version that was signed at the desk: beside whom, on what, and who confirmed it how."""

from django.utils.translation import gettext as _

from acknowledgments.models import Acknowledgment, DeskSigning
from careerplan.base.dates import as_evidence


def said_of_desk(acknowledgment: Acknowledgment) -> list[tuple[str, str]]:
    """Nothing where it was not signed at the desk."""
    desk: DeskSigning | None = getattr(acknowledgment, "desk_signing", None)
    if desk is None or desk.confirmed_at is None:
        return []
    return [
        (_("Signed at the desk of"), f"{desk.planner} ({desk.planner.get_username()})"),
        (_("Signed on"), desk.get_device_display()),
        (_("How the customer was confirmed"), desk.get_identity_display()),
        (_("Confirmed at (UTC)"), as_evidence(desk.confirmed_at)),
    ]
