"""What is linked to a barrier and loses its link as the barrier leaves the plan (12.7.5, Potential Barriers)."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerplan.plans.models import Barrier


class Link(NamedTuple):
    """`name` and `program` are the reader's words; `program` is "" where none is named."""

    name: str
    status: str
    program: str


class Links(NamedTuple):
    """The links of one kind. `lost`: said once the barrier has left."""

    heading: str
    rows: list[Link]
    lost: str


def links_of(barrier: Barrier) -> list[Links]:
    """A list for each kind that has any. One query each."""
    return [links for links in (services_of(barrier),) if links.rows]


def services_of(barrier: Barrier) -> Links:
    """By program; those that name none come last."""
    found: Any = barrier.services.in_plan().select_related("service", "program")
    rows = [
        Link(row.service.plain_name, row.get_status_display(), row.program.plain_name if row.program else "")
        for row in found.order_by("program__code", "id")
    ]
    names = ", ".join(row.name for row in rows)
    lost = ngettext(
        "This service no longer answers it: %(names)s.", "These services no longer answer it: %(names)s.", len(rows)
    )
    return Links(_("Services that answer it"), rows, lost % {"names": names})
