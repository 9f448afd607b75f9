"""What does not go together in a planned service: the sentences in front of the database's constraints."""

from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from careerplan.base.dates import is_before
from careerplan.base.history import changed_values
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from services.enums import BEGUN_STATUSES, NeverProvided, ServiceStatus
from services.models import NOTES_LIMIT, PlannedService

# The code of the refusal, the field, whether it is so, and what is said then.
Check = tuple[str, str, bool, str]


class Dated(Protocol):
    """A planned service, or what a feed says of one."""

    @property
    def status(self) -> str: ...
    @property
    def planned_start_on(self) -> date | None: ...
    @property
    def planned_end_on(self) -> date | None: ...
    @property
    def actual_start_on(self) -> date | None: ...
    @property
    def ended_on(self) -> date | None: ...


def refuse_what_does_not_fit(planned: PlannedService) -> None:
    """Raises Refusal with the field: of its days, of why it was never provided, of its notes."""
    refuse_days_that_do_not_fit(planned)
    refuse_first(
        (
            "reason-missing",
            "never_provided_reason",
            planned.status == ServiceStatus.NEVER_PROVIDED and not planned.never_provided_reason,
            _("Choose why the service was never provided (12.7.5)."),
        ),
        (
            "notes-too-long",
            "notes",
            len(planned.notes) > NOTES_LIMIT and "notes" in changed_values(planned),
            _("The notes would be longer than %(most)d characters. Shorten them.") % {"most": NOTES_LIMIT},
        ),
        (
            "say-why",
            "notes",
            planned.never_provided_reason == NeverProvided.OTHER and is_blank(planned.notes),
            _("Enter the reason."),
        ),
        (
            "say-why-anew",
            "notes",
            is_another_reason_unsaid(planned),
            _("The notes were written before. Add why the service was never provided."),
        ),
        (
            "reason-without-status",
            "never_provided_reason",
            planned.status != ServiceStatus.NEVER_PROVIDED and bool(planned.never_provided_reason),
            _("Set the status to Never Provided, or clear the reason."),
        ),
    )


def refuse_days_that_do_not_fit(dated: Dated) -> None:
    """Raises Refusal with the field: a status has its days, and what ends or is planned to end begins before."""
    has_ended = dated.status in {ServiceStatus.COMPLETE, ServiceStatus.TERMINATED}
    refuse_first(
        (
            "start-missing",
            "actual_start_on",
            dated.status in BEGUN_STATUSES and not dated.actual_start_on,
            _("Enter the start date: the status says that the service has started."),
        ),
        (
            "end-missing",
            "ended_on",
            has_ended and not dated.ended_on,
            _("Enter the completion date: the status says that the service has ended."),
        ),
        (
            "end-without-status",
            "ended_on",
            bool(dated.ended_on) and not has_ended,
            _("Set the status to Complete (or Terminated), or clear the completion date."),
        ),
        (
            "end-before-start",
            "ended_on",
            is_before(dated.ended_on, dated.actual_start_on),
            _("The completion can't be before the start. Correct one of the two dates."),
        ),
        (
            "planned-end-before-start",
            "planned_end_on",
            is_before(dated.planned_end_on, dated.planned_start_on),
            _("The planned end can't be before the planned start. Correct one of the two dates."),
        ),
        (
            "started-and-never-provided",
            "status",
            dated.status == ServiceStatus.NEVER_PROVIDED and dated.actual_start_on is not None,
            _("This service has started. Terminate it, or clear the start date first."),
        ),
    )


def refuse_first(*checks: Check) -> None:
    for code, field, is_so, sentence in checks:
        if is_so:
            raise Refusal(code, sentence, field=field)


def is_another_reason_unsaid(planned: PlannedService) -> bool:
    """Whether "other" becomes the reason while the notes stay as they were: they say something else (WIS-070)."""
    if planned.never_provided_reason != NeverProvided.OTHER:
        return False
    changed = changed_values(planned)
    return "never_provided_reason" in changed and "notes" not in changed
