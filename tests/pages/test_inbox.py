"""The inbox of staff, and one message to several customers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.accounts.actions import note_bounce
from careerplan.base import clock
from careerplan.base.keyset import PAGE_ROWS
from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.inbox import unread_count
from careerplan.messaging.models import Message
from customers.threads import write_to_planner
from tests import people, states
from tests.markup import Page
from tests.pages.test_queries import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NEW = reverse("messages-new")


@pytest.fixture
def planner(client):
    client.force_login(people.planner())
    return client


@pytest.fixture
def customer():
    return states.enrolled()


def wrote(customer, **more):
    words = {"subject": "Hello", "body": "I have a question."} | more
    return write_to_planner(customer, **words, by=customer.user, at=clock.now())


def told(number=0, path="/requests/"):
    """Of the product, to the planner."""
    names, at = {"customer": "Nora", "email": "nora@b.test"}, clock.now() + timedelta(milliseconds=number)
    return notify(people.planner(), Notice.EMAIL_GIVEN_UP, key=f"k{number}", names=names, path=path, by=None, at=at)


def shown(response):
    return [row["message"] for row in response.context["rows"]]


# --- the inbox --------------------------------------------------------------------------------


@pytest.mark.policy("ILL-018")
def test_what_the_product_tells_and_what_customers_write_stands_in_one_list_newest_first(planner, customer):
    messages = [told(), wrote(customer)]
    page = planner.get(reverse("messages"))
    assert shown(page)[:2] == messages[::-1]
    words = Page(page).words
    assert "I have a question." in words
    assert "An e-mail to Nora did not arrive" in words
    assert set(shown(page)) == set(Message.objects.filter(recipient=people.planner()).newest_first()[:PAGE_ROWS])


def test_each_leads_to_what_it_tells_of_and_is_read_by_that(planner, customer):
    for message, leads_to in (
        (told(), "/requests/"),
        (first := wrote(customer), reverse("customers:thread", args=[customer.pk, first.pk])),
    ):
        before = unread_count(people.planner())
        assert planner.post(reverse("message-read", args=[message.pk])).url == leads_to
        assert unread_count(people.planner()) == before - 1
        assert leads_to in Page(planner.get(reverse("messages"))).root.xpath("//ul[@id='inbox']//a/@href")


def test_one_is_marked_as_read_and_the_list_stays(planner):
    message, other = told(1), told(2)
    answer = planner.post(reverse("message-read", args=[message.pk]), {"stay": "yes"})
    assert answer.url == reverse("messages")
    assert [Message.objects.get(pk=row.pk).read_at is None for row in (message, other)] == [False, True]
    unread = shown(planner.get(reverse("messages"), {"unread": "yes"}))
    assert message not in unread
    assert other in unread


def test_all_that_the_page_showed_is_marked_and_what_came_since_stays_unread(planner):
    told(1)
    form = Page(planner.get(reverse("messages"))).form(reverse("messages-read"))
    later = told(2)
    planner.post(reverse("messages-read"), form)
    assert unread_count(people.planner()) == 1
    later.refresh_from_db()
    assert later.read_at is None


def test_all_marks_nothing_of_others(planner):
    before = unread_count(people.statewide())
    notify(
        people.statewide(), Notice.EMAIL_GIVEN_UP, key="s", names={"customer": "N", "email": "-"}, path="/", by=None,
        at=clock.now(),
    )  # fmt: skip
    planner.post(reverse("messages-read"), {"newest": 10**9})
    assert unread_count(people.statewide()) == before + 1


def test_the_list_goes_on_by_key_and_asks_as_much_however_full(planner):
    told()
    few = asked(planner, reverse("messages"))
    for number in range(1, PAGE_ROWS + 5):
        told(number)
    page = planner.get(reverse("messages"))
    assert len(shown(page)) == PAGE_ROWS
    assert asked(planner, reverse("messages")) == few <= 6
    following = shown(planner.get(page.context["page"].next_url))
    assert min(row.sent_at for row in shown(page)) > max(row.sent_at for row in following)


def test_customers_have_no_inbox_of_staff(client, customer):
    client.force_login(customer.user)
    for name in ("messages", "messages-new", "absence"):
        assert client.get(reverse(name)).status_code == 404


# --- to many ----------------------------------------------------------------------------------


def test_each_customer_gets_a_message_of_their_own_and_sees_no_other(client, planner):
    both = [states.enrolled(), states.enrolled()]
    keys = ",".join(str(customer.pk) for customer in both)
    page = Page(planner.get(NEW, {"customers": keys}))
    assert "To 2 customers" in page.words
    form = page.form(NEW) | {"subject": "Closed on Monday", "body": "We are closed on Monday."}
    assert planner.post(NEW, form, follow=True).status_code == 200
    for customer in both:
        message = Message.objects.get(recipient=customer.user)
        assert (message.written_subject, message.thread) == ("Closed on Monday", None)
        client.force_login(customer.user)
        words = client.get(reverse("my:messages")).content.decode()
        assert "We are closed on Monday." in words
        assert not any(other.last_name in words for other in both if other != customer)


def test_keys_that_a_list_posts_open_the_page_and_send_nothing(planner, customer):
    other = states.enrolled()
    page = planner.post(NEW, {"customers": [customer.pk, other.pk]})
    assert page.status_code == 200
    assert "To 2 customers" in Page(page).words
    assert not Message.objects.filter(recipient=customer.user).exists()


def test_who_can_t_be_reached_is_left_out_with_the_reason(planner, customer):
    without, bounces, foreign = states.enrolled(with_sign_in=False), states.enrolled(), people.lucia()
    note_bounce(bounces.user, at=clock.now())
    keys = ",".join(str(row.pk) for row in (customer, without, bounces, foreign))
    page = Page(planner.get(NEW, {"customers": keys}))
    assert "To 1 customer " in page.words
    assert f"{without}: This customer has no sign-in yet." in page.words
    assert f"{bounces}: E-mail to {bounces.user.email} does not arrive." in page.words
    assert "1 customer you do not work with" in page.words
    assert foreign.last_name not in page.words
    planner.post(NEW, page.form(NEW) | {"subject": "Closed", "body": "On Monday."})
    sent = Message.objects.filter(written_subject="Closed")
    assert [message.recipient for message in sent] == [customer.user]


def test_where_nobody_can_be_reached_nothing_is_sent(planner):
    without = states.enrolled(with_sign_in=False)
    assert "There is nobody to write to." in Page(planner.get(NEW, {"customers": without.pk})).words
    answer = planner.post(NEW, {"customers": without.pk, "subject": "Closed", "body": "On Monday."})
    assert answer.status_code == 422
    assert planner.get(NEW).status_code == 200
    assert planner.get(NEW, {"customers": "1,x"}).status_code == 404


def test_the_same_post_twice_sends_once(planner, customer):
    form = Page(planner.get(NEW, {"customers": customer.pk})).form(NEW) | {"subject": "Closed", "body": "On Monday."}
    planner.post(NEW, form)
    planner.post(NEW, form)
    assert Message.objects.filter(recipient=customer.user).count() == 1
