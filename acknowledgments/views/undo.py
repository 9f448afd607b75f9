"""Undo beside the message that something left the plan, of whatever kind it is."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from acknowledgments.contents.items import KINDS
from careerplan.base import clock
from careerplan.plans.pages import started_page
from careerplan.plans.rows import put_back

BY_SLUG = {kind.slug: kind for kind in KINDS}


@require_POST
def undo_removal(request, pk, kind, item_pk):
    """Put a removed item back."""
    page = started_page(request, pk)
    if kind not in BY_SLUG:
        raise Http404
    found = BY_SLUG[kind]
    item = get_object_or_404(found.rows.objects.visible_to(request.user).filter(plan=page.plan), pk=item_pk)
    put_back(found, item, by=request.user, at=clock.now())
    messages.success(request, _("It is back in the plan."))
    return redirect(f"plan:{found.page}", pk)
