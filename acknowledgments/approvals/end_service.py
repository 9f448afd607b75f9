"""A service of another program ends before it is complete, or was never provided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from django.http import Http404
from django.utils.translation import gettext as _

from acknowledgments.approvals.approval import UNSAID, Shared, Unsaid, choice, looked_up, text
from acknowledgments.approvals.of_a_service import OfAService
from acknowledgments.enums import RequestKind
from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal
from customers.models import Enrollment
from services.actions import ENDED_EARLY, save_service
from services.enums import NeverProvided, ServiceStatus
from services.models import NOTES_LIMIT


@dataclass(frozen=True)
class EndService(OfAService):
    """`was`: the status when it was asked for. What the end rests on, and what explains it, is entered with it."""

    kind = RequestKind.END_SERVICE

    status: str = choice(ServiceStatus)
    reason: str = choice(NeverProvided, default="")
    ended_on: date | None = None
    actual_start_on: date | Unsaid | None = UNSAID
    notes: str | Unsaid = text(NOTES_LIMIT, default=UNSAID)  # noqa: RUF009 (makes a field)
    was: str = looked_up("")

    def completed(self, shared: Shared) -> Self:
        planned = self.planned(shared)
        never = self.status == ServiceStatus.NEVER_PROVIDED
        if self.status not in ENDED_EARLY or not (self.reason if never else self.ended_on):
            raise Http404
        return replace(self, was=planned.status, **({"ended_on": None} if never else {"reason": ""}))

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        about = f"{self.named(shared)}: {ServiceStatus(self.status).label}"
        if self.reason:
            about += f", {NeverProvided(self.reason).label}"
        if self.ended_on:
            about += f", {in_row(self.ended_on)}"
        if not isinstance(self.actual_start_on, Unsaid):
            day = in_row(self.actual_start_on) if self.actual_start_on else _("none")
            about += ", " + _("actual start: %(day)s") % {"day": day}
        return about if isinstance(self.notes, Unsaid) else f"{about}: {self.notes}"

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        planned = self.stored(shared)
        if self.was and planned.status != self.was:
            raise Refusal(
                "ended-since", _("Someone has recorded a different status for this service since then. Ask again.")
            )
        ended = {"status": self.status, "never_provided_reason": self.reason, "ended_on": self.ended_on}
        also = {"actual_start_on": self.actual_start_on, "notes": self.notes}
        save_service(planned, ended | {name: value for name, value in also.items() if value is not UNSAID}, **approval)
