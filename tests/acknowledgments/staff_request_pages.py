"""Requests among staff as the pages take them: the draft of a shared plan, the question and the answer."""

from django.urls import reverse

from acknowledgments.models import StaffRequest
from careerplan.accounts.models import User
from careerplan.messaging.models import Message
from careerplan.plans.actions import open_review
from tests import states
from tests.markup import Page
from tests.people import planner, youth_planner
from tests.rows import changed, everything
from tests.shared_plans import shared_angela

ELECTRICIAN = "47-2111"


def posted(client, request, *, approves="yes", note="", by=None):
    client.force_login(by or youth_planner())
    return client.post(reverse("requests:request", args=[request.pk]), {"approves": approves, "note": note})


def written(before):
    """What was written since, but that somebody signed in."""
    return {model: rows for model, rows in changed(before, everything()).items() if model is not User}


def told(recipient, kind, request):
    return Message.objects.get(recipient=recipient, kind=kind, path=reverse("requests:request", args=[request.pk]))


def newest_request():
    return StaffRequest.objects.select_related("plan", "customer", "asked_by").order_by("-id")[0]


def draft():
    open_review(states.plan_of(shared_angela()), by=planner(), at=states.now())


def row_of(client, by, table):
    client.force_login(by())
    return Page(client.get(reverse("requests:list"))).table(table)[0]
