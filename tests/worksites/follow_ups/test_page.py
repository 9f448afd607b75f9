"""The page of a follow-up: done, corrected and taken back in the browser's forms, from the placement and from Today."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from careerplan.base.dates import as_typed
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import administrator, angela, planner
from tests.worksites.follow_ups.done import NOT_EMPLOYED, after, do, placement_since
from worksites.models import FollowUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


@pytest.fixture
def row():
    return after(placement_since(31), 30)


def path_of(row, name="follow-up"):
    return reverse(name, args=[row.placement.customer.pk, row.pk])


def filled(client, row, **values):
    form = Page(client.get(path_of(row))).form(path_of(row))
    said = {"outcome": "same_employer", "hourly_wage": "16.50", "weekly_hours": "38", "verification": "employer"}
    return form | said | values


def test_today_is_offered_and_the_outcome_is_asked(client, row):
    form = Page(client.get(path_of(row))).form(path_of(row))
    assert form["done_on"] == as_typed(states.today())
    assert form["outcome"] == ""
    answer = client.post(path_of(row), form)
    assert answer.status_code == 422
    assert "Choose the outcome." in Page(answer).words


def test_it_is_recorded_and_leads_back_to_the_placement(client, row):
    answer = client.post(path_of(row), filled(client, row), follow=True)
    assert (
        answer.redirect_chain[0][0]
        == reverse("placement", args=[row.placement.customer.pk, row.placement_id]) + "#follow-ups"
    )
    assert "The follow-up was recorded." in Page(answer).words
    row.refresh_from_db()
    assert (row.outcome, row.done_by) == ("same_employer", planner())


def test_the_page_says_of_which_placement_and_how_late_it_is(client, row):
    words = Page(client.get(path_of(row))).words
    place = row.placement.job.worksite
    assert f"{row.placement.job.title}, {place.name} ({place.employer.name})" in words
    assert f"Due on {date_format(row.due_on)}. 1 day late" in words
    assert "$15.00 an hour, 40 hours a week" in words
    assert "Rosa Marsh, 217-555-0177" in words


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"hourly_wage": ""}, "Enter the hourly wage."),
        ({"weekly_hours": ""}, "Enter the hours a week."),
        ({"verification": ""}, "Choose how it was verified."),
        ({"done_on": "01/01/2020"}, "The placement started on"),
        ({"done_on": "13/45/2020"}, "Enter a real day"),
        ({"hourly_wage": "fifteen"}, "Enter one amount in dollars"),
        ({"outcome": "not_employed"}, "Leave this empty, or choose that the customer is employed."),
    ],
)
def test_what_can_not_be_is_told_and_what_was_typed_stays(client, row, values, sentence):
    answer = client.post(path_of(row), filled(client, row, notes="Spoke with Rosa.", **values))
    page = Page(answer)
    assert answer.status_code == 422
    assert sentence in page.words
    assert page.form(path_of(row))["notes"] == "Spoke with Rosa."


def test_it_is_corrected_on_the_same_page(client, row):
    do(row)
    page = Page(client.get(path_of(row)))
    assert "Still employed there, $16.50 an hour, 38 hours a week (Pay stub seen)" in page.words
    none = {name: value or "" for name, value in NOT_EMPLOYED.items()}
    answer = client.post(path_of(row), page.form(path_of(row)) | none, follow=True)
    assert "The follow-up was corrected." in Page(answer).words
    row.refresh_from_db()
    assert row.outcome == "not_employed"


def test_two_planners_see_both_texts(client, row):
    mine = filled(client, row)
    do(row, notes="Asked by phone.")
    answer = client.post(path_of(row), mine | {"notes": "Asked in person."})
    words = Page(answer).words
    assert "Nothing of theirs was overwritten." in words
    assert "Asked by phone." in words
    assert "Asked in person." in words


def test_it_is_taken_back_with_a_reason(client, row):
    do(row)
    path = path_of(row, "follow-up-take-back")
    form = Page(client.get(path)).form(path)
    assert "Enter why the follow-up is taken back." in Page(client.post(path, form)).words
    answer = client.post(path, form | {"reason": "Another customer."}, follow=True)
    assert "The follow-up was taken back. It waits again." in Page(answer).words
    row.refresh_from_db()
    assert not row.is_done
    assert client.get(path).status_code == 404


def test_its_page_says_what_was_recorded_before_and_why_it_was_taken_back(client, row):
    assert "What was recorded" not in Page(client.get(path_of(row))).words
    do(row)
    path = path_of(row, "follow-up-take-back")
    client.post(path, Page(client.get(path)).form(path) | {"reason": "Another customer."})
    page = Page(client.get(path_of(row)))
    taken, followed = [words_of(line) for line in page.root.xpath("//section[@id='history']/ol/li")]
    assert f"{planner()}: taken back" in taken
    assert "Why it was taken back: to Another customer." in taken
    assert "Outcome: to Still employed there" in followed
    assert "followed up" in followed


def test_it_is_recorded_after_the_plan_was_closed(client, row):
    placed.moved(row.placement, "terminate", ends_on=states.today(), termination_reason="completed")
    states.closed(row.placement.customer)
    answer = client.post(path_of(row), filled(client, row), follow=True)
    assert "The follow-up was recorded." in Page(answer).words


def test_who_may_only_read_sees_what_came_of_it_and_no_form(client, row):
    do(row)
    client.force_login(administrator())
    page = Page(client.get(path_of(row)))
    assert "Still employed there" in page.words
    assert "Back to the placement" in page.links()
    assert not page.root.xpath("//main//form")


def test_of_another_customer_or_of_what_never_began_there_is_no_page(client, row):
    assert client.get(reverse("follow-up", args=[angela().pk, row.pk])).status_code == 404
    placed.moved(row.placement, "not-started")
    assert client.get(path_of(row)).status_code == 404


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_pages_ask_as_much_of_many_follow_ups_as_of_few(client, row, settings):
    placement = reverse("placement", args=[row.placement.customer.pk, row.placement_id])
    few = [asked(client, path) for path in (path_of(row), placement)]
    settings.FOLLOW_UP_DAYS = tuple(range(1, 31))
    other = placement_since(31)
    for each in FollowUp.objects.filter(placement=other):
        do(after(other, each.days))
    row = after(other, 30)
    placement = reverse("placement", args=[row.placement.customer.pk, row.placement_id])
    assert [asked(client, path) for path in (path_of(row), placement)] == few
    assert max(few) <= 12
