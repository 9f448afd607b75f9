"""What planners say of a goal: why it is off track and what will be done, how it was verified, what it answers, where it
leads, and what was looked at in it.

`verified_how` is NULL in the rows that stand, and in those that the former release adds: nobody was asked.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

VERIFIED_HOW = {"blank": True, "max_length": 300, "null": True, "verbose_name": "how it was verified"}

SAID = {
    "credential": models.CharField(blank=True, db_default="", default="", max_length=150, verbose_name="credential that it leads to"),
    "is_specific": models.BooleanField(db_default=False, default=False, verbose_name="specific"),
    "is_measurable": models.BooleanField(db_default=False, default=False, verbose_name="measurable"),
    "is_attainable": models.BooleanField(db_default=False, default=False, verbose_name="attainable"),
    "is_realistic": models.BooleanField(db_default=False, default=False, verbose_name="realistic"),
    "is_time_bound": models.BooleanField(db_default=False, default=False, verbose_name="time-bound"),
    "looked_at": models.DateTimeField(editable=False, null=True, verbose_name="looked at"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0016_what_reviews_refer_to_stays"),
        ("customers", "0030_a_message_brings_an_upload_of_its_customer"),
        ("plans", "0012_language_of_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GoalSetback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="times off track")),
                ("reason", models.CharField(max_length=300, verbose_name="why it is off track")),
                ("remedy", models.CharField(max_length=300, verbose_name="what will be done")),
                ("said_at", models.DateTimeField(verbose_name="said")),
                ("goal", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="setbacks", to="goals.goal", verbose_name="goal")),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="said by")),
            ],
            options={
                "verbose_name": "setback of a goal",
                "verbose_name_plural": "setbacks of goals",
                "indexes": [models.Index(fields=["goal", "number", "-id"], name="setbacks_of_a_goal")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("remedy", ""), _negated=True)), name="a_setback_says_why_and_what_to_do")],
            },
        ),
        *(
            migrations.AddField(model_name=name, name="verified_how", field=models.CharField(**VERIFIED_HOW))
            for name in ("goal", "historicalgoal")
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name=name, name="verified_how", field=models.CharField(default="", **VERIFIED_HOW))
                for name in ("goal", "historicalgoal")
            ]
        ),
        *(
            migrations.AddField(model_name=name, name=column, field=field)
            for name in ("goal", "historicalgoal")
            for column, field in SAID.items()
        ),
        migrations.AddField(
            model_name="goal",
            name="looked_by",
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="looked at by"),
        ),
        migrations.AddField(
            model_name="historicalgoal",
            name="looked_by",
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="looked at by"),
        ),
        migrations.AddField(
            model_name="goal",
            name="barriers",
            field=models.ManyToManyField(blank=True, related_name="goals", to="plans.barrier", verbose_name="related barriers"),
        ),
        migrations.AddField(
            model_name="goal",
            name="assessments",
            field=models.ManyToManyField(blank=True, related_name="goals", to="customers.assessment", verbose_name="related assessments"),
        ),
    ]
