"""The customer's copies of the plan: the PDF as it was filed, and a page that waits for one that is being made."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from acknowledgments.filing.copies import copy_of
from acknowledgments.views.versions import filed_pdf, note_paper
from acknowledgments.views.waiting import tries_of, waiting
from careerplan.plans.models import PlanVersion
from customers.models import own_records


@require_GET
def my_paper(request, version_pk):
    """The customer's copy of the paper, as it was filed; of a plan that was just signed, a page that waits for it."""
    copy = own_copy(request, version_pk)
    if copy.is_filed:
        note_paper(request, copy.version)
        return filed_pdf(copy.paper.upload)
    context = waiting() | {"copy": copy, "nav_section": "my"}
    return render(request, "acknowledgments/my_paper.html", context)


@require_GET
def my_paper_ready(request, version_pk):
    """Whether the copy is filed: what a page that waits asks until it is."""
    context = waiting(tries_of(request)) | {"copy": own_copy(request, version_pk)}
    return render(request, "acknowledgments/_my_paper.html", context)


def own_copy(request, version_pk):
    """The customer's copy of a version; 404 where there is none, and none is on its way."""
    rows = PlanVersion.objects.visible_to(request.user).filter(plan__customer__in=own_records(request.user.pk))
    copy = copy_of(get_object_or_404(rows.select_related("plan"), pk=version_pk))
    if not copy.is_filed and copy.acknowledgment is None:
        raise Http404
    return copy
