"""The inbox on Add Steps/Services, its forms, the last sync, and "Sync now"."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse

from careerplan.base import clock
from services.feed import asking, runs
from services.feed.deciding import add_to_plan
from services.feed.inbox import MOST_SHOWN
from services.feed.models import FeedRecord, FeedRun
from services.models import PlannedService
from tests import people, states
from tests.markup import Page
from tests.services import feeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def client(client):
    client.force_login(people.planner())
    return client


@pytest.fixture
def plan(people):
    return states.draft().plan


def path(name, plan, *keys):
    return reverse(f"plan:{name}", args=[plan.customer_id, *keys])


def shown(client, plan):
    words = Page(client.get(path("services", plan))).words
    return (
        words.split("From other systems", 1)[-1].split("Planned services")[0] if "From other systems" in words else ""
    )


@pytest.mark.policy("ILL-103")
def test_a_record_is_added_from_the_inbox_and_leaves_it(client, plan):
    row = feeding.waiting(plan.customer, provider="Harbor College")
    assert "Harbor College" in shown(client, plan)
    add = path("feed-add", plan, row.pk)
    assert add in client.get(path("services", plan)).content.decode()
    page = Page(client.get(add))
    assert "Harbor College" in page.words
    page = Page(client.post(add, page.form(add), follow=True))
    assert "was added to the plan." in page.words
    assert "Nothing from other systems waits here." in shown(client, plan)
    assert PlannedService.objects.in_plan().get(plan=plan, service=row.service).provider == "Harbor College"


def test_a_record_is_linked_or_ignored_from_the_inbox(client, plan):
    planned = PlannedService.objects.in_plan().filter(plan=plan).select_related("service").first()
    row = feeding.waiting(plan.customer, service=planned.service.code)
    link = path("feed-link", plan, row.pk)
    page = Page(client.post(link, Page(client.get(link)).form(link) | {"planned": planned.pk}, follow=True))
    assert "The record was linked to the service." in page.words
    other = feeding.waiting(plan.customer, "A-2")
    assert "The plan has no such service." in Page(client.get(path("feed-link", plan, other.pk))).words
    ignore = path("feed-ignore", plan, other.pk)
    assert client.post(ignore, Page(client.get(ignore)).form(ignore)).status_code == 422
    client.post(ignore, Page(client.get(ignore)).form(ignore) | {"reason": "Before this plan"})
    assert [row.state for row in FeedRecord.objects.order_by("pk")] == ["linked", "ignored"]


def test_a_changed_record_is_noted_and_an_ignored_one_may_wait_again(client, plan):
    row = feeding.waiting(plan.customer)
    for again in (False, True):
        ignore = path("feed-ignore", plan, row.pk)
        if not again:
            client.post(ignore, Page(client.get(ignore)).form(ignore) | {"reason": "No"})
        feeding.filed(row.source, feeding.said(plan.customer, provider=f"New {again}"))
        assert "Changed since." in shown(client, plan)
        client.post(path("feed-seen", plan, row.pk), {"again": "yes"} if again else {})
        assert "Changed since." not in shown(client, plan)
    assert FeedRecord.objects.get().state == "waiting"


def test_a_record_that_was_ignored_by_mistake_waits_again(client, plan):
    row = feeding.waiting(plan.customer)
    address = path("feed-ignore", plan, row.pk)
    form = Page(client.get(address)).form(address) | {"reason": "Not ours"}
    undo = path("feed-seen", plan, row.pk)
    page = Page(client.post(address, form, follow=True))
    assert page.root.xpath(f"//form[@action='{undo}']//button/text()") == ["Undo"]
    assert "The record waits again." in Page(client.post(undo, page.form(undo), follow=True)).words
    assert FeedRecord.objects.get().waits


def test_the_note_of_a_record_stands_beside_it(client, plan):
    feeding.waiting(plan.customer, notes="Bring the <b>papers</b>. " + "x" * 300)
    words = shown(client, plan)
    assert "Bring the <b>papers</b>. xxx" in words
    assert "x" * 200 not in words


def test_the_forms_of_a_record_that_was_decided_say_so(client, plan):
    row = feeding.waiting(plan.customer)
    add_to_plan(row, plan, by=people.planner(), at=clock.now())
    for name in ("feed-add", "feed-link", "feed-ignore"):
        response = client.get(path(name, plan, row.pk))
        assert response.status_code == 409
        assert "This record was decided already: Added to the plan." in Page(response).words


def test_a_long_inbox_shows_the_first_ones_and_says_how_many_there_are(client, plan):
    source = feeding.source()
    feeding.filed(source, feeding.said(plan.customer, "A-unknown", service="7421/A"))
    feeding.filed(source, *(feeding.said(plan.customer, f"A-{number}") for number in range(MOST_SHOWN - 1)))
    words = shown(client, plan)
    assert ("A-unknown" in words, " are shown. " in words) == (True, False)
    feeding.filed(source, feeding.said(plan.customer, "A-last"))
    words = shown(client, plan)
    assert f"{MOST_SHOWN} of {MOST_SHOWN + 1} are shown." in words
    assert ("A-last" in words, "A-unknown" in words) == (True, False)


def test_a_record_of_another_customer_is_at_no_address(client, plan):
    row = feeding.waiting(people.angela())
    for name in ("feed-add", "feed-link", "feed-ignore"):
        assert client.get(path(name, plan, row.pk)).status_code == 404
    assert client.post(path("feed-seen", plan, row.pk)).status_code == 404


@pytest.mark.policy("ILL-105")
def test_the_last_sync_is_said_and_is_not_available_where_there_was_none(client, plan):
    assert shown(client, plan) == ""  # no other system, no word of one
    source = feeding.source()
    feeding.source("north", region=feeding.region_of(people.lucia()))
    assert "IVLE Last sync: N/A" in shown(client, plan)
    assert "NORTH" not in shown(client, plan)
    asking.note_run(source, asking.Report(), way="api", begun_at=clock.now(), by=None, at=clock.now())
    assert f"Last sync: {states.today():%m/%d/%Y}" in shown(client, plan)


@pytest.mark.policy("ILL-105")
def test_a_failed_sync_and_one_of_another_customer_are_no_last_sync(client, plan):
    source, at = feeding.source(), clock.now()
    asking.note_run(source, asking.Report(), way="asked", refusal="Silent.", begun_at=at, by=None, at=at)
    asking.note_run(source, asking.Report(), way="asked", customer=people.angela(), begun_at=at, by=None, at=at)
    assert "Last sync: N/A" in shown(client, plan)


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Authorization"]))
        status, body = self.server.says
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.asked, server.says = [], (200, {"records": []})
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def asked(server, settings, people):
    """A source that can be asked at this server."""
    host = f"127.0.0.1:{server.server_port}"
    settings.FEED_HOSTS, settings.FEED_TOKENS = [host], {"iws": "their-token"}
    return feeding.source("iws", asking="http", address=f"http://{host}/services")


def sync(client, plan, source):
    return client.post(path("feed-sync", plan, source.pk), follow=True)


@pytest.mark.policy("ILL-105")
def test_sync_now_asks_the_source_for_the_customer_and_files_what_it_has(client, plan, server, asked):
    theirs = feeding.row(plan.customer) | {"weekly_hours": 12.5, "planned_end_on": None}
    other = feeding.row(people.angela(), "A-2")
    server.says = (200, {"records": [theirs, other, "nonsense"]})
    assert "Sync now" in shown(client, plan)
    page = Page(sync(client, plan, asked))
    assert "IWS: 1 new, 0 changed, 0 unchanged, 2 refused." in page.words
    assert server.asked == [(f"/services?participant_id={plan.customer.state_id}", "Bearer their-token")]
    assert FeedRecord.objects.get().customer == plan.customer
    run = FeedRun.objects.get()
    assert (run.way, run.customer, run.asked_by, [fault["code"] for fault in run.faults]) == (
        "asked",
        plan.customer,
        people.planner(),
        ["not-asked-for", "not-a-record"],
    )
    assert f"Last sync: {states.today():%m/%d/%Y}" in shown(client, plan)


@pytest.mark.parametrize(
    "says",
    [(500, b""), (302, b""), (200, b"<html>"), (200, []), (200, {"records": [{}] * 1001}), (200, b" " * 1_000_002)],
)
def test_a_source_that_does_not_answer_as_it_should_changes_nothing(client, plan, server, asked, says):
    server.says = says
    response = sync(client, plan, asked)
    assert response.status_code == 409
    assert "IWS does not answer as it should. Nothing was changed." in Page(response).words
    assert not FeedRecord.objects.exists()
    assert FeedRun.objects.get().refusal


def test_only_hosts_that_the_installation_names_are_asked(client, plan, server, asked, settings):
    settings.FEED_HOSTS = ["iws.example"]
    response = sync(client, plan, asked)
    assert "is not among the hosts that this installation may ask" in Page(response).words
    assert server.asked == []


@pytest.mark.parametrize(
    "address", ["http://iws.example/", "ftp://iws.example/", "file:///etc/passwd", "https://a@iws.example/"]
)
def test_a_host_is_asked_by_tls_alone(settings, address):
    settings.FEED_HOSTS = ["iws.example", ""]
    with pytest.raises(asking.Refusal):
        asking.refuse_other_host(address)


def test_who_asks_again_at_once_waits(client, plan, server, asked):
    answers = [sync(client, plan, asked).status_code for _number in range(4)]
    assert answers == [200, 200, 200, 409]
    assert len(server.asked) == 3


def test_a_source_that_writes_a_file_is_asked_by_reading_it(client, plan, settings, tmp_path):
    settings.FEED_FOLDER = tmp_path
    source = feeding.source("ivle", asking="files")
    assert sync(client, plan, source).status_code == 409  # no file yet
    text = feeding.csv_of([feeding.row(plan.customer), feeding.row(people.angela(), "A-2")])
    (tmp_path / "ivle.csv").write_text(text)
    assert "IVLE: 1 new, 0 changed, 0 unchanged, 0 refused." in Page(sync(client, plan, source)).words
    assert FeedRecord.objects.get().customer == plan.customer


def test_a_source_that_sends_by_itself_is_not_asked(client, plan):
    source = feeding.source()
    assert "Sync now" not in shown(client, plan)
    assert sync(client, plan, source).status_code == 404


def test_runs_are_kept_for_ninety_days_and_the_newest_of_each_source_for_ever():
    source, at = feeding.source(), clock.now()
    for age in (400, 300, 1):
        moment = at - age * runs.KEPT_FOR / 90
        asking.note_run(source, asking.Report(), way="api", begun_at=moment, by=None, at=moment)
    assert runs.long_ago(at).count() == 2
    FeedRun.objects.order_by("-ended_at")[:1].get().delete()
    assert runs.long_ago(at).count() == 1
