"""The printed IEP or ISS is a paper in the code, and a form only what is filled in. The table keeps its name."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("acknowledgments", "0011_deletion_of_a_shared_draft"),
        ("customers", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("PrintedForm", "Paper"),
                migrations.AlterModelTable("Paper", "acknowledgments_printedform"),
                migrations.AlterField(
                    "Paper",
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="acknowledgments.seal",
                    ),
                ),
                migrations.AlterField(
                    "Paper",
                    "upload",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="customers.upload",
                    ),
                ),
            ]
        )
    ]
