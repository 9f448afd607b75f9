"""What support a customer gets, and what goes over a limit that stops.

Payments and promises are those of the costs (services/costs), which is where a payment of support is recorded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from careerplan.base.dates import day_of
from careerplan.base.prepared import PreparedRows
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal
from careerplan.base.together import PreparedTogether
from customers.models import records_of
from services.costs.enums import CostStage
from services.costs.models import CostLine
from services.enums import FormKind
from services.limits.enums import Period
from services.limits.models import SupportLimit
from services.limits.policy import Aid, Spent, Standing, is_counted, refused, standing, to_come

# Of each planned service its payments, and at last what is still to come of it.
Aids = Mapping[int, tuple[Aid, ...]]


def is_support(planned: Any) -> bool:
    return bool(planned.service.form_kind == FormKind.SUPPORT)


def services_of(customer: int, _region: int) -> QuerySet[Any]:
    """Supportive ones of the customer, whichever plan they stand in, and of a record that was merged into it."""
    services: Any = apps.get_model("services.PlannedService").objects
    rows = services.filter(plan__customer__in=records_of(customer), service__form_kind=FormKind.SUPPORT)
    found: QuerySet[Any] = rows.select_related("plan", "service", "support__support_type").order_by("pk")
    return found


def costs_of(customer: int, _region: int) -> QuerySet[Any]:
    """What is paid and promised of them."""
    lines = CostLine.objects.filter(
        service__plan__customer__in=records_of(customer), service__service__form_kind=FormKind.SUPPORT, voided_at=None
    )
    found: QuerySet[Any] = lines.exclude(stage=CostStage.PLANNED).order_by("pk")
    return found


def limits_of(_customer: int, region: int) -> QuerySet[Any]:
    found: QuerySet[Any] = SupportLimit.objects.of_region(region).select_related("service", "support_type")
    return found


GIVEN = PreparedTogether(*map(PreparedRows, (services_of, costs_of, limits_of)))


@dataclass(frozen=True)
class Given:
    """A customer's supportive services with their costs, and the limits of the region."""

    services: list[Any]
    lines: list[CostLine]
    limits: list[SupportLimit]


def given_to(planned: Any) -> Given:
    """One query, and one for the customer's region."""
    customer = planned.plan.customer
    return Given(*GIVEN.read(customer.pk, customer.office.region_id))


def aids_of(given: Given, *, as_if: Any = None) -> Aids:
    """What counts. `as_if`: one of the services as it would be, with its detail row."""
    found = {row.pk: row for row in given.services}
    if as_if is not None:
        found[as_if.pk] = as_if
    spent = spent_on(given.lines)
    continued = {row.continues_id for row in found.values() if counts(row, goes_on=False)}
    return {
        key: parts_of(row, spent.get(key, Spent()), spent_before(row, found, spent), goes_on=key in continued)
        for key, row in found.items()
    }


def spent_on(lines: Iterable[CostLine]) -> dict[int, Spent]:
    """By the key of the service."""
    found: dict[int, Spent] = {}
    for line in lines:
        so_far = found.get(line.service_id, Spent())
        if line.paid_on is not None:
            found[line.service_id] = Spent((*so_far.paid, (line.paid_on, line.amount)), so_far.promised)
        else:
            found[line.service_id] = Spent(so_far.paid, so_far.promised + line.amount)
    return found


def spent_before(row: Any, rows: Mapping[int, Any], spent: Mapping[int, Spent]) -> Any:
    """On those from which it goes on: what it is worth is worth all of them."""
    total = Spent().together
    former = rows.get(row.continues_id)
    while former is not None:
        total += spent.get(former.pk, Spent()).together
        former = rows.get(former.continues_id)
    return total


def counts(row: Any, *, goes_on: bool) -> bool:
    return is_counted(status=row.status, removal=row.removal, in_open_plan=row.plan.is_open, goes_on=goes_on)


def parts_of(row: Any, own: Spent, before: Any, *, goes_on: bool) -> tuple[Aid, ...]:
    """What is to come counts on the day on which the service starts or is planned to; else on that of its plan."""
    kind = row.detail.support_type if row.detail else None
    entries = frozenset({row.service_id, kind.service_id if kind else None} - {None})
    of_kind = kind.pk if kind else None
    parts = [Aid(amount, day, True, entries, of_kind) for day, amount in own.paid]
    rest = to_come(row.dollar_value, own, before, status=row.status, counted=counts(row, goes_on=goes_on))
    if rest is not None:
        day = row.actual_start_on or row.planned_start_on or row.planned_end_on or day_of(row.plan.started_at)
        parts.append(Aid(rest, day, False, entries, of_kind))
    return tuple(parts)


def held_to(limits: Iterable[SupportLimit], parts: Sequence[Aid]) -> list[tuple[SupportLimit, date]]:
    """To which limits the support is held, the narrowest first, and on which day: once for each program year in which
    it counts, where the limit is of one."""
    found: list[tuple[SupportLimit, date]] = []
    for limit in sorted(limits, key=lambda row: (row.support_type_id is None, row.service_id is None, row.pk)):
        rule = limit.rule()
        days: list[date] = []
        for aid in parts:
            if rule.is_of(aid) and limit.holds_on(aid.day):
                days = [day for day in days if not rule.lasts(day, aid.day)] + [aid.day]
        found += [(limit, day) for day in days]
    return found


@contextmanager
def within_limits(planned: Any, *, field: str = "dollar_value") -> Iterator[None]:
    """Around the saving of a planned service, or of what it costs. Its plan is locked: nobody else adds support for the
    customer meanwhile.

    Raises Refusal, at the field, where it goes over a limit that stops.
    """
    if not is_support(planned):
        yield
        return
    before = given_to(planned)
    yield
    after = given_to(planned)
    refuse_beyond(planned, after.limits, aids_of(before), aids_of(after), field=field)


def refuse_return_beyond(row: Any) -> None:
    """Raises Refusal where a service that left the plan would go over a limit as it is put back."""
    if not is_support(row):
        return
    returned, given = copy(row), given_to(row)
    returned.removal = ""
    refuse_beyond(row, given.limits, aids_of(given), aids_of(given, as_if=returned), field="dollar_value")


def refuse_beyond(planned: Any, limits: Iterable[SupportLimit], before: Aids, after: Aids, *, field: str) -> None:
    for limit, day in held_to(limits, after.get(planned.pk, ())):
        stood, stands = (standing(limit.rule(), aids, planned.pk, day) for aids in (before, after))
        if refused(stood, stands):
            raise Refusal("over-the-limit", sentence_of(limit, stands), field=field)


def sentence_of(limit: SupportLimit, stands: Standing) -> str:
    """With the figures: by how much it is over, what other support takes of it, and what may stand here."""
    elsewhere = stands.paid + stands.planned - stands.here
    words = _(
        "This is %(over)s over the limit: %(limit)s. Other support takes %(elsewhere)s of it, so that at most %(most)s "
        "is left for this service. Lower the amount, or ask your administrator."
    )
    figures = {"over": stands.over, "elsewhere": elsewhere, "most": stands.most_here}
    return words % {"limit": in_words(limit), **{name: dollars(str(amount)) for name, amount in figures.items()}}


def in_words(limit: SupportLimit) -> str:
    """What is limited, to how much, for how long."""
    of_a_year = limit.period == Period.PROGRAM_YEAR
    words = _("%(what)s, %(amount)s a program year") if of_a_year else _("%(what)s, %(amount)s in all")
    return words % {"what": limit.of_what, "amount": dollars(str(limit.amount))}


def standings_of(planned: Any, given: Given) -> list[tuple[SupportLimit, Standing]]:
    """Each limit to which the planned service is held as it would be, and how it stands on the last day on which it
    counts."""
    aids = aids_of(given, as_if=planned)
    held = dict(held_to(given.limits, aids.get(planned.pk, ())))
    return [(limit, standing(limit.rule(), aids, planned.pk, day)) for limit, day in held.items()]
