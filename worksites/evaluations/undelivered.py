"""An e-mail to a supervisor that does not arrive, told to who asked: to call is better than to wait for an answer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from customers.in_charge import staff_to_tell
from worksites.evaluations.models import SupervisorLetter
from worksites.evaluations.telling import path_of


@transaction.atomic
def report_next_letter(at: datetime) -> bool:
    """Tell of the oldest that was given up, or waits for longer than a day; False when there is none."""
    rows = SupervisorLetter.objects.unreported(at).select_for_update(skip_locked=True, of=("self",)).order_by("id")
    named = ("link__placement__job__worksite", "link__placement__planned__plan__customer__planner", "link__made_by")
    row = rows.select_related(*named).first()
    if row is None:
        return False
    row.reported_at = at
    row.save(update_fields=["reported_at"])
    link: Any = row.link
    for person in staff_to_tell(link.customer, link.made_by):
        notify(
            person,
            Notice.SUPERVISOR_EMAIL_LOST,
            key=f"{Notice.SUPERVISOR_EMAIL_LOST}:{row.pk}:{person.pk}:{at.isoformat()}",
            names={"person": link.sent_to, "email": link.email, "worksite": str(link.placement.job.worksite)},
            path=path_of(link),
            by=None,
            at=at,
        )
    return True
