"""The inbox of staff: what the product tells, and what customers write; and one message to several customers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_in, keys_asked
from careerplan.base.dates import day_of
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from careerplan.messaging.actions import mark_all_read, mark_read
from careerplan.messaging.enums import Notice
from careerplan.messaging.inbox import inbox
from careerplan.messaging.models import Message
from customers.actions import not_an_editor
from customers.forms import ToManyForm
from customers.pages import require_staff
from customers.threads import reached_and_left_out, write_to_many

# So many customers get a message of their own at once.
MOST_AT_ONCE = 200


def own_inbox(request):
    require_staff(request)
    return inbox(request.user, on=day_of(clock.now()))


@require_GET
def staff_messages(request):
    """The newest first; those of colleagues who are away among them."""
    rows, only_unread = own_inbox(request), request.GET.get("unread") == "yes"
    rows = rows.unread() if only_unread else rows
    rows = rows.select_related("sender__customer", "recipient")
    page = page_of(rows, request, keys=["-sent_at", "-id"])
    context = {
        "page": page,
        "rows": [{"message": message, "leads_to": leads_to(message)} for message in page.rows],
        "only_unread": only_unread,
        "newest": max((message.pk for message in page.rows), default=0),
        "nav_section": "messages",
    }
    return render(request, "careerplan/messages.html", context)


def leads_to(message: Message) -> str:
    """Of what a customer wrote its thread, else the page that the message tells of; "" where there is none."""
    customer = getattr(message.sender, "customer", None)
    if message.kind == Notice.MESSAGE and customer is not None:
        return reverse("customers:thread", args=[customer.pk, message.first_key])
    return message.path


@require_POST
def message_read(request, message_pk):
    """Open it, or (`stay`) mark it alone. What stands above it in its thread is read with it."""
    rows = own_inbox(request)
    message = get_object_or_404(rows.select_related("sender__customer"), pk=message_pk)
    if message.kind == Notice.MESSAGE:
        above = Message.objects.in_thread(message.thread or message).filter(pk__lte=message.pk)
        mark_all_read(above, by=request.user, at=clock.now())
    else:
        mark_read(message, by=request.user, at=clock.now())
    return redirect((not request.POST.get("stay") and leads_to(message)) or "messages")


@require_POST
def messages_read(request):
    """All that was sent to the person up to the newest one that the page showed; not what is a colleague's."""
    require_staff(request)
    own = Message.objects.filter(recipient=request.user, pk__lte=next(iter(keys_asked(request.POST, "newest")), 0))
    count = mark_all_read(own, by=request.user, at=clock.now())
    said = ngettext("%(number)d message was marked as read.", "%(number)d messages were marked as read.", count)
    messages.success(request, said % {"number": count})
    return redirect("messages")


@require_http_methods(["GET", "POST"])
def messages_new(request):
    """One message to each of the customers with these keys (`customers`), who see nothing of each other.

    The keys may be posted from a list, too: without a message nothing is sent.
    """
    require_staff(request)
    if not request.user.edits_plans:
        raise not_an_editor()
    keys = keys_asked(request.POST or request.GET, "customers")[:MOST_AT_ONCE]
    typed = request.POST if "body" in request.POST else None
    form = ToManyForm(typed, keys=keys, language=request.user.language)
    sent = []

    def send():
        words = {name: form.cleaned_data[name] for name in ("subject", "body", "written_in")}
        sent.extend(write_to_many(keys, **words, by=request.user, at=clock.now()))

    if answered(request, form, send, ""):
        said = ngettext(
            "The message was sent to %(number)d customer.", "The message was sent to %(number)d customers.", len(sent)
        )
        if sent:
            messages.success(request, said % {"number": len(sent)})
        return redirect("customers:list")
    # Asked as the page is made: a draft that is shown again knows whom it was for.
    audience = SimpleLazyObject(lambda: audience_of(form, request.user))
    context = {"audience": audience, "nav_section": "messages"}
    return form_page(request, "careerplan/messages_new.html", form, context)


def audience_of(form, person):
    """Whom the message reaches, who is left out and why, and how many are none of the person's."""
    keys = [key for key in map(key_in, (form["customers"].value() or "").split(",")) if key]
    reached, left_out, others = reached_and_left_out(keys[:MOST_AT_ONCE], by=person)
    return {"reached": reached, "left_out": left_out, "others": others}
