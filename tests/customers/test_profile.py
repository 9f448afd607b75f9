"""The frame of a customer's record: profile card, tabs, and the whole profile behind See All."""

import pytest
from django.urls import reverse

from careerplan.demo.cast import HARBOR
from customers.models import AssessmentType
from tests import people, states
from tests.markup import Page
from tests.naming import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TABS = [
    "Overview", "Intake Review", "Career Plan", "Outcomes", "Case Notes", "Assessments", "Resume", "Worksites",
    "Uploads", "Messages",
]  # fmt: skip


def page_of(client, customer, name="customers:overview", by=people.planner):
    client.force_login(by())
    return Page(client.get(reverse(name, args=[customer.pk])))


@pytest.mark.policy("ILL-012")
def test_the_tabs_are_those_of_the_document_and_last_our_own(client):
    links = page_of(client, people.david()).root.xpath("//nav[@aria-label='Customer record']//a/text()")
    assert links == [*TABS, "Costs"]


@pytest.mark.policy("ILL-017", "ILL-025", "ILL-026", "ILL-027")
@pytest.mark.parametrize(
    ("customer", "facts"),
    [
        (people.david, ("davidkruse@noemail1234.com", "Registrant", "Youth; Out-of-School", "Devon Okafor")),
        (people.jennifer, ("jenniferphilips@noemail1234.com", "Applicant", "Customer Type is not set", "Devon Okafor")),
        (people.keisha, ("keisha.monroe@careerplan.test", "Enrolled", "Youth; Out-of-School", "Devon Okafor")),
    ],
)
def test_the_profile_shows_who_the_customer_is(client, customer, facts):
    shown = page_of(client, customer()).facts()
    names = ("Email", "Enrollment Status", "Customer Type", "Career planner")
    assert tuple(shown[name] for name in names) == facts


@pytest.mark.policy("ILL-028")
def test_see_all_opens_the_whole_profile(client):
    keisha = people.keisha()
    address = page_of(client, keisha).links()["See All"]
    assert address == reverse("customers:intake", args=[keisha.pk])
    page = Page(client.get(address))
    shown = page.facts()
    assert shown["Name"] == "Keisha Monroe"
    assert (shown["Username"], shown["Participant ID"]) == ("keisha.monroe", "1000007")
    assert shown["Office"] == f"{HARBOR}, River Valley"
    rows = page.table("Enrollments")
    assert [(row["Status"], row["Exited"], row["Career planner"]) for row in rows] == [
        ("Enrolled", "-", "Devon Okafor"),
        ("Enrolled", "-", "Priya Raman"),
    ]


def test_a_record_of_little_says_what_is_missing(client):
    customer = states.enrolled(with_sign_in=False)
    shown = page_of(client, customer, "customers:intake").facts()
    assert shown["Username"].startswith("No sign-in yet")
    assert (shown["Phone"], shown["Birth date"]) == ("-", "-")
    assert "can't get messages here" in page_of(client, customer, "customers:messages").words


@pytest.mark.policy("ILL-018", "ILL-019")
def test_the_profile_offers_a_message_and_a_new_password(client):
    david = people.david()
    page = page_of(client, david)
    assert page.links()["Send Message"] == reverse("customers:messages", args=[david.pk])
    page.form(reverse("customers:reset-password", args=[david.pk]), "Reset Password")


@pytest.mark.parametrize("name", ["case-notes", "uploads", "resume", "messages", "assessments"])
def test_who_only_reads_is_offered_no_form(client, name):
    david = people.david()
    for_planner = page_of(client, david, f"customers:{name}")
    for_administrator = page_of(client, david, f"customers:{name}", people.administrator)
    main = "//main//form[@method='post'] | //main//a[contains(@href, '/add/')]"
    assert for_planner.root.xpath(main)
    assert not for_administrator.root.xpath(main)


@pytest.mark.policy("ILL-039")
def test_the_listed_assessments_say_whether_they_are_complete(client):
    rows = page_of(client, people.david(), "customers:assessments").root.xpath("//section[h2='Listed assessments']//li")
    words = [" ".join(row.text_content().split()) for row in rows]
    names = ["Career Cluster Inventory", "Employment 101 - Pre", "Employment 101 - Post", "NOCTI"]
    assert words == [f"{shown(AssessmentType.objects.get(name=name))} Not Complete" for name in names]


@pytest.mark.policy("ILL-039")
def test_a_listed_assessment_that_was_taken_is_complete_with_its_newest_result(client):
    david = people.david()
    client.force_login(people.planner())
    listed = page_of(client, david, "customers:assessment-add").root.xpath(
        "//option[contains(text(), 'NOCTI')]/@value"
    )[0]
    values = {"assessment_type": listed, "kind": "occupational", "category": "skills"}
    for result, day in (("81", "2026-02-02"), ("64", "2026-01-05")):
        address = reverse("customers:assessment-add", args=[david.pk])
        assert client.post(address, values | {"result": result, "assessed_on": day}).status_code == 302
    words = page_of(client, david, "customers:assessments").words
    assert "NOCTI 81" in words
    assert "64" not in words
