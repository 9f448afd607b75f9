"""Which version lets a service begin, or a step be done: the first in force that lists it (12.7.5, 12.7.8)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from acknowledgments.agreement.adding import adding_asked, adding_may_ask
from acknowledgments.agreement.working_copy import WorkingCopy
from acknowledgments.contents.kinds import GATED
from acknowledgments.models import Acknowledgment, Seal, UncollectedAgreement
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.history import record_quietly
from careerplan.plans.agreed import Permission
from careerplan.plans.enums import VersionState
from careerplan.plans.kinds import Kind
from careerplan.plans.models import GatedModel, PlanVersion, was_in_force
from careerplan.plans.policy import is_another
from goals.items import ACTION_STEP
from goals.models import ActionStep


def permission_of(item: Any) -> Permission:
    """Of an item as it stands now, saved or not."""
    return permissions_of([item], item.plan_id)[0]


def permissions_of(items: Sequence[GatedModel], plan_id: int) -> list[Permission]:
    """One for each item, of the same plan. Two queries."""
    sealed = list(permitting(items, plan_id)) if items else []
    return [permission_among(item, sealed) for item in items]


def permission_among(item: GatedModel, sealed: list[Seal]) -> Permission:
    """`sealed`: of the versions from the one in force back. What that does not list, no older one permits: whatever
    comes back is added once more."""
    lists = step_lister(item) if isinstance(item, ActionStep) else service_lister(item)
    listing = list(takewhile(lists, sealed))
    if not listing:
        return Permission(None, None)
    first = listing[-1].version
    return Permission(first, item.authorised_on if first.pk == item.authorised_in_id else first.approved_on)


def step_lister(step: ActionStep) -> Callable[[Seal], bool]:
    """Whether a seal lists the step as it stands: under its goal, in its words, or in others that were each said to be
    the same step as the ones before (AMB-W9). To be asked from the version in force back."""
    text, word = step.text, step.rewording

    def lists(seal: Seal) -> bool:
        nonlocal text, word
        found = next((row for row in seal.contents.action_steps if row.id == step.pk), None)
        if found is None or found.goal_id != step.goal_id or is_another(found.text, text, word):
            return False
        text, word = found.text, found.rewording
        return True

    return lists


def service_lister(planned: Any) -> Callable[[Seal], bool]:
    """Whether a seal lists the service, or one from which it goes on under other funding, for what it is: where adding
    it asks the customer today, a review without the customer permits it only if adding it asked then, too."""
    keys = {row.pk for row in planned.chain()}
    today = day_of(clock.now())
    asks = adding_may_ask(planned, today)

    def lists(seal: Any) -> bool:
        found = next((row for row in seal.contents.services if row.id in keys), None)
        if found is None:
            return False
        return not asks or seal.by_customer or adding_asked(found, seal.contents.plan_type, today)

    return lists


def permitting(items: Sequence[GatedModel], plan_id: int) -> QuerySet[Any]:
    """Seals of the versions that were in force, from the last one back; and of one that waits for a customer whose
    agreement can't be had, where it permits one of the items already (AMB-X4)."""
    named = {item.authorised_in_id for item in items} - {None}
    unable = Exists(UncollectedAgreement.objects.filter(seal=OuterRef("pk")))
    waiting = Q(unable, version__state=VersionState.AWAITING, version__in=named)
    seals = Seal.objects.valid().filter(was_in_force("version") | waiting, version__plan=plan_id)
    agreed = Exists(Acknowledgment.objects.by_customers().filter(seal=OuterRef("pk")))
    found: QuerySet[Any] = seals.annotate(by_customer=agreed).select_related("version").order_by("-version__number")
    return found


def authorise(
    version: PlanVersion, seal: Seal, copy: WorkingCopy | None = None, *, on: date, by: User, at: datetime
) -> None:
    """What the version lists for the first time may begin from this day: services and action steps (12.7.5, 12.7.8).

    `copy`: of the locked plan, from which the seal was made in this very transaction.
    """
    for kind in GATED:
        listed = {item.id for item in seal.contents.of(kind)}
        rows = copy.rows[kind] if copy else of_plan(kind, version.plan_id).filter(authorised_in=None)
        first = [row for row in rows if row.pk in listed and row.authorised_in_id is None]
        for row in first:
            row.plan = version.plan
        set_permission([(row, Permission(version, on)) for row in first], by=by, at=at, reason=LISTED)


LISTED = "listed in an active version"


def take_permission_back(version: PlanVersion, *, by: User, at: datetime) -> None:
    """A version that is recalled or declined permits nothing that has not begun: it may have permitted something though
    it never was active (AMB-X4)."""
    for kind in GATED:
        rows = of_plan(kind, version.plan_id).filter(authorised_in=version, **{kind.begins: None})
        set_permission(
            [(row, Permission(None, None)) for row in rows], by=by, at=at, reason="its version was taken back"
        )


def permit_steps_as_they_stand(plan_id: int, *, by: User, at: datetime) -> None:
    """After a plan went back, or forth: which of its steps that are not done may be done now."""
    waiting = list(of_plan(ACTION_STEP, plan_id).filter(done_on=None, removed_at=None))
    found = zip(waiting, permissions_of(waiting, plan_id), strict=True)
    changed = [(row, permission) for row, permission in found if permission != (row.authorised_in, row.authorised_on)]
    set_permission(changed, by=by, at=at, reason="as it stands again")


def of_plan(kind: Kind, plan_id: int) -> QuerySet[Any]:
    """Rows with what their history names."""
    rows: QuerySet[Any] = kind.rows.objects.filter(plan=plan_id)
    return rows.select_related(*kind.related, "plan", "authorised_in")


def set_permission(permitted: list[tuple[GatedModel, Permission]], *, by: User, at: datetime, reason: str) -> None:
    for row, permission in permitted:
        row.authorised_in, row.authorised_on = permission
    record_quietly(
        [row for row, _permission in permitted], ["authorised_in", "authorised_on"], by=by, at=at, reason=reason
    )
