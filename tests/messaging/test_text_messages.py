"""Text messages: to customers who agreed to them alone, at most one a day, and never by night."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from careerplan.accounts.models import User
from careerplan.messaging.actions import mark_read
from careerplan.messaging.choices import NoTelephoneNumber, as_number, choose
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.enums import Notice
from careerplan.messaging.leaving import text_message_leaves_at
from careerplan.messaging.models import Notification, TextMessage
from careerplan.messaging.texts import text_for
from tests import people
from tests.messaging.test_notify import AT, tell
from tests.rows import refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

NUMBER = "+12175550123"
EVENING, NIGHT = datetime(2026, 3, 3, 2, 50, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.TIME_ZONE = "America/Chicago"
    settings.TEXT_MESSAGES, settings.TEXT_MESSAGES_DIR = "files", tmp_path / "texts"
    settings.AGENCY_NAME, settings.SITE_ADDRESS = "Department of Work", "https://careerplan.example.org"
    Notification.objects.all().delete()
    return settings.TEXT_MESSAGES_DIR


@pytest.fixture
def angela():
    person = people.angela().user
    return choose(person, emails_daily=False, text_messages_to="(217) 555-0123", by=person, at=AT)


def deliver(at=AT):
    while deliver_next(at):
        pass


def test_it_says_that_something_waits_and_no_more(angela, files):
    tell(angela)
    deliver()
    [file] = files.iterdir()
    assert file.read_text() == (
        f"To: {NUMBER}\n\n"
        "Department of Work: something is waiting for you in CareerPlan. Sign in: https://careerplan.example.org\n"
    )
    assert TextMessage.objects.get().sent_at == AT


def test_it_speaks_the_persons_language(angela):
    tell(angela)
    write(angela, language="es")
    assert text_for(TextMessage.objects.get()).words.startswith("Department of Work: hay algo esperándole")


def test_nobody_gets_one_who_did_not_agree():
    tell(people.angela().user)
    assert not TextMessage.objects.exists()


def test_staff_get_none(angela):
    planner = people.planner()
    choose(planner, emails_daily=False, text_messages_to="217-555-0140", by=planner, at=AT)
    assert User.objects.get(pk=planner.pk).text_messages_to == ""


def test_an_installation_without_text_messages_sends_none(angela, settings):
    settings.TEXT_MESSAGES = "none"
    tell(angela)
    assert not TextMessage.objects.exists()


def test_what_only_informs_is_no_reason_for_one(angela):
    tell(angela, kind=Notice.PLAN_SIGNED)
    assert not TextMessage.objects.exists()


def test_there_is_one_a_day(angela):
    tell(angela, "one")
    tell(angela, "two", at=AT + timedelta(hours=1))
    assert TextMessage.objects.count() == 1
    tell(angela, "three", at=AT + timedelta(days=1))
    assert TextMessage.objects.count() == 2


@pytest.mark.parametrize("ends", ["read", "withdrawn", "another number"])
def test_none_leaves_where_it_is_no_news_or_nobody_agrees_any_more(angela, files, ends):
    message = tell(angela)
    if ends == "read":
        mark_read(message, by=angela, at=AT)
    else:
        number = "" if ends == "withdrawn" else "217-555-0199"
        choose(angela, emails_daily=False, text_messages_to=number, by=angela, at=AT)
    deliver()
    assert not files.exists()
    assert TextMessage.objects.get().was_settled


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        (datetime(2026, 3, 2, 14, 0, tzinfo=UTC), datetime(2026, 3, 2, 14, 0, tzinfo=UTC)),  # 8:00 in Chicago
        (datetime(2026, 3, 2, 13, 59, tzinfo=UTC), datetime(2026, 3, 2, 14, 0, tzinfo=UTC)),
        (datetime(2026, 3, 3, 2, 59, tzinfo=UTC), datetime(2026, 3, 3, 2, 59, tzinfo=UTC)),  # 20:59
        (datetime(2026, 3, 3, 3, 0, tzinfo=UTC), datetime(2026, 3, 3, 14, 0, tzinfo=UTC)),  # 21:00
        (datetime(2026, 3, 8, 5, 0, tzinfo=UTC), datetime(2026, 3, 8, 13, 0, tzinfo=UTC)),  # the night of 23 hours
    ],
)
def test_none_leaves_by_night(at, leaves):
    assert text_message_leaves_at(User(time_zone=""), at) == leaves


def test_one_that_failed_in_the_evening_is_not_tried_again_by_night(angela, files):
    tell(angela, at=EVENING)
    TextMessage.objects.update(available_at=NIGHT)
    deliver(NIGHT)
    row = TextMessage.objects.get()
    assert (row.sent_at, row.available_at) == (None, datetime(2026, 3, 3, 14, tzinfo=UTC))
    deliver(row.available_at)
    assert TextMessage.objects.get().sent_at


def test_what_comes_after_one_that_was_read_is_told_of_the_same_day(angela):
    first = tell(angela, "one", at=NIGHT)
    mark_read(first, by=angela, at=NIGHT + timedelta(hours=1))
    second = tell(angela, "two", kind=Notice.ACKNOWLEDGMENT_REQUESTED, at=NIGHT + timedelta(hours=2))
    deliver(datetime(2026, 3, 3, 14, tzinfo=UTC))
    row = TextMessage.objects.get()
    assert (row.message, row.sent_at is not None) == (second, True)


@pytest.mark.parametrize("typed", ["217-555-0123", "+1 (217) 555-0123", "1.217.555.0123", "2175550123"])
def test_a_number_is_read_however_it_is_typed(typed):
    assert as_number(typed) == NUMBER


@pytest.mark.parametrize("typed", ["555-0123", "117-555-0123", "217-155-0123", "+44 20 7946 0958", "call me"])
def test_what_is_no_number_is_refused_in_words(typed):
    with pytest.raises(NoTelephoneNumber, match="with its area code"):
        as_number(typed)


def test_the_database_knows_no_number_without_a_consent(angela):
    refuses("text_messages_go_to_who_agreed", lambda: write(angela, text_messages_agreed_at=None))


# --- a gateway ------------------------------------------------------------------------------------


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers["Authorization"], self.headers["Idempotency-Key"], body))
        status = self.server.answers.pop(0)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.fixture
def gateway(settings):
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    server.asked, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.TEXT_MESSAGES, settings.TEXT_MESSAGES_FROM, settings.TEXT_MESSAGES_TOKEN = "gateway", "+12175550100", "t0p"
    settings.TEXT_MESSAGES_URL = f"http://127.0.0.1:{server.server_port}/v1/messages"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_gateway_is_asked_as_it_wants(angela, gateway):
    gateway.answers = [202]
    tell(angela)
    deliver()
    row = TextMessage.objects.get()
    key = f"careerplan-{row.pk}"
    [(path, token, same, body)] = gateway.asked
    assert (path, token, same) == ("/v1/messages", "Bearer t0p", key)
    assert (body["to"], body["from"], body["id"]) == (NUMBER, "+12175550100", key)
    assert row.sent_at == AT


@pytest.mark.parametrize("status", [500, 503, 429, 401, 302])
def test_a_gateway_that_fails_is_asked_again_with_the_same_key(angela, gateway, status):
    gateway.answers = [status, 200]
    tell(angela)
    deliver()
    row = TextMessage.objects.get()
    assert (row.sent_at, row.given_up_at, row.attempts) == (None, None, 1)
    assert "t0p" not in row.last_error
    deliver(row.available_at)
    assert TextMessage.objects.get().sent_at == row.available_at
    assert len({key for _path, _token, key, _body in gateway.asked}) == 1


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_number_that_the_gateway_refuses_is_given_up(angela, gateway, status):
    gateway.answers = [status]
    tell(angela)
    deliver()
    assert TextMessage.objects.get().given_up_at == AT


def test_a_gateway_that_is_not_there_is_tried_again(angela, settings):
    settings.TEXT_MESSAGES, settings.TEXT_MESSAGES_URL = "gateway", "http://127.0.0.1:9/"
    tell(angela)
    deliver()
    assert (TextMessage.objects.get().given_up_at, TextMessage.objects.get().attempts) == (None, 1)
