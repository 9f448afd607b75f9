"""What is being typed into a form: kept as it is typed, and forgotten where the person says so (base.drafts)."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from careerplan.base import clock, drafts
from careerplan.base.dates import time_in_text
from careerplan.base.lost import page_before
from careerplan.base.models import FormDraft

PLAIN = "text/plain; charset=utf-8"


@require_POST
def draft_keep(request):
    """Keep what is being typed; the answer is the sentence that the form shows."""
    now = clock.now()
    try:
        kept = drafts.keep(request.user.pk, request.GET.get("form", ""), request.POST, at=now)
    except drafts.TooLong:
        words = _("This is too long to be kept as a draft. Save the form before you leave this page.")
        return HttpResponse(words, content_type=PLAIN, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not kept:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    words = _("Draft saved at %(time)s") % {"time": time_in_text(now)}
    return HttpResponse(words, content_type=PLAIN)


@require_POST
def draft_drop(request):
    """Forget the draft of a form and open the form without it."""
    path = request.POST.get("form", "")
    FormDraft.objects.filter(user=request.user, path=path).delete()
    if request.META.get("HTTP_REFERER"):
        return redirect(page_before(request))
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if safe else "home")
