"""The customer's own pages: what waits for me, my plan in plain language, my messages."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement.talking import disagreement
from acknowledgments.agreement.today import as_of_today
from acknowledgments.contents.changes import compare
from acknowledgments.enums import Method
from acknowledgments.filing.copies import agreed_copies
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from acknowledgments.paper.next_steps import next_steps
from acknowledgments.paper.plain import both_in_plain_words, in_plain_words
from acknowledgments.paper.rows import plan_rows
from acknowledgments.paper.words import change_rows
from acknowledgments.views.waiting import waiting as waiting_page
from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.dates import day_of
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page, offer_undo
from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.messaging.actions import mark_all_read, mark_read
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.plans.enums import PlanState, VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion
from careerplan.plans.working_rows import rows_of_plan
from customers.absences import absence_of
from customers.forms import AnswerForm, MessageForm
from customers.message_views import thread_page
from customers.pages import own_customer
from customers.sections.own import about_me
from customers.threads import (
    THREADS_IN_ORDER,
    newest_unread,
    threads_of,
    threads_on,
    write_to_planner,
    written_threads,
)
from customers.writing import language_of_writing
from goals import steps
from goals.careers.paths import PATHS
from goals.fit.models import JobFitReview
from goals.items import ACTION_STEP
from goals.models import ActionStep
from services.costs.own import PROMISES, help_in_dollars
from worksites.placements import own as my_placements

# What a customer was given to read, and did not sign or did.
REACHED = (VersionState.AWAITING, VersionState.ACTIVE, VersionState.SUPERSEDED, VersionState.NOT_COMPLETED)


def seals_in_force(customer: int):
    rows = Seal.objects.valid().filter(version__plan__customer=customer, version__state=VersionState.ACTIVE)
    return rows.select_related("version__plan", "acknowledgment").order_by("-id")[:1]


def requests_that_wait(customer: int):
    rows = AcknowledgmentRequest.objects.waiting().filter(seal__version__plan__customer=customer)
    return rows.filter(seal__version__state=VersionState.AWAITING).select_related("seal__version").order_by("pk")[:1]


def versions_that_reached(customer: int):
    rows = PlanVersion.objects.filter(plan__customer=customer, state__in=REACHED)
    return rows.exclude(state=VersionState.NOT_COMPLETED, sent_at=None).order_by("-id")[:1]


def reviews_of_job_fit(customer: int):
    """Of the open plan: the one that goes on, or the newest that is complete."""
    rows = JobFitReview.objects.filter(plan__customer=customer, plan__state=PlanState.OPEN, ended_at=None)
    return rows.with_counts().select_related("occupation").order_by("-begun_at", "-pk")[:1]


def newest_messages(person: int):
    return Message.objects.filter(recipient=person).select_related("sender").newest_first()[:5]


IN_FORCE, ASKED = PreparedRows(seals_in_force), PreparedRows(requests_that_wait)
SENT_LAST, INBOX = PreparedRows(versions_that_reached), PreparedRows(newest_messages)
JOB_FIT = PreparedRows(reviews_of_job_fit)
WORK = (my_placements.PLACEMENTS, my_placements.HOLDS, my_placements.WAGES)
WHAT_STANDS = PreparedTogether(IN_FORCE, ASKED, SENT_LAST, JOB_FIT, PATHS, PROMISES, *WORK)


@require_GET
def my_dashboard(request):
    """What waits for me, my plan in plain language, my work, my messages."""
    customer, today = own_customer(request), day_of(clock.now())
    *stands, promises, placements, holds, wages = WHAT_STANDS.read(customer.pk)
    active, asked, sent_last, job_fit, path = (next(iter(rows), None) for rows in stands)
    copies = agreed_copies(customer)
    closed = active.version.plan if active and not active.version.plan.is_open else None
    context = waiting_page() | {
        "customer": customer,
        "copy": next((copy for copy in copies if active and copy.version == active.version), None),
        "copies_before": [
            copy for copy in copies if copy.is_signed and not (active and copy.version == active.version)
        ],
        "waiting": asked,
        "disagreement": disagreement(asked.seal.version) if asked else None,
        "declined": sent_last if sent_last and sent_last.state == VersionState.NOT_COMPLETED else None,
        "active": active,
        "closed": closed,
        "rows": plan_rows(in_plain_words(active.contents)) if closed else None,
        "inbox": INBOX.read(request.user.pk),
        "path": path,
        "job_fit": job_fit,
        "help": help_in_dollars(promises),
        "work": my_placements.my_work(placements, holds, wages, on=today),
        "nav_section": "my",
    }
    if not closed:
        context["about_me"] = about_me(customer.pk)
    if active is None or closed:
        context["may_propose"] = EmploymentPlan.objects.filter(customer=customer, state=PlanState.OPEN).exists()
    else:
        context |= plan_today(active, on=today)
    return render(request, "careerplan/my_dashboard.html", context)


def plan_today(active, *, on):
    """The plan in force as it is today, what is next and what is late, and how it differs from what was agreed to."""
    signed = last_agreed(active)
    plan = active.version.plan
    rows = rows_of_plan(plan.pk)
    today = as_of_today(plan, active.contents, rows)
    agreed, contents = both_in_plain_words(signed.contents if signed else None, today)
    return {
        "rows": plan_rows(contents),
        "next_steps": next_steps(contents, on=on, changing=changed_in_a_draft(active, rows[ACTION_STEP])),
        "review_is_late": active.version.next_review_on < on,
        "signed": signed,
        "signed_rows": plan_rows(agreed) if agreed else None,
        "changes": change_rows(compare(agreed, contents), agreed, contents) if agreed else None,
    }


def changed_in_a_draft(active, steps_now):
    """The steps that the planner is changing or taking out: nobody can say now that they are done."""
    agreed = {step.id: step.text for step in active.contents.action_steps}
    return {row.pk for row in steps_now if row.pk in agreed and (row.removed_at or row.text != agreed[row.pk])}


def last_agreed(active):
    """The seal to which the customer agreed last; None where that was in an older system. At most one query."""
    if active.acknowledgment.method != Method.NOT_REQUIRED:
        return active
    agreed = Acknowledgment.objects.by_customers().filter(version__plan=active.version.plan_id)
    found = agreed.select_related("seal__version", "version").order_by("-version__number").first()
    return found.seal if found else None


@require_POST
def my_step_done(request, step_pk):
    """The customer says that one's own step is done, and stays on the page on which that was said."""
    step = own_step(request, step_pk)
    steps.finish_own_step(step, by=request.user, at=clock.now())
    offer_undo(request, _("The step is done now. Your planner can see it."), reverse("my:step-undo", args=[step.pk]))
    is_on_steps = request.POST.get("pressed_on") == "steps"
    return redirect(reverse("my:steps") if is_on_steps else reverse("my:dashboard") + "#next-steps")


@require_POST
def my_step_undo(request, step_pk):
    """Done was pressed by mistake."""
    steps.take_own_done_back(own_step(request, step_pk), by=request.user, at=clock.now())
    messages.success(request, _("The step is not done yet."))
    return redirect(reverse("my:dashboard") + "#next-steps")


def own_step(request, step_pk):
    rows = ActionStep.objects.visible_to(request.user).filter(plan__customer__user=request.user)
    return get_object_or_404(rows, pk=step_pk)


@takes_files
@require_http_methods(["GET", "POST"])
def my_messages(request):
    """The customer's messages in threads; a new one goes to one's planner."""
    customer = own_customer(request)
    if request.method == "POST" and customer.planner is None:
        raise Http404
    language = language_of_writing(request.user, customer)
    form = MessageForm(request.POST or None, request.FILES or None, language=language)

    def send():
        return write_to_planner(customer, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, send, _("The message was sent.")):
        return redirect("my:messages")
    page = page_of(threads_of(customer), request, keys=THREADS_IN_ORDER)
    context = {
        "customer": customer,
        "page": page,
        "threads": threads_on(page.rows, reader=request.user),
        "absence": absence_of(customer.planner, on=day_of(clock.now())),
        "nav_section": "my",
    }
    return form_page(request, "careerplan/my_messages.html", form, context)


@takes_files
@require_http_methods(["GET", "POST"])
def my_thread(request, message_pk):
    """All of one thread, and the customer's answer in it."""
    customer = own_customer(request)
    first = get_object_or_404(written_threads(customer), pk=message_pk)
    language = language_of_writing(request.user, customer)
    form = AnswerForm(request.POST or None, request.FILES or None, language=language)

    def send():
        return write_to_planner(customer, **form.cleaned_data, thread=first, by=request.user, at=clock.now())

    if answered(request, form, send, _("The message was sent.")):
        return redirect("my:thread", message_pk)
    context = {"customer": customer, "nav_section": "my"} | thread_page(request, first)
    context["unread"] = newest_unread([line.message for line in context["lines"]], request.user)
    return form_page(request, "careerplan/my_thread.html", form, context)


@require_POST
def my_message_read(request, message_pk):
    """What stands above it in its thread is read with it."""
    message = get_object_or_404(Message.objects.filter(recipient=request.user), pk=message_pk)
    if message.kind != Notice.MESSAGE:
        mark_read(message, by=request.user, at=clock.now())
        return redirect(message.path or "my:messages")
    above = Message.objects.in_thread(message.thread or message).filter(pk__lte=message.pk)
    mark_all_read(above, by=request.user, at=clock.now())
    is_answerable = message.thread_id is not None or message.sender_id is not None
    return redirect("my:thread", message.first_key) if is_answerable else redirect("my:messages")
