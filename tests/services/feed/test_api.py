"""The HTTP API of the feed: who may write, what is taken, and what is answered where something is wrong."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.bodies import MOST_OF_A_STRANGER
from services.feed import api
from services.feed.models import FeedRecord, FeedRun
from services.feed.schemas import MOST_RECORDS
from services.feed.tokens import make_token, revoke_token
from tests import people
from tests.rows import changed, everything, write
from tests.services import feeding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

RECORDS = "/api/v1/services/"


class Caller:
    def __init__(self, source):
        self.source = source
        self.token = make_token(source, by=people.administrator(), at=clock.now())
        self.client = Client()

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, *records, **options):
        data = json.dumps({"records": list(records)})
        return self.client.post(RECORDS, data, content_type="application/json", headers=self.headers, **options)

    def read(self, external_id):
        return self.client.get(f"{RECORDS}record/", {"external_id": external_id}, headers=self.headers)


@pytest.fixture
def ivle(people):
    return Caller(feeding.source())


def record(customer, external_id="A-1", **values):
    return {"external_id": external_id, "participant_id": customer.state_id, "service": "BC-COUN"} | values


def is_problem(response, status, code=None):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), response.content
    said = response.json()
    assert said["status"] == status
    assert said["title"]
    assert code is None or said["code"] == code
    return said


@pytest.mark.policy("ILL-103")
def test_a_source_writes_records_and_the_same_again_changes_nothing(ivle):
    sent = record(people.david(), status="started", actual_start_on="2026-03-31", weekly_hours=12.5, provider="Peña")
    assert ivle.send(sent).json() == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0, "unmapped": 0, "faults": []}
    row = FeedRecord.objects.get()
    assert (row.source, row.customer, str(row.weekly_hours), row.provider) == (
        ivle.source,
        people.david(),
        "12.50",
        "Peña",
    )
    history = FeedRecord.history.count()
    assert ivle.send(sent).json()["unchanged"] == 1
    assert FeedRecord.history.count() == history
    assert ivle.send(sent | {"provider": ""}).json()["changed"] == 1
    assert [(run.way, run.new, run.changed, run.unchanged) for run in FeedRun.objects.order_by("pk")] == [
        ("api", 1, 0, 0),
        ("api", 0, 0, 1),
        ("api", 0, 1, 0),
    ]


def test_records_that_can_t_be_filed_are_told_by_their_place_and_the_others_stand(ivle):
    nobody = record(people.david(), "A-2") | {"participant_id": "NOBODY"}
    said = ivle.send(record(people.david()), nobody, record(people.david(), "A-3", status="complete")).json()
    assert (said["new"], said["refused"]) == (1, 2)
    assert [(fault["index"], fault["external_id"], fault["field"], fault["code"]) for fault in said["faults"]] == [
        (1, "A-2", "participant_id", "unknown-customer"),
        (2, "A-3", "actual_start_on", "start-missing"),
    ]


def test_a_source_reads_and_writes_its_own_records_alone(ivle):
    other = Caller(feeding.source("iws"))
    ivle.send(record(people.david()))
    is_problem(other.read("A-1"), 404)
    other.send(record(people.david(), provider="Theirs"))
    assert (ivle.read("A-1").json()["provider"], other.read("A-1").json()["provider"]) == ("", "Theirs")
    said = ivle.read("A-1").json()
    assert (said["participant_id"], said["service"], said["state"]) == (people.david().state_id, "BC-COUN", "waiting")


def test_a_token_that_is_missing_wrong_revoked_or_of_a_source_that_is_off_opens_nothing(ivle):
    before = everything()
    for header in ("", "Bearer nothing", "Basic abc", "Bearer", f"Bearer {ivle.token}x", f"Bearer {'x' * 5000}"):
        response = ivle.client.post(RECORDS, "{}", content_type="application/json", headers={"Authorization": header})
        is_problem(response, 401, "token")
        assert response["WWW-Authenticate"].startswith("Bearer")
    after = everything()
    assert {model.__name__ for model in changed(before, after)} <= {"TryCount"}
    write(ivle.source, is_active=False)
    is_problem(ivle.send(record(people.david())), 401)
    write(ivle.source, is_active=True)
    assert ivle.send(record(people.david())).status_code == 200
    revoke_token(ivle.source.tokens.get(), by=people.administrator(), at=clock.now())
    is_problem(ivle.send(record(people.david())), 401)
    is_problem(ivle.read("A-1"), 401)


def test_a_person_who_is_signed_in_needs_a_token_all_the_same(client):
    client.force_login(people.administrator())
    is_problem(client.post(RECORDS, "{}", content_type="application/json"), 401)
    is_problem(client.get(f"{RECORDS}catalog/"), 401)


def test_a_call_takes_a_thousand_records_and_not_one_more(ivle):
    small = record(people.david())
    rows = [small | {"external_id": f"A-{number}"} for number in range(MOST_RECORDS)]
    assert ivle.send(*rows).json()["new"] == MOST_RECORDS
    said = is_problem(ivle.send(*rows, small), 422, "not-as-described")
    assert said["errors"][0]["pointer"] == "/records"
    assert FeedRecord.objects.count() == MOST_RECORDS


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"planned_start_on": "2026-02-30"}, "/records/1/planned_start_on"),
        ({"planned_start_on": 20260301}, "/records/1/planned_start_on"),
        ({"planned_start_on": "2026-03-01T00:00:00"}, "/records/1/planned_start_on"),
        ({"weekly_hours": "12"}, "/records/1/weekly_hours"),
        ({"weekly_hours": True}, "/records/1/weekly_hours"),
        ({"weekly_hours": 169}, "/records/1/weekly_hours"),
        ({"status": "perhaps"}, "/records/1/status"),
        ({"external_id": ""}, "/records/1/external_id"),
        ({"external_id": "A\0"}, "/records/1/external_id"),
        ({"external_id": 7}, "/records/1/external_id"),
        ({"notes": "x" * 501}, "/records/1/notes"),
        ({"source": "iws"}, "/records/1/source"),
        ({"a/b~c": 1}, "/records/1/a~1b~0c"),
    ],
)
def test_what_is_not_as_described_files_nothing_and_says_where(ivle, values, pointer):
    said = is_problem(
        ivle.send(record(people.david()), record(people.david(), "A-2") | values), 422, "not-as-described"
    )
    assert pointer in [error["pointer"] for error in said["errors"]]
    assert not FeedRecord.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b'{"records": null}', "application/json", 422),
        (b"records=1", "application/x-www-form-urlencoded", 415),
        (b"--x--", "multipart/form-data; boundary=x", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_what_is_no_json_is_refused(ivle, body, kind, status):
    is_problem(ivle.client.post(RECORDS, body, content_type=kind, headers=ivle.headers), status)


def test_letters_that_nobody_reads_are_a_fault_of_their_record(ivle):
    said = ivle.send(
        record(people.david(), "A-1\u202e"), record(people.david(), "A-2", notes="\0"), record(people.david(), "A-3")
    ).json()
    assert (said["new"], [fault["code"] for fault in said["faults"]]) == (1, ["unreadable", "unreadable"])
    assert FeedRun.objects.get().faults[0]["external_id"] == "A-1\ufffd"
    is_problem(ivle.read("\0"), 400)  # in an address it is refused before anything is looked up


def test_a_body_that_is_too_long_is_not_read(ivle):
    headers = {"CONTENT_LENGTH": str(MOST_OF_A_STRANGER + 1)}
    is_problem(ivle.send(**headers), 413)
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    is_problem(ivle.send(**chunked), 411)


@pytest.mark.parametrize(("path", "status"), [("nowhere/", 404), ("record/?external_id=none", 404), ("record/", 422)])
def test_every_address_answers_with_a_problem(ivle, path, status):
    is_problem(ivle.client.get(RECORDS + path, headers=ivle.headers), status)


def test_another_method_is_answered_with_those_that_there_are(ivle):
    response = ivle.client.delete(RECORDS, headers=ivle.headers)
    is_problem(response, 405)
    assert response["Allow"] == "POST"


def test_a_source_has_a_budget_of_calls_and_others_have_their_own(ivle, monkeypatch):
    monkeypatch.setattr(api, "CALLS", (api.Budget(2, api.MINUTE),))
    other = Caller(feeding.source("iws"))
    assert [ivle.send().status_code for _number in range(2)] == [200, 200]
    response = ivle.send(record(people.david()))
    is_problem(response, 429, "too-many")
    assert response["Retry-After"] == "60"
    assert not FeedRecord.objects.exists()
    assert other.send(record(people.david())).status_code == 200


def test_calls_that_are_not_as_described_are_counted_too(ivle, monkeypatch):
    monkeypatch.setattr(api, "CALLS", (api.Budget(2, api.MINUTE),))
    answers = [ivle.send(1), ivle.client.post(RECORDS, "{", content_type="text/plain", headers=ivle.headers)]
    assert [answer.status_code for answer in answers] == [422, 415]
    is_problem(ivle.send(1), 429, "too-many")


def test_a_call_without_the_last_slash_is_told_so_and_loses_nothing_on_the_way(ivle):
    data = json.dumps({"records": [record(people.david())]})
    sent = ivle.client.post(RECORDS.rstrip("/"), data, content_type="application/json", headers=ivle.headers)
    assert "ends with a slash" in is_problem(sent, 404, "not-found")["detail"]
    assert not FeedRecord.objects.exists()


def test_a_program_is_given_no_cookie_and_each_problem_has_a_code(ivle):
    answers = [ivle.client.delete(RECORDS), ivle.client.get("/api/nowhere/"), ivle.client.put(RECORDS, "{}")]
    assert [is_problem(answer, answer.status_code)["code"] for answer in answers] == [
        "other-method", "not-found", "other-method"
    ]  # fmt: skip
    assert not any(answer.cookies for answer in answers)


def test_keys_with_spaces_around_them_are_the_same_keys(ivle):
    ivle.send(record(people.david()))
    again = record(people.david(), " A-1 ") | {"participant_id": f"{people.david().state_id} "}
    assert ivle.send(again).json()["unchanged"] == 1
    assert ivle.read(" A-1").json()["external_id"] == "A-1"
    assert ivle.send(record(people.david(), " ")).json()["faults"][0]["code"] == "missing"


def test_who_tries_tokens_has_a_budget(ivle, monkeypatch):
    monkeypatch.setattr(api, "STRANGERS", (api.Budget(2, api.MINUTE),))
    wrong = {"Authorization": "Bearer nothing"}
    answers = [ivle.client.post(RECORDS, "{}", content_type="application/json", headers=wrong) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert ivle.send(record(people.david())).status_code == 200


def test_a_database_that_is_away_is_a_problem_too(ivle, monkeypatch):
    def away(*args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 1")
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57P01'; END $$")

    monkeypatch.setattr(api, "take", away)
    response = ivle.send(record(people.david()))
    is_problem(response, 503)
    assert response["Retry-After"] == "30"


def test_the_catalog_is_told_by_its_codes(ivle):
    said = ivle.client.get(f"{RECORDS}catalog/", headers=ivle.headers).json()
    assert {"code": "BC-COUN", "name": "Career Counseling / Staff-Assisted Career Guidance"} in said


def test_the_description_is_public_and_says_that_errors_are_problems(client):
    said = client.get(reverse("feed-api:openapi-json")).json()
    assert set(said["paths"]) == {RECORDS, f"{RECORDS}record/", f"{RECORDS}catalog/"}
    answers = said["paths"][RECORDS]["post"]["responses"]
    assert {status: list(answer["content"]) for status, answer in answers.items()} == {"200": ["application/json"]} | {
        status: ["application/problem+json"] for status in ("400", "401", "409", "413", "415", "422", "429")
    }
