"""Forms that were saved are cleared away each night, found by their time."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("base", "0004_drafts_by_age")]

    operations = [
        AddIndexBeside(model_name="formpost", index=models.Index(fields=["posted_at"], name="forms_by_time")),
    ]
