"""The form of a planned service, filled in as a planner does."""

from django.urls import reverse

from services.models import PlannedService
from tests.markup import Page
from tests.people import angela


def training():
    """Angela's course: started, under a goal, in a plan that is in force."""
    return PlannedService.objects.select_related("plan__customer").get(plan__customer=angela(), service__code="TR-OST")


def path_of(row):
    return reverse("plan:service-edit", args=[row.plan.customer_id, row.pk])


def send(client, row, **values):
    data = Page(client.get(path_of(row))).form(path_of(row))
    posted = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    return client.post(path_of(row), data | posted, follow=True)
