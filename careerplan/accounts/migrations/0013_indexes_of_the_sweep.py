"""What is looked for every minute among the e-mails about signing in stands in indexes, as of all other e-mails."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside

SETTLED = ("last_error", "What it tells of has passed.")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0012_emails_that_a_server_did_not_confirm")]
    operations = [
        AddIndexBeside(
            model_name="signinletter",
            index=models.Index(
                condition=models.Q(
                    ("recipient__isnull", False),
                    ("sent_at__isnull", True),
                    models.Q(SETTLED, _negated=True),
                    models.Q(
                        ("reported_at__isnull", True),
                        ("given_up_at__gt", models.F("reported_at")),
                        _connector="OR",
                    ),
                ),
                fields=["id"],
                name="sign_in_letters_unreported",
            ),
        ),
        AddIndexBeside(
            model_name="signinletter",
            index=models.Index(
                condition=models.Q(
                    ("given_up_at__isnull", False), ("recipient__isnull", False), models.Q(SETTLED, _negated=True)
                ),
                fields=["-given_up_at", "-id"],
                name="sign_in_letters_given_up",
            ),
        ),
    ]
