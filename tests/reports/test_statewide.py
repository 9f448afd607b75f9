"""The state's counts by region."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.accounts.models import Region, User
from careerplan.plans.models import PlanVersion
from careerplan.reports.counts import counts_by_region
from careerplan.reports.models import RegionCount
from careerplan.reports.tasks import count
from customers.models import Customer

pytestmark = pytest.mark.django_db


def numbers(rows):
    return [(row.region.name, *(getattr(row, name) for name in RegionCount.NUMBERS)) for row in rows]


def test_the_page_adds_the_regions_up(client, people):
    count()
    client.force_login(User.objects.get(username="statewide"))
    page = client.get(reverse("reports:statewide"))
    whole = counts_by_region(on=timezone.localdate())
    assert numbers(page.context["rows"]) == numbers(whole)
    for name, total in page.context["totals"].items():
        assert total == sum(getattr(row, name) for row in whole)
    assert page.context["totals"]["customers"] == Customer.objects.count()


def test_every_region_is_listed_once_by_name(people):
    names = [row.region.name for row in counts_by_region(on=timezone.localdate())]
    assert names == sorted(Region.objects.values_list("name", flat=True))


def test_a_review_is_overdue_from_the_day_after_it_was_due(people):
    version = PlanVersion.objects.filter(state="active").first()
    due = version.next_review_on
    region = version.plan.customer.office.region

    def overdue(on):
        [row] = [row for row in counts_by_region(on=on) if row.region == region]
        return row.overdue

    assert overdue(due + timedelta(days=1)) == overdue(due) + 1


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("statewide@careerplan.test", 200),
        ("admin@careerplan.test", 200),
        ("planner@careerplan.test", 403),
        ("davidkruse@noemail1234.com", 404),
    ],
)
def test_only_who_sees_every_region_sees_the_counts(client, people, email, status):
    client.force_login(User.objects.get(email=email))
    assert client.get(reverse("reports:statewide")).status_code == status


def test_the_page_asks_as_few_questions_for_many_regions(client, people, django_assert_max_num_queries):
    count()
    client.force_login(User.objects.get(email="statewide@careerplan.test"))
    client.get(reverse("reports:statewide"))
    with django_assert_max_num_queries(4):
        client.get(reverse("reports:statewide"))
