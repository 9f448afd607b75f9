"""Who reads and answers for whom while somebody is away."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0015_indexes_of_the_inbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins_on", models.DateField(verbose_name="first day away")),
                ("ends_on", models.DateField(verbose_name="last day away")),
                ("said_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="absences", to=settings.AUTH_USER_MODEL)),
                ("stand_in", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stood_in", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "absence",
                "indexes": [models.Index(fields=["stand_in", "ends_on"], name="absences_by_stand_in")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ends_on__gte", models.F("begins_on"))), name="an_absence_ends_after_it_begins"),
                    models.CheckConstraint(condition=models.Q(("stand_in", models.F("person")), _negated=True), name="nobody_stands_in_for_oneself"),
                ],
            },
        ),
    ]
