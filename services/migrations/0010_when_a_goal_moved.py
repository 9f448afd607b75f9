"""When a goal moved last is read from an index: that of each goal of a large state is asked for every day."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("services", "0009_words")]
    operations = [
        AddIndexBeside(
            model_name="historicalplannedservice",
            index=models.Index(fields=["goal", "history_date"], name="services_plannedservi_moved"),
        ),
    ]
