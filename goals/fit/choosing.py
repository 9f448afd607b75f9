"""Which tasks, skills and knowledge a review asks about: O*NET's, or where none was imported those in our own words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from goals.enums import OnetKind
from goals.fit.models import OwnItem
from goals.fit.rules import MOST_KNOWLEDGE, MOST_SKILLS, MOST_TASKS, most_important
from goals.models import Occupation
from goals.onet.models import OnetItem, OnetOccupation, OnetRelease

# The groups in the order in which they are asked, a screen each, and of how many items at most.
MOST = {OnetKind.TASK: MOST_TASKS, OnetKind.SKILL: MOST_SKILLS, OnetKind.KNOWLEDGE: MOST_KNOWLEDGE}
GROUPS = tuple(MOST)


class Chosen(NamedTuple):
    """One of the two: an item of O*NET, or one of our own."""

    kind: str
    onet_item: OnetItem | None
    own_item: OwnItem | None


def has_review() -> Q:
    """In a query of occupations: whether there is a review of it (12.7.5, footnote 2).

    Tasks, skills and knowledge must all be there, of the occupation or of one of its parts. Our own items stand in
    where nothing of O*NET was imported.
    """
    imported = Exists(OnetRelease.objects.all())
    of_onet = Exists(with_all_three().filter(occupation=OuterRef("pk")))
    of_our_own = Exists(OwnItem.objects.filter(occupation=OuterRef("pk"), is_active=True))
    return Q(imported & of_onet) | Q(~imported & of_our_own)


def with_all_three() -> QuerySet[OnetOccupation]:
    """Occupations of O*NET for which tasks, skills and knowledge are known: 879 of 1,016 in release 29.3."""
    items = OnetItem.objects.current().filter(code=OuterRef("code"), occupation=OuterRef("occupation"))
    known = [Exists(items.filter(kind=kind)) for kind in GROUPS]
    rows: QuerySet[OnetOccupation] = OnetOccupation.objects.current()
    return rows.filter(*known)


def sources_of(occupation: Occupation) -> list[OnetOccupation]:
    """The occupations of O*NET that a review may ask about: that of the SOC itself (31-1131.00); only where it has no
    data its parts (29-1299.01), in their order, of which people choose the nearest. The first is taken else."""
    found = list(with_all_three().filter(occupation=occupation).order_by("code"))
    itself = [row for row in found if row.code == f"{occupation.code}.00"]
    return itself or found


def items_of(occupation: Occupation, source: OnetOccupation | None) -> list[Chosen]:
    """In the order in which they are asked: the most important first in each group, core tasks before the others.

    `source`: of `sources_of`; None where none was imported.
    """
    if source is not None:
        rows = OnetItem.objects.current().filter(occupation=occupation, code=source.code).most_important_first()
        return [Chosen(row.kind, row, None) for row in in_groups(rows)]
    if OnetRelease.objects.exists():
        return []
    own = OwnItem.objects.filter(occupation=occupation, is_active=True).order_by("position", "pk")
    return [Chosen(row.kind, None, row) for kind in GROUPS for row in own if row.kind == kind]


def in_groups(rows: Iterable[OnetItem]) -> list[OnetItem]:
    """Group after group, as many of each as are asked; the rows' own order stays."""
    found, every = [], list(rows)
    for kind, most in MOST.items():
        mine = [row for row in every if row.kind == kind]
        found += most_important(mine, [kind_importance(row) for row in mine], most=most)
    return found


def kind_importance(row: OnetItem) -> Decimal | None:
    """Tasks are core or not, whatever their rating: skills and knowledge alone are left out where it is low."""
    importance: Decimal | None = None if row.kind == OnetKind.TASK else row.importance
    return importance
