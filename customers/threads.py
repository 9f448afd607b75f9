"""What a customer and those who answer for the customer write to each other, in threads, with files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import mark_all_read, send_message, tell_also
from careerplan.messaging.enums import Notice
from careerplan.messaging.inbox import stand_ins_for
from careerplan.messaging.models import Message
from customers import filed_as
from customers.actions import require_editor, upload_file
from customers.in_charge import in_charge
from customers.models import UPLOAD_NAME_LIMIT, Attachment, Customer, Upload
from customers.reach import Unreachable, unreachable

# So many messages of a thread stand in a list of threads: the newest. All of them stand on the thread's own page.
SHOWN = 5
THREADS_IN_ORDER = ["-latest_at", "-id"]
ANSWERS_IN_ORDER = ["-sent_at", "-id"]


def messages_of(customer: Customer) -> QuerySet[Message]:
    """All that the customer got and wrote, under whoever's name."""
    if customer.user_id is None:
        return Message.objects.none()
    return Message.objects.filter(Q(recipient=customer.user_id) | Q(sender=customer.user_id))


def threads_of(customer: Customer) -> QuerySet[Message]:
    """The first message of each thread, with when it was last written in."""
    answers = Message.objects.filter(thread=OuterRef("pk")).newest_first()
    latest = Coalesce(Subquery(answers.values("sent_at")[:1]), F("sent_at"))
    return messages_of(customer).filter(thread=None).annotate(latest_at=latest).select_related("sender", "recipient")


def written_threads(customer: Customer) -> QuerySet[Message]:
    """The first messages of what people wrote, which may be answered; not what the product told."""
    rows = messages_of(customer).filter(thread=None, kind=Notice.MESSAGE, sender__isnull=False)
    return rows.select_related("sender", "recipient")


@dataclass
class Line:
    """A message as a page shows it."""

    message: Message
    files: list[Upload] = field(default_factory=list)
    email: Any = None  # its row of the outbox, where it did not leave


@dataclass
class Thread:
    first: Message
    lines: list[Line]
    earlier: int = 0  # so many more stand on its own page
    unread: Message | None = None  # the newest that the reader got and has not read

    @property
    def may_be_answered(self) -> bool:
        return self.first.kind == Notice.MESSAGE and self.first.sender_id is not None


def threads_on(firsts: Sequence[Message], *, reader: User) -> list[Thread]:
    """Each thread with its first message and its newest ones, as they were written. Two queries."""
    answers = Message.objects.filter(thread__in=[first.pk for first in firsts]).annotate(
        place=Window(RowNumber(), partition_by=F("thread"), order_by=[F("sent_at").desc(), F("pk").desc()]),
        number=Window(Count("pk"), partition_by=F("thread")),
    )
    shown: dict[int, list[Message]] = {}
    for answer in answers.filter(place__lt=SHOWN).select_related("sender", "recipient").order_by("sent_at", "pk"):
        shown.setdefault(answer.thread_id or 0, []).append(answer)
    every = [message for first in firsts for message in (first, *shown.get(first.pk, []))]
    lines = {line.message.pk: line for line in lines_of(every, reader=reader)}
    threads = []
    for first in firsts:
        newest = shown.get(first.pk, [])
        earlier: int = newest[0].number - len(newest) if newest else 0  # type: ignore[attr-defined]  # annotated
        unread = newest_unread((first, *newest), reader)
        threads.append(Thread(first, [lines[message.pk] for message in (first, *newest)], earlier, unread))
    return threads


def newest_unread(messages: Iterable[Message], reader: User) -> Message | None:
    unread = [message for message in messages if message.recipient_id == reader.pk and message.read_at is None]
    return unread[-1] if unread else None


def lines_of(messages: Iterable[Message], *, reader: User) -> list[Line]:
    """With the files that the reader may see. One query."""
    messages = list(messages)
    files: dict[int, list[Upload]] = {}
    rows = Attachment.objects.visible_to(reader).filter(message__in=messages).select_related("upload")
    for row in rows.order_by("pk"):
        files.setdefault(row.message_id, []).append(row.upload)
    return [Line(message, files.get(message.pk, [])) for message in messages]


def staff_of(first: Message) -> User:
    """With whom of the staff the customer began the thread."""
    sender = first.sender
    return first.recipient if sender is None or sender.is_customer else sender


@transaction.atomic
def write_to_customer(
    customer: Customer,
    *,
    body: str,
    subject: str = "",
    written_in: str = "",
    file: File | None = None,
    thread: Message | None = None,
    by: User,
    at: datetime,
) -> Message | None:
    """`thread`: the first message of what is answered; its subject stays. What was asked there is read with it.

    Raises:
        NotAllowed: somebody who does not write the customer's record.
        Refusal: the customer has no sign-in that is on, or the file can't be taken.
    """
    require_editor(customer, by)
    barred = unreachable(customer)
    user: User | None = customer.user
    if user is None or not user.is_active:
        assert barred is not None
        raise Refusal(barred.code, barred.sentence)
    words = {"subject": thread.written_subject if thread else subject, "body": body, "written_in": written_in}
    message = send_message(user, **words, path=reverse("my:messages"), thread=thread, by=by, at=at)
    follow(message, customer, thread, file, by=by, at=at)
    return message


@transaction.atomic
def write_to_planner(
    customer: Customer,
    *,
    body: str,
    subject: str = "",
    written_in: str = "",
    file: File | None = None,
    thread: Message | None = None,
    by: User,
    at: datetime,
) -> Message | None:
    """From the customer to who is in charge; an answer goes to who wrote in the thread, while at work for the customer.

    Whoever stands in for that person gets the e-mail, too.

    Raises:
        Refusal: nobody is the customer's planner, or the file can't be taken.
    """
    planner = in_charge(customer, staff_of(thread) if thread else None) or customer.planner
    if planner is None:
        raise Refusal("no-planner", _("You have no career planner yet. Please call the office."))
    words = {"subject": thread.written_subject if thread else subject, "body": body, "written_in": written_in}
    path = reverse("customers:messages", args=[customer.pk])
    message = send_message(planner, **words, path=path, thread=thread, by=by, at=at)
    follow(message, customer, thread, file, by=by, at=at)
    if message is not None:
        seeing = Customer.objects.filter(pk=customer.pk)
        others = stand_ins_for(planner, on=day_of(at))
        tell_also(message, [person for person in others if seeing.editable_by(person).exists()])
    return message


def follow(
    message: Message | None, customer: Customer, thread: Message | None, file: File | None, *, by: User, at: datetime
) -> None:
    """What comes with a message: its file, filed in the customer's uploads; and what it answers is read."""
    if message is not None and file is not None:
        name = str(file.name).replace("\\", "/").rsplit("/", 1)[-1][:UPLOAD_NAME_LIMIT]
        values = filed_as.ANYTHING | {"name": name, "shown_to_customer": True}
        upload = upload_file(customer, file, values, by=by, at=at)
        Attachment.objects.create(message=message, upload=upload)
    if thread is not None:
        mark_all_read(Message.objects.in_thread(thread), by=by, at=at)


@dataclass(frozen=True)
class LeftOut:
    customer: Customer
    why: Unreachable


def reached_and_left_out(keys: Iterable[int], *, by: User) -> tuple[list[Customer], list[LeftOut], int]:
    """Of the customers with these keys: who can be written to, who can't and why, and how many are none of the person's
    or not there at all."""
    wanted = set(keys)
    rows = Customer.objects.editable_by(by).filter(pk__in=wanted).select_related("user", "planner")
    reached, left_out = [], []
    for customer in rows.order_by("name_key", "pk"):
        barred = unreachable(customer)
        if barred is None:
            reached.append(customer)
        else:
            left_out.append(LeftOut(customer, barred))
    return reached, left_out, len(wanted) - len(reached) - len(left_out)


@transaction.atomic
def write_to_many(
    keys: Iterable[int], *, subject: str, body: str, written_in: str = "", by: User, at: datetime
) -> list[Customer]:
    """Each customer who can be reached gets a message of one's own, and sees no other; returns them.

    Raises Refusal: nobody can be reached.
    """
    reached, _left_out, _others = reached_and_left_out(keys, by=by)
    if not reached:
        raise Refusal("nobody-reached", _("None of these customers can be reached here. Nothing was sent."))
    for customer in reached:
        write_to_customer(customer, subject=subject, body=body, written_in=written_in, by=by, at=at)
    return reached
