"""The versions of a plan: the list, each as it was sealed, and its paper."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.rules.policy import RULE_SET_NAMES, RULE_SETS
from tests import states
from tests.acknowledgments.printed import paper_text
from tests.markup import Page, words_of
from tests.people import angela, david, henrik, lucia, planner, tyrell, youth_planner
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def page_of(client, version):
    return Page(client.get(reverse("plan:version", args=[version.plan.customer_id, version.pk])))


def test_the_list_shows_each_version_with_its_dates(client):
    states.reviewed(angela())
    rows = Page(client.get(reverse("plan:versions", args=[angela().pk]))).table("Versions")
    today = timezone.localdate().strftime("%m/%d/%Y")
    assert [(row["Version"], row["Status"]) for row in rows] == [
        ("Version 2 IEP", "Draft"),
        ("Version 1 IEP", "Active"),
    ]
    assert rows[0]["Created"] == f"{today} Devon Okafor"
    assert (rows[0]["Sent"], rows[0]["Acknowledged"], rows[0]["Next review"]) == ("-", "-", "-")
    first = states.plan_of(angela()).versions.get(number=1)
    assert rows[1]["Acknowledged"].startswith("Angela Whitfield, ")
    assert rows[1]["Next review"] == first.next_review_on.strftime("%m/%d/%Y")


def test_versions_of_earlier_plans_stay_in_the_list(client):
    states.closed(angela())
    states.started(angela())
    rows = Page(client.get(reverse("plan:versions", args=[angela().pk]))).table("Versions")
    assert [(row["Version"], row["Status"]) for row in rows] == [
        ("Version 1 IEP", "Draft"),
        (f"Version 1 IEP, closed {timezone.localdate():%m/%d/%Y}", "Last in force"),
    ]


def test_without_a_plan_there_are_no_versions(client):
    client.force_login(henrik().planner)
    assert "No versions yet." in Page(client.get(reverse("plan:versions", args=[henrik().pk]))).words


@pytest.mark.policy("WIS-078")
def test_a_version_shows_its_evidence_and_its_contents_as_sealed(client):
    version = states.newest(angela())
    seal = Seal.objects.get(version=version)
    evidence = Acknowledgment.objects.get(version=version)
    page = page_of(client, version)
    facts = page.facts()
    assert facts["Digest (SHA-256)"] == seal.digest
    assert facts["Short code"] == seal.short_code
    assert facts["Acknowledged by"].startswith("Angela Whitfield (angela.whitfield), ")
    assert facts["From"] == f"{evidence.ip_address} · {evidence.user_agent}"
    assert facts[f"Statement {evidence.statement_version} (English)"] == evidence.statement
    assert "Complete the nursing assistant course and pass the state examination" in page.words


def test_a_version_stays_as_it_was_sealed(client):
    version = states.newest(angela())
    states.reviewed(angela())
    states.pen(states.newest(angela())).goal("Start a business", "CAREER_PLAN")
    assert "Start a business" not in page_of(client, version).words


def test_a_version_names_the_rules_that_decided_in_words(client):
    version = states.acknowledged(states.told(states.sent(states.draft())))
    decision = version.seals.get().decision
    day = date_format(states.today(), "DATE_FORMAT")
    words = page_of(client, version).words
    rules = "the rules of Wisconsin and Illinois"
    assert f"Decided by {rules} (edition {decision['rules_version']}) on {day}." in words
    assert decision["decided_on"] not in words


def test_a_statement_in_another_language_is_marked(client):
    version = states.acknowledged(states.told(states.sent(states.draft())))
    evidence = Acknowledgment.objects.get(version=version)
    write(planner(), language="es")
    client.force_login(planner())
    root = page_of(client, version).root
    assert root.xpath("//bdi[@lang='en']/text()")[0] == evidence.statement
    assert f"{evidence.statement_version} (inglés)" in words_of(root)


@pytest.mark.parametrize("rules", RULE_SETS)
def test_each_set_of_rules_has_a_name(rules):
    assert RULE_SET_NAMES[rules]


def test_what_happened_to_a_version_is_told(client):
    version = states.recalled(states.sent(states.reviewed(angela())).version)
    words = page_of(client, version).words.split("What happened")[1]
    assert [word for word in words.split() if word in {"Draft:", "acknowledgment:"}] == [
        "Draft:",
        "acknowledgment:",
        "Draft:",
    ]


def test_a_draft_says_that_it_is_not_sealed(client):
    page = page_of(client, states.reviewed(angela()))
    assert "This version is not sealed: its contents are the plan as it stands now." in page.words
    assert "Digest (SHA-256)" not in page.facts()


def test_a_version_of_another_customer_is_not_found(client):
    for version in (states.newest(lucia()), states.newest(david())):
        assert client.get(reverse("plan:version", args=[angela().pk, version.pk])).status_code == 404


# --- the paper --------------------------------------------------------------------------------


@pytest.mark.policy("ILL-030")
def test_the_form_of_a_plan_that_was_sent_is_printed_to_be_signed_by_both(client):
    version = states.newest(tyrell())
    client.force_login(youth_planner())
    overview = Page(client.get(reverse("plan:overview", args=[tyrell().pk])))
    text = paper_text(client.get(overview.links()["View/Print IEP/ISS Form"]))
    signatures = text.partition("Who Signature Date")[2]
    assert signatures.startswith(" Customer Brooks, Tyrell")
    assert f"Career planner {version.sent_by}" in signatures


@pytest.mark.policy("WIS-078")
def test_the_form_of_an_acknowledged_plan_prints_the_name_with_the_date_and_time(client):
    evidence = Acknowledgment.objects.get(version=states.newest(angela()))
    at = date_format(timezone.localtime(evidence.acknowledged_at), "DATETIME_FORMAT")
    text = paper_text(client.get(reverse("plan:paper", args=[angela().pk])))
    assert f"Angela Whitfield Electronic acknowledgment {at}" in text


@pytest.mark.policy("ILL-030")
def test_the_form_of_a_sealed_version_is_the_one_on_file(client):
    answer = client.get(reverse("plan:paper", args=[angela().pk]))
    assert states.paper_of(angela()).upload.sha256
    assert Seal.objects.get(version=states.newest(angela())).short_code in paper_text(answer).replace(" ", "")


def test_the_form_of_a_draft_is_marked_as_one(client):
    assert "DRAFT" in paper_text(client.get(reverse("plan:paper", args=[david().pk])))


def test_a_deleted_version_has_no_form_of_what_stands_now(client):
    client.force_login(lucia().planner)
    version = states.deleted(states.newest(lucia()))
    path = reverse("plan:paper", args=[lucia().pk])
    assert client.get(path, {"version": version.pk}).status_code == 404
    assert client.get(path).status_code == 404
    for key in ("x", "²", "9" * 30, states.newest(angela()).pk):
        assert client.get(path, {"version": key}).status_code == 404


def test_the_customer_gets_the_copy_on_file(client):
    client.force_login(tyrell().user)
    path = reverse("my:paper", args=[states.newest(tyrell()).pk])
    assert "Tyrell" in paper_text(client.get(path))
    states.recalled(states.newest(tyrell()))
    assert client.get(path).status_code == 404


def test_the_agreed_form_takes_the_place_of_the_one_to_sign(client):
    states.told(states.acknowledged(states.request_for(states.newest(tyrell()))).seals.valid().get())
    client.force_login(youth_planner())
    staff = client.get(reverse("plan:paper", args=[tyrell().pk]))
    client.force_login(tyrell().user)
    own = client.get(reverse("my:paper", args=[states.newest(tyrell()).pk]))
    assert staff.content == own.content
    assert "192.0.2.7" in paper_text(own)
