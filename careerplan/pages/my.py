"""The customer's own pages: what waits for me, my plan in plain language, my messages."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.filing.copies import agreed_copies
from acknowledgments.models import AcknowledgmentRequest, Seal
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.paper.rows import plan_rows
from acknowledgments.views.copies import waiting as waiting_page
from careerplan.base.pages import answered, form_page
from careerplan.messaging.actions import mark_read, send_message
from careerplan.messaging.models import Message
from careerplan.plans.enums import VersionState
from customers.forms import MessageForm
from customers.models import Customer


def own_customer(request) -> Customer:
    """The record of the person who is signed in; 404 for staff."""
    return get_object_or_404(Customer.objects.select_related("planner", "office"), user=request.user)


@require_GET
def my_dashboard(request):
    """What waits for me, my plan in plain language, my messages."""
    customer = own_customer(request)
    seals = Seal.objects.valid().visible_to(request.user).filter(version__plan__customer=customer)
    active = seals.filter(version__state=VersionState.ACTIVE).select_related("version__plan", "acknowledgment")
    active = active.order_by("-id").first()
    copies = agreed_copies(customer)
    waiting = AcknowledgmentRequest.objects.visible_to(request.user).waiting()
    context = waiting_page() | {
        "customer": customer,
        "copy": next((copy for copy in copies if active and copy.version == active.version), None),
        "copies_before": [
            copy for copy in copies if copy.is_signed and not (active and copy.version == active.version)
        ],
        "waiting": waiting.filter(seal__version__plan__customer=customer).select_related("seal__version").first(),
        "active": active,
        "closed": active.version.plan if active and not active.version.plan.is_open else None,
        "rows": plan_rows(in_plain_words(active.contents)) if active else None,
        "inbox": Message.objects.filter(recipient=request.user).select_related("sender").newest_first()[:5],
        "nav_section": "my",
    }
    return render(request, "careerplan/my_dashboard.html", context)


@require_http_methods(["GET", "POST"])
def my_messages(request):
    """The customer's messages; an answer goes to one's planner."""
    customer = own_customer(request)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and customer.planner is None:
        raise Http404

    def send():
        path = reverse("customers:messages", args=[customer.pk])
        return send_message(customer.planner, **form.cleaned_data, path=path, by=request.user, at=timezone.now())

    if answered(request, form, send, _("The message was sent.")):
        return redirect("my:messages")
    inbox = Message.objects.visible_to(request.user).select_related("sender", "recipient").newest_first()[:50]
    return form_page(
        request, "careerplan/my_messages.html", form, {"customer": customer, "inbox": inbox, "nav_section": "my"}
    )


@require_POST
def my_message_read(request, message_pk):
    message = get_object_or_404(Message.objects.filter(recipient=request.user), pk=message_pk)
    mark_read(message, by=request.user, at=timezone.now())
    return redirect(message.path or "my:messages")
