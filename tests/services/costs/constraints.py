"""What the database refuses of costs and budgets by its constraints, for tests/services/test_constraints.py."""

from datetime import timedelta

from services.costs.models import BudgetRule
from tests import states
from tests.people import planner
from tests.rows import copy, write
from tests.services.costs.money import budget, entered, promised, rule

DAY = timedelta(days=1)


def promise(**values):
    """What a planned line says once it is obligated; the guard of what was said once lets it pass."""
    days = {"obligated_on": states.today(), "until_on": states.today()}
    return {"stage": "obligated", "obligated_at": states.now(), "obligated_by": planner()} | days | values


def payment(**values):
    return {"stage": "paid", "paid_on": states.today(), "paid_at": states.now(), "paid_by": planner()} | values


def region_rule():
    rule("warn")
    return BudgetRule.objects.get()


CASES = {
    "a_region_has_one_budget_a_source_and_year": [lambda: copy(budget())],
    "a_budget_is_not_negative": [lambda: write(budget(), amount=-1)],
    "a_program_year_can_be": [
        lambda: copy(budget(), program_year=1999),
        lambda: copy(budget(), program_year=2101),
    ],
    "a_rule_for_budgets_is_known": [lambda: write(region_rule(), when_over="ask")],
    "a_cost_has_a_known_stage": [lambda: write(entered(), stage="lost")],
    "a_cost_is_a_cent_or_more": [lambda: write(entered(), amount=0), lambda: write(entered(), amount=-1)],
    "an_obligated_cost_says_when_by_whom_until": [
        *(
            lambda name=name: write(entered(), **promise(**{name: None}))
            for name in ("obligated_on", "until_on", "obligated_at", "obligated_by")
        ),
        lambda: write(entered(), **promise(stage="planned")),
    ],
    "a_paid_cost_says_when_by_whom": [
        *(
            lambda name=name: write(promised(entered()), **payment(**{name: None}))
            for name in ("paid_on", "paid_at", "paid_by")
        ),
        lambda: write(promised(entered()), **payment(stage="obligated")),
    ],
    "a_cost_is_paid_once_it_is_obligated": [
        lambda: write(promised(entered()), **payment(paid_on=states.today() - DAY)),
    ],
    "a_promise_ends_after_it_is_made": [
        lambda: write(entered(), **promise(until_on=states.today() - DAY)),
    ],
    "a_voided_cost_says_when_by_whom_why": [
        lambda: write(entered(), voided_at=states.now()),
        lambda: write(entered(), voided_at=states.now(), voided_by=planner()),
        lambda: write(entered(), voided_reason="Typed twice"),
        lambda: write(entered(), voided_by=planner()),
    ],
}
