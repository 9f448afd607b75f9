"""A planned service, recorded as a planner does: its form, and the moves from status to status."""

from django.urls import reverse

from services.models import PlannedService
from services.moves.kinds import MOVES
from tests.markup import Page
from tests.people import angela

# What a move asks for, and the form of the service does not.
OF_MOVES = {"status", "never_provided_reason"}


def training():
    """Angela's course: started, under a goal, in a plan that is in force."""
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=angela(), service__code="TR-OST")


def path_of(row):
    return reverse("plan:service-edit", args=[row.plan.customer_id, row.pk])


def move_path(row, code):
    return reverse("plan:service-move", args=[row.plan.customer_id, row.pk, code])


def send(client, row, **values):
    """Save the form of the service; its page, or the form with its errors."""
    return posted(client, path_of(row), values)


def move(client, row, code, **values):
    """One of `services.moves.kinds`, with what it asks for."""
    return posted(client, move_path(row, code), values)


def posted(client, path, values):
    data = Page(client.get(path)).form(path)
    said = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    return client.post(path, data | said, follow=True)


def move_to(row, status):
    """The code of the move that leads there."""
    return next(move.code for move in MOVES if move.leads_to == status and row.status in move.of)
