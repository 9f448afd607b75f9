"""What else than its present ID and name a row may call a customer and a worksite: of the other records of one person,
whichever of them the employer has in its books, and the names that the worksite had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from careerplan.base.history.rows import history_model
from careerplan.base.names import fold
from customers.models import Customer
from worksites.placements.models import Placement
from worksites.places.models import Worksite

Values = Mapping[str, Any]


def has_its_id(values: Values, placement: Placement) -> bool:
    return bool(values["participant"].casefold() == placement.customer.state_id.casefold())


def has_its_worksite(values: Values, placement: Placement) -> bool:
    return fold(values["worksite"]) == fold(placement.job.worksite.name)


@dataclass(frozen=True)
class Former:
    """`ids`: by the record that goes on; `names`: by the worksite. Compared as they are."""

    ids: Mapping[int, set[str]] = field(default_factory=dict)
    names: Mapping[int, set[str]] = field(default_factory=dict)

    def is_of_person(self, values: Values, placement: Placement) -> bool:
        others = self.ids.get(going_on(placement.customer), ())
        return has_its_id(values, placement) or values["participant"].casefold() in others

    def is_of_worksite(self, values: Values, placement: Placement) -> bool:
        names = self.names.get(placement.job.worksite_id, ())
        return has_its_worksite(values, placement) or fold(values["worksite"]) in names


def going_on(customer: Customer) -> int:
    return int(customer.merged_into_id or customer.pk)


def read_former(rows: Iterable[tuple[Values, Placement]]) -> Former:
    """Of these rows with their placements. Two queries at most, and none where they all say what is so today."""
    people, sites = set(), set()
    for values, placement in rows:
        if "participant" in values and not has_its_id(values, placement):
            people.add(going_on(placement.customer))
        if "worksite" in values and not has_its_worksite(values, placement):
            sites.add(placement.job.worksite_id)
    return Former(ids_of(people), names_of(sites))


def ids_of(people: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    if people:
        rows = Customer.objects.filter(Q(pk__in=people) | Q(merged_into__in=people))
        for customer in rows.only("pk", "merged_into", "state_id"):
            found.setdefault(going_on(customer), set()).add(customer.state_id.casefold())
    return found


def names_of(sites: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    if sites:
        rows = history_model(Worksite).objects.filter(id__in=sites).order_by()
        for site, name in rows.values_list("id", "name").distinct():
            found.setdefault(site, set()).add(fold(name))
    return found
