"""Removing a service of another program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from acknowledgments.approvals.approval import Shared, choice, text
from acknowledgments.approvals.of_a_service import OfAService
from acknowledgments.enums import RequestKind
from customers.models import Enrollment
from services.actions import remove_service
from services.enums import ServiceRemoval


@dataclass(frozen=True)
class RemoveService(OfAService):
    kind = RequestKind.REMOVE_SERVICE
    of_a_draft = True

    removal: str = choice(ServiceRemoval)
    note: str = text(200)

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        return f"{self.named(shared)}: {ServiceRemoval(self.removal).label}"

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        remove_service(self.stored(shared), removal=self.removal, note=self.note, **approval)
