"""Whoever is away has a stand-in, who reads and answers what customers write, and may do nothing else by it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from careerplan.accounts.enums import EDITING_ROLES
from careerplan.accounts.models import Office, StaffScope, User
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.actions import mark_read, notify
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.inbox import inbox, unread_count
from careerplan.messaging.models import Absence, Message, Notification
from customers.absences import come_back, go_away
from customers.duties import out_of_sight, who_see
from customers.forms import AbsenceForm, SwitchOffForm
from customers.models import Customer
from customers.threads import write_to_customer, write_to_planner
from tests import people, states
from tests.markup import Page
from tests.shared_plans import shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = states.today()
DAY = timedelta(days=1)


def away(begins_on=TODAY, ends_on=TODAY + 7 * DAY, stand_in=None, person=None, by=None):
    person = person or people.planner()
    days = {"begins_on": begins_on, "ends_on": ends_on}
    chosen = stand_in or people.youth_planner()
    return go_away(person, **days, stand_in=chosen, by=by or person, at=clock.now())


def wrote(customer, body="I have a question.", **more):
    return write_to_planner(customer, subject="Hello", body=body, by=customer.user, at=clock.now(), **more)


def found(person, on=TODAY):
    """What customers wrote, by who reads it."""
    return set(inbox(person, on=on).filter(kind=Notice.MESSAGE))


# --- what the stand-in reads ------------------------------------------------------------------


def test_the_stand_in_finds_what_customers_write_marked_for_whom(client, customer):
    stand_in, before = people.youth_planner(), unread_count(people.youth_planner())
    message = wrote(customer)
    assert message not in found(stand_in)
    away()
    unread = Message.objects.filter(recipient=people.planner(), kind=Notice.MESSAGE, read_at=None).count()
    assert unread_count(stand_in) == before + unread
    client.force_login(stand_in)
    [row] = Page(client.get(reverse("messages"))).root.xpath(f"//li[@id='message-{message.pk}']")
    words = " ".join(row.text_content().split())
    assert "I have a question." in words
    assert "for Devon Okafor" in words


@pytest.mark.parametrize(
    ("on", "reads"), [(TODAY - DAY, False), (TODAY, True), (TODAY + 7 * DAY, True), (TODAY + 8 * DAY, False)]
)
def test_from_the_first_day_to_the_last(customer, on, reads):
    away()
    message = wrote(customer)
    assert (message in found(people.youth_planner(), on=on)) is reads
    assert message in found(people.planner(), on=on)


def test_what_was_read_before_the_absence_is_not_stood_for(customer):
    message = wrote(customer)
    Message.objects.filter(pk=message.pk).update(sent_at=clock.now() - 3 * DAY, read_at=clock.now() - 2 * DAY)
    away()
    assert message not in found(people.youth_planner())


def test_nothing_else_of_the_absent_person_is_read(customer):
    names = {"customer": "Nora", "email": "a@b.test"}
    told = notify(people.planner(), Notice.EMAIL_GIVEN_UP, key="k", names=names, path="/", by=None, at=clock.now())
    away()
    stand_in = people.youth_planner()
    assert not inbox(stand_in, on=TODAY).filter(pk=told.pk).exists()
    mark_read(told, by=stand_in, at=clock.now())
    assert told.read_at is None


def test_customers_whom_the_stand_in_does_not_see_any_more_are_not_read(customer):
    away()
    message, stand_in = wrote(customer), people.youth_planner()
    assert message in found(stand_in)
    customer.office = people.lucia().office
    record(customer, by=people.administrator(), at=clock.now())
    assert message not in found(people.person(stand_in.username))


def test_a_stand_in_whose_sign_in_is_off_reads_nothing(customer):
    message, stand_in = wrote(customer), people.statewide()
    away(stand_in=stand_in)
    assert message in found(stand_in)
    stand_in.is_active = False
    record(stand_in, by=people.administrator(), at=clock.now())
    assert message not in found(people.person(stand_in.username))


def test_an_absence_gives_no_right_but_to_the_messages(customer):
    stand_in = people.youth_planner()
    before = set(Customer.objects.editable_by(stand_in).values_list("pk", flat=True))
    away()
    assert set(Customer.objects.editable_by(stand_in).values_list("pk", flat=True)) == before


# --- the stand-in answers ---------------------------------------------------------------------


def test_the_stand_in_answers_under_the_own_name_and_the_next_goes_to_the_planner_again(client, customer):
    away()
    message = wrote(customer)
    client.force_login(people.youth_planner())
    leads_to = client.post(reverse("message-read", args=[message.pk])).url
    assert leads_to == reverse("customers:thread", args=[customer.pk, message.pk])
    message.refresh_from_db()
    assert message.read_at is not None
    assert client.post(leads_to, {"body": "I can help."}).status_code == 302
    assert Message.objects.get(thread=message).sender == people.youth_planner()
    client.force_login(customer.user)
    words = Page(client.get(reverse("my:messages"))).words
    assert f"{people.youth_planner()} · " in words
    assert "Devon Okafor is away until" in words
    assert write_to_planner(
        customer, body="Thanks.", thread=message, by=customer.user, at=clock.now()
    ).recipient == people.planner()  # fmt: skip


def test_who_answers_for_a_colleague_has_read_what_was_asked(customer):
    away()
    message = wrote(customer)
    write_to_customer(customer, body="Yes.", thread=message, by=people.youth_planner(), at=clock.now())
    message.refresh_from_db()
    assert message.read_at is not None


def test_the_stand_in_gets_the_e_mail_too_without_a_detail(customer):
    Notification.objects.update(sent_at=clock.now(), given_up_at=None)
    away()
    wrote(customer)
    while deliver_next(clock.now() + timedelta(seconds=1)):
        pass
    both = [[people.planner().email], [people.youth_planner().email]]
    assert sorted(letter.to for letter in mail.outbox) == sorted(both)
    assert not any(customer.last_name in f"{letter.subject}{letter.body}" for letter in mail.outbox)


# --- saying so --------------------------------------------------------------------------------


def test_one_says_by_a_page_that_one_is_away_and_is_back(client):
    client.force_login(people.planner())
    entry = {
        "begins_on": f"{TODAY:%m/%d/%Y}", "ends_on": f"{TODAY + DAY:%m/%d/%Y}", "stand_in": people.youth_planner().pk,
    }  # fmt: skip
    assert client.post(reverse("absence"), entry).status_code == 302
    row = Absence.objects.get()
    assert (row.person, row.stand_in, row.begins_on, row.ends_on) == (
        people.planner(), people.youth_planner(), TODAY, TODAY + DAY,
    )  # fmt: skip
    assert f"Stand-in: {people.youth_planner()}" in Page(client.get(reverse("absence"))).words
    client.force_login(people.youth_planner())
    assert "You stand in for Devon Okafor" in Page(client.get(reverse("absence"))).words
    assert client.post(reverse("absence-end", args=[row.pk])).status_code == 404
    client.force_login(people.planner())
    assert client.post(reverse("absence-end", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None


def test_once_one_is_back_the_stand_in_reads_no_more(customer):
    row, message = away(), wrote(customer)
    come_back(row, by=people.planner(), at=clock.now())
    assert message not in found(people.youth_planner())
    with pytest.raises(NotAllowed):
        come_back(away(), by=people.youth_planner(), at=clock.now())


def test_the_stand_in_has_to_see_the_customers():
    with pytest.raises(Refusal) as refused:
        away(stand_in=people.north_planner())
    assert refused.value.code == "stand-in-does-not-see"
    assert refused.value.field == "stand_in"
    away(stand_in=people.statewide())


def test_those_are_offered_who_work_in_the_region_or_in_all():
    offered = set(AbsenceForm(person=people.planner()).fields["stand_in"].queryset)
    assert {people.youth_planner(), people.statewide()} <= offered
    assert not {people.planner(), people.north_planner(), people.administrator()} & offered
    assert people.north_planner() in AbsenceForm(person=people.statewide()).fields["stand_in"].queryset


def test_who_is_offered_is_not_refused_for_what_is_not_seen():
    """Whoever is offered could open each record, as the action asks it: by office, by region, or by a shared plan."""
    shared, elsewhere = shared_angela(), people.lucia()
    everybody = User.objects.filter(role__in=EDITING_ROLES, is_active=True)
    for customers in ([shared], [elsewhere], [shared, people.david()], [states.enrolled()], []):
        keys = {customer.pk for customer in customers}
        fit = {person for person in everybody if not out_of_sight(keys, person).exists()}
        assert set(who_see(everybody, keys)) == fit != set()
    assert set(who_see(everybody.filter(pk=people.planner().pk), {elsewhere.pk})) == {people.planner()}  # nobody sees


def test_a_colleague_of_the_region_who_does_not_see_the_customers_is_not_offered():
    person, colleague, fit = people.planner(), people.youth_planner(), people.north_planner()
    office = person.scopes.get().office
    StaffScope.objects.create(user=fit, region=office.region)
    colleague.scopes.all().delete()
    other = Office.objects.filter(region=office.region).exclude(pk=office.pk).order_by("pk")[0]
    StaffScope.objects.create(user=colleague, office=other)
    offered = AbsenceForm(person=person).fields["stand_in"].queryset
    assert (fit in offered, colleague in offered) == (True, False)
    successors = SwitchOffForm(person=person, hangs=True, by=people.administrator()).fields["successor"].queryset
    assert (fit in successors, colleague in successors) == (True, False)


def test_who_is_away_does_not_take_over_standing_in_for_oneself():
    away(person=people.north_planner(), stand_in=people.statewide())
    form = SwitchOffForm(person=people.statewide(), hangs=True, by=people.administrator())
    assert people.north_planner() not in form.fields["successor"].queryset


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("ends-before", {"begins_on": TODAY + DAY, "ends_on": TODAY}),
        ("over-already", {"begins_on": TODAY - 2 * DAY, "ends_on": TODAY - DAY}),
        ("unlikely-day", {"ends_on": TODAY + 30 * 365 * DAY}),
        ("stand-in-not-at-work", {"stand_in": "administrator"}),
        ("stand-in-not-at-work", {"stand_in": "planner"}),
    ],
)
def test_what_can_t_be_is_refused(code, values):
    named = {"stand_in": getattr(people, values["stand_in"])()} if "stand_in" in values else {}
    with pytest.raises(Refusal) as refused:
        away(**values | named)
    assert refused.value.code == code


def test_nobody_is_away_twice_on_one_day_and_may_be_so_the_day_after():
    away()
    with pytest.raises(Refusal) as refused:
        away(begins_on=TODAY + 7 * DAY, ends_on=TODAY + 9 * DAY)
    assert refused.value.code == "away-already"
    away(begins_on=TODAY + 8 * DAY, ends_on=TODAY + 9 * DAY)


def test_nobody_says_it_for_another():
    with pytest.raises(NotAllowed):
        away(by=people.youth_planner())
    with pytest.raises(NotAllowed):
        away(person=people.lucia().user, stand_in=people.statewide())


@pytest.mark.parametrize("wrong", [{"ends_on": TODAY - DAY}, {"stand_in": None}])
def test_the_database_refuses_an_absence_that_can_t_be(wrong):
    person = people.planner()
    values = {"stand_in": people.statewide(), "begins_on": TODAY, "ends_on": TODAY} | wrong
    values["stand_in"] = values["stand_in"] or person
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person=person, said_at=clock.now(), **values)
