"""Proof that work is done behind the pages: the scheduler asks for a beat each minute, and a worker writes it.

A row, and read whenever a page of an administrator is made: nothing else notices that the scheduler or every worker is
gone, since it is they who would tell.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerplan.base.dates import moment_in_text
from careerplan.base.health import Finding
from careerplan.base.health.limits import LAST_BEAT
from careerplan.base.models import Heartbeat

BACKGROUND, MAIL = "background", "mail"


def beat(name: str = BACKGROUND) -> None:
    """It was done just now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": Now()})


@dataclass(frozen=True)
class Beat:
    beat_at: datetime
    age: timedelta


def last_beat(name: str = BACKGROUND) -> Beat | None:
    """None where it was never done. Both moments are the database's: a web server's clock may be wrong."""
    age = ExpressionWrapper(Now() - F("beat_at"), output_field=DurationField())
    row = Heartbeat.objects.filter(name=name).annotate(age=age).values_list("beat_at", "age").first()
    return Beat(*row) if row else None


def is_due(name: str, every: timedelta) -> bool:
    """Whether it was not done for so long (where no scheduler counts: `manage.py relay`)."""
    last = last_beat(name)
    return last is None or last.age >= every


def said_of_background() -> str:
    """A sentence for administrators where nothing is done behind the pages; "" where it is."""
    return said_of_papers() or said_of_mail()


def said_of_mail() -> str:
    """The e-mails have a queue, and may have a worker, of their own."""
    last = last_beat(MAIL)
    if last is None or last.age <= LAST_BEAT:
        return ""
    since = _("E-mails are not being sent since %(moment)s. Start the worker for e-mails again.")
    return since % {"moment": moment(last.beat_at)}


def said_of_papers() -> str:
    last = last_beat()
    if last is None:
        return _("E-mails and IEP/ISS forms are not being made: no worker and no scheduler has ever run here.")
    if last.age <= LAST_BEAT:
        return ""
    since = _(
        "E-mails and IEP/ISS forms are not being made since %(moment)s. Start the worker and the scheduler again."
    )
    return since % {"moment": moment(last.beat_at)}


def moment(at: datetime) -> str:
    """At the end of a sentence, whose full stop is that of "p.m.", too; by the reader's clock."""
    return moment_in_text(localtime(at)).removesuffix(".")


def look_at_background(at: datetime) -> Finding:
    words = said_of_background()
    who = _("the relay") if settings.BACKGROUND == "relay" else _("a worker, asked by the scheduler")
    last = last_beat()
    ok = _("Last beat of %(who)s: %(moment)s.") % {"who": who, "moment": moment(last.beat_at)} if last else ""
    return Finding(bool(words), words or ok)
