"""How many things a draft still needs, for pages that show the number alone: asked by one question, and counted anew
only when the plan changed.

The number is `Readiness.to_do`, of the one check that also refuses the sending. What it follows from is the plan, whose
every change has a row of history; the versions and the programs, which the page has read; and the reference data, of
which a change shows after ten minutes at the latest. The list itself is never shown from here.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery

from acknowledgments.agreement.readiness import Readiness, contents_to_check
from acknowledgments.agreement.sending import local_conditions
from acknowledgments.contents.items import KINDS
from careerplan.base.prepared import Prepared
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.working_rows import rows_of_plan
from customers.models import Enrollment
from goals.fit.models import JobFitReview, OutsideJobFit
from goals.proposing.models import StepProposal

SECONDS = 600


class Known(NamedTuple):
    """What `_person_state.html` reads of a Readiness."""

    to_do: int
    has_panel: bool = False


def last_changes(plan: int) -> QuerySet:
    """The newest rows of history of the plan and of what stands in it, by the index of its log."""
    newest = {
        f"last_{model._meta.model_name}": Subquery(
            model.history.filter(about_plan_id=OuterRef("pk"))
            .order_by("-history_date", "-history_id")
            .values("history_id")[:1]
        )
        for model in (EmploymentPlan, JobFitReview, OutsideJobFit, StepProposal, *(kind.rows for kind in KINDS))
    }
    return EmploymentPlan.objects.filter(pk=plan).values_list(*newest.values())


LAST_CHANGES = Prepared(last_changes)


def known_readiness(plan: EmploymentPlan, versions: Sequence[PlanVersion], enrollments: Sequence[Enrollment]) -> Known:
    """One query, and two or three more when something changed since it was counted last."""
    stands = [
        LAST_CHANGES.ask(plan.pk),
        [(version.pk, version.state) for version in versions],
        [(row.pk, row.row_version) for row in enrollments],
        sorted(local_conditions()),
    ]
    key = f"to-do:{plan.pk}:" + hashlib.sha256(json.dumps(stands).encode()).hexdigest()[:32]
    found = cache.get(key)
    if not isinstance(found, int):
        found = Readiness(contents_to_check(plan, enrollments, rows_of_plan(plan.pk)), plan.customer_id).to_do
        cache.set(key, found, SECONDS)
    return Known(found)
