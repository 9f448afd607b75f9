"""Planner and customer write to each other in threads, with files, and see when the other has read it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed
from careerplan.messaging.actions import notify, send_message
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from customers.models import Attachment, Upload
from customers.threads import SHOWN, write_to_customer, write_to_planner
from tests import people, states
from tests.markup import Page
from tests.pages.test_queries import asked
from tests.real_files import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def pdf(name="bus-pass.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def begun(customer, **more):
    words = {"subject": "Bus pass", "body": "It is here."} | more
    return write_to_customer(customer, **words, by=people.planner(), at=clock.now())


def answer(customer, first, body="I will come on Monday.", **more):
    return write_to_planner(customer, body=body, thread=first, by=customer.user, at=clock.now(), **more)


def record_address(customer, first=None):
    more = ("thread", [customer.pk, first.pk]) if first else ("messages", [customer.pk])
    return reverse(f"customers:{more[0]}", args=more[1])


def lines(response):
    return [" ".join(line.text_content().split()) for line in Page(response).root.xpath("//ol[@class='talk-lines']/li")]


# --- threads --------------------------------------------------------------------------------------


@pytest.mark.policy("ILL-018")
def test_planner_and_customer_write_in_one_thread_and_both_see_both_sides_in_order(client, customer):
    client.force_login(people.planner())
    assert client.post(record_address(customer), {"subject": "Bus pass", "body": "It is here."}).status_code == 302
    first = Message.objects.get(recipient=customer.user)
    client.force_login(customer.user)
    assert client.post(reverse("my:thread", args=[first.pk]), {"body": "I will come on Monday."}).status_code == 302
    client.force_login(people.planner())
    assert client.post(record_address(customer, first), {"body": "Good."}).status_code == 302
    thread = Message.objects.in_thread(first).order_by("sent_at")
    assert [(row.written_subject, row.recipient) for row in thread] == [
        ("Bus pass", customer.user), ("Bus pass", people.planner()), ("Bus pass", customer.user),
    ]  # fmt: skip
    seen = [lines(client.get(record_address(customer))), lines(client.get(record_address(customer, first)))]
    client.force_login(customer.user)
    seen += [lines(client.get(reverse("my:messages"))), lines(client.get(reverse("my:thread", args=[first.pk])))]
    for shown in seen:
        assert len(shown) == 3
        assert ["It is here." in shown[0], "on Monday." in shown[1], "Good." in shown[2]] == [True] * 3


def test_messages_of_former_releases_are_shown_and_may_be_answered(client, customer):
    words = {"subject": "Hello", "body": "As before.", "path": "/my/messages/"}
    former = send_message(customer.user, **words, by=people.planner(), at=clock.now())
    client.force_login(customer.user)
    assert "As before." in Page(client.get(reverse("my:messages"))).words
    assert client.post(reverse("my:thread", args=[former.pk]), {"body": "Thanks."}).status_code == 302
    assert Message.objects.get(thread=former).recipient == people.planner()


def test_what_the_product_tells_is_shown_and_is_no_thread(client, customer):
    names = {"goal": "Drive", "planner": "Devon", "reason": "No car.", "remedy": "We ask."}
    told = notify(customer.user, Notice.GOAL_OFF_TRACK, key="k", names=names, path="/my/", by=None, at=clock.now())
    client.force_login(customer.user)
    page = Page(client.get(reverse("my:messages")))
    assert "Let's get your goal back on track" in page.words
    assert not any(words.startswith("Reply") for words in page.links())
    assert client.get(reverse("my:thread", args=[told.pk])).status_code == 404
    assert client.post(reverse("my:thread", args=[told.pk]), {"body": "?"}).status_code == 404


def test_a_thread_of_one_customer_does_not_open_under_another(client, customer):
    first, other = begun(customer), states.enrolled()
    client.force_login(people.planner())
    assert client.get(record_address(other, first)).status_code == 404
    assert client.post(record_address(other, first), {"body": "?"}).status_code == 404
    client.force_login(other.user)
    assert client.get(reverse("my:thread", args=[first.pk])).status_code == 404


def test_an_answer_does_not_open_as_a_thread(planner, customer):
    first = begun(customer)
    assert planner.get(record_address(customer, answer(customer, first))).status_code == 404


def test_the_thread_in_which_was_written_last_stands_first(planner, customer):
    old = begun(customer)
    begun(customer, subject="Another")
    assert [row.first.written_subject for row in planner.get(record_address(customer)).context["threads"]] == [
        "Another", "Bus pass",
    ]  # fmt: skip
    answer(customer, old)
    assert planner.get(record_address(customer)).context["threads"][0].first == old


def test_of_a_long_thread_the_list_shows_the_newest_and_its_page_all(planner, customer):
    first = begun(customer)
    for number in range(7):
        answer(customer, first, body=f"Line {number}.")
    page = planner.get(record_address(customer))
    shown = lines(page)
    assert len(shown) == SHOWN
    assert "It is here." in shown[0]
    assert [number for number in range(7) if any(f"Line {number}." in line for line in shown)] == [3, 4, 5, 6]
    assert Page(page).links()["3 earlier answers"] == record_address(customer, first)
    assert len(lines(planner.get(record_address(customer, first)))) == 8


def test_a_full_page_asks_as_much_as_a_small_one(planner, customer):
    begun(customer)
    addresses = [record_address(customer), record_address(customer, Message.objects.get(recipient=customer.user))]
    few = [asked(planner, address) for address in addresses]
    for number in range(5):
        first = begun(customer, subject=f"Number {number}", file=pdf())
        answer(customer, first)
        answer(customer, Message.objects.get(pk=addresses[1].split("/")[-2]))
    assert [asked(planner, address) for address in addresses] == few
    assert max(few) <= 12


# --- who gets an answer -----------------------------------------------------------------------


def test_an_answer_goes_to_who_began_the_thread_and_once_that_person_left_to_the_planner(customer):
    statewide = people.statewide()
    first = write_to_customer(customer, subject="Hi", body="?", by=statewide, at=clock.now())
    assert answer(customer, first).recipient == statewide
    statewide.is_active = False
    record(statewide, by=people.administrator(), at=clock.now())
    first.refresh_from_db()
    assert answer(customer, Message.objects.get(pk=first.pk)).recipient == people.planner()


def test_only_who_writes_the_record_writes_to_its_customer(customer):
    for person in (people.north_planner(), people.administrator(), people.lucia().user):
        with pytest.raises(NotAllowed):
            write_to_customer(customer, subject="Hi", body="?", by=person, at=clock.now())
    assert not Message.objects.filter(recipient=customer.user).exists()


# --- read -------------------------------------------------------------------------------------


@pytest.mark.policy("WIS-013")
def test_each_side_sees_when_the_other_read_what_it_wrote(client, customer):
    first = begun(customer)
    client.force_login(people.planner())
    assert "Not read yet" in lines(client.get(record_address(customer)))[0]
    client.force_login(customer.user)
    client.get(reverse("my:thread", args=[first.pk]))  # to look at it writes nothing
    first.refresh_from_db()
    assert first.read_at is None
    assert client.post(reverse("my:message-read", args=[first.pk])).url == reverse("my:thread", args=[first.pk])
    client.force_login(people.planner())
    assert "Read on" in lines(client.get(record_address(customer)))[0]
    reply = answer(customer, first)
    client.force_login(customer.user)
    assert "Not read yet" in lines(client.get(reverse("my:messages")))[1]
    client.force_login(people.planner())
    client.post(record_address(customer, first), {"body": "Good."})  # who answers has read it
    reply.refresh_from_db()
    assert reply.read_at is not None
    client.force_login(customer.user)
    seen = lines(client.get(reverse("my:messages")))
    assert ["Read on" in line for line in seen] == [False, True, False]


def test_nobody_reads_what_another_got(client, customer):
    first = begun(customer)
    reply = answer(customer, first)
    colleague = people.youth_planner()
    write_to_customer(customer, body="I answer for once.", thread=first, by=colleague, at=clock.now())
    client.force_login(colleague)
    assert client.post(reverse("message-read", args=[reply.pk])).status_code == 404
    reply.refresh_from_db()
    assert reply.read_at is None


# --- files ------------------------------------------------------------------------------------


def test_a_file_that_staff_attach_is_filed_and_the_customer_may_open_it(client, customer):
    client.force_login(people.planner())
    client.post(record_address(customer), {"subject": "Bus pass", "body": "It is here.", "file": pdf()})
    upload = Attachment.objects.get(message__recipient=customer.user).upload
    assert (upload.customer, upload.name, upload.shown_to_customer) == (customer, "bus-pass.pdf", True)
    assert "bus-pass.pdf" in Page(client.get(reverse("customers:uploads", args=[customer.pk]))).words
    client.force_login(customer.user)
    link = Page(client.get(reverse("my:messages"))).links()["bus-pass.pdf"]
    assert b"".join(client.get(link)) == PDF
    client.force_login(people.lucia().user)
    assert client.get(link).status_code == 404


def test_a_file_of_the_customers_comes_with_the_answer(client, customer):
    first = begun(customer)
    client.force_login(customer.user)
    address = reverse("my:thread", args=[first.pk])
    assert client.post(address, {"body": "See here.", "file": pdf("pay stub.pdf")}).status_code == 302
    upload = Upload.objects.get(customer=customer)
    assert (upload.uploaded_by, upload.attachment.message.thread) == (customer.user, first)
    client.force_login(people.planner())
    link = Page(client.get(record_address(customer, first))).links()["pay stub.pdf"]
    assert b"".join(client.get(link)) == PDF


def test_a_file_that_can_t_be_taken_sends_nothing(planner, customer):
    entry = {"subject": "Hi", "body": "?", "file": pdf(content=b"no file at all")}
    response = planner.post(record_address(customer), entry)
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert not Message.objects.filter(recipient=customer.user).exists()


def test_a_customer_who_has_left_the_planner_finds_whom_to_call(client, customer):
    customer.planner = None
    record(customer, by=people.planner(), at=clock.now())
    client.force_login(customer.user)
    assert "Write to" not in Page(client.get(reverse("my:messages"))).words
    assert client.post(reverse("my:messages"), {"subject": "Hi", "body": "?"}).status_code == 404


# --- e-mail -----------------------------------------------------------------------------------


@pytest.mark.policy("WIS-013", "ILL-018")
def test_an_e_mail_tells_that_there_is_a_message_and_nothing_of_it(customer):
    Notification.objects.update(sent_at=clock.now(), given_up_at=None)
    first = begun(customer, file=pdf("diagnosis.pdf"))
    answer(customer, first, file=pdf("diagnosis.pdf"))
    while deliver_next(clock.now() + timedelta(seconds=1)):
        pass
    assert [letter.to for letter in mail.outbox] == [[customer.user.email], [people.planner().email]]
    for letter in mail.outbox:
        whole = f"{letter.subject}\n{letter.body}"
        for detail in ("Bus pass", "It is here", "Monday", "diagnosis", customer.last_name):
            assert detail not in whole
        assert letter.attachments == []
