"""What every item of the working copy is, and barriers (12.7.5)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.history import Subject, TrackedModel, record
from careerplan.base.named import NamedModel
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import BarrierRemoval, BarrierStatus, GateExemption, Rewording
from careerplan.plans.models.plans import PERSON, EmploymentPlan, OfPlanQuerySet
from careerplan.plans.models.versions import PlanVersion
from careerplan.plans.policy import NO_BARRIERS, OTHER_BARRIER


class RemovableModel(TrackedModel):
    """An item of the working copy. Removing keeps the row: when, by whom, why."""

    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)
    removed_by = models.ForeignKey(**PERSON, null=True, verbose_name=_("removed by"))
    removed_reason = models.CharField(_("why it was removed"), max_length=300, blank=True)

    objects = OfPlanQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                    | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")
                ),
                name="%(app_label)s_%(class)s_removed_says_when_by_whom_why",
            )
        ]

    def refuse_to_return(self, by: User) -> None:
        """Raises Refusal where the item can't be put back as it is; ApprovalNeeded where others are asked first."""

    def refuse_to_leave(self) -> None:
        """Raises Refusal where the item can't leave the plan, by whichever way."""

    def let_go(self, *, by: User, at: datetime) -> None:
        """What else changes as the item leaves the plan."""

    def take_up_again(self, left_at: datetime, *, by: User, at: datetime) -> None:
        """The reverse of `let_go`, as the item is put back."""

    def take_along(self, former: Any, *, by: User, at: datetime) -> None:
        """What else is carried over with the item, which goes on from `former` in another plan."""


class GatedModel(RemovableModel):
    """An item that waits for an agreement: a service before it starts, an action step before it is done (12.7.8)."""

    # The first active version that listed it, and the day of its approval: from then on it waits no longer.
    authorised_in = models.ForeignKey(PlanVersion, models.PROTECT, null=True, editable=False, related_name="+")
    authorised_on = models.DateField(_("may start from"), null=True, editable=False)
    gate_exemption = models.CharField(max_length=10, choices=GateExemption, blank=True, editable=False)

    class Meta(RemovableModel.Meta):
        abstract = True


def authorised_with_its_version(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(authorised_in__isnull=True) ^ Q(authorised_on__isnull=False), name=name)


def not_before_the_agreement(column: str, *, name: str) -> models.CheckConstraint:
    """The day is not before the first version that lists the item became active, but for what needs none."""
    agreed = Q(authorised_on__isnull=False, **{f"{column}__gte": F("authorised_on")})
    return models.CheckConstraint(
        condition=Q(**{f"{column}__isnull": True}) | ~Q(gate_exemption="") | agreed, name=name
    )


class BarrierCategory(NamedModel):
    """A kind of barrier, as WIOA and the state list them."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=60)
    pirl_elements = models.CharField(_("federal reporting elements (PIRL)"), max_length=60, blank=True)
    programs = models.CharField(_("programs"), max_length=60, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    is_confidential = models.BooleanField(_("confidential: not on shared prints"), default=False)
    is_system = models.BooleanField(_("has a rule of its own"), default=False)
    is_active = models.BooleanField(_("offered"), default=True)
    is_verified = models.BooleanField(_("verified against a published source"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("barrier category")
        verbose_name_plural = _("barrier categories")

    @property
    def is_none(self) -> bool:
        """ "No potential barriers": excludes all others and needs a comment (12.7.5)."""
        return self.code == NO_BARRIERS

    @property
    def is_told_in_comments(self) -> bool:
        """ "No potential barriers" and "Other": the comments on barriers say what it is (12.7.5)."""
        return self.code in {NO_BARRIERS, OTHER_BARRIER}


class Barrier(RemovableModel):
    """Something that stands between the customer and the goal (12.7.5, Potential Barriers)."""

    plan = models.ForeignKey(EmploymentPlan, models.PROTECT, related_name="barriers", verbose_name=_("plan"))
    category = models.ForeignKey(
        BarrierCategory, models.PROTECT, related_name="barriers", verbose_name=_("barrier category")
    )
    description = models.CharField(_("description"), max_length=500, blank=True)
    how_addressed = models.CharField(_("how it will be addressed"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=BarrierStatus, default=BarrierStatus.OPEN)
    rewording = models.CharField(_("what changed in the description"), max_length=7, choices=Rewording, blank=True)
    removal = models.CharField(_("removal"), max_length=20, choices=BarrierRemoval, blank=True, editable=False)

    class Meta(RemovableModel.Meta):
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        constraints = [
            *RemovableModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "category"],
                condition=Q(removed_at__isnull=True),
                name="a_barrier_category_stands_in_a_plan_once",
                violation_error_message=_("This barrier is already in the plan. Edit it instead."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) ^ ~Q(removal=""), name="a_removed_barrier_has_its_kind_of_removal"
            ),
        ]

    def __str__(self):
        return str(self.category)

    def history_subject(self):
        return Subject(f"{_('Barrier')}: {self.category}", self.plan.customer_id, self.plan_id)

    def refuse_beside_others(self) -> None:
        """Raises Refusal where it is in the plan already, or one says that there are no barriers (12.7.5)."""
        others = Barrier.objects.in_plan().filter(plan=self.plan_id).exclude(pk=self.pk).select_related("category")
        if any(other.category_id == self.category_id for other in others):
            raise Refusal(
                "barrier-twice", gettext("This barrier is already in the plan. Edit it instead."), field="category"
            )
        if others and (self.category.is_none or any(other.category.is_none for other in others)):
            raise Refusal(
                "none-stands-alone",
                gettext('"No potential barriers" can\'t be listed with another barrier. Remove one of them.'),
                field="category",
            )

    def refuse_to_return(self, by: User) -> None:
        self.refuse_beside_others()

    def let_go(self, *, by: User, at: datetime) -> None:
        """A barrier that has left stands in the way of nothing: no goal and no service answers it any more."""
        for relation, named in self.answers():
            for row in relation.select_related(*named):
                self.relate(row, to=False, by=by, at=at)

    def take_up_again(self, left_at: datetime, *, by: User, at: datetime) -> None:
        """The goals and services that answered it until it left: their history says which."""
        for relation, named in self.answers():
            rows = relation.model
            entries = rows.history.filter(about_plan_id=self.plan_id, history_date=left_at)
            keys = {entry.id for entry in entries if any(change.get("barrier") == self.pk for change in entry.changes)}
            for row in rows.objects.filter(pk__in=keys).select_related(*named):
                self.relate(row, to=True, by=by, at=at)

    def answers(self) -> Iterator[tuple[Any, tuple[str, ...]]]:
        """The relations to what answers it, each with what its rows are called by; they stand on the floors above."""
        yield self.goals, ("plan",)
        yield self.services, ("service", "plan")

    def relate(self, row: Any, *, to: bool, by: User, at: datetime) -> None:
        """Link a goal or a service, or unlink it; its history says so."""
        before = self.names_of(row)
        (row.barriers.add if to else row.barriers.remove)(self)
        change = {"label": gettext("related barriers"), "from": before, "to": self.names_of(row)}
        record(row, by=by, at=at, also=[change | {"barrier": self.pk}])

    def names_of(self, row: Any) -> str:
        return ", ".join(sorted(str(barrier) for barrier in row.barriers.select_related("category")))
