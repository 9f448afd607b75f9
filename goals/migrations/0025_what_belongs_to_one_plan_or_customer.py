"""What two rows are linked by is of one plan, or of one customer: the barriers and the assessments that a goal answers,
the step that a proposal or an answer of a job fit review became, and the upload that shows that a step is done."""

from django.db import migrations

from careerplan.base.database import allow, drop_trigger, refuse, same_plan_link

GOALS, STEPS, PLANS = "goals_goal", "goals_actionstep", "plans_employmentplan"
BARRIERS, ASSESSMENTS = "goals_goal_barriers", "goals_goal_assessments"
PROPOSALS, ANSWERS, PROOFS = "goals_stepproposal", "goals_jobfitanswer", "goals_stepproof"

PLAN_OF_STEP = f'(SELECT step.plan_id FROM "{STEPS}" step WHERE step.id = NEW.step_id)'
PLAN_OF_REVIEW = '(SELECT review.plan_id FROM "goals_jobfitreview" review WHERE review.id = NEW.review_id)'


def customer_of(table, column):
    """SQL: of the plan of the row that the column names."""
    return (
        f'(SELECT plan.customer_id FROM "{table}" item JOIN "{PLANS}" plan ON plan.id = item.plan_id '
        f"WHERE item.id = NEW.{column})"
    )


def its_own(table, column):
    return f'(SELECT named.customer_id FROM "{table}" named WHERE named.id = NEW.{column})'


OF_ANOTHER_PLAN = "NEW.step_id IS NOT NULL AND {} IS DISTINCT FROM {}"
# Table, name, when it is refused, and the columns of which that is asked as they change; none of rows that stay.
GUARDS = (
    (
        ASSESSMENTS,
        "a_goal_answers_an_assessment_of_its_customer",
        f"{customer_of(GOALS, 'goal_id')} IS DISTINCT FROM {its_own('customers_assessment', 'assessment_id')}",
        ["goal_id", "assessment_id"],
    ),
    (
        PROPOSALS,
        "a_proposal_becomes_a_step_of_its_plan",
        OF_ANOTHER_PLAN.format(PLAN_OF_STEP, "NEW.plan_id"),
        ["step_id", "plan_id"],
    ),
    (
        ANSWERS,
        "a_job_fit_answer_becomes_a_step_of_its_plan",
        OF_ANOTHER_PLAN.format(PLAN_OF_STEP, PLAN_OF_REVIEW),
        ["step_id"],
    ),
    (
        PROOFS,
        "a_proof_of_a_step_is_an_upload_of_its_customer",
        f"{customer_of(STEPS, 'step_id')} IS DISTINCT FROM {its_own('customers_upload', 'upload_id')}",
        [],
    ),
)


def guard(apps, schema_editor):
    same_plan_link(schema_editor, BARRIERS, ("goal_id", GOALS), ("barrier_id", "plans_barrier"))
    for table, name, when, columns in GUARDS:
        refuse(schema_editor, table, name, moment="INSERT", when=when)
        if columns:
            refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=when)


def lift(apps, schema_editor):
    for table, name, _when, _columns in GUARDS:
        allow(schema_editor, table, name)
    name = f"{BARRIERS}_of_the_same_plan"
    for trigger in (name, f"{name}_insert", f"{name}_update"):
        drop_trigger(schema_editor, BARRIERS, trigger)


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0024_pathways_in_spanish"),
        ("customers", "0037_guards_of_scores"),
        ("plans", "0012_language_of_notes"),
    ]
    operations = [migrations.RunPython(guard, lift)]
