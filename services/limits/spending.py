"""What support a customer gets, and what goes over a limit that stops.

Payments and promises are those of the costs (services/costs), which is where a payment of support is recorded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base.dates import day_of
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal
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


def aids_of(planned: Any, *, as_if: Any = None) -> Aids:
    """What counts of the customer's planned services, whichever plan they stand in, and of a record that was merged
    into the customer's. `as_if`: the service as it would be, with its detail row. Two queries."""
    rows = type(planned).objects.filter(
        plan__customer__in=records_of(planned.plan.customer_id), service__form_kind=FormKind.SUPPORT
    )
    found = {row.pk: row for row in rows.select_related("plan", "service", "support__support_type")}
    if as_if is not None:
        found[as_if.pk] = as_if
    spent = spent_on(found)
    continued = {row.continues_id for row in found.values() if counts(row, goes_on=False)}
    return {
        key: parts_of(row, spent.get(key, Spent()), spent_before(row, found, spent), goes_on=key in continued)
        for key, row in found.items()
    }


def spent_on(services: Iterable[int]) -> dict[int, Spent]:
    """By the key of the service. One query."""
    lines = CostLine.objects.filter(service__in=list(services), voided_at=None).exclude(stage=CostStage.PLANNED)
    found: dict[int, Spent] = {}
    for service, stage, amount, day in lines.order_by("pk").values_list("service", "stage", "amount", "paid_on"):
        so_far = found.get(service, Spent())
        if stage == CostStage.PAID:
            found[service] = Spent((*so_far.paid, (day, amount)), so_far.promised)
        else:
            found[service] = Spent(so_far.paid, so_far.promised + amount)
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


def held_to(planned: Any, parts: Sequence[Aid]) -> list[tuple[SupportLimit, date]]:
    """To which limits the support is held, the narrowest first, and on which day: once for each program year in which
    it counts, where the limit is of one. One query, and one for the customer's region."""
    if not parts:
        return []
    rows = SupportLimit.objects.of_region(planned.plan.customer.office.region_id)
    limits = rows.select_related("service", "support_type")
    found: list[tuple[SupportLimit, date]] = []
    for limit in sorted(limits, key=lambda row: (row.support_type_id is None, row.service_id is None, row.pk)):
        rule, days = limit.rule(), []
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
    before = aids_of(planned)
    yield
    refuse_beyond(planned, before, aids_of(planned), field=field)


def refuse_return_beyond(row: Any) -> None:
    """Raises Refusal where a service that left the plan would go over a limit as it is put back."""
    if not is_support(row):
        return
    returned = copy(row)
    returned.removal = ""
    refuse_beyond(row, aids_of(row), aids_of(row, as_if=returned), field="dollar_value")


def refuse_beyond(planned: Any, before: Aids, after: Aids, *, field: str) -> None:
    for limit, day in held_to(planned, after.get(planned.pk, ())):
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


def standings_of(planned: Any, aids: Aids) -> list[tuple[SupportLimit, Standing]]:
    """Each limit to which the planned service is held, and how it stands on the last day on which it counts."""
    held = dict(held_to(planned, aids.get(planned.pk, ())))
    return [(limit, standing(limit.rule(), aids, planned.pk, day)) for limit, day in held.items()]
