"""The agreement with a worksite: each upload is kept. Which of them holds on a day is said by `places/policy.py`."""

import hashlib
from datetime import date, datetime

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.plausible import refuse_unlikely
from careerplan.base.refusals import Refusal
from customers.files import checked
from worksites.places.models import NAME_OF_FILE_LIMIT, Worksite, WorksiteAgreement
from worksites.places.rights import require_keeper_of_places


@transaction.atomic
def file_agreement(
    worksite: Worksite, file: File, *, begins_on: date, ends_on: date | None, by: User, at: datetime
) -> WorksiteAgreement:
    """File a signed agreement. `ends_on` None: it has no end.

    Raises:
        NotAllowed: not a planner of the worksite's region.
        Refusal: with the field, for days that can't be, and a file that can't be taken (customers/files.py).
    """
    require_keeper_of_places(worksite.employer.region, by)
    worksite = Worksite.objects.select_for_update().get(pk=worksite.pk)
    refuse_days(begins_on, ends_on, day_of(at))
    fit = checked(file)
    agreement = WorksiteAgreement(
        worksite=worksite,
        begins_on=begins_on,
        ends_on=ends_on,
        file=ContentFile(fit.content, name=fit.stored_name),
        name=(file.name or "")[-NAME_OF_FILE_LIMIT:],
        content_type=fit.content_type,
        byte_count=len(fit.content),
        sha256=hashlib.sha256(fit.content).hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
    )
    agreement.save()
    worksite.agreement_from, worksite.agreement_until = worksite.agreed_around(day_of(at)).days
    record(worksite, by=by, at=at)
    return agreement


def refuse_days(begins_on: date, ends_on: date | None, today: date) -> None:
    for field, day in (("begins_on", begins_on), ("ends_on", ends_on)):
        if day is not None:
            refuse_unlikely(day, today, happened=False, field=field)
    if ends_on is not None and ends_on < begins_on:
        raise Refusal("agreement-ends-before", _("The agreement can't end before it begins."), field="ends_on")
