"""Whether anybody has written in a plan yet: all of its words are marked with one language."""

from typing import Any

from django.db.models import Q, QuerySet

from acknowledgments.contents.items import KINDS
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Part
from careerplan.plans.models import EmploymentPlan


def has_words(plan: EmploymentPlan) -> bool:
    """Of the working copy. One query for each kind of item that holds words, at most."""
    if written_in_any(PLAN, EmploymentPlan.objects.filter(pk=plan.pk)):
        return True
    return any(written_in_any(kind, kind.told_with(kind.rows.objects.in_plan().filter(plan=plan))) for kind in KINDS)


def written_in_any(part: Part, rows: QuerySet[Any]) -> bool:
    texts: dict[str, Any] = {f"{field.name}__gt": "" for field in part.fields if field.written}
    return bool(texts) and rows.filter(Q(**texts, _connector=Q.OR)).exists()
