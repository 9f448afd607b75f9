"""What a customer proposed stays as written, under a goal of the same plan; a proof stays where it was brought."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows, same_plan

PROPOSALS, PROOFS, HISTORY = "goals_stepproposal", "goals_stepproof", "goals_historicalstepproposal"
WRITTEN = ["id", "text", "wished_on", "written_in", "proposed_at", "proposed_by_id"]


def keep(apps, schema_editor):
    same_plan(schema_editor, PROPOSALS, "goal_id", "goals_goal")
    keep_rows(schema_editor, PROPOSALS, changeable=["state"], columns=WRITTEN)
    keep_rows(schema_editor, PROOFS)
    release_rows(schema_editor, HISTORY)  # a new installation may have kept it with all others
    keep_rows(schema_editor, HISTORY)


def release(apps, schema_editor):
    for table in (PROPOSALS, PROOFS, HISTORY):
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("goals", "0020_proposed_steps_and_proofs"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
