"""The chain of a plan's seals. Seals of former releases have no link: what is sealed is not written again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("acknowledgments", "0024_indexes_of_the_sweep")]
    operations = [
        migrations.AddField(
            model_name="seal",
            name="chain_digest",
            field=models.CharField(editable=False, max_length=64, null=True),
        ),
    ]
