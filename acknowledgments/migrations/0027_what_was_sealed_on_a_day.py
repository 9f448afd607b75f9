"""Indexes by which the digest of a day finds its rows."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("acknowledgments", "0026_a_seal_keeps_its_place")]

    operations = [
        AddIndexBeside(model_name="seal", index=models.Index(fields=["sealed_at"], name="seals_by_time")),
        AddIndexBeside(
            model_name="acknowledgment", index=models.Index(fields=["acknowledged_at"], name="agreements_by_time")
        ),
        AddIndexBeside(
            model_name="evidencedocument", index=models.Index(fields=["filed_at"], name="evidence_by_time")
        ),
    ]
