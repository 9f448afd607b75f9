"""Agreement and versions for staff; reading and acknowledging for the customer; the printed form."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments import actions, filing, reviews
from acknowledgments.change_rows import change_rows, decision_rows
from acknowledgments.changes import compare
from acknowledgments.completeness import missing_from, warnings_about
from acknowledgments.form_rows import plan_rows
from acknowledgments.forms import AcknowledgeForm, ReviewForm, SendForm
from acknowledgments.in_force import agreed_before, contents_in_force, decision_against
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, PrintedForm, Seal, StaffRequest
from acknowledgments.printing import form_pdf
from acknowledgments.restoring import decline, delete_draft, may_come_back
from acknowledgments.standing import latest_standing, pending_standing
from acknowledgments.statement import statement
from acknowledgments.working_copy import contents_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from careerplan.messaging.models import Notification
from careerplan.plans.coenrollment import others
from careerplan.plans.enums import VersionState
from careerplan.plans.forms import DeleteDraftForm, NotCompletedForm
from careerplan.plans.models import LegacyPlan, PlanVersion
from careerplan.plans.pages import plan_context, plan_page, started_page

PLACES = {
    "career-goals": ("plan:goals", "#career-goals"),
    "goals": ("plan:goals", "#goals"),
    "barriers": ("plan:goals", "#barriers"),
    "steps": ("plan:goals", "#steps"),
    "services": ("plan:services", "#planned"),
    "unassigned": ("plan:services", "#unassigned"),
}


def missing_rows(missing, customer_pk):
    """What is missing, each with the link to where it is mended."""
    rows = []
    for entry in missing:
        name, fragment = PLACES[entry.place]
        rows.append(
            {"missing": entry, "sentence": _(entry.sentence), "url": reverse(name, args=[customer_pk]) + fragment}
        )
    return rows


@require_GET
def agreement(request, pk):
    """How the agreement stands, what is missing, and the ways on."""
    page = plan_page(request, pk)
    context = plan_context(request, page, "agreement")
    if page.plan is not None:
        context |= agreement_context(request, page)
    return render(request, "acknowledgments/agreement.html", context)


def agreement_context(request, page, form=None):
    """What the page of the agreement shows; `form` is a posted SendForm with its errors."""
    today = timezone.localdate()
    context = {
        "latest": latest_standing(page.active, on=today),
        "pending": pending_standing(page.current or page.declined, page.active),
        "partners": others(page.customer, request.user) if page.plan.is_open else [],
        "staff_requests": StaffRequest.objects.waiting().filter(customer=page.customer).select_related("asked_by"),
    }
    if page.current is not None and page.current.is_draft:
        return context | draft_context(page, form, today=today)
    if page.current is not None:
        forms = PrintedForm.objects.filter(seal__version=page.current, seal__voided_at=None)
        context["form_to_sign"] = forms.order_by("id").first()
        request_row = context["pending"].request
        context["told"] = told(request_row) if request_row else None
    return context


def draft_context(page, form, *, today):
    """What is missing, what has changed with its rules, and which of the two doors is open."""
    contents = contents_of(page.plan, page.current)
    agreed = contents_in_force(page.current)
    decision = decision_against(agreed, contents, on=today)
    changes = decision_rows(decision, agreed, contents)
    warnings = warnings_about(contents, blocking=actions.local_conditions())
    return {
        "missing": missing_rows(missing_from(contents, blocking=actions.local_conditions()), page.customer.pk),
        "warnings": missing_rows(warnings, page.customer.pk),
        "decision": decision,
        "changes": changes,
        "note": (note := review_note(changes, page, today=today)),
        "form": form
        or SendForm(is_review=agreed is not None, warns=bool(warnings), initial=review_initial(note, today)),
    }


def review_initial(note, today):
    return {"contact_on": today, "note": note}


def review_note(changes, page, *, today):
    """A case note to begin with: what changed, with its dates, and the next review (12.7.8, note)."""
    if page.active is None:
        return ""
    return render_to_string(
        "acknowledgments/review_note.txt",
        {
            "active": page.active,
            "changes": [row for row in changes if row.get("what")],
            "next_review_on": today + timedelta(days=actions.review_interval_days(page.plan)),
        },
    ).strip()


def told(request_row):
    """When the e-mail of a request left; the outbox knows."""
    return Notification.objects.filter(key=f"requested:{request_row.pk}").values_list("sent_at", flat=True).first()


@require_POST
def send(request, pk):
    """Send for acknowledgment: electronically, or on paper where the button says so."""
    page = started_page(request, pk)
    version = version_of(request, page, request.POST.get("version", ""))
    contents = contents_of(page.plan, version) if version.is_draft else None
    warns = bool(contents and warnings_about(contents, blocking=actions.local_conditions()))
    is_review = version.is_draft and page.active is not None
    form = SendForm(request.POST, is_review=is_review, warns=warns)
    electronic = request.POST.get("way") != "paper"
    refused = missing_first(contents) if contents else None
    if refused is None and form.is_valid():
        try:
            actions.send(version, electronic=electronic, **form.values(), by=request.user, at=timezone.now())
        except actions.Incomplete as incomplete:
            refused = incomplete.sentence
        except Refusal as refusal:
            if refusal.field not in form.fields:
                raise
            form.refuse(refusal)
        else:
            messages.success(request, SENT[electronic])
            return redirect("plan:agreement", pk)
    context = plan_context(request, page, "agreement") | {"page_errors": True}
    context |= agreement_context(request, page, form) | {"refused": refused}
    return render(request, "acknowledgments/agreement.html", context, status=422)


SENT = {
    True: gettext_lazy("The plan was sent. The customer is told as soon as the form is made."),
    False: gettext_lazy("The plan was sealed. Print the form, let the customer sign it, and record the agreement."),
}


def missing_first(contents):
    """What is missing is said before anything is asked about the sending; None where nothing is."""
    missing = missing_from(contents, blocking=actions.local_conditions())
    return actions.Incomplete(missing).sentence if missing else None


def version_of(request, page, key):
    rows = PlanVersion.objects.visible_to(request.user).filter(plan=page.plan)
    version = get_object_or_404(rows, pk=number(key))
    version.plan = page.plan
    return version


def number(text):
    """A key that was posted; 0, which no row has, where it is none."""
    return int(text) if text.isdecimal() else 0


@require_POST
def recall(request, pk):
    page = started_page(request, pk)
    version = version_of(request, page, request.POST.get("version", ""))
    actions.recall(version, by=request.user, at=timezone.now())
    messages.success(request, _("The version was recalled. The customer can't acknowledge it any more."))
    return redirect("plan:overview", pk)


@require_http_methods(["GET", "POST"])
def review_without_customer(request, pk):
    """Plan does not require participant acknowledgment: the other door of a draft."""
    page = started_page(request, pk)
    if page.current is None:
        raise Http404
    today = timezone.localdate()
    shown = agreement_context(request, page)
    initial = {"contact_on": today, "text": shown.get("note", "")}
    form = ReviewForm(request.POST or None, initial=initial)

    def record():
        return reviews.review_without_customer(page.current, **form.values(), by=request.user, at=timezone.now())

    if answered(request, form, record, _("The review was recorded. The version is active.")):
        return redirect("plan:overview", pk)
    late = page.active is not None and today > page.active.next_review_on
    context = shown | {"late_days": (today - page.active.approved_on).days if late else None, "form": form}
    context |= plan_context(request, page, "agreement")
    return form_page(request, "acknowledgments/review.html", form, context)


@require_POST
def try_form_again(request, pk):
    page = started_page(request, pk)
    forms = PrintedForm.objects.filter(seal__version__plan=page.plan, seal__voided_at=None)
    form = get_object_or_404(forms, pk=number(request.POST.get("form", "")))
    filing.try_again(form, by=request.user, at=timezone.now())
    messages.success(request, _("The form is being made again."))
    return redirect("plan:agreement", pk)


@require_http_methods(["GET", "POST"])
def draft_delete(request, pk):
    page = started_page(request, pk)
    if page.current is None:
        raise Http404
    form = DeleteDraftForm(request.POST or None)

    def delete():
        return delete_draft(page.current, **form.cleaned_data, by=request.user, at=timezone.now())

    if answered(request, form, delete, _("The draft was deleted. The plan is as it was before.")):
        return redirect("plan:overview", pk)
    return form_page(request, "acknowledgments/draft_delete.html", form, plan_context(request, page, "agreement"))


@require_http_methods(["GET", "POST"])
def not_completed(request, pk):
    """Not Complete: the customer does not want to acknowledge."""
    page = started_page(request, pk)
    form = NotCompletedForm(request.POST or None, initial={"contact_on": timezone.localdate()})

    def act():
        return decline(page.current, **form.cleaned_data, by=request.user, at=timezone.now())

    if page.current is None:
        return redirect("plan:overview", pk)
    if answered(request, form, act, _("The version was marked as not completed.")):
        return redirect("plan:overview", pk)
    return form_page(request, "plans/not_completed.html", form, plan_context(request, page, "agreement"))


@require_GET
def versions(request, pk):
    page = plan_page(request, pk)
    rows = PlanVersion.objects.visible_to(request.user).filter(plan__customer=page.customer)
    rows = rows.select_related("plan", "created_by", "sent_by", "acknowledgment").order_by("-plan_id", "-number")
    context = plan_context(request, page, "versions") | {"versions": rows}
    return render(request, "acknowledgments/versions.html", context)


@require_GET
def version(request, pk, version_pk):
    """A version as it was sealed, with its evidence and events."""
    page = started_page(request, pk)
    rows = PlanVersion.objects.visible_to(request.user).filter(plan__customer=page.customer)
    found = get_object_or_404(rows.select_related("plan", "created_by", "sent_by"), pk=version_pk)
    seals = Seal.objects.filter(version=found).order_by("-id")
    # A draft that ended was sealed as it ended; a recalled version's void seals say nothing of it any more.
    ended = found.state in {VersionState.DELETED, VersionState.NOT_COMPLETED}
    seal = (seals if ended else seals.valid()).first()
    acknowledgment = Acknowledgment.objects.filter(version=found).select_related("signer").first()
    before = Seal.objects.valid().filter(version__plan=found.plan, version__number__lt=found.number)
    context = plan_context(request, page, "versions") | {
        "former": before.select_related("version").order_by("-version__number").first(),
        "version": found,
        "seal": seal,
        "rows": plan_rows(seal.contents) if seal else None,
        "changes": sealed_changes(seal),
        "acknowledgment": acknowledgment,
        "documents": acknowledgment.documents.select_related("upload", "filed_by") if acknowledgment else [],
        "legacy": LegacyPlan.objects.filter(moved_to=found.plan).first() if found.number == 1 else None,
        "may_recover": page.may_edit and found.state == VersionState.DELETED and may_come_back(found),
        "forms": PrintedForm.objects.filter(seal=seal).select_related("upload") if seal else [],
        "events": found.events.select_related("by").order_by("id"),
    }
    return render(request, "acknowledgments/version.html", context)


def sealed_changes(seal):
    """The changes that were decided about when the version was sealed, with their sentences in today's language."""
    rows = seal.decision.get("changes", []) if seal else []
    return [row | {"sentence": _(row["sentence"])} for row in rows]


@require_GET
def versions_compared(request, pk):
    """Any two sealed versions of the customer's plans side by side."""
    page = started_page(request, pk)
    seals = Seal.objects.valid().visible_to(request.user).filter(version__plan__customer=page.customer)
    sealed = list(seals.select_related("version__plan").order_by("-version__plan_id", "-version__number"))
    by_key = {str(seal.version_id): seal for seal in sealed}
    former, latter = (by_key.get(request.GET.get(name, "")) for name in ("before", "after"))
    changes = []
    if former and latter:
        contents = (former.contents, latter.contents)
        changes = change_rows(compare(*contents), *contents)
    context = plan_context(request, page, "versions")
    context |= {"sealed": sealed, "former": former, "latter": latter, "changes": changes}
    return render(request, "acknowledgments/versions_compared.html", context)


@require_GET
def print_form(request, pk):
    """View/Print IEP/ISS form: the sealed form where one stands, else the draft, marked as one."""
    page = started_page(request, pk)
    wanted = request.GET.get("version", "")
    version = version_of(request, page, wanted) if wanted else page.current or page.active
    if version is None:
        raise Http404
    seal = Seal.objects.valid().filter(version=version).first()
    if seal is not None:
        filed = PrintedForm.objects.filter(seal=seal, rendered_at__isnull=False).select_related("upload")
        newest = filed.order_by("-id").first()
        if newest is not None:
            return pdf_answer(newest.upload.content(), newest.upload.file.name.rsplit("/", 1)[-1])
    if seal is None and not version.is_draft:  # the plan as it stands is another version's by now
        raise Http404
    contents = seal.contents if seal else contents_of(page.plan, version)
    return pdf_page(
        request, contents, version=version, seal=seal, name=f"plan-{page.customer.state_id}-v{version.number}.pdf"
    )


def pdf_page(request, contents, *, version, seal, name):
    rows = len(contents.services) + len(contents.goals) + len(contents.action_steps) + len(contents.barriers)
    if rows > settings.PRINT_IN_REQUEST_ROWS:
        context = {"sentence": _("This plan is long: its form is made when the plan is sent. Send it, then print it.")}
        return render(request, "refused.html", context, status=409)
    acknowledgment = Acknowledgment.objects.filter(seal=seal).first() if seal else None
    content = form_pdf(
        contents,
        language=contents.about.language,
        printed_on=timezone.localdate(),
        seal=seal,
        acknowledgment=acknowledgment,
        agreed=agreed_before(version),
    )
    return pdf_answer(content, name)


def pdf_answer(content, name):
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


# --- the customer's side ----------------------------------------------------------------------


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
        return actions.acknowledge(
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
    agreed = agreed_before(asked.seal.version)
    contents = asked.seal.contents
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
    actions.note_opened(asked, at=timezone.now())
    return HttpResponse(status=204)


@require_GET
def acknowledged(request, key):
    rows = Acknowledgment.objects.visible_to(request.user).select_related("version", "seal")
    found = get_object_or_404(rows, request__key=key, signer=request.user)
    context = {"acknowledgment": found, "nav_section": "my"}
    return render(request, "acknowledgments/acknowledged.html", context)


@require_GET
def my_form(request, version_pk):
    """The customer's copy of the form, as it was filed."""
    forms = PrintedForm.objects.filter(seal__voided_at=None, rendered_at__isnull=False, seal__version=version_pk)
    rows = PlanVersion.objects.visible_to(request.user).filter(plan__customer__user=request.user)
    found = get_object_or_404(rows, pk=version_pk)
    form = get_object_or_404(forms.filter(seal__version=found).select_related("upload").order_by("-id")[:1])
    return pdf_answer(form.upload.content(), form.upload.file.name.rsplit("/", 1)[-1])
