"""A budget gives what it has and no cent more, also where two planners take the last dollar at one moment."""

from decimal import Decimal

import pytest

from careerplan.base.refusals import Refusal
from services.costs.models import Budget
from tests import states
from tests.at_once import all_at_once, before_the_commit
from tests.people import planner, youth_planner
from tests.races import refusal_of
from tests.services.costs.money import (
    budget,
    entered,
    figures,
    free,
    from_budget,
    leave,
    promised,
    rule,
    settled,
)
from tests.services.funding import service_of

CENT = Decimal("0.01")


@pytest.mark.django_db
def test_the_last_cent_is_given_and_no_more():
    leave("100.00")
    line = entered("100.01")
    with pytest.raises(Refusal) as refused:
        promised(line)
    assert (refused.value.code, refused.value.field) == ("over-budget", "amount")
    assert "has $100.00 left. This takes $100.01 of it, and would go over by $0.01." in str(refused.value.sentence)
    assert "River Valley" in str(refused.value.sentence)
    promised(line, amount=Decimal("100.00"))
    assert figures(budget())[3] == 0


@pytest.mark.django_db
def test_more_that_is_paid_than_was_promised_needs_room_for_the_difference():
    line = promised(entered("100.00"))
    leave("20.00")
    with pytest.raises(Refusal, match="over-budget"):
        settled(line, amount=Decimal("120.01"))
    settled(line, amount=Decimal("120.00"))
    assert figures(budget())[3] == 0


@pytest.mark.django_db
def test_less_is_paid_of_a_budget_that_was_cut():
    line = promised(entered("100.00"))
    leave("-50.00")
    assert settled(line).stage == "paid"


@pytest.mark.django_db
def test_where_the_region_only_warns_the_planner_confirms_it():
    rule("warn")
    leave("10.00")
    line = entered("10.01")
    with pytest.raises(Refusal) as refused:
        promised(line)
    assert (refused.value.code, refused.value.field) == ("confirm-over-budget", "over_budget")
    assert "$0.01" in str(refused.value.sentence)
    promised(line, over_budget=True)
    assert figures(budget())[3] == -CENT


@pytest.mark.django_db
def test_a_confirmation_is_worth_nothing_where_the_region_stops():
    rule("stop")
    leave("10.00")
    with pytest.raises(Refusal, match="over-budget"):
        promised(entered("10.01"), over_budget=True)


@pytest.mark.django_db
def test_each_source_and_region_has_its_own_budget():
    leave("0.00")
    assert promised(entered(paid_from=from_budget(budget("STATE")))).stage == "obligated"
    assert promised(entered(paid_from=free())).stage == "obligated"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("staff_and_lists")
def test_of_two_planners_who_obligate_the_last_dollar_one_is_refused_with_figures():
    money, first, second = two_lines()
    answers = all_at_once(
        Budget.objects.filter(pk=money.pk),
        lambda: promised(first, by=planner()),
        lambda: promised(second, by=youth_planner()),
    )
    refusal = refusal_of(answers)
    assert refusal.code == "over-budget"
    assert "$40.00 left. This takes $60.00 of it, and would go over by $20.00." in str(refusal.sentence)
    assert money.costs.filter(stage="obligated").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("staff_and_lists")
def test_what_a_colleague_is_about_to_obligate_is_waited_for():
    _money, first, second = two_lines()
    with pytest.raises(Refusal, match="over-budget"):
        before_the_commit(lambda: promised(first), lambda: promised(second, by=youth_planner()))


def two_lines():
    """A budget of $100, and of two customers a planned cost of $60 each."""
    customers = [states.in_force().plan.customer for _number in range(2)]
    money = leave("100.00", budget("STATE", customer=customers[0]))
    lines = [
        entered("60.00", service=service_of(customer, "TR-OST"), paid_from=from_budget(money), by=customer.planner)
        for customer in customers
    ]
    return money, *lines
