"""What is left of a limit, as one types; and what is said where an amount that was saved is over one that warns."""

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from careerplan.base.readable import dollars
from careerplan.plans.pages import started_page
from services.classes.forms import form_of
from services.limits.left import left_of
from services.limits.spending import is_support
from services.selected import planned_of


@require_POST
def service_limit(request, pk, service_pk):
    """The box beside the amount, with what the form says now. Nothing is saved."""
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    grantee = page.customer.office.grantee.name
    form = form_of(planned.service)(request.POST, row=planned, grantee=grantee, by=request.user)
    told = {"left": form.left, "together": form.together} if is_support(planned) else {}
    return render(request, "services/_limits.html", told)


def warn_of_limits(request, planned):
    """Once the service is saved: by how much it is over a limit that lets it pass."""
    for row in left_of(planned):
        if row.stands.is_over:
            words = _("This is %(over)s over the limit: %(limit)s. It was saved all the same.")
            messages.warning(request, words % {"over": dollars(str(row.stands.over)), "limit": row.words})
