"""The list of eligible training providers, as staff look it up."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.base.addresses import key_asked, search_asked
from careerplan.base.keyset import page_of
from careerplan.base.searching import with_words
from services.providers.models import ApprovedCredential, TrainingProgram
from services.providers.rights import may_keep_list

PAGE_ROWS = 30


@require_GET
def providers(request: Any) -> Any:
    if request.user.is_customer:
        raise Http404
    words = search_asked(request.GET)
    rows = TrainingProgram.objects.offered().select_related("provider", "occupation")
    approved = ApprovedCredential.objects.offered().order_by("name")
    if program := key_asked(request.GET, "program"):
        rows = rows.filter(pk=program)
    rows = rows.filter(with_words(words, ("name", "code", "provider__name"))).prefetch_related(
        Prefetch("credentials", approved, to_attr="approved")
    )
    page = page_of(rows, request, keys=["name", "id"], rows=PAGE_ROWS)
    context = {"page": page, "words": words, "may_import": may_keep_list(request.user)}
    return render(request, "services/providers.html", context)
