"""Files that go with messages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0020_keep_the_history_of_local_policy"),
        ("messaging", "0014_threads"),
    ]
    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="messaging.message")),
                ("upload", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="attachment", to="customers.upload")),
            ],
            options={"verbose_name": "attachment"},
        ),
    ]
