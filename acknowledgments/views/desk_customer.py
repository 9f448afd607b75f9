"""The customer's side of the desk: the code is typed, who it is is confirmed; then the plan opens as it always does."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from acknowledgments.desk import actions
from acknowledgments.desk.tries import count_code
from acknowledgments.enums import DeskEnd
from acknowledgments.forms.desk import CodeForm, IdentityForm
from acknowledgments.views.held import SIGNED, ended, held_by, hold, let_go
from careerplan.accounts.tries import TOO_MANY, take_back
from careerplan.base import clock
from careerplan.base.events import note_event
from careerplan.base.pages import form_page
from careerplan.base.refusals import Refusal


@login_not_required
@require_http_methods(["GET", "POST"])
def code(request, letters=""):
    """The six letters, typed, or brought by the square code. They are looked at once they are sent: no preview of
    the address uses them up."""
    form = CodeForm(request.POST or None, initial={"code": letters})
    context = {"is_brought": bool(letters)}
    if request.method == "POST" and form.is_valid():
        try:
            opened(request, form.cleaned_data["code"])
        except Refusal as refusal:
            form.refuse(refusal)
            page = form_page(request, "acknowledgments/desk_code.html", form, context)
            if refusal.code == TOO_MANY:
                page.status_code = HTTPStatus.TOO_MANY_REQUESTS
            return page
        return redirect("desk:plan")
    return form_page(request, "acknowledgments/desk_code.html", form, context)


def opened(request, typed):
    """Raises Refusal."""
    at = clock.now()
    tried = count_code(request, at=at)
    by = request.user if request.user.is_authenticated else None
    try:
        desk = actions.open_with_code(typed, by=by, at=at)
    except Refusal:
        note_event("desk-code-wrong", request)
        raise
    take_back(tried, at=at)
    hold(request, desk, locked=by is None and actions.by_birth_date(desk))
    note_event("desk-opened", request, key=desk.pk)


@login_not_required
@require_http_methods(["GET", "POST"])
def plan(request):
    """Is this you? Until that is confirmed, nothing is shown but who asks."""
    held = held_by(request)
    if held is None:
        return redirect("desk:code")
    if request.user.is_authenticated and not actions.is_for(held.desk, request.user):
        ended(request, held, DeskEnd.LEFT)
        let_go(request, held)
        return render(request, "refused.html", {"sentence": actions.not_opened().sentence}, status=403)
    if request.user.is_authenticated or held.is_confirmed:
        return redirect(held.desk.request.path)
    context = {"held": held, "planner": first_name_and_letter(held.desk.planner)}
    if not actions.by_birth_date(held.desk):
        return render(request, "acknowledgments/desk_sign_in.html", context)
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm(request, held, form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(held.desk.request.path)
    return form_page(request, "acknowledgments/desk_identity.html", form, context)


def confirm(request, held, found):
    """Raises Refusal."""
    try:
        desk = actions.confirm_birth_date(held.desk, born=found["born"], email=found["email"], by=None, at=clock.now())
    except Refusal as refusal:
        note_event("desk-identity-wrong", request, key=held.desk.pk, why=refusal.code)
        raise
    hold(request, desk, locked=True, confirmed=True)
    rotate_token(request)
    note_event("desk-confirmed", request, key=desk.pk, user_id=held.customer.user_id)


def first_name_and_letter(person):
    """Enough for who sits there to know whom it is from."""
    return f"{person.first_name} {person.last_name[:1]}." if person.first_name and person.last_name else str(person)


@login_not_required
@require_POST
def back(request):
    """Not me, or not now; and a screen goes back to its planner, who signs in again."""
    held = held_by(request)
    if held is None:
        return redirect("desk:code")
    by = request.user if request.user.is_authenticated else None
    actions.end(held.desk, DeskEnd.LEFT, by=by, at=clock.now())
    note_event("desk-left", request, key=held.desk.pk)
    let_go(request, held, keeps_lock=held.is_tablet)
    return redirect("account_login" if held.is_tablet else "desk:code")


@login_not_required
@require_GET
def done(request):
    """After signing in a browser that held this plan alone: nothing of it is shown any more. Who only types this
    address reads of no signature."""
    if SIGNED not in request.session:
        return redirect("desk:plan")
    held = held_by(request)
    return render(request, "acknowledgments/desk_done.html", {"is_tablet": held is not None and held.is_tablet})
