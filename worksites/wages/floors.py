"""Which minimum wage holds for a customer: the highest of the country's, the state's and the city's (29 U.S.C. 218(a)).

A customer's place is that of the office: its state, and its city where that has a minimum wage of its own.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from customers.models import Customer
from goals.careers.wages import FEDERAL, WageFloor
from worksites.wages import jurisdictions
from worksites.wages.enums import Checked, HoldsFor
from worksites.wages.models import MinimumWage

# How the list names that no age and no size of an employer limits a rate.
ANYBODY = "any"


def floor_of(customer: Customer, on: date) -> WageFloor | None:
    """One query."""
    state, city = customer.office.state.strip().upper(), jurisdictions.city(customer.office.city)
    rows = MinimumWage.objects.filter(
        Q(jurisdiction__in=[FEDERAL, state]) | Q(jurisdiction__startswith=f"{state}-"),
        holds_for=HoldsFor.EVERYBODY,
        usable_for_placement=True,
        effective_on__lte=on,
    )
    places = [(FEDERAL, False, ""), (state, False, ""), (state, False, city)]
    here = [row for row in rows if jurisdictions.place(row.jurisdiction) in places]
    in_force = [lowest_of_newest(found) for found in by_place(here).values()]
    highest = max(in_force, key=lambda row: (row.rate, row.jurisdiction != FEDERAL), default=None)
    return shown(highest) if highest else None


def by_place(rows: Iterable[MinimumWage]) -> dict[str, list[MinimumWage]]:
    found: dict[str, list[MinimumWage]] = {}
    for row in rows:
        found.setdefault(row.jurisdiction, []).append(row)
    return found


def lowest_of_newest(rows: list[MinimumWage]) -> MinimumWage:
    """Of one place: rates that came into force together differ by the employer's size, and the lowest holds for all."""
    newest = max(row.effective_on for row in rows)
    return min((row for row in rows if row.effective_on == newest), key=lambda row: row.rate)


def shown(row: MinimumWage) -> WageFloor:
    limits = [text for text in (row.age, row.employer_size) if text != ANYBODY]
    return WageFloor(
        rate=row.rate,
        place=row.jurisdiction,
        whom=", ".join(limits),
        since=row.effective_on,
        source=row.notes,
        is_verified=row.verification == Checked.VERIFIED,
    )
