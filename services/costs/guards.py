"""The database's guards of costs, for their migration."""

from typing import Any

from careerplan.base.database import allow, changed_again, differs, keep_rows, refuse, release_rows

TABLE = "services_costline"
HISTORY = ("services_historicalcostline", "services_historicalbudget", "services_historicalbudgetrule",
           "services_historicalfundingsource")  # fmt: skip
# What a line is from the first.
FIXED = ("id", "service_id", "funding_source_id", "budget_id", "entered_at", "entered_by_id")

REGION_OF_CUSTOMER = (
    '(SELECT office.region_id FROM "services_plannedservice" planned '
    'JOIN "plans_employmentplan" plan ON plan.id = planned.plan_id '
    'JOIN "customers_customer" customer ON customer.id = plan.customer_id '
    'JOIN "accounts_office" office ON office.id = customer.office_id WHERE planned.id = NEW.service_id)'
)
OWN_BUDGET = (
    'EXISTS (SELECT 1 FROM "services_budget" budget WHERE budget.id = NEW.budget_id '
    f"AND budget.funding_source_id = NEW.funding_source_id AND budget.region_id = {REGION_OF_CUSTOMER})"
)
HAS_BUDGETS = '(SELECT source.has_budgets FROM "services_fundingsource" source WHERE source.id = NEW.funding_source_id)'

OF_THE_REGION = "a_cost_is_paid_from_the_budget_of_the_customers_region"
WITH_A_BUDGET = "a_cost_of_a_source_with_budgets_has_one"
ON_ITS_WAY = "a_cost_goes_from_stage_to_stage_once"
VOIDED_STAYS = "a_voided_cost_stays_as_it_is"
PAYEE_STAYS = "who_was_paid_stays_as_it_was_said"
# A budget is of one source, region and year from the first: other lines stand in it.
BUDGET_STAYS = "a_budget_stays_of_its_source_region_and_year"

BACKWARDS = (
    "(OLD.stage = 'paid' AND NEW.stage <> 'paid') OR (OLD.stage = 'obligated' AND NEW.stage = 'planned') "
    "OR (OLD.stage = 'planned' AND NEW.stage = 'paid')"
)
SAID_ONCE = changed_again("obligated_on", "obligated_at", "obligated_by_id", "paid_on", "paid_at", "paid_by_id")
PAID_AMOUNT = f"(OLD.stage = 'paid' AND {differs('amount', 'reference')})"


def keep_costs(schema_editor: Any) -> None:
    for table in HISTORY:
        release_rows(schema_editor, table)  # a new installation may have kept it with all others
        keep_rows(schema_editor, table)
    keep_rows(schema_editor, TABLE, changeable=["row_version"], columns=FIXED)
    refuse(schema_editor, TABLE, OF_THE_REGION, moment="INSERT", when=f"NEW.budget_id IS NOT NULL AND NOT {OWN_BUDGET}")
    refuse(schema_editor, TABLE, WITH_A_BUDGET, moment="INSERT", when=f"NEW.budget_id IS NULL AND {HAS_BUDGETS}")
    refuse(schema_editor, TABLE, ON_ITS_WAY, moment="UPDATE", when=f"{BACKWARDS} OR {SAID_ONCE} OR {PAID_AMOUNT}")
    refuse(schema_editor, TABLE, VOIDED_STAYS, moment="UPDATE", when="OLD.voided_at IS NOT NULL")
    moved = differs("funding_source_id", "region_id", "program_year")
    refuse(schema_editor, "services_budget", BUDGET_STAYS, moment="UPDATE", when=moved)


def release_costs(schema_editor: Any) -> None:
    for name in (OF_THE_REGION, WITH_A_BUDGET, ON_ITS_WAY, VOIDED_STAYS):
        allow(schema_editor, TABLE, name)
    allow(schema_editor, "services_budget", BUDGET_STAYS)
    for table in (*HISTORY, TABLE):
        release_rows(schema_editor, table)


def keep_payee(schema_editor: Any) -> None:
    refuse(schema_editor, TABLE, PAYEE_STAYS, moment="UPDATE", when=f"OLD.stage = 'paid' AND {differs('paid_to')}")


def release_payee(schema_editor: Any) -> None:
    allow(schema_editor, TABLE, PAYEE_STAYS)
