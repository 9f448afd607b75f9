"""What leaves with the day's e-mail of a person is found at once."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("messaging", "0018_who_said_an_absence")]
    operations = [
        AddIndexBeside(
            model_name='notification',
            index=models.Index(condition=models.Q(('daily', True), ('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['recipient'], name='daily_notifications_waiting'),
        ),
    ]
