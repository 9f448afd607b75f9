"""What the page of a placement shows of its supervisor: what was asked, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from careerplan.base.spoken import Words
from worksites.evaluations.enums import LinkStanding
from worksites.evaluations.models import SupervisorLetter, SupervisorLink
from worksites.evaluations.reading import answers, lines_of
from worksites.placements.models import Placement

# Of a long placement the older ones stand in the section of the assessment and in payroll.
SHOWN = 30


PILLS = {
    LinkStanding.WAITS: "started",
    LinkStanding.ANSWERED: "done",
    LinkStanding.OVER: "overdue",
    LinkStanding.LOCKED: "overdue",
    LinkStanding.REPLACED: "overdue",
    LinkStanding.NOT_PLACED: "on-hold",
    LinkStanding.WITHDRAWN: "on-hold",
}


@dataclass(frozen=True)
class LinkShown:
    row: SupervisorLink
    standing: LinkStanding

    @property
    def label(self) -> str:
        return str(self.standing.label)

    @property
    def pill(self) -> str:
        return PILLS[self.standing]

    @property
    def waits(self) -> bool:
        return self.standing == LinkStanding.WAITS

    @property
    def is_dead(self) -> bool:
        """Nobody can answer it, and nobody took it back: it is asked anew."""
        return self.standing in {LinkStanding.OVER, LinkStanding.LOCKED, LinkStanding.REPLACED}

    @property
    def lines(self) -> list[tuple[Words, str]]:
        return lines_of(self.row)

    @property
    def letter(self) -> SupervisorLetter | None:
        return getattr(self.row, "letter", None)

    @property
    def fits_no_more(self) -> bool:
        """More hours than the days have on which the placement was under way, as they are known by now."""
        return self.row.hours is not None and self.row.hours > self.row.most_hours

    @property
    def is_corrected(self) -> bool:
        """The supervisor said other hours than were asked."""
        return self.row.hours_asked is not None and self.row.hours not in (None, self.row.hours_asked)


def newest_links(placement: int) -> QuerySet[SupervisorLink]:
    rows: QuerySet[SupervisorLink] = SupervisorLink.objects.filter(placement=placement)
    return rows.select_related("made_by", "withdrawn_by", "letter").order_by("-pk")[:SHOWN]


def block_of(placement: Placement, *, at: datetime, rows: list[SupervisorLink] | None = None) -> dict[str, Any]:
    """For `worksites/evaluations/_block.html`, of a placement with its job and days. `rows`: where they are at hand;
    one query, else two."""
    found = list(newest_links(placement.pk)) if rows is None else rows
    prefetch_related_objects(found, answers())
    for row in found:
        row.placement = placement
    links = [LinkShown(row, row.standing(at)) for row in found]
    return {"supervisor_links": links, "supervisor": placement.job.worksite.supervisor}
