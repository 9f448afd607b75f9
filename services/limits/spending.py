"""What support a customer gets, and what goes over a limit that stops."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from careerplan.base.dates import day_of
from careerplan.base.readable import dollars
from careerplan.base.refusals import Refusal
from customers.models import records_of
from services.enums import FormKind, ServiceStatus
from services.limits.enums import Period
from services.limits.models import SupportLimit
from services.limits.policy import Aid, Standing, is_counted, refused, standing

Aids = Mapping[int, Aid]


def is_support(planned: Any) -> bool:
    return bool(planned.service.form_kind == FormKind.SUPPORT)


def aids_of(planned: Any) -> dict[int, Aid]:
    """What counts of the customer's planned services, whichever plan they stand in, and of a record that was merged
    into the customer's. One query."""
    rows = type(planned).objects.filter(
        plan__customer__in=records_of(planned.plan.customer_id), service__form_kind=FormKind.SUPPORT
    )
    found = list(rows.select_related("plan", "service", "support__support_type"))
    continued = {row.continues_id for row in found if counts(row, goes_on=False)}
    counted = {row.pk: aid_of(row, row.detail) for row in found if counts(row, goes_on=row.pk in continued)}
    return {key: aid for key, aid in counted.items() if aid is not None}


def counts(row: Any, *, goes_on: bool) -> bool:
    is_paid = row.detail is not None and row.detail.paid_on is not None
    return is_counted(
        status=row.status, removal=row.removal, is_paid=is_paid, in_open_plan=row.plan.is_open, goes_on=goes_on
    )


def aid_of(row: Any, detail: Any) -> Aid | None:
    """None without an amount. It counts on the day on which it was paid, starts, or is planned to; else on that of its
    plan."""
    if row.dollar_value is None:
        return None
    kind, paid_on = (detail.support_type, detail.paid_on) if detail else (None, None)
    day = paid_on or row.actual_start_on or row.planned_start_on or row.planned_end_on or day_of(row.plan.started_at)
    entries = {row.service_id, kind.service_id if kind else None} - {None}
    return Aid(row.dollar_value, day, paid_on is not None, frozenset(entries), kind.pk if kind else None)


def limits_for(planned: Any, aid: Aid) -> list[SupportLimit]:
    """To which limits the support is held, the narrowest first. One query, and one for the customer's region."""
    rows = SupportLimit.objects.in_force(planned.plan.customer.office.region_id, aid.day)
    found = [limit for limit in rows.select_related("service", "support_type") if limit.rule().is_of(aid)]
    return sorted(found, key=lambda limit: (limit.support_type_id is None, limit.service_id is None, limit.pk))


@contextmanager
def within_limits(planned: Any) -> Iterator[None]:
    """Around the saving of a planned service. Its plan is locked: nobody else adds support for the customer meanwhile.

    Raises Refusal where it goes over a limit that stops.
    """
    if not is_support(planned):
        yield
        return
    before = aids_of(planned)
    yield
    refuse_beyond(planned, before, aids_of(planned))


def refuse_return_beyond(row: Any) -> None:
    """Raises Refusal where a service that left the plan would go over a limit as it is put back."""
    aid = aid_of(row, row.detail) if is_support(row) and row.status != ServiceStatus.NEVER_PROVIDED else None
    if aid is not None:
        before = aids_of(row)
        refuse_beyond(row, before, {**before, row.pk: aid})


def refuse_beyond(planned: Any, before: Aids, after: Aids) -> None:
    aid = after.get(planned.pk)
    if aid is None:
        return
    for limit in limits_for(planned, aid):
        rule = limit.rule()
        stood, stands = (standing(rule, aids, planned.pk, aid.day) for aids in (before, after))
        if refused(stood, stands):
            raise Refusal("over-the-limit", sentence_of(limit, stands), field="dollar_value")


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


def standings_of(planned: Any, aids: Aids) -> Iterable[tuple[SupportLimit, Standing]]:
    """Each limit to which the planned service is held, and how it stands with it."""
    aid = aids.get(planned.pk)
    if aid is None:
        return []
    return [(limit, standing(limit.rule(), aids, planned.pk, aid.day)) for limit in limits_for(planned, aid)]
