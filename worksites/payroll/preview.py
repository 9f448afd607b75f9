"""What the list of a file of payroll shows of each row before it is confirmed: whom it pays, and how much for what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import in_row
from careerplan.base.fields import written
from careerplan.base.readable import dollars
from careerplan.imports.kinds import Beside
from careerplan.imports.models import Import, ImportRow
from services.chains import read_chains
from worksites.evaluations.reading import confirmed_hours
from worksites.payroll.cells import Cells
from worksites.payroll.policy import usual_hours
from worksites.payroll.rows import gross_of, is_named, subsidized_of
from worksites.placements.models import Placement

PERIOD = ("begins_on", "ends_on")
Confirmed = Mapping[tuple[int, date, date], Decimal]


def cells_of(bringing: Import) -> Cells:
    period = {name: bringing.options.get(name) for name in PERIOD}
    return Cells({name: date.fromisoformat(day) if day else None for name, day in period.items()})


def placements_by_key(person: User, keys: set[int]) -> dict[int, Placement]:
    """Three queries: with wages and holds; and one where the funding of a service changed twice or more."""
    found = {row.pk: row for row in placements_seen(person, keys).with_days()}
    read_chains(row.planned for row in found.values())
    return found


def placements_seen(person: User, keys: set[int]) -> Any:
    rows = Placement.objects.visible_to(person).standing().filter(pk__in=keys)
    return rows.select_related("job__worksite__employer", "planned__continues", "planned__plan__customer__office")


def beside_rows(bringing: Import, rows: Sequence[ImportRow], person: User) -> dict[int, Beside]:
    """Three queries: the placements, their wages, and what supervisors confirmed."""
    cells = cells_of(bringing)
    said = {row.pk: cells.read(bringing.texts_of(row.cells))[0] for row in rows}
    keys = {values["placement"] for values in said.values() if "placement" in values}
    placements = {row.pk: row for row in placements_seen(person, keys).prefetch_related("wages")}
    confirmed = hours_confirmed(placements, said.values())
    found = {}
    for row in rows:
        values = said[row.pk]
        shown = beside(values, placements.get(values.get("placement", 0)), confirmed)
        found[row.pk] = replace(shown, notes=()) if row.faults else shown
    return found


def hours_confirmed(placements: Mapping[int, Placement], said: Any) -> Confirmed:
    """By the placement and its period."""
    days = [values[name] for values in said for name in PERIOD if name in values]
    found = confirmed_hours(list(placements), min(days), max(days)) if days and placements else []
    return {(row.placement_id, row.begins_on, row.ends_on): row.hours for row in found}


def beside(values: Mapping[str, Any], placement: Placement | None, confirmed: Confirmed) -> Beside:
    period = " – ".join(in_row(values[name]) for name in PERIOD if name in values)
    hours, wage = values.get("hours"), values.get("hourly_wage")
    cells = [period, "" if hours is None else written(hours), "" if wage is None else dollars(str(wage))]
    is_whole = hours is not None and wage is not None and all(name in values for name in PERIOD)
    cells.append(dollars(str(gross_of(values))) if is_whole else "")
    if placement is None:
        return Beside(cells=(*cells, ""))
    cells.append(dollars(str(subsidized_of(values, placement))) if is_whole else "")
    notes = tuple(notes_on(values, placement, confirmed)) if is_whole else ()
    job = placement.job
    return Beside(str(placement.customer), f"{job.title}, {job.worksite.name}", tuple(cells), notes)


def notes_on(values: Mapping[str, Any], placement: Placement, confirmed: Confirmed) -> Iterator[str]:
    first, last, hours = values["begins_on"], values["ends_on"], values["hours"]
    agreed, weekly = placement.wage_on(first).hourly_wage, placement.job.weekly_hours
    if "customer" in values and not is_named(values["customer"], placement.customer):
        yield _("The file has another name: %(name)s.") % {"name": values["customer"]}
    if not hours:
        yield _("No hours: nothing is paid.")
    elif first <= last and hours > usual_hours(weekly, first, last):
        yield _("More than the job's %(weekly)s hours a week.") % {"weekly": written(weekly)}
    if values["hourly_wage"] > agreed:
        yield _("More than the placement's wage of %(wage)s.") % {"wage": dollars(str(agreed))}
    said = confirmed.get((placement.pk, first, last), hours)
    if said != hours:
        yield _("The supervisor confirmed other hours for this period: %(hours)s.") % {"hours": written(said)}
