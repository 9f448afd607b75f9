"""What was said of a goal off track, decided of a proposed step, and done in a job fit review stays."""

from django.db import migrations

from careerplan.base.database import allow, differs, keep_rows, refuse, release_rows

SETBACKS, PROPOSALS, REVIEWS = "goals_goalsetback", "goals_stepproposal", "goals_jobfitreview"

DECIDED = (
    "plan_id", "goal_id", "state", "accepted_as", "word", "word_in", "decided_at", "decided_by_id", "step_id",
)  # fmt: skip
ABOUT = ("plan_id", "occupation_id", "source_id", "release_id", "begun_at", "begun_by_id")
OVER = ("completed_at", "completed_by_id", "ended_at", "ended_by_id", "ending")

# By their names: the table, when it is refused, and of which columns that is asked.
GUARDS = {
    "a_decision_on_a_proposal_stays": (PROPOSALS, f"OLD.state <> 'waiting' AND {differs(*DECIDED)}", DECIDED),
    "a_job_fit_review_stays_about_its_occupation": (REVIEWS, differs(*ABOUT), ABOUT),
    "a_job_fit_review_that_is_over_stays_so": (
        REVIEWS, f"(OLD.completed_at IS NOT NULL OR OLD.ended_at IS NOT NULL) AND {differs(*OVER)}", OVER
    ),
}  # fmt: skip


def guard(apps, schema_editor):
    keep_rows(schema_editor, SETBACKS)
    for name, (table, when, columns) in GUARDS.items():
        refuse(schema_editor, table, name, moment="UPDATE", of=columns, when=when)


def lift(apps, schema_editor):
    release_rows(schema_editor, SETBACKS)
    for name, (table, *_rest) in GUARDS.items():
        allow(schema_editor, table, name)


class Migration(migrations.Migration):
    dependencies = [("goals", "0026_order_of_tasks_without_a_rating"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(guard, lift)]
