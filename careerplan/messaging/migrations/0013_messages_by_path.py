"""Messages are found by the address to which they lead: so each sending and signing looks for what has passed."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("messaging", "0012_emails_that_a_server_did_not_confirm")]
    operations = [
        AddIndexBeside(
            model_name="message",
            index=models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="messages_by_path"),
        ),
    ]
