"""The supervisor who approves what comes near to what career exploration forbids (AMB-W25)."""

from django.db import migrations, models

NAMED = models.CharField(
    blank=True,
    db_default="",
    default="",
    max_length=150,
    verbose_name="supervisor who approved it during career exploration",
)
ALLOWED = models.CharField(
    choices=[
        ("yes", "Allowed"),
        ("no", "Not allowed"),
        ("justify", "Allowed with a reason"),
        ("approve", "Allowed with a reason and a supervisor's approval"),
    ],
    max_length=7,
    verbose_name="during career exploration",
)


class Migration(migrations.Migration):
    dependencies = [("services", "0010_when_a_goal_moved")]
    operations = [
        migrations.AddField("historicalplannedservice", "exploration_supervisor", NAMED),
        migrations.AddField("plannedservice", "exploration_supervisor", NAMED.clone()),
        migrations.AlterField("historicalservice", "in_exploration", ALLOWED),
        migrations.AlterField("service", "in_exploration", ALLOWED.clone()),
    ]
