"""What the page of a placement shows in lists, asked as one question."""

from typing import Any

from django.db.models import QuerySet

from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from worksites.evaluations.showing import newest_links
from worksites.follow_ups.showing import follow_ups_of
from worksites.payroll.showing import newest_entries
from worksites.placements.models import StatusEntry


def history_of(placement: int) -> QuerySet[Any]:
    return StatusEntry.objects.filter(placement=placement).select_related("updated_by").order_by("id")


QUESTIONS = (history_of, follow_ups_of, newest_entries, newest_links)
BESIDE = PreparedTogether(*map(PreparedRows, QUESTIONS))
