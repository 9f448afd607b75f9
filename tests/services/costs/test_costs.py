"""Costs of a service go from planned to obligated to paid, each with its day and who, and are voided, never deleted."""

from datetime import timedelta
from decimal import Decimal

import pytest

from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from customers.models import Enrollment
from services.actions import remove_service, save_service
from services.costs.actions import void
from services.costs.budgets import PaidFrom, when_over
from services.costs.models import Budget, CostLine
from tests import states
from tests.people import administrator, angela, lucia, north_planner, planner, statewide
from tests.rows import changed, everything, write
from tests.services.costs.money import (
    budget,
    care,
    entered,
    figures,
    free,
    from_budget,
    line_of,
    paid,
    promised,
    rule,
    settled,
    source,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def refused(act, code, field=None):
    before = everything()
    with pytest.raises(Refusal) as refusal:
        act()
    assert changed(before, everything()) == {}
    assert (refusal.value.code, refusal.value.field) == (code, field)
    return str(refusal.value.sentence)


@pytest.mark.policy("ILL-005")
def test_a_service_carries_its_costs_from_plan_to_payment():
    at = states.now()
    line = settled(promised(entered("120.50")), reference="V-7", at=at)
    line = line_of(line)
    assert (line.service, line.stage, line.amount) == (care(), "paid", Decimal("120.50"))
    assert (line.obligated_on, line.paid_on) == (states.today(), states.today())
    assert (line.entered_by, line.obligated_by, line.paid_by, line.paid_at) == (planner(), planner(), planner(), at)
    assert line.reference == "V-7"


def test_what_is_planned_takes_nothing_of_the_budget():
    before = figures(budget())
    entered("100.00")
    assert figures(budget()) == (before[0] + 100, *before[1:])


def test_what_is_obligated_and_paid_is_taken_of_the_budget_once():
    planned, obligated, paid, left = figures(budget())
    line = promised(entered("100.00"))
    assert figures(budget()) == (planned, obligated + 100, paid, left - 100)
    settled(line)
    assert figures(budget()) == (planned, obligated, paid + 100, left - 100)


def test_what_is_voided_returns_to_the_budget_and_stays_readable():
    before = figures(budget())
    line = settled(promised(entered("100.00")))
    void(line, reason="The check was lost", by=planner(), at=states.now())
    assert figures(budget()) == before
    assert (line_of(line).stage, line_of(line).voided_reason) == ("paid", "The check was lost")


def test_a_void_says_why():
    line = entered()
    refused(lambda: void(line, reason=" ", by=planner(), at=states.now()), "nothing-said", "reason")


def test_what_was_voided_is_neither_promised_nor_voided_again():
    line = void(entered(), reason="Typed twice", by=planner(), at=states.now())
    refused(lambda: promised(line), "voided-already")
    refused(lambda: void(line, reason="Again", by=planner(), at=states.now()), "voided-already")


def test_no_stage_is_left_out_or_gone_through_twice():
    line = entered()
    refused(lambda: settled(line), "moved-meanwhile")
    promised(line)
    assert "obligated now" in refused(lambda: promised(line), "moved-meanwhile")


def test_less_that_is_paid_frees_the_rest():
    _planned, obligated, paid, left = figures(budget())
    settled(promised(entered("100.00")), amount=Decimal("60.25"))
    assert figures(budget())[1:] == (obligated, paid + Decimal("60.25"), left - Decimal("60.25"))


def test_the_rest_of_a_payment_may_stay_promised():
    _planned, obligated, paid, left = figures(budget())
    first = settled(promised(entered("100.00")), amount=Decimal("60.25"), rest_stays=True)
    rest = CostLine.objects.exclude(pk=first.pk).latest("pk")
    assert (rest.stage, rest.amount, rest.until_on) == ("obligated", Decimal("39.75"), first.until_on)
    assert figures(budget())[1:] == (obligated + Decimal("39.75"), paid + Decimal("60.25"), left - 100)


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "10.005"])
def test_an_amount_is_of_whole_cents_and_one_at_least(amount):
    refused(lambda: entered(amount), "no-amount", "amount")
    line = promised(entered())
    refused(lambda: settled(line, amount=Decimal(amount)), "no-amount", "amount")


def test_a_promise_ends_after_it_is_made():
    line = entered()
    refused(lambda: promised(line, until_on=states.today() - DAY), "until-before", "until_on")


def test_nothing_is_obligated_before_its_budget_begins():
    line, before = entered(), budget().first_day - DAY
    refused(lambda: promised(line, obligated_on=before), "before-the-budget", "obligated_on")


@pytest.mark.parametrize(("years", "is_taken"), [(1, True), (2, False)])
def test_the_money_of_a_year_is_promised_in_that_year_and_in_the_one_after_it(years, is_taken):
    of = budget()
    old = Budget(funding_source=of.funding_source, region=of.region, program_year=of.program_year - years, amount=1000)
    old.save()
    line = entered(paid_from=from_budget(old))
    if is_taken:
        assert promised(line).stage == "obligated"
    else:
        refused(lambda: promised(line), "after-the-budget", "obligated_on")
        refused(lambda: paid(paid_from=from_budget(old)), "after-the-budget", "paid_on")


def test_nothing_is_paid_before_it_is_obligated():
    line = promised(entered())
    refused(lambda: settled(line, paid_on=states.today() - DAY), "paid-before", "paid_on")


@pytest.mark.parametrize("act", [promised, settled])
def test_nothing_happens_on_a_day_to_come(act):
    line = entered() if act is promised else promised(entered())
    field = "obligated_on" if act is promised else "paid_on"
    values = {field: states.today() + DAY} | ({"until_on": states.today() + DAY} if act is promised else {})
    refused(lambda: act(line, **values), "day-to-come", field)


def test_a_colleagues_change_is_noticed():
    line = entered()
    promised(line_of(line))
    with pytest.raises(StaleRow):
        settled(line, seen=1)


def test_the_money_is_of_the_customers_region():
    other = budget(customer=lucia())
    sentence = refused(lambda: entered(paid_from=from_budget(other)), "budget-of-another-region", "paid_from")
    assert "River Valley" in sentence


def test_who_moved_to_another_region_is_promised_nothing_of_the_former_one():
    line = entered()
    write(angela(), office=lucia().office)
    refused(lambda: promised(line, by=statewide()), "budget-of-another-region", "paid_from")


def test_what_was_promised_before_a_move_is_paid_by_the_former_region():
    line = promised(entered())
    write(angela(), office=lucia().office)
    assert settled(line, by=statewide()).stage == "paid"


def test_money_of_a_program_pays_for_its_customers_alone():
    paid_from = from_budget(budget("WIOA-YOUTH"))
    refused(lambda: entered(paid_from=paid_from), "source-of-another-program", "paid_from")
    Enrollment(customer=angela(), program=source("WIOA-YOUTH").program, begun_on=states.today()).save()
    assert entered(paid_from=paid_from).budget == budget("WIOA-YOUTH")


def test_a_source_with_budgets_is_spent_through_one():
    refused(lambda: entered(paid_from=free("WIOA-ADULT")), "budget-missing", "paid_from")
    wrong = PaidFrom(source("WIOA-ADULT"), budget("STATE"))
    refused(lambda: entered(paid_from=wrong), "budget-of-another-source", "paid_from")


def test_a_source_that_is_no_longer_offered_pays_for_nothing_new():
    write(source("OTHER"), is_active=False)
    refused(lambda: entered(paid_from=free()), "source-not-offered", "paid_from")


def test_a_source_without_budgets_knows_no_limit():
    line = settled(promised(entered("9999.99", paid_from=free("PELL"))), amount=Decimal("20000.00"))
    assert (line.budget, line.amount) == (None, Decimal("20000.00"))


def never_provided(service):
    save_service(
        service, {"status": "never_provided", "never_provided_reason": "no_show"}, by=planner(), at=states.now()
    )


def removed(service):
    states.reviewed(angela())
    remove_service(service, removal="unavailable", by=planner(), at=states.now())


@pytest.mark.parametrize("end", [never_provided, removed])
def test_a_service_that_is_not_provided_has_no_new_costs(end):
    line, service = entered(), care()
    end(service)
    refused(lambda: entered(service=service), "no-service-to-pay-for")
    refused(lambda: promised(line), "no-service-to-pay-for")


def test_a_bill_that_comes_after_the_plan_was_closed_is_paid():
    line, planned = promised(entered()), entered()
    states.closed(angela())
    refused(lambda: promised(planned), "plan-closed")
    assert settled(line).stage == "paid"


@pytest.mark.parametrize("who", [north_planner, administrator])
def test_only_the_customers_planners_write_costs(who):
    line, owed = entered(), promised(entered())
    for act in (
        lambda: entered(by=who()),
        lambda: promised(line, by=who()),
        lambda: settled(owed, by=who()),
        lambda: void(owed, reason="x", by=who(), at=states.now()),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_costs_are_seen_where_their_customer_is():
    line = entered()
    assert line in CostLine.objects.visible_to(planner())
    assert line not in CostLine.objects.visible_to(north_planner())


def test_the_log_tells_each_move_with_the_amounts():
    line = settled(promised(entered("100.00")), amount=Decimal("80.00"))
    told = [change["label"] for row in line.history.order_by("history_id") for change in row.changes]
    assert {"amount", "obligated", "paid", "stage"} <= set(told)
    newest = line.history.latest()
    assert newest.about_customer_id == angela().pk
    assert ("amount", "100.00", "80.00") in [(c["label"], c["from"], c["to"]) for c in newest.changes]


def test_a_rule_for_budgets_is_the_regions_own():
    rule("warn", region=lucia().office.region)
    assert when_over(angela().office.region_id) == "stop"
    assert when_over(lucia().office.region_id) == "warn"
