"""The wage steps of an apprenticeship as contents hold them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from careerplan.plans.kinds import decimal_text


@dataclass(frozen=True)
class WageStepItem:
    """`counted_in`: `hours` on the job or `months`; `percent`: of the journeyworker's wage, "" where it is not said."""

    counted_in: str
    after: int
    wage: str
    percent: str = ""


def wage_step_items(rows: Iterable[Mapping[str, Any]] | None) -> tuple[WageStepItem, ...]:
    """In their order, of rows as `PlannedServiceQuerySet.with_wage_steps` brings them."""
    found = sorted(rows or (), key=lambda row: row["after"])
    return tuple(
        WageStepItem(row["counted_in"], row["after"], amount(row["wage"]), amount(row["percent"])) for row in found
    )


def amount(text: str | None) -> str:
    return decimal_text(Decimal(text)) if text else ""
