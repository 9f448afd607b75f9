"""The planner's side of the desk: the code is shown, the page follows what becomes of it, the screen is handed over."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from acknowledgments.desk import actions
from acknowledgments.desk.codes import code_of, in_two
from acknowledgments.desk.standing import MOVING, Standing, standing_of
from acknowledgments.models import AcknowledgmentRequest, DeskSigning
from acknowledgments.views.held import hold
from careerplan.accounts.language import keep_for_browser
from careerplan.base import clock
from careerplan.base.dates import time_in_text
from careerplan.base.events import note_event
from careerplan.base.refusals import Refusal
from careerplan.plans.pages import plan_context, started_page

# Who reads a plan for longer than this is not watched any more: the page says to look again.
WATCHED_FOR = timedelta(hours=1)
SECONDS = 3


@dataclass(frozen=True)
class Shown:
    """A code as it stands on the page. `place`: where the letters are typed."""

    letters: str
    square: str
    place: str


def shown_code(request, desk):
    """To the planner's own session alone, while it opens anything; None anywhere else."""
    if not desk.session_key or desk.session_key != request.session.session_key or desk.planner_id != request.user.pk:
        return None
    code = code_of(desk.seed, desk.session_key)
    address = request.build_absolute_uri(reverse("desk:open", args=[code]))
    place = urlsplit(request.build_absolute_uri(reverse("desk:code")))
    square = segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=2, dark="#1b1b1b")
    return Shown(in_two(code), square, f"{place.netloc}{place.path.rstrip('/')}")


@require_GET
def desk(request, pk):
    """What waits, how far the customer came, and the code; asked again every few seconds until it is signed."""
    page = started_page(request, pk)
    is_part = request.headers.get("HX-Request") == "true"
    rows = DeskSigning.objects.with_all().filter(request__seal__version__plan=page.plan)
    found = rows.order_by("-pk").first()
    asked = waiting_request(page)
    if asked is None and (found is None or found.signed_at is None):
        place = reverse("plan:agreement", args=[pk])
        return HttpResponseClientRedirect(place) if is_part else redirect(place)
    at = clock.now()
    is_former = asked is not None and found is not None and found.request_id != asked.pk
    standing = None if found is None or is_former else standing_of(found, at=at)
    moves = standing in MOVING and at - found.made_at < WATCHED_FOR
    if is_part and moves and request.GET.get("shown") == standing:
        return HttpResponse(status=204)
    context = plan_context(request, page, "agreement") | {
        "desk": found if standing else None,
        "standing": standing,
        "moves": moves,
        "seconds": SECONDS,
        "until": time_in_text(found.expires_at) if found else "",
        "steps": STEPS.get(standing, 1),
        "code": shown_code(request, found) if standing == Standing.WAITING else None,
        "asked": asked,
        "version": (asked or found.request).seal.version,
    }
    return render(request, "acknowledgments/desk.html", context)


# Which step of the course is the present one.
STEPS = {Standing.WAITING: 2, Standing.OPENED: 3, Standing.CONFIRMED: 4, Standing.SIGNED: 6}


def waiting_request(page):
    """The customer's own acknowledgment that the newest version waits for; None where it waits for none."""
    if page.current is None or not page.current.is_awaiting:
        return None
    rows = AcknowledgmentRequest.objects.select_related("seal__version__plan__customer__user")
    return rows.filter(seal__version=page.current, seal__voided_at=None, withdrawn_at=None, answered_at=None).first()


def request_to_sign(page):
    """Raises Refusal."""
    asked = waiting_request(page)
    if asked is None:
        raise Refusal("not-waiting", _("This version does not wait for the customer any more. Open the plan again."))
    return asked


@require_POST
def desk_code(request, pk):
    page = started_page(request, pk)
    show(request, request_to_sign(page))
    return redirect("plan:desk", pk)


def show(request, asked):
    """Beside this very session, which a planner has who is signed in."""
    made = actions.show_code(asked, session_key=request.session.session_key or "", by=request.user, at=clock.now())
    note_event("desk-code-shown", request, key=made.pk)


@require_POST
def hand_over(request, pk):
    """The planner is signed out of this browser, which shows this one plan from here on, in the customer's language."""
    page = started_page(request, pk)
    made = actions.hand_over(request_to_sign(page), by=request.user, at=clock.now())
    note_event("desk-handed-over", request, key=made.pk)
    hold(request, made, locked=True)
    response = redirect("desk:plan")
    person = made.request.seal.version.plan.customer.user
    if person is not None:
        keep_for_browser(response, person)
    return response
