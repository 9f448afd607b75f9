"""That a goal goes off track once more changes in a draft alone, as what else the customer agrees to."""

from django.db import migrations

from careerplan.plans.guards import REMOVAL, change_in_a_draft

BOUND = ("statement", "category_id", "term", "times_off_track")


def guard(apps, schema_editor):
    change_in_a_draft(schema_editor, "goals_goal", (*BOUND, *REMOVAL))


class Migration(migrations.Migration):
    dependencies = [
        ("careerplan", "0007_words_and_kinds_change_in_a_draft"),
        ("goals", "0008_which_time_it_is_off_track"),
    ]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
