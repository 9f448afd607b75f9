"""Which barriers a service answers: one that has left the plan is answered by nothing, and comes back as it was."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.working_copy import contents_of
from careerplan.plans.barriers import remove_barrier
from careerplan.plans.items import BARRIER
from careerplan.plans.models import Barrier
from careerplan.plans.rows import put_back
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db


def by_planner():
    return {"by": planner(), "at": states.now()}


@pytest.fixture
def review():
    """A draft of Angela's plan, in which a service answers a barrier, as in the version in force."""
    return states.reviewed(angela())


def related():
    return (
        PlannedService.objects.in_plan()
        .filter(plan__customer=angela(), barriers__removed_at=None)
        .exclude(barriers=None)[0]
    )


def removed(barrier):
    remove_barrier(barrier, removal="other", note="", **states.contact(), **by_planner())
    return Barrier.objects.select_related("plan", "category").get(pk=barrier.pk)


def test_a_barrier_that_leaves_is_related_to_no_service_and_the_log_says_so(client, review):
    service = related()
    barrier = service.barriers.select_related("plan", "category")[0]
    removed(barrier)
    assert not service.barriers.filter(pk=barrier.pk).exists()
    entry = service.history.latest("history_id")
    assert (entry.changes[0]["label"], entry.history_user) == ("related barriers", planner())
    assert str(barrier) in entry.changes[0]["from"]
    client.force_login(planner())
    log = Page(client.get(reverse("plan:log", args=[angela().pk])))
    assert "Related barriers:" in log.words


def test_undo_relates_it_again(review):
    service = related()
    barrier = service.barriers.select_related("plan", "category")[0]
    before = contents_of(review.plan, review)
    put_back(BARRIER, removed(barrier), **by_planner())
    assert contents_of(review.plan, review) == before
    assert service.barriers.filter(pk=barrier.pk).exists()


def test_so_does_deleting_the_draft(review):
    before = contents_of(review.plan, review)
    removed(related().barriers.select_related("plan", "category")[0])
    assert contents_of(review.plan, review).services != before.services
    states.deleted(review)
    assert contents_of(review.plan, review).services == before.services


def test_a_service_that_answered_it_no_more_is_not_related_again(review):
    service = related()
    barrier = service.barriers.select_related("plan", "category")[0]
    service.barriers.clear()
    put_back(BARRIER, removed(barrier), **by_planner())
    assert not service.barriers.exists()


def test_the_services_form_saved_as_it_stands_changes_nothing_after_a_barrier_left(client, review):
    service = related()
    write(service, notes="No bus runs to the school.")  # support without a barrier says why it is needed
    removed(service.barriers.select_related("plan", "category")[0])
    client.force_login(planner())
    path = reverse("plan:service-edit", args=[angela().pk, service.pk])
    before = everything()
    assert client.post(path, Page(client.get(path)).form(path)).status_code == 302
    assert changed(before, everything()) == {}
