"""What a person finds in the own inbox: what was sent to the person, and what waits for colleagues who are away.

Whoever stands in for a colleague reads what customers write to the colleague, and nothing else of the colleague's; of
those customers alone whom the stand-in sees, which a floor above says (`register`).
"""

from collections.abc import Callable
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Absence, Message

Narrow = Callable[[QuerySet[Message], User], QuerySet[Message]]

# What customers wrote, of these rows, and the person may answer.
_answerable: list[Narrow] = []
# So many of a colleague's messages stand in another one's inbox.
MOST_STOOD_FOR = 500


def register(narrow: Narrow) -> None:
    _answerable.append(narrow)


def stood_for(person: User, *, on: date) -> QuerySet[Message]:
    """What customers wrote to colleagues who are away on this day: what nobody has read, and what came since they left.

    One query, and the one of the rows.
    """
    absences = list(Absence.objects.on(on).filter(stand_in=person))
    rows: QuerySet[Message] = Message.objects.none()
    if not absences:
        return rows
    waiting = Q()
    for absence in absences:
        left_at = timezone.make_aware(datetime.combine(absence.begins_on, time.min), timezone.get_default_timezone())
        waiting |= Q(recipient=absence.person_id) & (Q(read_at=None) | Q(sent_at__gte=left_at))
    rows = Message.objects.filter(waiting, kind=Notice.MESSAGE)
    for narrow in _answerable:
        rows = narrow(rows, person)
    return rows


def readable_by(person: User, *, on: date) -> Q:
    """The messages of a person's inbox. By keys, so that an index serves the list and its order."""
    keys = stood_for(person, on=on).order_by("-sent_at", "-id").values_list("pk", flat=True)[:MOST_STOOD_FOR]
    others = list(keys)
    return Q(recipient=person) | Q(pk__in=others) if others else Q(recipient=person)


def inbox(person: User, *, on: date) -> QuerySet[Message]:
    """Two queries at most beside that of the rows."""
    return Message.objects.filter(readable_by(person, on=on))


def unread_count(person: User) -> int:
    """How many messages nobody has read yet of the person's inbox. Two queries, and a third where one stands in."""
    own = Message.objects.filter(recipient=person, read_at=None).count()
    if person.is_customer:
        return own
    return own + stood_for(person, on=day_of(clock.now())).filter(read_at=None).count()


def stand_ins_for(person: User, *, on: date) -> list[User]:
    """Who reads for the person on this day, and can sign in."""
    return list(User.objects.filter(stood_in__in=Absence.objects.on(on).filter(person=person), is_active=True))
