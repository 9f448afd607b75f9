"""The customer's side: read and acknowledge."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement import signing
from acknowledgments.agreement.in_force import agreed_before
from acknowledgments.agreement.statement import statement
from acknowledgments.contents.changes import compare
from acknowledgments.filing.copies import copy_of
from acknowledgments.forms.agreement import AcknowledgeForm
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest
from acknowledgments.paper.plain import both_in_plain_words
from acknowledgments.paper.rows import plan_rows
from acknowledgments.paper.words import change_rows
from acknowledgments.views.copies import waiting
from careerplan.base.pages import form_page
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import VersionState


@require_http_methods(["GET", "POST"])
def acknowledge(request, key):
    """The plan in plain language, and the customer's acknowledgment by typed name."""
    rows = AcknowledgmentRequest.objects.visible_to(request.user).select_related("seal__version__plan__customer__user")
    asked = rows.filter(key=key).first()
    if asked is None or asked.seal.version.plan.customer.user_id != request.user.pk:
        return not_waiting(request, key)
    if request.method == "GET" and (asked.answered_at or asked.withdrawn_at):
        return not_waiting(request, key, asked)
    form = AcknowledgeForm(request.POST or None)

    def sign():
        return signing.acknowledge(
            asked,
            typed_name=form.cleaned_data["typed_name"],
            ip_address=request.META.get("REMOTE_ADDR"),
            user_agent=request.META.get("HTTP_USER_AGENT", ""),
            by=request.user,
            at=timezone.now(),
        )

    if request.method == "POST" and form.is_valid():
        try:
            sign()
        except Refusal as refusal:
            asked.refresh_from_db(fields=["answered_at"])
            if asked.answered_at:  # the button was pressed twice, and the first press counted
                return redirect("my:acknowledged", key)
            if refusal.field is None:
                raise
            form.refuse(refusal)
        else:
            return redirect("my:acknowledged", key)
    agreed, contents = both_in_plain_words(agreed_before(asked.seal.version), asked.seal.contents)
    context = {
        "asked": asked,
        "seal": asked.seal,
        "rows": plan_rows(contents),
        "changes": change_rows(compare(agreed, contents), agreed, contents) if agreed else None,
        "statement": statement(),
    }
    return form_page(request, "acknowledgments/acknowledge.html", form, context | {"nav_section": "my"})


def not_waiting(request, key, asked=None):
    """A link that no longer asks for anything: the sentence says what happened, without showing anybody's plan."""
    own = AcknowledgmentRequest.objects.filter(key=key, seal__version__plan__customer__user=request.user.pk)
    asked = asked or own.first()
    if asked is None:
        raise Http404
    if asked.answered_at:
        return redirect("my:acknowledged", key)
    declined = asked.seal.version.state == VersionState.NOT_COMPLETED
    agreed_otherwise = Acknowledgment.objects.filter(seal=asked.seal).exists()
    sentence = _("Your planner took this version back to change it. You will get a message when it is ready again.")
    if declined:
        sentence = _("You told your planner that you do not agree with this version. There is nothing to sign.")
    if agreed_otherwise:
        sentence = _("Your planner has recorded that you agreed to this version. There is nothing more to do.")
    context = {
        "sentence": sentence,
        "back_url": reverse("my:dashboard"),
    }
    return render(request, "refused.html", context, status=409)


@require_POST
def opened(request, key):
    """The browser says that the plan was shown: kept with the request."""
    rows = AcknowledgmentRequest.objects.visible_to(request.user)
    asked = get_object_or_404(rows.filter(seal__version__plan__customer__user=request.user), key=key)
    signing.note_opened(asked, at=timezone.now())
    return HttpResponse(status=204)


@require_GET
def acknowledged(request, key):
    rows = Acknowledgment.objects.visible_to(request.user).select_related("version__plan", "seal")
    found = get_object_or_404(rows, request__key=key, signer=request.user)
    context = waiting() | {"copy": copy_of(found.version), "acknowledgment": found, "nav_section": "my"}
    return render(request, "acknowledgments/acknowledged.html", context)
