"""What the page of a planned service shows beside its form, asked as one question."""

from typing import Any

from django.db.models import QuerySet

from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from customers.enums import NoteMatter
from customers.models import Assessment
from customers.notes.matters import notes_about
from services.costs.reading import lines_of_service


def costs(planned: int, _customer: int) -> QuerySet[Any]:
    return lines_of_service(planned)


def notes(planned: int, _customer: int) -> QuerySet[Any]:
    return notes_about(NoteMatter.SERVICE, planned)


def assessments(_planned: int, customer: int) -> QuerySet[Any]:
    return Assessment.objects.filter(customer=customer).order_by("-assessed_on", "-id")


BESIDE = PreparedTogether(PreparedRows(costs), PreparedRows(notes), PreparedRows(assessments))
