"""A goal that is complete says how it was verified."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("goals", "0017_what_is_said_of_a_goal")]
    operations = [
        AddConstraintBeside(
            model_name="goal",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("status", "complete"), _negated=True), ("verified_how__isnull", True), models.Q(("verified_how", ""), _negated=True), _connector="OR"), name="a_complete_goal_says_how_it_was_verified"),
        ),
    ]
