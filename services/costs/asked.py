"""Which budgets and costs an address asks for: of a region, a funding source and a program year."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from careerplan.base.addresses import key_asked, key_in
from services.costs.budgets import regions_with_budgets
from services.costs.models import Budget, CostLine, FundingSource, year_words
from services.costs.reading import REGION

EVERY_YEAR = "all"


@dataclass(frozen=True)
class Asked:
    region: int | None
    source: int | None
    year: int | None

    def of_budgets(self, rows: Any) -> QuerySet[Budget]:
        found: QuerySet[Budget] = rows.filter(
            **self.given(region="region", source="funding_source", year="program_year")
        )
        return found

    def of_lines(self, lines: Any) -> QuerySet[CostLine]:
        """What is paid without a budget is of no program year, and of the region of the customer."""
        asked = self.given(region="of_region", source="funding_source", year="budget__program_year")
        found: QuerySet[CostLine] = lines.alias(of_region=REGION).filter(**asked)
        return found

    def given(self, **columns: str) -> dict[str, int]:
        return {column: getattr(self, name) for name, column in columns.items() if getattr(self, name) is not None}

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """What the form of the page offers, and the end of the addresses of files with the same choice."""
        seen = Budget.objects.visible_to(request.user)
        years = seen.order_by("-program_year").values_list("program_year", flat=True).distinct()
        return {
            "asked": self,
            "regions": regions_with_budgets(seen),
            "sources": FundingSource.objects.filter(has_budgets=True).order_by("position", "name"),
            "years": [(year, year_words(year)) for year in years],
            "query": urlencode({"year": EVERY_YEAR} | self.given(region="region", source="source", year="year")),
        }


def asked_of(request: HttpRequest, *, year: int | None = None) -> Asked:
    """`year`: what is meant where the address says nothing of it; "all" asks for every year.

    Raises Http404 where a value is no key.
    """
    said = request.GET.get("year", "")
    return Asked(
        region=key_asked(request.GET, "region"),
        source=key_asked(request.GET, "source"),
        year=year if not said else None if said == EVERY_YEAR else key_in(said),
    )
