"""What was counted over the state."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("accounts", "0010_indexes_of_people"),
        ("customers", "0017_indexes_of_the_daily_list"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegionCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("customers", models.PositiveIntegerField(default=0)),
                ("drafts", models.PositiveIntegerField(default=0)),
                ("awaiting", models.PositiveIntegerField(default=0)),
                ("active", models.PositiveIntegerField(default=0)),
                ("overdue", models.PositiveIntegerField(default=0)),
                ("region", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="counted", to="accounts.region")),
            ],
            options={
                "verbose_name": "count of a region",
            },
        ),
        migrations.CreateModel(
            name="SharedPlanCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(unique=True)),
                ("programs", models.PositiveSmallIntegerField()),
                ("open_plans", models.PositiveSmallIntegerField()),
                ("active_versions", models.PositiveSmallIntegerField()),
                ("customer", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="counted", to="customers.customer")),
            ],
            options={
                "verbose_name": "count of a shared plan",
            },
        ),
        migrations.CreateModel(
            name="StateCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_at", models.DateTimeField(null=True)),
                ("co_enrolled", models.PositiveIntegerField(default=0)),
                ("with_one_active", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "count of the state",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="the_state_is_counted_in_one_row")],
            },
        ),
    ]
