from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside

NOTHING_BEFORE = models.Q(("was_inactive_on", None), ("was_returned_on", None))
BEFORE = models.Q(("was_inactive_on__isnull", False), ("was_returned_on__isnull", False))
NOW = models.Q(("inactive_on__isnull", False), ("returned_on__isnull", False))


class Migration(migrations.Migration):
    """A line that corrects a hold has its days as they were and as they are."""

    atomic = False

    dependencies = [("worksites", "0050_status_history_says_which_hold_was_corrected")]

    operations = [
        AddConstraintBeside(
            "statusentry",
            models.CheckConstraint(
                condition=NOTHING_BEFORE | BEFORE & NOW,
                name="an_entry_that_corrects_a_hold_says_what_was_and_is",
            ),
        ),
    ]
