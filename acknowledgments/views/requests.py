"""Requests among staff: asking, the list of what waits for whom, and the answers."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.agreement.talking import versions_talked_about
from acknowledgments.approvals import requests as approvals
from acknowledgments.approvals.questions import question_for
from acknowledgments.forms.agreement import AnswerForm, AskForm
from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.base import clock
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import NotAllowed
from careerplan.plans.pages import plan_context, plan_page
from customers.pages import require_staff

SHOWN = 50


@require_http_methods(["GET", "POST"])
def ask(request, pk, kind):
    """Ask those who have to approve an action; its arguments stand in the address."""
    page = plan_page(request, pk)
    if not page.may_edit:
        raise NotAllowed("not-an-editor", _("Only the customer's career planners can do this."))
    question = question_for(kind, page, words_of(request), request.user)
    form = AskForm(request.POST or None)

    def send():
        return approvals.ask(question, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, send, _("The request was sent. You will get a message when it is answered.")):
        return redirect("requests:list")
    context = plan_context(request, page, "agreement") | {"question": question}
    return form_page(request, "acknowledgments/ask.html", form, context)


def words_of(request):
    """What the address asks for, without the word by which the form shows what was typed before (base/drafts.py)."""
    words = request.GET.copy()
    words.pop("draft", None)
    return words


@require_GET
def requests(request):
    """What waits for my answer, and what I asked for."""
    require_staff(request)
    answers = StaffAnswer.objects.select_related("approver", "passed_to").order_by("id")
    rows = StaffRequest.objects.select_related("customer", "asked_by", "passed_to")
    rows = rows.prefetch_related(Prefetch("answers", answers))
    waiting = StaffAnswer.objects.waiting_for(request.user)
    visible = rows.visible_to(request.user)
    asked = visible.asked_by_person(request.user)
    context = {
        "mine": rows.filter(pk__in=waiting.values("request")).order_by("asked_at", "id")[:SHOWN],
        "asked": asked.order_by("-asked_at", "-id")[:SHOWN],
        "talked_about": versions_talked_about(request.user, most=SHOWN),
        "others": visible.waiting().exclude(pk__in=asked.values("pk")).order_by("-asked_at", "-id")[:SHOWN],
        "nav_section": "requests",
    }
    return render(request, "acknowledgments/requests.html", context)


def found_request(request, request_pk):
    """A request about a customer whom the person sees, or that waits for the person's own answer."""
    require_staff(request)
    rows = StaffRequest.objects.select_related("customer", "plan", "asked_by", "passed_to")
    waiting = StaffAnswer.objects.waiting_for(request.user).values("request")
    return get_object_or_404(rows.visible_to(request.user) | rows.filter(pk__in=waiting), pk=request_pk)


@require_http_methods(["GET", "POST"])
def staff_request(request, request_pk):
    """One request: what it asks, who waits for whom, and the answer of the one who is asked."""
    found = found_request(request, request_pk)
    waits_for_me = approvals.parts_of(found, request.user).exists()
    if request.method == "POST" and not request.user.edits_plans:
        raise NotAllowed("not-asked", _("Someone else was asked to approve this."))
    form = AnswerForm(request.POST or None)

    def answer():
        return approvals.answer(found, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, answer, _("Your answer was saved.")):
        still_seen = StaffRequest.objects.visible_to(request.user).filter(pk=request_pk).exists()
        return redirect("requests:request", request_pk) if still_seen else redirect("requests:list")
    context = {
        "asked": found,
        "answers": found.answers.select_related("approver", "passed_to", "program", "answered_by").order_by("id"),
        "waits_for_me": waits_for_me,
        "stands_in": waits_for_me and not StaffAnswer.objects.waiting_for(request.user).filter(request=found).exists(),
        "may_withdraw": found.is_waiting and found.asker == request.user,
        "nav_section": "requests",
    }
    return form_page(request, "acknowledgments/request.html", form, context)


@require_POST
def request_withdraw(request, request_pk):
    found = found_request(request, request_pk)
    approvals.withdraw(found, by=request.user, at=clock.now())
    messages.success(request, _("The request was taken back."))
    return redirect("requests:list")
