"""Old drafts are cleared away each night, found by their age."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("base", "0003_heartbeats_and_alarms")]

    operations = [
        AddIndexBeside(model_name="formdraft", index=models.Index(fields=["saved_at"], name="drafts_by_age")),
    ]
