from django.db import migrations, models


class Migration(migrations.Migration):
    """A line of the status history that corrects an earlier hold says what that hold was before."""

    dependencies = [("worksites", "0045_days_of_placements_go_together")]

    operations = [
        migrations.AddField(
            "statusentry",
            "was_inactive_on",
            models.DateField(null=True, verbose_name="inactive date before the correction"),
        ),
        migrations.AddField(
            "statusentry",
            "was_returned_on",
            models.DateField(null=True, verbose_name="return date before the correction"),
        ),
    ]
