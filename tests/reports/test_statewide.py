"""The state's counts by region."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.accounts.models import Region, User
from careerplan.plans.models import PlanVersion
from careerplan.reports.counts import counts_by_region
from customers.models import Customer

pytestmark = pytest.mark.django_db


def test_the_counts_of_each_region_are_those_of_a_plain_count(people):
    today = timezone.localdate()
    for row in counts_by_region(on=today):
        versions = PlanVersion.objects.filter(plan__customer__office__region=row, plan__state="open")
        assert row.customers == Customer.objects.filter(office__region=row).count()
        assert row.drafts == versions.filter(state="draft").count()
        assert row.awaiting == versions.filter(state="awaiting").count()
        assert row.active == versions.filter(state="active").count()
        assert row.overdue == versions.filter(state="active", next_review_on__lt=today).count()


def test_the_page_adds_the_regions_up(client, people):
    client.force_login(User.objects.get(username="statewide"))
    page = client.get(reverse("reports:statewide"))
    whole = counts_by_region(on=timezone.localdate())
    assert list(page.context["rows"]) == list(whole)
    for name, total in page.context["totals"].items():
        assert total == sum(getattr(row, name) for row in whole)
    assert page.context["totals"]["customers"] == Customer.objects.count()


def test_every_region_is_listed_once_by_name(people):
    names = [row.name for row in counts_by_region(on=timezone.localdate())]
    assert names == sorted(Region.objects.values_list("name", flat=True))


def test_a_review_is_overdue_from_the_day_after_it_was_due(people):
    version = PlanVersion.objects.filter(state="active").first()
    due = version.next_review_on
    region = version.plan.customer.office.region

    def overdue(on):
        return counts_by_region(on=on).get(pk=region.pk).overdue

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
    client.force_login(User.objects.get(email="statewide@careerplan.test"))
    client.get(reverse("reports:statewide"))
    with django_assert_max_num_queries(4):
        client.get(reverse("reports:statewide"))
