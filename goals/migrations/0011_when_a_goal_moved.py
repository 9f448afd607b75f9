"""When a goal moved last is read from an index: that of each goal of a large state is asked for every day."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("goals", "0010_words")]
    operations = [
        AddIndexBeside(
            model_name="historicalgoal",
            index=models.Index(fields=["id", "history_date"], name="goals_goal_moved"),
        ),
        AddIndexBeside(
            model_name="historicalactionstep",
            index=models.Index(fields=["goal", "history_date"], name="goals_actionstep_moved"),
        ),
    ]
