"""The pages that show every app at once: plan overview, review assessment, outcomes, update log, my dashboard."""

import email
import email.policy

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement.status import latest_standing, pending_standing
from acknowledgments.models import AcknowledgmentRequest, Seal
from acknowledgments.paper.rows import plan_rows
from careerplan.accounts.enums import Role
from careerplan.base import drafts
from careerplan.base.dates import day_of
from careerplan.base.keyset import address, cursor, read_cursor
from careerplan.base.models import FormDraft
from careerplan.base.pages import answered, form_page
from careerplan.messaging.actions import mark_read, send_message
from careerplan.messaging.models import Message
from careerplan.plans.log import Place, entries_of, kinds, people_of
from careerplan.plans.pages import plan_context, plan_page
from customers.actions import write_summary
from customers.forms import MessageForm, SummaryForm
from customers.models import AssessmentSummary, CaseNote, Customer
from customers.pages import context_for, require_staff, staff_customer
from customers.views import assessment_overview
from goals.enums import GoalStatus
from goals.models import CareerPath, Goal
from services.enums import FormKind, ServiceStatus
from services.models import EarnedCredential, PlannedService

LOG_ROWS = 25
LOG_KEYS = ("history_date", "kind", "history_id")


@login_not_required
@require_GET
def home(request):
    """Where each person begins."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.user.is_customer:
        return redirect("my:dashboard")
    return redirect("customers:list")


@login_not_required
@require_GET
def healthz(request):
    """Whether the process answers and its database too, for load balancers."""
    with connection.cursor() as database:
        database.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_POST
def session_extend(request):
    request.session.modified = True
    return HttpResponse(status=204)


@require_POST
def draft_keep(request):
    """Keep what is being typed; the answer is the sentence that the form shows."""
    now = timezone.now()
    if not drafts.keep(request.user, request.GET.get("form", ""), request.POST, at=now):
        return HttpResponse(status=204)
    words = _("Draft saved at %(time)s") % {"time": time_format(timezone.localtime(now), "TIME_FORMAT")}
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_POST
def draft_drop(request):
    """Forget the draft of a form and open the form without it."""
    path = request.POST.get("form", "")
    FormDraft.objects.filter(user=request.user, path=path).delete()
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if safe else "home")


@require_GET
def plan_overview(request, pk):
    """Profile, latest agreement, assessments, desired career path, accomplishments, goals (ILL-014 to ILL-049)."""
    page = plan_page(request, pk)
    customer = page.customer
    context = plan_context(request, page, "overview") | {
        "overview": assessment_overview(customer),
        "path": CareerPath.objects.filter(customer=customer)
        .select_related("pathway", "occupation_1", "occupation_2")
        .first(),
        "note_count": CaseNote.objects.filter(customer=customer).count(),
        "accomplishments": accomplishments(customer, page.plan),
    }
    if page.plan is not None:
        context |= {
            "goals": goals_with_services(page.plan),
            "latest": latest_standing(page.active, on=day_of(timezone.now())),
            "pending": pending_standing(page.current or page.declined, page.active),
        }
    return render(request, "careerplan/plan_overview.html", context)


def goals_with_services(plan):
    """The goals with their dates and standing services, in plan order. Two queries."""
    standing = PlannedService.objects.in_plan()
    goals = list(Goal.objects.in_plan().filter(plan=plan).select_related("category").with_dates(standing).in_order())
    rows = standing.filter(plan=plan, goal__isnull=False).select_related("service__category").in_order()
    by_goal = {goal.pk: [] for goal in goals}
    for row in rows:
        by_goal.get(row.goal_id, []).append(row)
    for goal in goals:
        goal.standing = by_goal[goal.pk]
    return goals


def accomplishments(customer, plan):
    """Counts of earned credentials, completed goals and completed services. Three queries."""
    goals = Goal.objects.in_plan().filter(plan=plan, status=GoalStatus.COMPLETE) if plan else Goal.objects.none()
    services = PlannedService.objects.filter(plan=plan, status=ServiceStatus.COMPLETE) if plan else Goal.objects.none()
    credentials = EarnedCredential.objects.filter(customer=customer)
    return {"credentials": credentials.count(), "goals": goals.count(), "services": services.count()}


@require_http_methods(["GET", "POST"])
def review_assessment(request, pk):
    page = plan_page(request, pk)
    form = SummaryForm(request.POST or None)

    def write():
        return write_summary(page.customer, **form.cleaned_data, by=request.user, at=timezone.now())

    if answered(request, form, write, _("The assessment summary was saved.")):
        return redirect("plan:assessment", pk)
    summaries = AssessmentSummary.objects.visible_to(request.user).filter(customer=page.customer)
    context = plan_context(request, page, "assessment") | {
        "overview": assessment_overview(page.customer),
        "summaries": summaries.select_related("written_by").order_by("-written_at", "-id")[:20],
    }
    return form_page(request, "careerplan/review_assessment.html", form, context)


@require_GET
def outcomes(request, pk):
    customer = staff_customer(request, pk)
    goals = (
        Goal.objects.in_plan().filter(plan__customer=customer, status=GoalStatus.COMPLETE).select_related("category")
    )
    services = PlannedService.objects.filter(plan__customer=customer, status=ServiceStatus.COMPLETE)
    credentials = EarnedCredential.objects.visible_to(request.user).filter(customer=customer)
    context = context_for(request, customer, "outcomes") | {
        "goals": goals.order_by("-plan_id", "position"),
        "services": services.select_related("service", "goal").order_by("-ended_on", "-id"),
        "credentials": credentials.select_related("service__service").order_by("-earned_on", "-id"),
    }
    return render(request, "careerplan/outcomes.html", context)


@require_GET
def worksites(request, pk):
    """The customer's work-experience services."""
    customer = staff_customer(request, pk)
    rows = PlannedService.objects.in_plan().filter(plan__customer=customer, service__form_kind=FormKind.WORKSITE)
    rows = rows.select_related("service", "goal").order_by("-planned_start_on", "-id")
    context = context_for(request, customer, "worksites") | {"services": rows}
    return render(request, "careerplan/worksites.html", context)


@require_GET
def update_log(request, pk):
    page = plan_page(request, pk)
    context = plan_context(request, page, "log")
    if page.plan is not None:
        context |= log_context(request, page.plan)
    return render(request, "careerplan/update_log.html", context)


def log_context(request, plan):
    kind, person = request.GET.get("kind", ""), request.GET.get("by", "")
    place = Place.read(read_cursor(request.GET.get("after", ""), LOG_KEYS))
    entries = entries_of(
        plan.pk, rows=LOG_ROWS + 1, after=place, kind=kind, user_id=int(person) if person.isdecimal() else None
    )
    more = len(entries) > LOG_ROWS
    entries = entries[:LOG_ROWS]
    last = cursor(entries[-1], LOG_KEYS) if more else ""
    return {
        "entries": entries,
        "kinds": kinds(),
        "people": people_of(plan.pk),
        "kind": kind,
        "person": person,
        "next_url": address(request, after=last) if more else None,
        "first_url": address(request) if place else None,
    }


# --- the customer's own pages -----------------------------------------------------------------


def own_customer(request) -> Customer:
    """The record of the person who is signed in; 404 for staff."""
    return get_object_or_404(Customer.objects.select_related("planner", "office"), user=request.user)


@require_GET
def my_dashboard(request):
    """What waits for me, my plan in plain language, my messages."""
    customer = own_customer(request)
    seals = Seal.objects.valid().visible_to(request.user).filter(version__plan__customer=customer)
    active = seals.filter(version__state="active").select_related("version__plan", "acknowledgment")
    active = active.order_by("-id").first()
    waiting = AcknowledgmentRequest.objects.visible_to(request.user).waiting()
    context = {
        "customer": customer,
        "waiting": waiting.filter(seal__version__plan__customer=customer).select_related("seal__version").first(),
        "active": active,
        "closed": active.version.plan if active and not active.version.plan.is_open else None,
        "rows": plan_rows(active.contents) if active else None,
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


# --- help and the trial -----------------------------------------------------------------------


@login_not_required
@require_GET
def page_of_text(request, template):
    return render(request, template)


@require_GET
def trial_mail(request):
    """The e-mails that the trial wrote to its folder, newest first, for the administrator."""
    if not (settings.TRIAL or settings.DEBUG):
        raise Http404
    require_staff(request)
    if request.user.role != Role.ADMINISTRATOR:
        raise PermissionDenied
    files = sorted(settings.MAIL_DIR.glob("*.log"), key=written_at, reverse=True)[:100]
    letters = [letter for file in files for letter in read_letters(file)]
    return render(
        request, "careerplan/trial_mail.html", {"letters": letters, "folder": settings.MAIL_DIR, "nav_section": "mail"}
    )


def written_at(file):
    return file.stat().st_mtime_ns


def read_letters(file):
    """The letters of one file of Django's file-based e-mail backend."""
    found = []
    for text in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
        if text.strip():
            letter = email.message_from_bytes(text, policy=email.policy.default)
            body = letter.get_body(("plain",))
            found.append(
                {
                    "to": letter["To"],
                    "subject": letter["Subject"],
                    "date": letter["Date"],
                    "body": body.get_content() if body else "",
                }
            )
    return found
