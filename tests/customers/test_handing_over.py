"""A customer who moves, or changes planners: who answers from now on is told, and what waits goes along."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement import talking
from acknowledgments.models import StaffAnswer
from careerplan.accounts.models import Office, StaffScope
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.demo.cast import HARBOR
from careerplan.messaging.actions import send_message
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from customers.handing_over import hand_over
from customers.models import Customer
from tests import people, states
from tests.people import administrator, angela, north_planner, planner, statewide, youth_planner
from tests.rows import date_back, everything, write
from tests.shared_plans import approved, asked, closing, enroll, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

MOVED_HERE, MOVED_AWAY = Notice.CUSTOMER_MOVED_HERE, Notice.CUSTOMER_MOVED_AWAY


def norths_office():
    return Office.objects.filter(region=people.lucia().office.region).order_by("pk")[0]


def moved(customer, *, former=planner, successor=north_planner, office=norths_office, by=planner):
    former = former() if former else None
    to = {"successor": successor() if successor else None, "office": office()}
    return hand_over(customer, former=former, **to, by=by(), at=clock.now())


def harbor():
    return Office.objects.get(name=HARBOR)


def told(person, kind):
    return Message.objects.filter(recipient=person, kind=kind)


def test_office_planner_and_programs_go_to_the_new_planner():
    customer = moved(states.enrolled("T1-ADULT", "JTED"))
    assert (customer.office, customer.planner) == (norths_office(), north_planner())
    assert {row.planner for row in customer.enrollments.all()} == {north_planner()}
    assert Customer.objects.visible_to(north_planner()).filter(pk=customer.pk).exists()
    assert not Customer.objects.visible_to(planner()).filter(pk=customer.pk).exists()
    entries = Customer.history.filter(id=customer.pk, history_change_reason="handed over")
    assert {entry.history_user for entry in entries} == {planner()}


def test_of_two_who_hand_over_at_once_the_second_is_told_that_it_went_elsewhere():
    customer = moved(states.enrolled(), successor=youth_planner, office=harbor)
    with pytest.raises(Refusal) as refused:
        hand_over(customer, former=planner(), successor=statewide(), office=harbor(), by=statewide(), at=clock.now())
    assert (refused.value.code, refused.value.field) == ("went-elsewhere", "former")
    assert not told(statewide(), MOVED_HERE).exists()


def test_who_gives_and_who_takes_are_told():
    customer = moved(states.enrolled(), by=statewide)
    away, here = told(planner(), MOVED_AWAY).get(), told(north_planner(), MOVED_HERE).get()
    assert str(north_planner()) in away.subject
    assert str(customer) in here.body
    assert here.path == reverse("customers:overview", args=[customer.pk])


def test_where_nobody_was_responsible_the_message_says_so():
    customer = of_nobody()
    moved(customer, former=None, by=statewide)
    assert "Responsible until now: nobody. From now on: " in told(north_planner(), MOVED_HERE).get().body


def test_nobody_is_told_of_what_one_did_oneself():
    moved(states.enrolled())
    assert not told(planner(), MOVED_AWAY).exists()
    assert told(north_planner(), MOVED_HERE).count() == 1


def test_a_program_alone_goes_and_the_customers_planner_stays():
    customer = shared_angela()
    moved(customer, former=youth_planner, successor=lambda: people.person("train10"), office=harbor, by=statewide)
    customer = angela()
    assert customer.planner == planner()
    assert customer.enrollments.get(program__code="T1-DW").planner == people.person("train10")


def test_who_has_no_planner_yet_gets_one():
    customer = states.enrolled()
    write(customer, planner=None)
    assert moved(customer, former=None, successor=planner, office=harbor, by=statewide).planner == planner()
    with pytest.raises(Refusal, match="handed-over-already"):
        moved(customer, former=None, successor=youth_planner, office=harbor, by=statewide)


@pytest.mark.parametrize(
    ("successor", "office", "code"),
    [
        (north_planner, harbor, "successor-does-not-see"),
        (planner, harbor, "same-person"),
        (administrator, harbor, "successor-not-at-work"),
    ],
)
def test_who_cannot_take_it_does_not_get_it(successor, office, code):
    customer = states.enrolled()
    before = everything()
    with pytest.raises(Refusal) as refused:
        moved(customer, successor=successor, office=office, by=statewide)
    assert (refused.value.code, everything()) == (code, before)


@pytest.mark.parametrize("by", [north_planner, lambda: angela().user])
def test_only_who_answers_for_the_customer_hands_over(by):
    with pytest.raises(NotAllowed):
        moved(states.enrolled(), by=by)


def test_unread_messages_and_their_emails_go_along_and_read_ones_stay():
    customer = states.enrolled()
    path, at = reverse("customers:messages", args=[customer.pk]), clock.now()
    words = {"body": "When do we meet?", "path": path, "by": customer.user}
    new = send_message(planner(), subject="New", **words, at=at)
    old = send_message(planner(), subject="Old", **words, at=at + timedelta(seconds=1))
    Message.objects.filter(pk=old.pk).update(read_at=at + timedelta(minutes=1))
    elsewhere = send_message(planner(), subject="Other", body="?", path="/my/", by=angela().user, at=at)
    moved(customer)
    assert {row.subject: row.recipient for row in Message.objects.filter(pk__in=[new.pk, old.pk, elsewhere.pk])} == {
        "New": north_planner(),
        "Old": planner(),
        "Other": planner(),
    }
    assert Notification.objects.get(message=new).recipient == north_planner()


def test_what_the_customer_signs_later_is_told_to_who_answers_now():
    customer = states.enrolled()
    request = states.told(states.sent(states.written(customer)))
    moved(customer)
    states.acknowledged(request)
    assert told(north_planner(), Notice.PLAN_ACKNOWLEDGED).count() == 1
    assert not told(planner(), Notice.PLAN_ACKNOWLEDGED).filter(path__contains=f"/{customer.pk}/").exists()


def test_an_approval_that_waits_goes_to_who_takes_the_program_over():
    customer = shared_angela()
    request = asked(closing(customer, planner()), planner())
    third = people.person("train10")
    moved(customer, former=youth_planner, successor=lambda: third, office=harbor, by=statewide)
    assert not StaffAnswer.objects.waiting_for(youth_planner()).filter(request=request).exists()
    part = StaffAnswer.objects.waiting_for(third).get(request=request)
    assert (part.approver, part.in_charge) == (youth_planner(), third)
    assert told(third, Notice.STAFF_REQUEST_ASKED).get().path == reverse("requests:request", args=[request.pk])
    with pytest.raises(NotAllowed):
        approved(request, youth_planner())
    approved(request, third)
    assert not states.plan_of(customer).is_open


def test_what_was_asked_is_done_in_the_name_of_who_takes_the_work_over():
    customer = shared_angela()
    request = asked(closing(customer, planner()), planner())
    third = people.person("train10")
    moved(customer, successor=lambda: third, office=harbor, by=statewide)
    request.refresh_from_db()
    assert (request.asked_by, request.asker) == (planner(), third)
    approved(request, youth_planner())
    assert states.plan_of(customer).closed_by == third
    assert told(third, Notice.STAFF_REQUEST_ANSWERED).exists()


# --- the page ---------------------------------------------------------------------------------


def posted(client, customer, **values):
    values = {"former": planner().pk, "successor": north_planner().pk, "office": norths_office().pk} | values
    return client.post(reverse("customer-hand-over", args=[customer.pk]), values, follow=True)


@pytest.mark.parametrize("by", [planner, statewide, administrator])
def test_the_page_hands_over(client, by):
    customer = states.enrolled()
    client.force_login(by())
    page = client.get(reverse("customer-hand-over", args=[customer.pk]))
    assert page.status_code == 200
    answer = posted(client, customer)
    assert "The customer was handed over." in answer.content.decode()
    customer.refresh_from_db()
    assert customer.planner == north_planner()


def test_what_is_refused_stands_at_its_field(client):
    customer = states.enrolled()
    client.force_login(planner())
    answer = posted(client, customer, office=harbor().pk)
    assert answer.status_code == 422
    assert "does not see" in str(answer.context["form"].errors["successor"])


def test_a_planner_who_joined_a_program_is_offered_as_the_one_who_gives(client):
    customer = states.enrolled()
    enroll(customer, "T1-DW", youth_planner())
    client.force_login(planner())
    page = client.get(reverse("customer-hand-over", args=[customer.pk]))
    assert set(page.context["form"].fields["former"].queryset) == {planner(), youth_planner()}


# --- the office -------------------------------------------------------------------------------


def within_the_region():
    """Tyrell's planner Priya has the whole region, in which he moves from one office to another."""
    return Office.objects.filter(region=people.tyrell().office.region).exclude(pk=people.tyrell().office_id)[0]


def test_a_customer_may_move_to_another_office_with_the_same_planner():
    new = within_the_region()
    moved(people.tyrell(), former=youth_planner, successor=youth_planner, office=lambda: new, by=youth_planner)
    assert (people.tyrell().office, people.tyrell().planner) == (new, youth_planner())


def test_without_another_office_the_same_planner_takes_nothing_over():
    with pytest.raises(Refusal, match="same-person"):
        moved(
            people.tyrell(),
            former=youth_planner,
            successor=youth_planner,
            office=lambda: people.tyrell().office,
            by=youth_planner,
        )


def test_the_office_goes_with_the_customers_own_planner_alone():
    with pytest.raises(Refusal, match="office-of-the-planner"):
        moved(shared_angela(), former=youth_planner, successor=lambda: people.person("train10"), by=statewide)


def test_who_no_longer_sees_the_customer_is_told_nothing_more():
    tyrell = people.tyrell()
    moved(tyrell, former=youth_planner, by=statewide)
    states.asked_about_a_goal(people.tyrell())
    talking.disagree(states.request_for(states.newest(tyrell)), reason="Too far away.", by=tyrell.user, at=clock.now())
    for kind in (Notice.ITEM_ASKED, Notice.PLAN_NOT_AGREED):
        assert {message.recipient for message in Message.objects.filter(kind=kind)} == {north_planner()}


def test_a_program_is_not_left_with_who_would_not_see_the_customer_there():
    customer = states.enrolled()
    write(customer.enrollments.get(), planner=youth_planner())
    before = everything()
    with pytest.raises(Refusal, match="program-left-behind") as refused:
        moved(customer, by=statewide)
    assert customer.enrollments.get().program.told in refused.value.sentence
    assert everything() == before
    moved(customer, former=youth_planner, successor=planner, office=harbor, by=statewide)
    assert moved(customer, by=statewide).enrollments.get().planner == north_planner()


def test_where_nobody_has_the_office_itself_the_planners_of_its_region_are_told():
    """Thea Holm has Harbor Street; Priya Raman has its whole region, and Millbrook with it."""
    millbrook = within_the_region()
    StaffScope.objects.filter(office=millbrook).delete()
    moved(people.tyrell(), former=youth_planner, successor=statewide, office=lambda: millbrook, by=administrator)
    assert told(youth_planner(), MOVED_HERE).exists()


def test_where_planners_have_the_office_itself_those_of_the_region_are_not_told():
    david = people.david()
    write(david, office=within_the_region(), planner=north_planner())
    write(david.enrollments.get(), planner=north_planner())
    moved(david, former=north_planner, successor=planner, office=harbor, by=administrator)
    assert told(planner(), MOVED_HERE).count() == 1
    assert not told(youth_planner(), MOVED_HERE).exists()


# --- a customer of nobody ---------------------------------------------------------------------


def of_nobody():
    customer = states.enrolled()
    write(customer, planner=None)
    write(customer.enrollments.get(), planner=None)
    return customer


def moved_alone(customer, **to):
    return moved(customer, former=None, successor=None, **{"by": planner, **to})


def test_who_has_no_planner_moves_to_another_office_whose_planners_are_told():
    customer = moved_alone(of_nobody())
    assert (customer.office, customer.planner) == (norths_office(), None)
    message = told(north_planner(), Notice.CUSTOMER_HAS_NO_PLANNER).get()
    assert f"{customer} to {norths_office()}" in message.body
    assert message.path == reverse("customers:overview", args=[customer.pk])
    assert not Message.objects.filter(kind__in=[MOVED_HERE, MOVED_AWAY], path=message.path).exists()


def test_where_nobody_works_for_the_new_office_statewide_staff_are_told():
    StaffScope.objects.filter(user=north_planner()).delete()
    customer = moved_alone(of_nobody())
    assert str(customer) in told(statewide(), Notice.CUSTOMER_HAS_NO_PLANNER).get().subject


def test_who_does_not_move_needs_somebody_who_takes_the_work():
    for former, office in ((None, harbor), (youth_planner, norths_office)):
        customer = of_nobody()
        with pytest.raises(Refusal, match="successor-missing"):
            moved(customer, former=former, successor=None, office=office)


def test_the_planner_of_a_program_is_not_left_behind_and_may_hand_it_over_with_the_office():
    customer = of_nobody()
    write(customer.enrollments.get(), planner=planner())
    with pytest.raises(Refusal, match="program-left-behind"):
        moved_alone(customer, by=statewide)
    customer = moved(customer, by=statewide)
    assert (customer.planner, customer.enrollments.get().planner) == (None, north_planner())


def test_the_page_moves_a_customer_of_nobody(client):
    customer = of_nobody()
    client.force_login(planner())
    page = client.get(reverse("customer-hand-over", args=[customer.pk]))
    assert "Nobody yet" in page.content.decode()
    assert posted(client, customer, former="", successor="", office=harbor().pk).status_code == 422
    answer = posted(client, customer, former="", successor="")
    assert "The customer was handed over." in answer.content.decode()
    customer.refresh_from_db()
    assert (customer.office, customer.planner) == (norths_office(), None)


# --- a page that was open for long ------------------------------------------------------------


def test_a_choice_that_is_gone_is_said_in_a_sentence_of_the_product(client):
    customer = states.enrolled()
    client.force_login(statewide())
    date_back(north_planner(), is_active=False)
    errors = posted(client, customer, office="999999").context["form"].errors
    again = ["Choose again. What you chose is no longer in this list."]
    assert (errors["successor"], errors["office"]) == (again, again)
