"""Papers that wait too long or could not be made, for the administration: how many, since when, and another try."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acknowledgments.models import Paper
from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.base.health import Check, Finding
from careerplan.base.health.heartbeat import moment
from careerplan.base.health.limits import OLDEST_PAPER
from careerplan.base.refusals import NotAllowed, Refusal


def failed_papers() -> QuerySet[Paper]:
    """Tried as often as a paper is tried; the newest first."""
    rows = Paper.objects.filter(rendered_at=None, seal__voided_at=None, attempts__gte=Paper.ATTEMPTS)
    return rows.select_related("seal__version__plan__customer").order_by("-id")


@transaction.atomic
def make_again(paper: Paper, *, by: User, at: datetime) -> None:
    """An administrator asks for another try, once what hindered it is mended."""
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed("not-an-administrator", _("Only an administrator can do this."))
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.rendered_at is not None:
        raise Refusal("paper-is-made", _("The form has already been made. Open the page again."))
    paper.attempts, paper.claimed_until = 0, None
    paper.save(update_fields=["attempts", "claimed_until"])
    transaction.on_commit(lambda: nudge("acknowledgments.tasks.render_paper", paper.pk))


def look_at_papers(at: datetime) -> Finding:
    found = Paper.objects.unfinished().aggregate(number=Count("pk"), oldest=Min("created_at"))
    if not found["number"]:
        return Finding(False, _("None waits."))
    said = ngettext(
        "%(number)d waits; the oldest since %(moment)s.",
        "%(number)d wait; the oldest since %(moment)s.",
        found["number"],
    )
    said = said % {"number": found["number"], "moment": moment(found["oldest"])}
    return Finding(at - found["oldest"] > OLDEST_PAPER, said)


def look_at_failed(at: datetime) -> Finding:
    number = failed_papers().count()
    return Finding(number > 0, _("%(number)d could not be made.") % {"number": number})


CHECKS = (
    Check("papers", gettext_lazy("IEP/ISS forms that wait"), look_at_papers),
    Check("papers-failed", gettext_lazy("IEP/ISS forms that could not be made"), look_at_failed),
)
