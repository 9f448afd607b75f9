"""What was asked and answered stays: no review, answer or assessment from outside is deleted, and an item in words of
our own says what it said. What an assessment from outside names is its own customer's."""

from django.db import migrations

from careerplan.base.database import allow, keep_rows, refuse, refuse_deletion, release_rows

HISTORY = (
    "goals_historicaljobfitreview",
    "goals_historicaljobfitanswer",
    "goals_historicaloutsidejobfit",
    "goals_historicalownitem",
)
REVIEWS, ANSWERS = "goals_jobfitreview", "goals_jobfitanswer"
OUTSIDE, OWN_ITEMS = "goals_outsidejobfit", "goals_ownitem"
ITEM = ["id", "row_version", "occupation_id", "kind", "position", "text", "spanish", "is_active"]
ASKED = [
    "id", "row_version", "review_id", "position", "kind", "onet_item_id", "own_item_id", "comfort", "said_by_id",
    "said_at", "step_id",
]  # fmt: skip
SAID = ["row_version", "comfort", "said_by_id", "said_at", "step_id"]

OF_THE_PLAN = '(SELECT plan.customer_id FROM "plans_employmentplan" plan WHERE plan.id = NEW.plan_id)'
NAMED = {
    "a_job_fit_from_outside_names_an_assessment_of_its_customer": ("customers_assessment", "assessment_id"),
    "a_job_fit_from_outside_names_an_upload_of_its_customer": ("customers_upload", "upload_id"),
    "a_job_fit_from_outside_names_a_note_of_its_customer": ("customers_casenote", "note_id"),
}


def keep(apps, schema_editor):
    for table in HISTORY:
        release_rows(schema_editor, table)  # a new installation may have kept it with all others
        keep_rows(schema_editor, table)
    keep_rows(schema_editor, OUTSIDE)
    keep_rows(schema_editor, OWN_ITEMS, changeable=["is_active", "row_version"], columns=ITEM)
    keep_rows(schema_editor, ANSWERS, changeable=SAID, columns=ASKED)
    refuse_deletion(schema_editor, REVIEWS)
    for name, (table, column) in NAMED.items():
        named = f'(SELECT named.customer_id FROM "{table}" named WHERE named.id = NEW.{column})'
        refuse(schema_editor, OUTSIDE, name, moment="INSERT", when=f"{OF_THE_PLAN} IS DISTINCT FROM {named}")


def release(apps, schema_editor):
    for name in NAMED:
        allow(schema_editor, OUTSIDE, name)
    for table in (*HISTORY, OUTSIDE, OWN_ITEMS, ANSWERS, REVIEWS):
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("goals", "0022_job_fit_reviews"), ("careerplan", "0001_keep_history_rows")]
    operations = [migrations.RunPython(keep, release)]
