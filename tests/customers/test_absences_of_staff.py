"""Whoever manages the staff enters an absence for somebody, and who leaves stands in for nobody any more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.accounts.duties import hanging_on
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.inbox import inbox
from careerplan.messaging.models import Absence, Message
from customers.absences import come_back, go_away
from customers.handing_over import switch_off
from customers.threads import write_to_planner
from tests import people, states
from tests.accounts.test_staff import local
from tests.markup import Page
from tests.rows import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = states.today()
WEEK = timedelta(days=7)


def away(*, stand_in, by=None, **days):
    person = people.planner()
    days = {"begins_on": TODAY, "ends_on": TODAY + WEEK} | days
    return go_away(person, **days, stand_in=stand_in, by=by or person, at=clock.now())


def left(person, successor=None):
    return switch_off(person, successor=successor, by=people.administrator(), at=clock.now())


def standing_in(person):
    return {str(entry.label): entry.number for entry in hanging_on(person)}.get(
        "Absences in which this person stands in"
    )


# --- who leaves ---------------------------------------------------------------------------------


def test_the_absences_of_who_leaves_go_to_the_successor_who_reads_and_is_told():
    customer = states.enrolled()
    message = write_to_planner(customer, subject="Hello", body="Hello", by=customer.user, at=clock.now())
    row, later = away(stand_in=people.statewide()), away(
        stand_in=people.statewide(), begins_on=TODAY + 2 * WEEK, ends_on=TODAY + 3 * WEEK
    )  # fmt: skip
    assert standing_in(people.statewide()) == 2
    left(people.statewide(), people.youth_planner())
    assert set(Absence.objects.filter(stand_in=people.youth_planner())) == {row, later}
    assert message in inbox(people.youth_planner(), on=TODAY)
    told = Message.objects.get(recipient=people.youth_planner(), kind=Notice.WORK_HANDED_OVER)
    assert "Absences in which this person stands in (2)" in told.body


def test_nobody_leaves_who_stands_in_while_nobody_takes_it():
    away(stand_in=people.statewide())
    before = everything()
    with pytest.raises(Refusal) as refused:
        left(people.statewide())
    assert refused.value.code == "successor-missing"
    assert everything() == before


@pytest.mark.parametrize(
    ("successor", "code"),
    [(people.planner, "successor-is-away"), (people.north_planner, "successor-does-not-see")],
    ids=["who is away", "who does not see the customers"],
)
def test_a_successor_who_could_not_stand_in_is_refused_in_words(successor, code):
    away(stand_in=people.statewide())
    with pytest.raises(Refusal) as refused:
        left(people.statewide(), successor())
    assert (refused.value.code, refused.value.field) == (code, "successor")
    assert people.statewide().is_active


def test_absences_that_are_over_or_were_ended_hang_on_nobody():
    come_back(away(stand_in=people.statewide()), by=people.planner(), at=clock.now())
    assert standing_in(people.statewide()) is None


# --- for somebody else ---------------------------------------------------------------------------


def test_a_local_administrator_enters_an_absence_for_somebody_and_ends_it(client):
    manager, person = local(), people.planner()
    client.force_login(manager)
    path = reverse("person-absence", args=[person.pk])
    assert path in Page(client.get(reverse("person-edit", args=[person.pk]))).links().values()
    entry = {"begins_on": f"{TODAY:%m/%d/%Y}", "ends_on": f"{TODAY:%m/%d/%Y}", "stand_in": people.statewide().pk}
    assert client.post(path, entry).url == path
    row = Absence.objects.get()
    assert (row.person, row.stand_in, row.said_by) == (person, people.statewide(), manager)
    client.force_login(person)
    assert f"Entered by {manager}" in Page(client.get(reverse("absence"))).words
    client.force_login(manager)
    assert client.post(reverse("person-absence-end", args=[person.pk, row.pk])).url == path
    row.refresh_from_db()
    assert row.ended_at is not None


@pytest.mark.parametrize("by", [people.youth_planner, people.statewide, people.north_planner])
def test_whoever_manages_nobody_says_it_of_nobody_else(client, by):
    with pytest.raises(NotAllowed):
        away(stand_in=people.statewide(), by=by())
    row = away(stand_in=people.statewide())
    with pytest.raises(NotAllowed):
        come_back(row, by=by(), at=clock.now())
    client.force_login(by())
    assert client.get(reverse("person-absence", args=[people.planner().pk])).status_code == 403


def test_an_absence_is_ended_under_its_own_person_alone(client):
    row = away(stand_in=people.statewide())
    client.force_login(people.administrator())
    assert client.post(reverse("person-absence-end", args=[people.youth_planner().pk, row.pk])).status_code == 404


def test_there_is_no_such_page_of_who_keeps_no_plans(client):
    client.force_login(people.administrator())
    assert client.get(reverse("person-absence", args=[people.administrator().pk])).status_code == 404
