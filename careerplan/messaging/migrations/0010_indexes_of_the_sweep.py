"""What the sweep looks for every minute stands in an index of its own, however much was sent before."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("messaging", "0009_emails_about_signing_in"),
    ]

    operations = [
        AddIndexBeside(
            model_name="notification",
            index=models.Index(condition=models.Q(("sent_at__isnull", True), models.Q(("last_error", "What it tells of has passed."), _negated=True), models.Q(("reported_at__isnull", True), ("given_up_at__gt", models.F("reported_at")), _connector="OR")), fields=["id"], name="notifications_unreported"),
        ),
        AddIndexBeside(
            model_name="notification",
            index=models.Index(condition=models.Q(("given_up_at__isnull", False), models.Q(("last_error", "What it tells of has passed."), _negated=True)), fields=["-given_up_at", "-id"], name="notifications_given_up"),
        ),
    ]
