"""The administration finds people by an index: customers' sign-ins by name, all others among themselves."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0009_fill_search_keys")]
    operations = [
        AddIndexBeside(model_name="user", index=models.Index(fields=["search_key"], name="people_by_name")),
        AddIndexBeside(
            model_name="user",
            index=models.Index(
                condition=models.Q(("role", "customer"), _negated=True), fields=["username"], name="people_at_work"
            ),
        ),
        AddIndexBeside(
            model_name="user",
            index=models.Index(
                condition=models.Q(("is_active", False)), fields=["username"], name="people_switched_off"
            ),
        ),
    ]
