"""Print Customer Copy, Export and Export IWDS Crosswalk of the overview (ILL-022 to ILL-024; AMB-I12)."""

import codecs
import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.accounts.models import Office
from careerplan.demo.cast import CUSTOMERS, MILLBROOK
from careerplan.pages.plan_files import CROSSWALK
from careerplan.plans.barriers import save_barrier
from careerplan.plans.models import BarrierCategory, EmploymentPlan
from goals.models import ActionStep
from goals.steps import finish_own_step
from services.models import PlannedService, Service
from tests import people, states
from tests.acknowledgments.printed import pages_of, paper_text
from tests.markup import Page
from tests.rows import write
from tests.services.crosswalk import crosswalk_row

pytestmark = pytest.mark.django_db

NAMES = {"Print Customer Copy": "customer-copy", "Export": "export", "Export IWDS Crosswalk": "crosswalk"}
AS_JSON = "crosswalk-json"


def rows_of(client, name, customer):
    client.force_login(customer.planner)
    answer = client.get(reverse(f"plan:{name}", args=[customer.pk]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def say_of_services(customer):
    for service in PlannedService.objects.filter(plan__customer=customer):
        write(service, notes="Was late three times.")


@pytest.mark.policy("ILL-022", "ILL-023", "ILL-024", "AMB-I12")
def test_the_overview_offers_all_three(client):
    customer = people.david()
    client.force_login(customer.planner)
    links = Page(client.get(reverse("plan:overview", args=[customer.pk]))).links()
    said = {words.split(" the plan as a table")[0]: path for words, path in links.items()}
    assert {words: said.get(words) for words in NAMES} == {
        words: reverse(f"plan:{name}", args=[customer.pk]) for words, name in NAMES.items()
    }


@pytest.mark.policy("ILL-022")
def test_the_customers_copy_is_of_the_plan_in_force_while_a_draft_is_written(client):
    version = states.in_force()
    customer = version.plan.customer
    states.reviewed(customer)
    states.add_goal(customer, "Find a flat near the clinic")
    client.force_login(customer.planner)
    copy = paper_text(client.get(reverse("plan:customer-copy", args=[customer.pk])))
    form = paper_text(client.get(reverse("plan:paper", args=[customer.pk])))
    assert "Find a flat near the clinic" in form
    assert "Find a flat near the clinic" not in copy
    assert "Acknowledged" in copy


@pytest.mark.policy("ILL-022")
def test_before_a_plan_is_in_force_the_copy_is_the_draft(client):
    customer = states.draft().plan.customer
    client.force_login(customer.planner)
    assert "DRAFT" in paper_text(client.get(reverse("plan:customer-copy", args=[customer.pk])))


@pytest.mark.policy("ILL-022")
def test_the_customers_copy_has_no_notes_of_staff(client):
    customer = states.draft().plan.customer
    say_of_services(customer)
    client.force_login(customer.planner)
    assert "late three times" not in paper_text(client.get(reverse("plan:customer-copy", args=[customer.pk])))


def copy_pages(client, customer):
    client.force_login(customer.planner)
    answer = client.get(reverse("plan:customer-copy", args=[customer.pk]))
    assert answer["Content-Type"] == "application/pdf"
    return pages_of(answer.content)


@pytest.mark.policy("ILL-022")
def test_the_copy_begins_with_the_plan_as_it_stands_today_and_shows_it_as_it_was_agreed_to(client):
    version = states.in_force()
    customer, step = version.plan.customer, ActionStep.objects.get(plan=version.plan)
    before = copy_pages(client, customer)
    assert "Hand in the health form" in before[0]
    finish_own_step(step, by=customer.user, at=states.now())
    first, *behind = copy_pages(client, customer)
    assert "Your plan in short" in first
    assert "Hand in the health form" not in first
    assert "1 step is done." in first
    assert "Hand in the health form" in " ".join(behind)
    assert str(customer.planner) in first


@pytest.mark.policy("ILL-022")
def test_the_first_page_tells_nothing_of_a_draft_beside_a_plan_in_force(client):
    customer = states.in_force().plan.customer
    states.reviewed(customer)
    states.add_goal(customer, "Find a flat near the clinic")
    assert "Find a flat" not in " ".join(copy_pages(client, customer))


@pytest.mark.policy("ILL-022", "ILL-005")
def test_the_help_in_dollars_is_what_was_promised_where_the_plan_says_less(client):
    first = copy_pages(client, people.angela())[0]
    assert "Your help in dollars, all in all: $2,970.00. $680.00 of it is paid." in first
    assert re.search(r"Training for one kind of job, Lakeside Community College .* Started \$1,480\.00", first)


@pytest.mark.policy("ILL-022")
def test_the_copy_is_in_the_customers_language(client):
    first = copy_pages(client, people.lucia())[0]
    assert "Su plan en breve" in first
    assert "Your plan in short" not in first


@pytest.mark.policy("ILL-022")
def test_the_copy_speaks_the_language_that_the_customer_reads_today(client):
    customer = states.in_force().plan.customer
    write(customer, language="es")
    assert "Su plan en breve" in copy_pages(client, customer)[0]


@pytest.mark.policy("ILL-022")
def test_the_first_page_names_the_planner_and_the_office_of_today(client):
    customer = states.in_force().plan.customer
    former, successor = customer.planner, people.youth_planner()
    write(customer, planner=successor, office=Office.objects.get(name=MILLBROOK))
    customer.refresh_from_db()
    first, *behind = copy_pages(client, customer)
    assert f"Your career planner: {successor} · {successor.phone}" in first
    assert str(former) not in first
    assert f"Your office: {MILLBROOK}" in first
    assert str(former) in " ".join(behind)


@pytest.mark.policy("ILL-022")
@pytest.mark.parametrize("username", [one.username for one in CUSTOMERS])
def test_of_each_demo_person_the_plan_in_short_is_one_page(client, username):
    customer = people.customer(username)
    if not EmploymentPlan.objects.filter(customer=customer).exists():
        assert client.get(reverse("plan:customer-copy", args=[customer.pk])).status_code in {302, 404}
        return
    pages = copy_pages(client, customer)
    if customer.large_print:  # its letters are twice as large
        assert customer.office.phone in " ".join(pages)
        return
    assert customer.office.phone in pages[0]
    assert customer.state_id in pages[1]
    assert not re.search(r"(And|Y) \d+ (more|más)", pages[0])


@pytest.mark.policy("ILL-022")
def test_of_a_long_plan_the_first_page_is_given_alone(client, settings):
    customer = states.in_force().plan.customer
    settings.PRINT_IN_REQUEST_ROWS = 0
    [first] = copy_pages(client, customer)
    assert "Your plan is long. Ask your planner to print the rest of it for you." in first
    assert "Hand in the health form" in first


@pytest.mark.policy("ILL-022")
def test_in_a_plan_that_is_closed_nothing_comes_next(client):
    customer = states.in_force().plan.customer
    assert "look at the plan again" in copy_pages(client, customer)[0]
    states.closed(customer)
    first = copy_pages(client, customer)[0]
    assert "This plan is closed." in first
    assert "You have nothing left to do in your plan now." in first
    assert "look at the plan again" not in first
    assert "Hand in the health form" not in first


def test_the_copy_costs_no_query_for_each_service(client):
    customer = states.draft().plan.customer
    client.force_login(customer.planner)
    path = reverse("plan:customer-copy", args=[customer.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for code in ("BC-COUN", "BC-JREQ", "WE-EXP"):
        states.pen(states.newest(customer)).service(code, states.plan_of(customer).goals.first())
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


@pytest.mark.policy("ILL-023")
def test_the_files_open_in_a_spreadsheet_as_they_are(client):
    """A byte order mark says that they are UTF-8, and each row ends as spreadsheets end it."""
    customer = states.draft().plan.customer
    states.add_goal(customer, "Aprender español, «bien»")
    client.force_login(customer.planner)
    for name in ("export", "crosswalk"):
        content = client.get(reverse(f"plan:{name}", args=[customer.pk])).content
        assert content.startswith(codecs.BOM_UTF8)
        assert content.count(codecs.BOM_UTF8) == 1
        assert content.endswith(b"\r\n")
    assert "Aprender español, «bien»" in {row["What"] for row in rows_of(client, "export", customer)}


@pytest.mark.policy("ILL-023")
def test_the_export_has_a_line_for_each_item_under_its_goal(client):
    customer = states.draft().plan.customer
    rows = rows_of(client, "export", customer)
    assert [(row["Kind"], row["Number of the goal"]) for row in rows] == [
        ("Career goal", ""),
        ("Barrier", ""),
        ("Goal", "1"),
        ("Service", "1"),
        ("Service", "1"),
        ("Action step", "1"),
    ]
    assert rows[2]["What"] == "Pass the nursing assistant course"
    assert rows[-1]["What"] == "Hand in the health form"


@pytest.mark.policy("ILL-023")
def test_the_export_says_what_only_a_class_of_services_has(client):
    [paid_work] = [row for row in rows_of(client, "export", people.duke()) if "RAPIDS" in row["More"]]
    assert "Sponsor: Marlow School District 12 · RAPIDS ID: IL008950001" in paid_work["More"]
    assert "From the start: $16.50 an hour, 60% of the journeyworker's wage" in paid_work["More"]
    [training] = [
        row for row in rows_of(client, "export", people.angela()) if row["Who"] == "Lakeside Community College"
    ]
    assert "Basic Nursing Assistant · Certified Nursing Assistant" in training["More"]


@pytest.mark.policy("ILL-023")
def test_neither_file_has_what_is_confidential_or_a_note(client):
    customer = states.draft().plan.customer
    plan = states.plan_of(customer)
    category = BarrierCategory.objects.filter(is_confidential=True, is_active=True).order_by("position")[0]
    values = {"category": category, "description": "A word for few eyes"}
    save_barrier(plan, None, values, by=customer.planner, at=states.now())
    say_of_services(customer)
    for name in ("export", "crosswalk"):
        told = str(rows_of(client, name, customer))
        assert "A word for few eyes" not in told
        assert category.name not in told
        assert category.plain_name not in told
        assert "late three times" not in told


@pytest.mark.policy("ILL-024")
def test_the_crosswalk_names_the_federal_elements_of_each_service(client):
    customer = states.draft().plan.customer
    rows = rows_of(client, "crosswalk", customer)
    planned = PlannedService.objects.filter(plan__customer=customer).in_order().select_related("service")
    assert [(row["service_code"], row["pirl_elements"]) for row in rows] == [
        (one.service.code, one.service.pirl_elements) for one in planned
    ]
    assert any(row["pirl_elements"] for row in rows)
    assert list(rows[0]) == list(CROSSWALK)
    assert {row["participant_id"] for row in rows} == {customer.state_id}
    planned_start = planned.get(service__code="TR-OST").planned_start_on
    [training] = [row for row in rows if row["service_code"] == "TR-OST"]
    assert training["planned_start"] == planned_start.isoformat()


def test_what_was_typed_is_no_formula_in_the_file(client):
    version = states.draft()
    customer = version.plan.customer
    states.add_goal(customer, "=1+1 is what I want to learn")
    assert "'=1+1 is what I want to learn" in {row["What"] for row in rows_of(client, "export", customer)}


def test_a_customer_without_a_plan_has_no_files(client):
    customer = states.enrolled()
    client.force_login(customer.planner)
    for name in (*NAMES.values(), AS_JSON):
        assert client.get(reverse(f"plan:{name}", args=[customer.pk])).status_code == 404


# --- codes of other systems -------------------------------------------------------------------


def as_json(client, customer, **query):
    client.force_login(customer.planner)
    answer = client.get(reverse(f"plan:{AS_JSON}", args=[customer.pk]), query)
    assert answer["Content-Disposition"] == f'attachment; filename="crosswalk-{customer.state_id}.json"'
    return answer.json()["services"]


@pytest.mark.policy("ILL-024", "AMB-I12")
def test_each_service_has_its_code_in_the_states_system(client):
    customer = states.draft().plan.customer
    crosswalk_row("TR-OST", code="IWDS-117")
    codes = {row["service_code"]: (row["system"], row["system_code"]) for row in rows_of(client, "crosswalk", customer)}
    assert codes["TR-OST"] == ("IWDS", "IWDS-117")
    assert {row["service_code"]: (row["system"], row["system_code"]) for row in as_json(client, customer)} == codes


@pytest.mark.policy("ILL-023", "ILL-024")
def test_a_service_without_a_code_is_listed_with_an_empty_one(client):
    customer = states.draft().plan.customer
    planned = sorted(PlannedService.objects.filter(plan__customer=customer).values_list("service__code", flat=True))
    assert len(planned) > 1
    crosswalk_row("TR-OST", code="")
    for rows in (rows_of(client, "crosswalk", customer), as_json(client, customer)):
        assert sorted(row["service_code"] for row in rows) == planned
        assert {row["system_code"] for row in rows} == {""}


@pytest.mark.policy("ILL-024")
def test_the_codes_are_of_the_system_that_is_asked_for(client):
    customer = states.draft().plan.customer
    crosswalk_row("TR-OST", code="IWDS-117")
    crosswalk_row("TR-OST", system="ASSET", code="12")
    for asked, code in (("ASSET", "12"), ("IWDS", "IWDS-117"), ("NONE", ""), ("=1+1", "IWDS-117")):
        [row] = [row for row in as_json(client, customer, system=asked) if row["service_code"] == "TR-OST"]
        assert row["system_code"] == code


@pytest.mark.policy("ILL-024")
def test_an_administrator_enters_a_code_and_the_file_has_it(client):
    customer = states.draft().plan.customer
    add = reverse("admin:services_servicecrosswalk_add")
    values = {"service": Service.objects.get(code="TR-OST").pk, "system": "IWDS", "code": "IWDS-117", "note": ""}
    client.force_login(people.administrator())
    assert client.post(add, values).status_code == 302
    assert "This service has a code in this system already." in Page(client.post(add, values)).words
    codes = {row["service_code"]: row["system_code"] for row in as_json(client, customer)}
    assert codes.pop("TR-OST") == "IWDS-117"
    assert set(codes.values()) == {""}


def test_a_code_is_no_formula_in_the_csv_file_and_itself_in_json(client):
    customer = states.draft().plan.customer
    crosswalk_row("TR-OST", code="=1+1")
    assert "'=1+1" in {row["system_code"] for row in rows_of(client, "crosswalk", customer)}
    assert "=1+1" in {row["system_code"] for row in as_json(client, customer)}


def test_the_crosswalk_costs_no_query_for_each_service(client):
    customer = states.draft().plan.customer
    client.force_login(customer.planner)
    path = reverse(f"plan:{AS_JSON}", args=[customer.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for code in ("BC-COUN", "BC-JREQ", "WE-EXP"):
        states.pen(states.newest(customer)).service(code, states.plan_of(customer).goals.first())
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few) <= 12
