"""Papers that wait to be made stand in an index of their own, however many were made before."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("acknowledgments", "0023_papers_are_claimed"),
    ]

    operations = [
        AddIndexBeside(
            model_name="paper",
            index=models.Index(condition=models.Q(("rendered_at__isnull", True)), fields=["id"], name="papers_unfinished"),
        ),
    ]
