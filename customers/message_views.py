"""The tab Messages of a customer's record: what was written, in threads, and what the product told."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from careerplan.messaging.models import Message
from customers.forms import AnswerForm, MessageForm
from customers.models import Customer
from customers.pages import context_for, person_of, staff_customer
from customers.reach import unreachable
from customers.threads import (
    ANSWERS_IN_ORDER,
    THREADS_IN_ORDER,
    Line,
    lines_of,
    newest_unread,
    threads_of,
    threads_on,
    write_to_customer,
    written_threads,
)
from customers.undelivered import undelivered_emails
from customers.writing import language_of_writing


@takes_files
@require_http_methods(["GET", "POST"])
def customer_messages(request: HttpRequest, pk: int) -> HttpResponse:
    customer = staff_customer(request, pk)
    if request.method == "POST" and customer.user is None:
        raise Http404
    language = language_of_writing(person_of(request), customer)
    form = MessageForm(request.POST or None, request.FILES or None, language=language)

    def send() -> Message | None:
        return write_to_customer(customer, **form.cleaned_data, by=person_of(request), at=clock.now())

    if answered(request, form, send, _("The message was sent.")):
        return redirect("customers:messages", pk)
    page = page_of(threads_of(customer), request, keys=THREADS_IN_ORDER)
    threads = threads_on(page.rows, reader=person_of(request))
    note_emails(customer, [line for thread in threads for line in thread.lines])
    context = context_for(request, customer, "messages") | {
        "page": page,
        "threads": threads,
        "unreachable": unreachable(customer),
    }
    return form_page(request, "customers/messages.html", form, context)


@takes_files
@require_http_methods(["GET", "POST"])
def customer_thread(request: HttpRequest, pk: int, message_pk: int) -> HttpResponse:
    """All of one thread, and an answer in it."""
    customer = staff_customer(request, pk)
    first = get_object_or_404(written_threads(customer), pk=message_pk)
    language = language_of_writing(person_of(request), customer)
    form = AnswerForm(request.POST or None, request.FILES or None, language=language)

    def send() -> Message | None:
        return write_to_customer(customer, **form.cleaned_data, thread=first, by=person_of(request), at=clock.now())

    if answered(request, form, send, _("The message was sent.")):
        return redirect("customers:thread", pk, message_pk)
    context = thread_page(request, first)
    note_emails(customer, context["lines"])
    context["unread"] = newest_unread([line.message for line in context["lines"]], person_of(request))
    context |= context_for(request, customer, "messages") | {"unreachable": unreachable(customer)}
    return form_page(request, "customers/thread.html", form, context)


def thread_page(request: HttpRequest, first: Message) -> dict[str, Any]:
    """The newest lines of a thread on its page, the oldest of them first."""
    rows = Message.objects.in_thread(first).select_related("sender", "recipient")
    page = page_of(rows, request, keys=ANSWERS_IN_ORDER)
    return {"first": first, "page": page, "lines": lines_of(reversed(page.rows), reader=person_of(request))}


def note_emails(customer: Customer, lines: Iterable[Line]) -> None:
    """Beside each message its e-mail that did not leave. One query."""
    emails = undelivered_emails(customer, [line.message for line in lines], at=clock.now())
    for line in lines:
        line.email = emails.get(line.message.pk)
