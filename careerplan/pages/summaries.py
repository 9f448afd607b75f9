"""The Assessment Summary tab: every summary that was saved, with who wrote it and when (ILL-052, ILL-054)."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.base.keyset import page_of
from careerplan.plans.pages import plan_context, plan_page
from customers.models import AssessmentSummary

# On a page: each is up to 4,000 characters long.
SUMMARIES = 10


@require_GET
def assessment_summaries(request, pk):
    """Newest first; the newest is the one that is printed."""
    page = plan_page(request, pk)
    rows = AssessmentSummary.objects.visible_to(request.user).filter(customer=page.customer)
    found = page_of(rows.select_related("written_by"), request, keys=["-written_at", "-id"], rows=SUMMARIES)
    context = plan_context(request, page, "assessment") | {"part": "summaries", "found": found}
    return render(request, "careerplan/assessment_summaries.html", context)
