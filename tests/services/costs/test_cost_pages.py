"""What planners see and enter of costs: beside a service, and for the whole customer."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.costs.actions import void
from services.costs.models import CostLine, FundingSource
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, david, planner
from tests.rows import write
from tests.services.costs.money import budget, care, entered, free, leave, line_of, paid, promised, rule, settled
from tests.services.service_form import path_of, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def add_path(service):
    return reverse("plan:cost-add", args=[angela().pk, service.pk])


def move_path(name, line):
    return reverse(f"cost-{name}", args=[angela().pk, line.pk])


@pytest.mark.policy("ILL-005")
def test_the_page_of_a_service_shows_its_costs_and_sums(client):
    settled(promised(entered("70.00")), reference="V-31")
    page = Page(client.get(path_of(care())))
    assert "Planned $0.00 Obligated, not paid yet $1,250.00 Paid $70.00" in page.words
    assert "V-31" in page.words


def test_each_stage_of_a_cost_says_when_and_who(client):
    settled(promised(entered("70.00")))
    paid("5.00")
    rows = [" ".join(row.text_content().split()) for row in Page(client.get(path_of(care()))).root.xpath("//tr")]
    [gone_through] = [row for row in rows if "$70.00" in row]
    for stage in ("Obligated", "Planned"):
        assert f"{stage} {states.today():%m/%d/%Y}; {planner()}" in gone_through
    [at_once] = [row for row in rows if "$5.00" in row]
    assert "Obligated" not in at_once


def test_a_cost_goes_its_way_on_the_pages(client):
    service = care()
    data = {"paid_from": f"budget-{budget().pk}", "amount": "1,000.50"}
    assert "The cost was planned." in Page(posted(client, add_path(service), data)).words
    line = CostLine.objects.latest("pk")
    assert (line.stage, line.amount, line.budget) == ("planned", Decimal("1000.50"), budget())
    page = Page(posted(client, move_path("obligate", line), {"reference": "V-9"}))
    assert "The cost was obligated." in page.words
    line = line_of(line)
    assert (line.stage, line.reference, line.until_on) == ("obligated", "V-9", service.planned_end_on)
    assert "The payment was recorded." in Page(posted(client, move_path("pay", line), {"amount": "1,000.00"})).words
    assert (line_of(line).amount, line_of(line).reference) == (Decimal("1000.00"), "V-9")
    page = Page(posted(client, move_path("void", line), {"reason": "Paid twice"}))
    assert "The cost was voided." in page.words
    assert "Paid twice" in page.words


def test_the_rest_stays_promised_unless_it_is_freed(client):
    first, second = promised(entered("100.00")), promised(entered("100.00"))
    posted(client, move_path("pay", first), {"amount": "40.00"})
    form = Page(client.get(move_path("pay", second))).form(move_path("pay", second))
    form.pop("rest_stays")
    client.post(move_path("pay", second), form | {"amount": "40.00"})
    rests = CostLine.objects.filter(service=care(), stage="obligated", amount="60.00")
    assert rests.count() == 1


@pytest.mark.policy("ILL-119")
def test_a_dollar_value_is_not_asked_for_and_offered_as_the_first_cost(client):
    transport = care().plan.services.get(service__code="BC-JSST")
    assert "The step/service was saved." in Page(posted(client, path_of(transport), {"dollar_value": ""})).words
    assert Page(client.get(add_path(transport))).form(add_path(transport)).get("amount", "") == ""
    posted(client, path_of(transport), {"dollar_value": "240.00"})
    assert Page(client.get(add_path(transport))).form(add_path(transport))["amount"] == "240.00"
    entered("100.00", service=transport)
    assert Page(client.get(add_path(transport))).form(add_path(transport))["amount"] == "140.00"


def test_what_is_left_of_each_budget_is_said_where_one_chooses(client):
    leave("12.34")
    page = client.get(add_path(care())).content.decode()
    assert "$12.34 left" in page
    assert "WIOA Title I Youth" not in page
    leave("-5.00")
    assert "$5.00 over" in client.get(add_path(care())).content.decode()


def test_a_region_without_budgets_says_who_enters_them(client):
    for row in FundingSource.objects.all():
        write(row, is_active=False)
    assert "An administrator enters budgets." in Page(client.get(add_path(care()))).words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": ""}, "Enter the amount in dollars."),
        ({"amount": "ten"}, "Enter one amount in dollars"),
        ({"amount": "0"}, "Enter an amount of one cent or more"),
        ({"paid_from": ""}, "Choose what it is paid from."),
        ({"paid_from": "budget-999999"}, "Choose what it is paid from in the list."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, typed, sentence):
    data = {"paid_from": f"budget-{budget().pk}", "amount": "5.00"}
    answer = posted(client, add_path(care()), data | typed)
    assert (answer.status_code, sentence in Page(answer).words) == (422, True)


def test_the_refusal_of_a_budget_stands_in_the_form_with_its_figures(client):
    leave("10.00")
    line = entered("10.01")
    answer = posted(client, move_path("obligate", line), {})
    assert answer.status_code == 422
    assert "has $10.00 left. This takes $10.01 of it, and would go over by $0.01." in Page(answer).words
    assert "over_budget" not in Page(answer).form(move_path("obligate", line))


def test_where_the_region_warns_one_may_go_on_and_is_told_by_how_much(client):
    rule("warn")
    leave("10.00")
    line = entered("10.01")
    assert "Confirm it to go on." in Page(posted(client, move_path("obligate", line), {})).words
    page = Page(posted(client, move_path("obligate", line), {"over_budget": "on"}))
    assert "This budget is over by $0.01 now" in page.words


def test_the_customers_page_adds_up_by_service_source_and_program(client):
    line = entered("30.00", paid_from=free("PELL"))
    void(entered("999.00"), reason="Typed twice", by=planner(), at=states.now())
    promised(line)
    page = Page(client.get(reverse("customer-costs", args=[angela().pk])))
    assert "Planned $95.00 Obligated, not paid yet $2,320.00 Paid $680.00" in page.words
    assert "Federal Pell Grant" in page.words
    assert "Typed twice" in page.words
    sums = {str(way.code): rows for way, rows in page_context(client)["sums"]}
    told = {str(row.of): (row.planned, row.obligated, row.paid) for row in sums["source"]}
    assert told == {
        "WIOA Title I Adult": (Decimal("95.00"), Decimal("2290.00"), Decimal("680.00")),
        "Federal Pell Grant": (0, Decimal("30.00"), 0),
    }
    assert [(str(row.of), row.obligated) for row in sums["program"]] == [("WIOA Title I Adult", Decimal("2320.00"))]


def page_context(client):
    return client.get(reverse("customer-costs", args=[angela().pk])).context


def test_the_page_asks_the_same_however_many_costs_there_are(client):
    path = reverse("customer-costs", args=[angela().pk])
    few = asked(client, path)
    for _number in range(8):
        promised(entered("1.00"))
    assert asked(client, path) == few <= 12


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_who_only_reads_gets_no_buttons(client):
    client.force_login(administrator())
    page = Page(client.get(reverse("customer-costs", args=[angela().pk])))
    assert "Record the payment" not in page.words


def test_a_line_of_another_customer_is_not_there(client):
    line = promised(entered())
    assert client.get(reverse("cost-pay", args=[david().pk, line.pk])).status_code == 404
