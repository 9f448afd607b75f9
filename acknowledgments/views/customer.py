"""The customer's side: read and acknowledge."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement import signing, talking
from acknowledgments.agreement.in_force import agreed_before
from acknowledgments.agreement.statement import statement
from acknowledgments.contents.changes import compare
from acknowledgments.contents.kinds import BY_SLUG, reference
from acknowledgments.desk.actions import confirm_sign_in
from acknowledgments.filing.copies import copy_of
from acknowledgments.forms.agreement import AcknowledgeForm
from acknowledgments.forms.talking import AskForm, DisagreeForm
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest
from acknowledgments.paper.plain import both_in_plain_words
from acknowledgments.paper.rows import plan_rows
from acknowledgments.paper.words import change_rows
from acknowledgments.views.held import SIGNED, held_by, let_go
from acknowledgments.views.talking import talks_of
from acknowledgments.views.waiting import waiting
from careerplan.base import clock, drafts
from careerplan.base.client import address_of
from careerplan.base.lost import typed_rows
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from careerplan.plans.enums import VersionState


def asked_of(request, key):
    """The request to the person who is signed in; None for anybody else's, and once the version was taken back."""
    rows = AcknowledgmentRequest.objects.visible_to(request.user).select_related("seal__version__plan__customer__user")
    return rows.filter(key=key, seal__version__plan__customer__user=request.user).first()


@require_http_methods(["GET", "POST"])
def acknowledge(request, key):
    """The plan in plain language, and the customer's acknowledgment by typed name."""
    asked = asked_of(request, key)
    if asked is None:
        return not_waiting(request, key)
    if request.method == "GET" and (asked.answered_at or asked.withdrawn_at):
        return not_waiting(request, key, asked)
    form = AcknowledgeForm(request.POST or None)

    def sign():
        return signing.acknowledge(
            asked,
            typed_name=form.cleaned_data["typed_name"],
            ip_address=address_of(request),
            user_agent=request.META.get("HTTP_USER_AGENT", ""),
            desk=at_the_desk(request, asked),
            by=request.user,
            at=clock.now(),
        )

    if request.method == "POST" and form.is_valid():
        try:
            sign()
        except Refusal as refusal:
            asked.refresh_from_db(fields=["answered_at"])
            if asked.answered_at:  # the button was pressed twice, and the first press counted
                return after_signing(request, key)
            if refusal.field is None:
                raise
            form.refuse(refusal)
        else:
            return after_signing(request, key)
    return plan_to_sign(request, asked, form)


def at_the_desk(request, asked):
    """The signing at the desk by which this browser came to the version, its customer confirmed; None elsewhere."""
    held = held_by(request)
    if held is None or held.desk.request_id != asked.pk:
        return None
    if not held.is_confirmed:
        return confirm_sign_in(held.desk, by=request.user, at=clock.now())
    return held.desk


def after_signing(request, key):
    """A browser that held this plan alone holds nothing any more; a screen stays locked until its planner signs in."""
    held = held_by(request)
    if held is None or not held.is_locked:
        if held is not None:
            let_go(request, held)
        return redirect("my:acknowledged", key)
    let_go(request, held, keeps_lock=held.is_tablet)
    request.session[SIGNED] = True
    return redirect("desk:done")


def plan_to_sign(request, asked, form, asking=None):
    """The plan in plain language; `asking`: the item's name and the form of a line that was not sent."""
    agreed, contents = both_in_plain_words(agreed_before(asked.seal.version), asked.seal.contents)
    context = {
        "asked": asked,
        "seal": asked.seal,
        "rows": plan_rows(contents),
        "changes": change_rows(compare(agreed, contents), agreed, contents) if agreed else None,
        "statement": statement(),
        "disagreement": talking.disagreement(asked.seal.version),
        "nav_section": "my",
    } | talks_of(asked, contents, asking)
    if asking:
        context |= {"asking": asking[1], "form": form, "page_errors": bool(asking[1].errors)}
        if asking[0] not in context["talks"]:
            context["typed_in_vain"] = asking[1].data.get("text", "")
        return render(request, "acknowledgments/acknowledge.html", context, status=422 if asking[1].errors else 200)
    return form_page(request, "acknowledgments/acknowledge.html", form, context)


@require_http_methods(["GET", "POST"])
def ask_item(request, key, kind, item_pk):
    """One line about one item of the plan that waits; back at the item. Without a post: a line that was kept."""
    asked = asked_of(request, key)
    if asked is None or asked.answered_at or asked.withdrawn_at:
        return not_waiting(request, key, asked)
    if kind not in BY_SLUG:
        raise Http404
    ref = reference(BY_SLUG[kind], item_pk)
    form = AskForm(request.POST or None, auto_id=f"{ref}-%s")
    if request.method == "GET":
        draft = drafts.draft_for(request, at=clock.now())
        if draft is None:
            return redirect(f"{asked.path}#about-{ref}")
        drafts.fill(form, draft)
        return plan_to_sign(request, asked, AcknowledgeForm(), asking=(ref, form))

    def ask():
        line = {"kind": BY_SLUG[kind], "item_id": item_pk, **form.cleaned_data}
        return talking.ask_about_item(asked, **line, by=request.user, at=clock.now())

    if answered(request, form, ask, _("We told your planner. You will get a message when there is an answer.")):
        return redirect(f"{asked.path}#about-{ref}")
    return plan_to_sign(request, asked, AcknowledgeForm(), asking=(ref, form))


@require_http_methods(["GET", "POST"])
def disagree(request, key):
    """I do not agree: the planner is told, and nothing ends by it."""
    asked = asked_of(request, key)
    if asked is None or asked.answered_at or asked.withdrawn_at:
        return not_waiting(request, key, asked)
    form = DisagreeForm(request.POST or None)

    def act():
        return talking.disagree(asked, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, act, _("We told your planner that you do not agree.")):
        return redirect(asked.path)
    return form_page(request, "acknowledgments/disagree.html", form, {"asked": asked, "nav_section": "my"})


def not_waiting(request, key, asked=None):
    """A link that no longer asks for anything: the sentence says what happened, without showing anybody's plan."""
    if request.method == "POST":
        drafts.keep_lost(request, at=clock.now())
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
    draft = drafts.draft_for(request, at=clock.now())
    context = {
        "sentence": sentence,
        "rows": typed_rows(draft) if draft else [],
        "back_url": reverse("my:dashboard"),
    }
    return render(request, "refused.html", context, status=409)


@require_POST
def opened(request, key):
    """The browser says that the plan was shown: kept with the request."""
    rows = AcknowledgmentRequest.objects.visible_to(request.user)
    asked = get_object_or_404(rows.filter(seal__version__plan__customer__user=request.user), key=key)
    signing.note_opened(asked, at=clock.now())
    at_the_desk(request, asked)
    return HttpResponse(status=204)


@require_GET
def acknowledged(request, key):
    rows = Acknowledgment.objects.visible_to(request.user).select_related("version__plan", "seal")
    found = get_object_or_404(rows, request__key=key, signer=request.user)
    context = waiting() | {"copy": copy_of(found.version), "acknowledgment": found, "nav_section": "my"}
    return render(request, "acknowledgments/acknowledged.html", context)
