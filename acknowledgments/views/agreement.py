"""The Agreement page of a plan and its two doors: what is missing, what changed, send, recall, review, end."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement import reviews, sending, talking
from acknowledgments.agreement.activation import review_interval_days
from acknowledgments.agreement.assessed import left_out
from acknowledgments.agreement.declining import decline
from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.in_force import contents_in_force, decision_against
from acknowledgments.agreement.readiness import PLACES
from acknowledgments.agreement.status import latest_standing, pending_standing
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.filing import making
from acknowledgments.forms.agreement import ReviewForm, SendForm
from acknowledgments.models import ItemQuestion, Paper, StaffRequest
from acknowledgments.paper.case_note import text_of_changes
from acknowledgments.paper.plain import both_in_plain_words
from acknowledgments.paper.words import decision_rows
from acknowledgments.rules.completeness import advice_about, missing_from, warnings_about
from acknowledgments.rules.evidence import EVIDENCE_DAYS
from acknowledgments.views.desk import show
from acknowledgments.views.talking import version_talked_about, with_forms
from acknowledgments.views.waiting import tries_of, waiting
from careerplan.base import clock, drafts
from careerplan.base.addresses import key_in
from careerplan.base.dates import day_of
from careerplan.base.lost import gone
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from careerplan.messaging.models import Notification
from careerplan.plans.coenrollment import others_among
from careerplan.plans.forms import DeleteDraftForm, NotCompletedForm
from careerplan.plans.pages import plan_context, plan_page, started_page
from customers.reach import unreachable


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
    if page.plan is None:
        context = plan_context(request, page, "agreement")
    else:
        context = agreement_context(request, page)
    return render(request, "acknowledgments/agreement.html", context)


def agreement_context(request, page, form=None, contents=None):
    """What the page of the agreement shows; `form` is a posted SendForm with its errors, `contents` the draft's, where
    they were read already."""
    today = day_of(clock.now())
    context = plan_context(request, page, "agreement")
    enrollments = context["profile"].open_enrollments
    waiting_requests = StaffRequest.objects.waiting().filter(customer=page.customer)
    context |= {
        "latest": latest_standing(page.active, on=today),
        "pending": pending_standing(page.current or page.declined, page.active),
        "partners": others_among(enrollments, request.user) if page.plan.is_open else [],
        "questions": with_forms(version_talked_about(page), page.plan),
        "asks_before": asked_about_before(page),
        "staff_requests": waiting_requests.select_related("asked_by", "passed_to"),
    }
    if page.current is not None and page.current.is_draft:
        contents = contents or contents_of(page.plan, page.current)
        return context | draft_context(page, form, enrollments, contents, today=today)
    if page.current is not None:
        papers = Paper.objects.filter(seal__version=page.current, seal__voided_at=None)
        context |= waiting(tries_of(request)) | {"evidence_days": EVIDENCE_DAYS}
        context["paper_to_sign"] = papers.order_by("id").first()
        request_row = context["pending"].request
        context["email"] = email_of(request_row) if request_row else None
        context["email_hangs"] = bool(context["email"] and context["email"].hangs(clock.now()))
        context["unreachable"] = unreachable(page.customer) if request_row else None
    return context


def asked_about_before(page):
    """About how many items of the version in force is asked, where a newer one has the page. One query at most."""
    if page.active is None or version_talked_about(page) == page.active:
        return 0
    return ItemQuestion.objects.filter(seal__version=page.active).unanswered().count_items()


def draft_context(page, form, enrollments, contents, *, today):
    """What is missing, what has changed with its rules, and which of the two doors is open."""
    agreed, contents = both_in_plain_words(contents_in_force(page.current), contents)
    decision = decision_against(agreed, contents, on=today)
    changes = decision_rows(decision, agreed, contents)
    warnings = warnings_about(contents, blocking=sending.local_conditions())
    return {
        "contents": contents,
        "missing": missing_rows(missing_from(contents, blocking=sending.local_conditions()), page.customer.pk),
        "warnings": missing_rows(warnings, page.customer.pk),
        "left_out": left_out(page.plan),
        "advice": missing_rows(advice_about(contents, blocking=sending.local_conditions()), page.customer.pk),
        "decision": decision,
        "pending": pending_standing(page.current, page.active, asks=decision.needs_acknowledgment),
        "moved_from": contents.about.moved_from if agreed is None else "",
        "unchanged": reviews.moved_statement(decision, contents),
        "unreachable": unreachable(page.customer),
        "changes": changes,
        "note": (note := review_note(decision, page, agreed, contents, enrollments, today=today)),
        "form": form
        or SendForm(is_review=agreed is not None, warns=bool(warnings), initial=review_initial(note, today)),
    }


def review_initial(note, today):
    return {"contact_on": today, "note": note}


def review_note(decision, page, agreed, contents, enrollments, *, today):
    """A case note to begin with: what changed, with its dates, and the next review (12.7.8, note)."""
    if page.active is None:
        return ""
    changes = [requirement.change for requirement in decision.requirements if requirement.change]
    next_review_on = today + timedelta(days=review_interval_days(enrollments))
    return text_of_changes(changes, agreed, contents, active=page.active, next_review_on=next_review_on)


def email_of(request_row):
    """The e-mail of a request, as the outbox knows it: whether it left, waits, or was given up."""
    row = Notification.objects.select_related("recipient").filter(key=f"requested:{request_row.pk}").first()
    return None if row is None or row.was_settled else row


@require_http_methods(["GET", "POST"])
def send(request, pk):
    """Send for acknowledgment: electronically, or on paper where the button says so. Without a post: what was kept."""
    page = started_page(request, pk, acts=request.method == "POST")
    if request.method == "GET":
        return kept_for_sending(request, page)
    version = version_of(page, request.POST.get("version", ""))
    is_review = version.is_draft and page.active is not None
    form = SendForm(request.POST, is_review=is_review)
    way = request.POST.get("way")
    electronic = way != "paper"
    contents = refused = None
    if form.is_valid():
        try:
            seal = sending.send(version, electronic=electronic, **form.values(), by=request.user, at=clock.now())
        except Refusal as refusal:
            contents = sending.contents_read(refusal)
            if isinstance(refusal, sending.Incomplete):
                refused = refusal.sentence
            elif refusal.field in form.fields:
                form.refuse(refusal)
            else:
                raise
        else:
            drafts.drop(request)
            if way == "desk":
                show(request, seal.request)
                return redirect("plan:desk", pk)
            messages.success(request, SENT[electronic])
            return redirect("plan:agreement", pk)
    shown = agreement_context(request, page, form, contents)
    form.settle(warns=bool(shown.get("warnings")))
    if shown.get("missing"):  # said before anything is asked about the sending
        refused = sending.Incomplete(shown["missing"]).sentence
    context = shown | {"page_errors": True, "refused": refused}
    return render(request, "acknowledgments/agreement.html", context, status=422)


def kept_for_sending(request, page):
    """The page of the agreement with what was typed there before; without the form where no draft can be sent now."""
    draft = drafts.draft_for(request, at=clock.now())
    if draft is None or not (page.current and page.current.is_draft):
        return gone(request) or redirect("plan:agreement", page.customer.pk)
    context = agreement_context(request, page)
    drafts.fill(context["form"], draft)
    return render(request, "acknowledgments/agreement.html", context)


SENT = {
    True: gettext_lazy("The plan was sent. We will tell the customer as soon as the form is ready."),
    False: gettext_lazy("The plan was sealed. Print the form, ask the customer to sign it, and record the agreement."),
}


def version_of(page, key):
    """Of the plan that the person sees; 404 where it has none of this key."""
    for version in page.versions:
        if version.pk == key_in(key):
            return version
    raise Http404


@require_POST
def recall(request, pk):
    page = started_page(request, pk)
    version = version_of(page, request.POST.get("version", ""))
    sending.recall(version, by=request.user, at=clock.now())
    messages.success(request, _("The version was recalled. The customer can no longer acknowledge it."))
    return redirect("plan:overview", pk)


@require_http_methods(["GET", "POST"])
def review_without_customer(request, pk):
    """Plan does not require participant acknowledgment: the other door of a draft."""
    page = started_page(request, pk, acts=request.method == "POST")
    if page.current is None:
        raise Http404
    today = day_of(clock.now())
    # What moves here has nothing in force; of all others a post is answered without reading the page.
    shown = agreement_context(request, page) if request.method == "GET" or page.active is None else {}
    initial = {"contact_on": today, "text": shown.get("note", "")}
    form = ReviewForm(request.POST or None, initial=initial, unchanged=shown.get("unchanged", ""))

    def record():
        return reviews.review_without_customer(page.current, **form.values(), by=request.user, at=clock.now())

    if answered(request, form, record, _("The review was recorded. The version is active.")):
        return redirect("plan:overview", pk)
    late = page.active is not None and today > page.active.next_review_on
    shown = shown or agreement_context(request, page)
    context = shown | {"late_days": (today - page.active.approved_on).days if late else None, "form": form}
    return form_page(request, "acknowledgments/review.html", form, context)


@require_POST
def try_paper_again(request, pk):
    page = started_page(request, pk)
    papers = Paper.objects.filter(seal__version__plan=page.plan, seal__voided_at=None)
    paper = get_object_or_404(papers, pk=key_in(request.POST.get("paper", "")))
    making.try_again(paper, by=request.user, at=clock.now())
    messages.success(request, _("We are making the form again."))
    return redirect("plan:agreement", pk)


@require_http_methods(["GET", "POST"])
def draft_delete(request, pk):
    page = started_page(request, pk)
    if page.current is None:
        raise Http404
    form = DeleteDraftForm(request.POST or None)

    def delete():
        return delete_draft(page.current, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, delete, deleted_words(page)):
        return redirect("plan:overview", pk)
    return form_page(request, "acknowledgments/draft_delete.html", form, plan_context(request, page, "agreement"))


def deleted_words(page):
    if page.active is not None:
        return _("The draft was deleted. The plan is back to %(version)s.") % {"version": page.active}
    return _("The draft was deleted. It was the only one: the plan has no version now.")


@require_http_methods(["GET", "POST"])
def not_completed(request, pk):
    """Not Complete: the customer does not want to acknowledge."""
    page = started_page(request, pk)
    no = talking.disagreement(page.current) if page.current and request.method == "GET" else None
    said = _("The customer wrote: %(words)s") % {"words": no.note} if no else ""
    form = NotCompletedForm(request.POST or None, initial={"contact_on": day_of(clock.now()), "note": said})

    def act():
        return decline(page.current, **form.cleaned_data, by=request.user, at=clock.now())

    if page.current is None:
        return redirect("plan:overview", pk)
    if answered(request, form, act, _("The version was marked as not completed.")):
        return redirect("plan:overview", pk)
    return form_page(request, "plans/not_completed.html", form, plan_context(request, page, "agreement"))
