"""Costs as pages and files show them. The database makes every sum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.accounts.models import Region
from customers.models import Customer, Program
from services.costs.enums import CostStage
from services.costs.models import CENT, NOTHING, CostLine, FundingSource, sum_of
from services.models import PlannedService, Service

AT_ONCE = 500
# With what a line is shown.
SHOWN = ("service__service", "funding_source", "budget", "entered_by", "obligated_by", "paid_by", "voided_by")


@dataclass(frozen=True)
class Way:
    """What costs are added up by. `key`: the column, of a line; `no_name`: what stands where it names nothing."""

    code: str
    label: Any
    caption: Any
    model: type[Model]
    key: Any
    no_name: Any = ""


# A line without a budget is of the region in which the customer is.
REGION = Coalesce("budget__region", "service__plan__customer__office__region")
WAYS = (
    Way("source", _("Funding source"), _("By funding source"), FundingSource, F("funding_source")),
    Way(
        "program",
        _("Program"),
        _("By program"),
        Program,
        F("service__program"),
        pgettext_lazy("a service", "No program"),
    ),
    Way("service", _("Service"), _("By service"), Service, F("service__service")),
    Way("region", _("Region"), _("By region"), Region, REGION),
)
BY_CODE = {way.code: way for way in WAYS}


@dataclass(frozen=True)
class Sums:
    """`of`: what they are of; None for all, or for what names nothing."""

    of: Any
    planned: Decimal = NOTHING
    obligated: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def promised(self) -> Decimal:
        """Paid or to be paid."""
        return self.obligated + self.paid


def sums_by(lines: QuerySet[CostLine], way: Way) -> list[Sums]:
    """What is planned, obligated and paid, for each that has any, the largest first: two queries."""
    stages = {str(stage): sum_of(stage) for stage in CostStage.values}
    grouped = lines.filter(voided_at=None).order_by().annotate(of=way.key).values("of").annotate(**stages)
    found = list(grouped.values_list("of", *stages))
    rows: dict[Any, Any] = way.model._default_manager.in_bulk([key for key, *_sums in found if key is not None])
    sums = [Sums(rows.get(key), *amounts) for key, *amounts in found]
    return sorted(sums, key=lambda row: (-row.promised, -row.planned, str(row.of)))


def total(lines: QuerySet[CostLine]) -> Sums:
    """One query."""
    found = lines.aggregate(**{str(stage): sum_of(stage) for stage in CostStage.values})
    return Sums(None, **found)


@dataclass(frozen=True)
class OfService:
    """The costs of a planned service, with its own sums."""

    service: PlannedService
    lines: list[CostLine]
    sums: Sums

    @property
    def not_planned_yet(self) -> Decimal | None:
        """What the plan says that the service is worth, without what was entered of it; None where nothing is left."""
        rest = (self.service.dollar_value or NOTHING) - self.sums.planned - self.sums.promised
        return rest if rest > 0 else None

    @property
    def next_payment(self) -> Decimal | None:
        """Of what is given again and again the amount of one time, as far as the plan has it; else all that is left."""
        times = getattr(self.service.detail, "times", None)
        if self.not_planned_yet is None or self.service.dollar_value is None or not times:
            return self.not_planned_yet
        each: Decimal = (self.service.dollar_value / times).quantize(CENT)
        return min(each, self.not_planned_yet)

    @property
    def by_source(self) -> list[Sums]:
        """By funding source, in the order of the lines; no query."""
        found: dict[FundingSource, list[CostLine]] = {}
        for line in self.lines:
            if not line.is_voided:
                found.setdefault(line.funding_source, []).append(line)
        return [replace(sums_of(rows), of=source) for source, rows in found.items()]

    @property
    def waiting(self) -> list[CostLine]:
        """Planned or promised, and not paid yet."""
        return [line for line in self.lines if not line.is_voided and line.stage != CostStage.PAID]


def lines_of_service(planned: int) -> QuerySet[CostLine]:
    lines: QuerySet[CostLine] = CostLine.objects.filter(service=planned)
    return lines.select_related(*SHOWN).order_by("id")


def costs_of_service(planned: PlannedService, lines: list[CostLine] | None = None) -> OfService:
    """`lines`: where they are at hand; else one query."""
    shown = list(lines_of_service(planned.pk)) if lines is None else lines
    for line in shown:
        line.service = planned
    return OfService(planned, shown, sums_of(shown))


def lines_of(customer: Customer) -> QuerySet[CostLine]:
    """Of all plans of the customer, the newest plan first."""
    lines: QuerySet[CostLine] = CostLine.objects.filter(service__plan__customer=customer)
    return lines.select_related(*SHOWN, "service__plan", "service__program").order_by("-service__plan", "service", "id")


def by_service(lines: list[CostLine]) -> list[OfService]:
    """Lines as `lines_of`, service by service; no query."""
    found: dict[int, list[CostLine]] = {}
    for line in lines:
        found.setdefault(line.service_id, []).append(line)
    return [OfService(rows[0].service, rows, sums_of(rows)) for rows in found.values()]


def sums_of(lines: list[CostLine]) -> Sums:
    amounts = dict.fromkeys(CostStage.values, NOTHING)
    for line in lines:
        if not line.is_voided:
            amounts[line.stage] += line.amount
    return Sums(None, **amounts)


def read_all(lines: QuerySet[CostLine]) -> Iterator[CostLine]:
    """All of them, read in parts: each part begins where the last one ended."""
    named = ("service__plan__customer__office__region", "service__program", "budget__region", *SHOWN)
    rows, last = lines.select_related(*named), 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from found
        last = found[-1].pk
