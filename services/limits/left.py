"""What people are told of a limit beside the amount: what is paid, planned and left, with a bar."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.classes.support.models import Support
from services.enums import ServiceStatus
from services.limits.models import SupportLimit
from services.limits.policy import Standing
from services.limits.spending import given_to, in_words, is_support, standings_of

# Of the bar, in its own units.
WIDTH = 256


@dataclass(frozen=True)
class Left:
    """One limit, as its box shows it."""

    limit: SupportLimit
    stands: Standing

    @property
    def words(self) -> str:
        return in_words(self.limit)

    @property
    def paid(self) -> int:
        return self.part(self.stands.paid)

    @property
    def planned(self) -> int:
        """In a bar no longer than the limit."""
        return min(self.part(self.stands.planned), WIDTH - self.paid)

    def part(self, amount: Decimal) -> int:
        whole = max(self.limit.amount, self.stands.paid + self.stands.planned)
        return round(amount / whole * WIDTH) if whole else 0


def left_of(planned: Any, typed: Mapping[str, Any] | None = None) -> list[Left]:
    """Of each limit to which the service is held; with what is typed, as it would stand once that is saved."""
    if not is_support(planned) or planned.status == ServiceStatus.NEVER_PROVIDED:
        return []
    written = with_values(planned, typed or {})
    written.support = with_values(planned.detail or Support(planned=planned), typed or {})
    return [Left(limit, stands) for limit, stands in standings_of(written, given_to(planned))]


def with_values(row: Any, values: Mapping[str, Any]) -> Any:
    """A copy of a row, which is not saved, with those of the values that it has a column for."""
    written = copy(row)
    for field in row._meta.concrete_fields:
        if field.name in values:
            setattr(written, field.name, values[field.name])
    return written
