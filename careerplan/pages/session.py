"""Where each person begins, and what keeps a session going."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from careerplan.accounts.models import Office
from careerplan.accounts.permissions import is_administrator


@login_not_required
@require_GET
def home(request):
    """Where each person begins."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.user.is_customer:
        return redirect("my:dashboard")
    if is_administrator(request.user) and not Office.objects.exists():  # a state begins
        return redirect("agency")
    return redirect("today" if request.user.edits_plans else "customers:list")


@login_not_required
@never_cache
@require_GET
def session_token(request):
    """A fresh token for a page that was opened before its person signed in anew; the page compares whose it is."""
    return JsonResponse({"token": get_token(request), "person": str(request.user.pk or "")})


@require_POST
def session_extend(request):
    request.session.modified = True
    return HttpResponse(status=204)
