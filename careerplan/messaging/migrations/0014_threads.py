"""A message says in which thread it stands: under the first message of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0013_messages_by_path")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="thread",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="messaging.message"),
        ),
    ]
