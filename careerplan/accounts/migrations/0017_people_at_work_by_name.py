"""The list of staff is read in the order of names, and finds them without a look at the customers of a state."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0016_keep_the_history_of_local_administrators")]
    operations = [
        AddIndexBeside(
            model_name="user",
            index=models.Index(
                condition=models.Q(("role", "customer"), _negated=True),
                fields=["search_key", "id"],
                name="people_at_work_by_name",
            ),
        )
    ]
