"""Whether the record was checked of late, for the doctor, the administrators' page and the alarm."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.health import Check, Finding
from careerplan.base.health.heartbeat import last_beat, moment

VERIFIED = "verify"
# It is checked each night; one night may be lost to a restart.
LAST_CHECK = timedelta(days=2)


def look_at_checks(at: datetime) -> Finding | None:
    if settings.BACKGROUND != "celery":
        return None
    last = last_beat(VERIFIED)
    if last is None:
        return Finding(False, _("The record was not checked yet: that is done each night."))
    said = _("The whole record was last checked on %(moment)s.") % {"moment": moment(last.beat_at)}
    return Finding(last.age > LAST_CHECK, said)


CHECKS = (Check("verify", gettext_lazy("Check of the record"), look_at_checks),)
