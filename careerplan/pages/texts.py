"""Pages that only say something: help, accessibility, privacy."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def page_of_text(request, template):
    return render(request, template)
