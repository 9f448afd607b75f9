"""The supervisor's pages: without a sign-in, by a secret address and a code.

Why so: docs/adr/0030-a-supervisor-answers-by-a-link.md.
"""

from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.accounts.tries import TOO_MANY, take_back
from careerplan.base import clock, drafts
from careerplan.base.client import address_of
from careerplan.base.events import note_event
from careerplan.base.lost import OWN_PAGE, rows_of, sent_from_here
from careerplan.base.models import FormDraft
from careerplan.base.pages import form_page
from careerplan.base.refusals import Refusal
from worksites.evaluations import answering
from worksites.evaluations.answering import Supervisor
from worksites.evaluations.enums import LinkStanding
from worksites.evaluations.forms import CodeForm, EvaluationForm, HoursForm
from worksites.evaluations.opened import has_sent, is_what_was_sent, note_sent, opened_as, remember
from worksites.evaluations.reading import lines_of
from worksites.evaluations.tries import count_code

# The address is as good as the answer: no search engine keeps it, and no page that follows is told it. Its host is
# told all the same ("strict-origin"): without it browsers name no origin, and forms are refused (CSRF).
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "strict-origin"}
STATUS = {
    LinkStanding.ANSWERED: HTTPStatus.GONE,
    LinkStanding.OVER: HTTPStatus.GONE,
    LinkStanding.REPLACED: HTTPStatus.GONE,
    LinkStanding.NOT_PLACED: HTTPStatus.GONE,
    LinkStanding.WITHDRAWN: HTTPStatus.GONE,
    LinkStanding.LOCKED: HTTPStatus.FORBIDDEN,
}
# What was typed into the questions, as the form of the code carries it.
CARRIED = "typed"


def by_link(page):
    """For whoever has the address of a link that waits; else a page that says why not, and nothing of whom."""

    @login_not_required
    @require_http_methods(["GET", "POST"])
    @wraps(page)
    def with_headers(request, secret):
        response = answer(request, secret)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def answer(request, secret):
        link = answering.link_of(secret)
        if link is None:
            sentence = _("This link opens nothing. Look whether the address is whole, or ask the career planner.")
            return closed(request, sentence, HTTPStatus.NOT_FOUND)
        if has_sent(request, link, at=clock.now()):
            return thanks(request, link)
        try:
            answering.refuse_settled(link, at=clock.now())
            return page(request, link, secret)
        except Refusal as refusal:
            if refusal.code not in STATUS:
                raise
            return closed(request, refusal.sentence, STATUS[LinkStanding(refusal.code)], link)

    return with_headers


def thanks(request, link):
    """With what was typed once it was answered, to copy: a browser goes back to the form, and sends it again."""
    typed = typed_in(request)
    data = QueryDict("" if is_what_was_sent(request, link, typed) else typed)
    context = {"link": link, "lines": lines_of(link), "typed": rows_of(data, fields_sent(link, data)) if data else []}
    return render(request, "worksites/evaluations/thanks.html", context)


def closed(request, sentence, status, link=None):
    """With what was typed, to copy: it is kept nowhere."""
    data = QueryDict(typed_in(request))
    context = {"sentence": sentence, "typed": rows_of(data, fields_sent(link, data)) if link and data else []}
    return render(request, "worksites/evaluations/closed.html", context, status=status)


def again(page):
    """The page has its own answer where the token of its form ended: itself, with what was typed."""
    setattr(page, OWN_PAGE, sent_without_a_token)
    return page


@by_link
def sent_without_a_token(request, link, secret):
    """Nothing is done. What another site sends is not shown."""
    typed = typed_in(request) if sent_from_here(request) else ""
    name = opened_as(request, link, at=clock.now())
    if name is None:
        form = CodeForm(initial={"name": request.POST.get("name", "")} if typed_here(request) else None)
        page = code_page(request, link, secret, form, typed, in_vain=True)
    else:
        page = filled(request, link, secret, name, typed)
    page.status_code = HTTPStatus.FORBIDDEN
    return page


@again
@by_link
def supervisor(request, link, secret):
    """Whom it is about, in few words, and the code."""
    typed = typed_in(request)
    name = opened_as(request, link, at=clock.now())
    if name is not None:
        return filled(request, link, secret, name, typed) if typed else redirect("supervisor-answer", secret)
    form = CodeForm(request.POST or None)
    status = None
    if request.method == "POST" and form.is_valid():
        try:
            opened(request, link, **form.cleaned_data)
            if typed:
                return filled(request, link, secret, form.cleaned_data["name"], typed)
            return redirect("supervisor-answer", secret)
        except Refusal as refusal:
            if refusal.code in STATUS:
                raise
            form.refuse(refusal)
            status = HTTPStatus.TOO_MANY_REQUESTS if refusal.code == TOO_MANY else None
    page = code_page(request, link, secret, form, typed)
    page.status_code = status or page.status_code
    return page


def code_page(request, link, secret, form, typed, *, in_vain=False):
    """`typed`: what was typed into the form behind it, which it carries along; `in_vain`: something was sent."""
    context = {"link": link, "about": first_names(link), "typed": typed, "action": reverse("supervisor", args=[secret])}
    context["unsent"] = kept_to_type_on(typed) if typed or in_vain else ""
    return form_page(request, "worksites/evaluations/code.html", form, context)


def kept_to_type_on(typed):
    if typed:
        return _(
            "Nothing was sent yet. We kept what you typed: enter the code and your name once more, and it stands in "
            "the form again."
        )
    return _("Nothing was sent yet. Enter the code and your name.")


def opened(request, link, code, name):
    """Raises Refusal."""
    at = clock.now()
    tried = count_code(request, at=at)
    try:
        answering.open_with_code(link, code, at=at)
    except Refusal as refusal:
        note_event("supervisor-code-wrong", request, key=link.pk, why=refusal.code)
        raise
    take_back(tried, at=at)
    remember(request, link, name, at=at)
    note_event("supervisor-opened", request, key=link.pk)


@again
@by_link
def supervisor_answer(request, link, secret):
    """The questions, once the code was right in this browser."""
    name = opened_as(request, link, at=clock.now())
    if name is None and request.method == "POST":
        page = code_page(request, link, secret, CodeForm(), typed_in(request), in_vain=True)
        page.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return page
    if name is None:
        return redirect("supervisor", secret)
    by = Supervisor(name, address_of(request), request.META.get("HTTP_USER_AGENT", ""))
    form = form_of(link, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep(link, form, by=by)
        except Refusal as refusal:
            if refusal.code in STATUS:
                raise
            form.refuse(refusal)
        else:
            note_sent(request, link, typed_in(request))
            note_event("supervisor-answered", request, key=link.pk)
            return redirect("supervisor", secret)
    return answer_page(request, link, secret, name, form)


def filled(request, link, secret, name, typed):
    """The questions with what was typed before, to be looked over and sent."""
    form = form_of(link)
    drafts.fill(form, FormDraft(data=typed))
    return answer_page(request, link, secret, name, form, in_vain=True)


def answer_page(request, link, secret, name, form, *, in_vain=False):
    template = "worksites/evaluations/hours.html" if link.is_of_hours else "worksites/evaluations/evaluation.html"
    action = reverse("supervisor-answer", args=[secret])
    context = {"link": link, "about": first_names(link), "name": name, "action": action}
    context["unsent"] = _("Nothing was sent yet. Look over what you typed, and send it.") if in_vain else ""
    return form_page(request, template, form, context)


def form_of(link, data=None):
    if link.is_of_hours:
        return HoursForm(data, link=link)
    return EvaluationForm(data, definitions=answering.questions())


def fields_sent(link, data):
    return (HoursForm if link.is_of_hours else EvaluationForm).fields_sent(data)


def typed_here(request):
    """Whether the form of the code was sent."""
    return "code" in request.POST


def typed_in(request):
    """What was typed into the questions: sent just now, or carried along with the code."""
    if typed_here(request):
        return request.POST.get(CARRIED, "")[: drafts.LIMIT_CHARACTERS]
    sent = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    return urlencode(sent, doseq=True)


def keep(link, form, *, by):
    """Raises Refusal."""
    if link.is_of_hours:
        answering.confirm_hours(link, form.cleaned_data["hours"], by=by, at=clock.now())
    else:
        answering.evaluate(link, form.said(), by=by, at=clock.now())


def first_names(link):
    """The first name and a letter of the last one: enough for who works with the person, and little for others."""
    customer = link.customer
    return f"{customer.first_name} {customer.last_name[:1]}."
