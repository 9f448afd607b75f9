"""Whose programs all ended long ago leaves the daily list: the day of the last end, and whether it is long ago."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0014_words_of_today")]
    operations = [
        migrations.AddField(
            model_name="customer", name="programs_ended_on", field=models.DateField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="customer",
            name="in_daily_list",
            field=models.BooleanField(db_default=True, default=True, editable=False),
        ),
    ]
