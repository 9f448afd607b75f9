"""What comes next in a plan, and what is late, as its customer reads it. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from acknowledgments.contents.items import PlanContents
from acknowledgments.contents.kinds import reference
from acknowledgments.paper.rows import who_to_customer
from careerplan.base.readable import day
from goals.items import ACTION_STEP
from goals.steps import OWN
from services.enums import ServiceStatus
from services.items import SERVICE, UNDER_WAY, ServiceItem


@dataclass(frozen=True)
class NextStep:
    """Something that is still to come. `on`: its planned day as ISO text, or ""; `may_be_done`: by a press of Done."""

    ref: str
    item_id: int
    what: str
    who: str
    on: str
    is_late: bool
    when: str
    may_be_done: bool = False


def next_steps(contents: PlanContents, *, on: date, changing: Collection[int] = ()) -> list[NextStep]:
    """Action steps that are not done and services that have not begun or ended, by their days; the rest last.

    `changing`: steps that a draft changes; nobody says now that they are done.
    """
    return by_day([*steps_to_do(contents, on, changing), *services_to_come(contents, on)])


def by_day(found: Iterable[NextStep]) -> list[NextStep]:
    return sorted(found, key=lambda step: (step.on == "", step.on))


def steps_to_do(contents: PlanContents, on: date, changing: Collection[int] = ()) -> Iterator[NextStep]:
    for step in contents.action_steps:
        if step.done_on:
            continue
        late = is_late(step.due_on, on)
        when = late_words(step.due_on) if late else by_words(step.due_on)
        who, own = who_to_customer(step.who), step.who in OWN and step.id not in changing
        yield NextStep(reference(ACTION_STEP, step.id), step.id, step.text, who, step.due_on, late, when, own)


def services_to_come(contents: PlanContents, on: date) -> Iterator[NextStep]:
    for service in contents.services:
        if service.status not in UNDER_WAY:
            continue
        begun = service.actual_start_on or service.status == ServiceStatus.STARTED
        planned = service.planned_end_on if begun else service.planned_start_on
        late = is_late(planned, on)
        when = late_words(planned) if late else service_words(service, bool(begun))
        provider = service.provider or service.listed_provider or contents.about.grantee
        yield NextStep(reference(SERVICE, service.id), service.id, service.name, provider, planned, late, when)


def is_late(planned: str, on: date) -> bool:
    return bool(planned) and date.fromisoformat(planned) < on


def late_words(planned: str) -> str:
    return _("was planned for %(day)s; ask your planner") % {"day": day(planned)}


def by_words(planned: str) -> str:
    return _("by %(day)s") % {"day": day(planned)} if planned else _("no day is set")


def service_words(service: ServiceItem, begun: bool) -> str:
    if begun:
        return _("until %(day)s") % {"day": day(service.planned_end_on)} if service.planned_end_on else _("continues")
    if not service.planned_start_on:
        return _("no day is set")
    return _("starts on %(day)s") % {"day": day(service.planned_start_on)}
