"""What is paid at once, as a bus pass at the counter: one action, one line, one look at the budget and the limits."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal
from careerplan.plans.models import EmploymentPlan
from services.costs.actions import void
from services.costs.models import Budget, CostLine
from tests import states
from tests.at_once import all_at_once
from tests.markup import Page
from tests.people import angela, planner, youth_planner
from tests.races import refusal_of
from tests.rows import changed, everything
from tests.services.costs.money import budget, care, entered, figures, free, from_budget, leave, paid, promised, rule
from tests.services.funding import service_of
from tests.services.limits.limited import bus_pass, entry, limit, of_today, river_valley, without_costs
from tests.services.service_form import path_of, posted, training


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def pay_path(service):
    return reverse("plan:payment-add", args=[service.plan.customer_id, service.pk])


@pytest.mark.django_db
@pytest.mark.policy("ILL-113", "ILL-005")
def test_a_payment_of_support_is_one_paid_cost_with_its_payee_day_and_voucher(client):
    service = bus_pass()
    page = Page(client.get(pay_path(service)))
    assert page.form(pay_path(service))["paid_on"] == f"{states.today():%m/%d/%Y}"
    said = {"paid_from": f"budget-{budget().pk}", "amount": "60.00", "paid_to": "Marlow Transit", "reference": "V-7"}
    left_before = figures(budget())[3]
    page = Page(posted(client, pay_path(service), said))
    assert "The payment was recorded." in page.words
    assert "paid to Marlow Transit" in page.words
    line = CostLine.objects.latest("pk")
    assert (line.service, line.stage, line.amount, line.paid_to, line.reference, line.paid_on) == (
        service,
        "paid",
        Decimal("60.00"),
        "Marlow Transit",
        "V-7",
        states.today(),
    )
    assert (line.obligated_by, line.paid_by, line.history.count()) == (planner(), planner(), 1)
    assert figures(budget())[3] == left_before - 60


@pytest.mark.django_db
def test_the_budget_the_customer_the_limits_and_the_file_read_the_same_payment(client):
    service = of_today(without_costs(bus_pass()))
    paid("60.00", service=service, paid_to="Marlow Transit")
    page = Page(client.get(path_of(service)))
    assert "$60.00 paid" in page.words
    assert "$180.00 planned" in page.words
    rows = b"".join(client.get(reverse("costs-csv")).streaming_content).decode().splitlines()
    assert [row for row in rows if "Marlow Transit" in row and ",60.00," in row]
    client.force_login(angela().user)
    assert "Promised $60.00 Paid so far $60.00 All of it is paid." in Page(client.get(reverse("my:dashboard"))).words


@pytest.mark.django_db
def test_the_amount_of_one_time_is_offered_and_at_last_what_is_left(client):
    service = without_costs(bus_pass())
    offered = Page(client.get(pay_path(service))).form(pay_path(service))
    assert offered["amount"] == "60.00"
    paid("200.00", service=service)
    assert Page(client.get(pay_path(service))).form(pay_path(service))["amount"] == "40.00"


@pytest.mark.django_db
def test_what_is_promised_already_is_named_where_one_would_pay_it_twice(client):
    promised(entered("77.00"))
    page = Page(client.get(pay_path(care())))
    assert "record the payment there, so that it is counted once" in page.words
    assert "$77.00" in page.words


@pytest.mark.django_db
def test_the_last_cent_of_a_budget_is_paid_and_no_more():
    leave("100.00")
    with pytest.raises(Refusal) as refused:
        paid("100.01")
    assert (refused.value.code, refused.value.field) == ("over-budget", "amount")
    assert "would go over by $0.01." in str(refused.value.sentence)
    paid("100.00")
    assert figures(budget())[3] == 0


@pytest.mark.django_db
def test_where_the_region_warns_one_confirms_it(client):
    rule("warn")
    leave("10.00")
    said = {"paid_from": f"budget-{budget().pk}", "amount": "10.01"}
    assert "Confirm it to go on." in Page(posted(client, pay_path(care()), said)).words
    page = Page(posted(client, pay_path(care()), said | {"over_budget": "on"}))
    assert "This budget is over by $0.01 now" in page.words


@pytest.mark.django_db
def test_a_limit_is_exceeded_by_no_cent_and_nothing_is_written(client):
    service = of_today(without_costs(bus_pass()))
    said = {"paid_from": f"budget-{budget().pk}", "amount": "600.01"}
    before = everything()
    answer = posted(client, pay_path(service), said)
    assert answer.status_code == 422
    assert "This is $0.01 over the limit:" in Page(answer).words
    assert changed(before, everything()) == {}
    assert "The payment was recorded." in Page(posted(client, pay_path(service), said | {"amount": "600.00"})).words


@pytest.mark.django_db
def test_a_limit_that_warns_is_told_once_it_is_paid(client):
    service = of_today(without_costs(bus_pass()))
    limited = river_valley()
    limited.beyond = "warn"
    limited.save()
    page = Page(posted(client, pay_path(service), {"paid_from": f"budget-{budget().pk}", "amount": "600.01"}))
    assert "This is $0.01 over the limit:" in page.words
    assert "The payment was recorded." in page.words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "0"}, "Enter an amount of one cent or more"),
        ({"paid_on": ""}, "Enter the day."),
        ({"paid_on": states.today() + timedelta(days=1)}, "This day has not come yet."),
        ({"paid_on": "2001-01-05"}, "This budget begins on"),
        ({"paid_from": ""}, "Choose what it is paid from."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, typed, sentence):
    said = {"paid_from": f"budget-{budget().pk}", "amount": "5.00"}
    answer = posted(client, pay_path(training()), said | typed)
    assert (answer.status_code, sentence in Page(answer).words) == (422, True)


@pytest.mark.django_db
def test_a_payment_is_taken_back_by_voiding_it():
    line = paid("60.00", service=bus_pass())
    left = figures(budget())[3]
    void(line, reason="Paid twice", by=planner(), at=states.now())
    assert figures(budget())[3] == left + 60


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("staff_and_lists")
def test_of_two_planners_who_pay_the_last_dollar_of_a_budget_one_is_refused():
    customers = [states.in_force().plan.customer for _number in range(2)]
    money = leave("100.00", budget("STATE", customer=customers[0]))

    def give(customer, by):
        return paid("60.00", service=service_of(customer, "TR-OST"), paid_from=from_budget(money), by=by)

    answers = all_at_once(
        Budget.objects.filter(pk=money.pk),
        lambda: give(customers[0], planner()),
        lambda: give(customers[1], youth_planner()),
    )
    assert refusal_of(answers).code == "over-budget"
    assert money.costs.filter(stage="paid").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("staff_and_lists")
def test_of_two_planners_who_pay_the_last_dollar_of_a_limit_one_is_refused():
    limit(100, service=entry("SS-TRAN"))
    version = states.draft()
    write, goal = states.pen(version), version.plan.goals.get()
    rows = [write.service("SS-TRAN", goal, planned_start_on=states.today(), dollar_value=30) for _number in range(2)]
    states.signed(version)
    by = version.plan.customer.planner

    def give(row):
        return paid("60.00", service=row, paid_from=free(), by=by)

    plan = EmploymentPlan.objects.filter(pk=version.plan_id)
    answers = all_at_once(plan, lambda: give(rows[0]), lambda: give(rows[1]))
    assert refusal_of(answers).code == "over-the-limit"
    assert CostLine.objects.filter(service__in=rows, stage="paid").count() == 1


@pytest.mark.django_db
@pytest.mark.policy("ILL-005")
def test_a_training_shows_what_it_costs_by_funding_source(client):
    paid("30.00", service=training(), paid_from=free("PELL"))
    page = Page(client.get(path_of(training())))
    [table] = [table for table in page.root.xpath("//table") if "By funding source" in table.text_content()]
    told = " ".join(table.text_content().split())
    assert "WIOA Title I Adult" in told
    assert "Federal Pell Grant" in told
    assert page.root.xpath("//a[@href='#costs']")
    assert "The list of providers says" not in Page(client.get(path_of(bus_pass()))).words
