"""The desired career path as it stands, and who changed it last (ILL-040 to ILL-044)."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from careerplan.accounts.models import User
from careerplan.base.history.rows import history_model
from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from customers.models import Customer
from goals.models import CareerPath, Occupation

# By the name in an address: the column of an occupation.
OCCUPATIONS = {"first": "occupation_1", "second": "occupation_2"}


class LastChange(NamedTuple):
    """`by_customer`: whether it was the customer's own."""

    by: User
    at: datetime
    by_customer: bool


def paths_of(customer: int) -> QuerySet[CareerPath]:
    rows: QuerySet[CareerPath] = CareerPath.objects.filter(customer=customer)
    return rows.select_related("pathway", "occupation_1", "occupation_2")


PATHS = PreparedRows(paths_of)


def path_of(customer: Customer) -> CareerPath | None:
    """One query."""
    return next(iter(PATHS.read(customer.pk)), None)


def occupations_of(path: CareerPath | None) -> list[Occupation]:
    return [row for row in (path.occupation_1, path.occupation_2) if row is not None] if path is not None else []


def last_changes(customer: int) -> QuerySet[Any]:
    path = CareerPath.objects.filter(customer=customer).values("pk")
    rows: QuerySet[Any] = history_model(CareerPath).objects.filter(id__in=path, history_user__isnull=False)
    return rows.select_related("history_user").order_by("-history_id")[:1]


WITH_CHANGE = PreparedTogether(PATHS, PreparedRows(last_changes))


def path_and_change(customer: Customer) -> tuple[CareerPath | None, LastChange | None]:
    """The path, and who changed it last. One query."""
    paths, entries = WITH_CHANGE.read(customer.pk)
    return path_with_change(paths, entries, customer)


def path_with_change(
    paths: list[CareerPath], entries: list[Any], customer: Customer
) -> tuple[CareerPath | None, LastChange | None]:
    """Of what `paths_of` and `last_changes` have found."""
    found = [LastChange(row.history_user, row.history_date, row.history_user_id == customer.user_id) for row in entries]
    return next(iter(paths), None), next(iter(found), None)
