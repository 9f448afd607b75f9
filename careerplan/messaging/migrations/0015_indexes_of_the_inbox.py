"""What a person has not read, and what stands in a thread, is found by an index of its own."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("messaging", "0014_threads")]
    operations = [
        AddIndexBeside(
            model_name="message",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["recipient"], name="a_persons_unread_messages"),
        ),
        AddIndexBeside(
            model_name="message",
            index=models.Index(condition=models.Q(("thread__isnull", False)), fields=["thread", "-sent_at", "-id"], name="messages_of_a_thread"),
        ),
    ]
