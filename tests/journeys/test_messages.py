"""A planner writes with a file, the customer answers on a phone, and the planner sees that it was read."""

from datetime import timedelta

import pytest

from careerplan.base import clock
from careerplan.messaging.models import Message
from customers.absences import go_away
from customers.threads import write_to_planner
from tests import states
from tests.journeys.browser import DESKTOP, PHONE, both_widths, sign_in
from tests.journeys.steps import follow, press, said
from tests.people import angela, planner, youth_planner
from tests.real_files import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.policy("WIS-013")
def test_a_planner_writes_with_a_file_and_sees_the_answer_and_that_it_was_read(page, live_server, people):
    customer = angela()
    sign_in(page, live_server, planner())
    page.goto(f"/customers/{customer.pk}/messages/")
    page.get_by_label("Subject").fill("Bus pass")
    page.get_by_label("Message", exact=True).fill("It is here. Please read the rules.")
    page.get_by_label("Attach a file").set_input_files(
        {"name": "rules.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(page, "Send message")
    assert "The message was sent." in said(page)
    both_widths(page, "60-messages-of-a-customer")
    first = Message.objects.get(written_subject="Bus pass")

    sign_in(page, live_server, customer.user)
    page.set_viewport_size(PHONE)
    page.goto("/my/messages/")
    both_widths(page, "61-my-messages")
    page.set_viewport_size(PHONE)
    assert page.get_by_role("link", name="rules.pdf").is_visible()
    follow(page, "Reply", within=page.locator(f"#thread-{first.pk}"))
    both_widths(page, "62-my-thread")
    page.set_viewport_size(PHONE)
    page.get_by_label("Your answer").fill("Thank you. I will come on Monday.")
    press(page, "Send answer")
    assert page.get_by_text("I will come on Monday.").is_visible()

    sign_in(page, live_server, planner())
    page.set_viewport_size(DESKTOP)
    page.goto("/messages/")
    both_widths(page, "63-inbox")
    with page.expect_navigation():
        page.locator(f"#message-{answer_of(first).pk}").get_by_role("button", name="Open").click()
    assert page.url.endswith(f"/customers/{customer.pk}/messages/{first.pk}/")
    [sent, answer] = page.locator("#thread-lines > li").all()
    assert "Read on" in sent.inner_text()
    assert "I will come on Monday." in answer.inner_text()
    both_widths(page, "64-thread")


def answer_of(first):
    return Message.objects.get(thread=first)


def test_the_other_pages_of_messages(page, live_server, people):
    customer, without = states.enrolled(), states.enrolled(with_sign_in=False)
    days = {"begins_on": states.today(), "ends_on": states.today() + timedelta(days=7)}
    go_away(planner(), **days, stand_in=youth_planner(), by=planner(), at=clock.now())
    write_to_planner(customer, subject="Hello", body="A question.", by=customer.user, at=clock.now())
    sign_in(page, live_server, planner())
    for address, name in (
        (f"/messages/new/?customers={customer.pk},{without.pk}", "65-to-many"),
        ("/absence/", "66-absence"),
    ):
        page.goto(address)
        both_widths(page, name)
    sign_in(page, live_server, youth_planner())
    page.goto("/messages/")
    assert page.get_by_text("for Devon Okafor").first.is_visible()
    both_widths(page, "67-inbox-of-a-stand-in")
    sign_in(page, live_server, customer.user)
    page.goto("/my/messages/")
    both_widths(page, "68-my-messages-while-away")
