"""The digest of each day, which covers the one of the day before."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0027_what_was_sealed_on_a_day")]
    operations = [
        migrations.CreateModel(
            name="DayDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("form", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "verbose_name": "digest of a day",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("begins_at"))), name="a_day_ends_after_it_began"
                    )
                ],
            },
        ),
    ]
