"""A source's own codes of services: a table that an administrator keeps, and what waits while it does not know one."""

import pytest
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from goals.models import Goal
from services.feed.deciding import add_to_plan, ignore, link, put_back
from services.feed.mapping import map_code, unknown_codes
from services.feed.models import FeedCode, FeedRecord, FeedRun
from services.feed.taking import note_run
from services.models import PlannedService, Service
from tests import people, states
from tests.at_once import before_the_commit
from tests.markup import Page
from tests.rows import changed, everything
from tests.services import feeding
from tests.services.feed.test_admin import send
from tests.services.feed.test_api import Caller
from tests.services.feed.test_api import record as sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

OWN = "7421/A"


@pytest.fixture
def plan(people):
    return states.draft().plan


@pytest.fixture
def source(people):
    return feeding.source()


def entry(code="BC-COUN"):
    return Service.objects.get(code=code)


def mapped(source, code=OWN, service="BC-COUN"):
    row = FeedCode(source=source, code=code, service=entry(service))
    number = map_code(row, by=people.administrator(), at=clock.now())
    return row, number


@pytest.mark.policy("ILL-103")
def test_a_code_of_the_source_means_what_its_table_says(source):
    mapped(source)
    mapped(feeding.source("iws"), service="BC-JSST")
    report = feeding.filed(source, feeding.said(people.david(), service=f" {OWN} "))
    row = FeedRecord.objects.get()
    assert (report.new, report.unmapped, row.service, row.service_code) == (1, 0, entry(), OWN)


def test_a_code_of_the_catalog_is_known_and_the_table_goes_before_it(source):
    feeding.filed(source, feeding.said(people.david()))
    assert FeedRecord.objects.get().service == entry()
    mapped(source, "BC-COUN", "BC-JSST")
    assert FeedRecord.objects.get().service == entry("BC-JSST")
    feeding.filed(source, feeding.said(people.david(), "A-2"))
    assert FeedRecord.objects.get(external_id="A-2").service == entry("BC-JSST")


@pytest.mark.policy("ILL-103")
def test_a_record_with_an_unknown_code_is_filed_and_counted(source):
    facts = feeding.said(people.david(), service=OWN)
    report = feeding.filed(source, facts, feeding.said(people.david(), "A-2"))
    assert (report.new, report.unmapped, report.refused) == (2, 1, 0)
    row = FeedRecord.objects.get(external_id="A-1")
    assert (row.service, row.service_code, row.state) == (None, OWN, "waiting")
    assert feeding.filed(source, facts).unchanged == 1
    note_run(source, report, way="api", begun_at=clock.now(), by=None, at=clock.now())
    assert FeedRun.objects.get().unmapped == 1


@pytest.mark.policy("ILL-103")
def test_it_stands_in_the_inbox_says_so_and_can_be_ignored_alone(client, plan):
    row = feeding.waiting(plan.customer, service=OWN)
    client.force_login(people.planner())
    page = client.get(reverse("plan:services", args=[plan.customer_id]))
    words = Page(page).words
    assert OWN in words
    assert "No service of the catalog is known by this code." in words
    addresses = {
        name: reverse(f"plan:feed-{name}", args=[plan.customer_id, row.pk]) for name in ("add", "link", "ignore")
    }
    shown = {name for name, address in addresses.items() if address in page.content.decode()}
    assert shown == {"ignore"}
    for address in addresses.values():
        assert OWN in Page(client.get(address)).words
    answer = client.post(addresses["add"], Page(client.get(addresses["add"])).form(addresses["add"]))
    assert "its table of codes does not know that" in Page(answer).words


def test_nothing_is_added_or_linked_before_its_code_is_known(plan):
    row = feeding.waiting(plan.customer, service=OWN)
    planned = PlannedService.objects.in_plan().filter(plan=plan).first()
    before = everything()
    for act in (lambda: add_to_plan(row, plan, by=people.planner(), at=clock.now()),
                lambda: link(row, planned, by=people.planner(), at=clock.now())):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "not-mapped"
    assert changed(before, everything()) == {}


def test_once_the_code_is_entered_what_waits_has_its_service_and_what_was_decided_stays(plan):
    row = feeding.waiting(plan.customer, service=OWN)
    feeding.filed(
        row.source, feeding.said(plan.customer, "A-2", service=OWN), feeding.said(plan.customer, "A-3", service="X")
    )
    ignore(FeedRecord.objects.get(external_id="A-2"), reason="No", by=people.planner(), at=clock.now())
    assert list(unknown_codes(row.source)) == [(OWN, 1), ("X", 1)]
    _row, number = mapped(row.source)
    services = dict(FeedRecord.objects.values_list("external_id", "service__code"))
    assert (number, services) == (1, {"A-1": "BC-COUN", "A-2": None, "A-3": None})
    goal = Goal.objects.in_plan().filter(plan=plan).first()
    assert add_to_plan(row, plan, goal=goal, by=people.planner(), at=clock.now()).service == entry()
    assert FeedRecord.objects.get(pk=row.pk).history.count() == 3


def test_a_record_of_the_plan_that_its_source_calls_by_an_unknown_code_keeps_its_service_and_others_are_filed(plan):
    row = feeding.waiting(plan.customer)
    planned = add_to_plan(row, plan, by=people.planner(), at=clock.now())
    said = (feeding.said(plan.customer, service=OWN), feeding.said(plan.customer, "A-2"))
    report = feeding.filed(row.source, *said)
    assert (report.new, report.changed, report.refused) == (1, 1, 0)
    row.refresh_from_db()
    assert (row.service, row.service_code, row.planned) == (entry(), OWN, planned)
    assert FeedRecord.objects.in_inbox().filter(pk=row.pk).exists()
    assert feeding.filed(row.source, *said).unchanged == 2


def test_a_corrected_code_changes_no_record_that_was_decided_when_it_is_sent_again(plan):
    source = feeding.source()
    code, _number = mapped(source)
    facts = feeding.said(plan.customer, service=OWN)
    feeding.filed(source, facts)
    add_to_plan(FeedRecord.objects.get(), plan, by=people.planner(), at=clock.now())
    code.service = entry("BC-JSST")
    map_code(code, by=people.administrator(), at=clock.now())
    assert feeding.filed(source, facts).unchanged == 1
    assert FeedRecord.objects.get().service == entry()


@pytest.mark.parametrize("code", [OWN, "BC-COUN"])
def test_what_waits_again_has_the_service_that_its_code_means_by_now(plan, code):
    row, by = feeding.waiting(plan.customer, service=code), {"by": people.planner(), "at": clock.now()}
    ignore(row, reason="No", **by)
    mapped(row.source, code, "BC-JSST")
    put_back(row, **by)
    assert FeedRecord.objects.get().service == entry("BC-JSST")


def test_a_corrected_code_is_followed_by_what_waits(plan):
    row = feeding.waiting(plan.customer, service=OWN)
    code, _number = mapped(row.source)
    code.service = entry("BC-JSST")
    assert map_code(code, by=people.administrator(), at=clock.now()) == 1
    assert FeedRecord.objects.get().service == entry("BC-JSST")
    assert code.history.count() == 2


def test_planners_do_not_change_the_table(source):
    row = FeedCode(source=source, code=OWN, service=entry())
    with pytest.raises(NotAllowed):
        map_code(row, by=people.planner(), at=clock.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("staff_and_lists")
def test_what_is_filed_while_the_code_is_entered_has_its_service():
    source = feeding.source()
    customer = states.draft().plan.customer
    before_the_commit(lambda: mapped(source), lambda: feeding.filed(source, feeding.said(customer, service=OWN)))
    assert FeedRecord.objects.get().service == entry()


@pytest.fixture
def office(client):
    client.force_login(people.administrator())
    return client


def test_the_administration_shows_codes_that_wait_and_enters_them(office, plan):
    row = feeding.waiting(plan.customer, service=OWN)
    page = Page(office.get(reverse("admin:services_feedsource_change", args=[row.source_id])))
    [link_to] = page.root.xpath("//a[contains(@href, 'feedcode/add/?')]")
    form = Page(office.get(link_to.get("href")))
    chosen = form.root.xpath("//select[@name='source']/option[@selected]/@value")
    assert (form.root.xpath("//input[@name='code']/@value"), chosen) == ([OWN], [str(row.source_id)])
    said = {"source": row.source_id, "code": OWN, "service": entry().pk, "note": ""}
    page = Page(office.post(reverse("admin:services_feedcode_add"), said, follow=True))
    assert "1 record that waits has its service now." in page.words
    assert FeedRecord.objects.get().service == entry()
    again = Page(office.post(reverse("admin:services_feedcode_add"), said))
    assert "This code of the source is there already." in again.words


def test_a_source_reads_what_its_code_means(source):
    ivle = Caller(source)
    assert ivle.send(sent(people.david(), service=OWN)).json()["unmapped"] == 1
    told = ivle.read("A-1").json()
    assert (told["service"], told["catalog_service"]) == (OWN, None)
    mapped(source)
    told = ivle.read("A-1").json()
    assert (told["service"], told["catalog_service"]) == (OWN, "BC-COUN")


def test_the_preview_of_a_file_says_how_many_codes_are_unknown(office, source):
    text = feeding.csv_of([feeding.row(people.david(), service=OWN), feeding.row(people.david(), "A-2")])
    assert (
        "1 record has a code that is not in the table of codes of its source." in Page(send(office, source, text)).words
    )
