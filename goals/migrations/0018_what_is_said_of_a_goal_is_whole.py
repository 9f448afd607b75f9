"""A goal that is complete says how it was verified, and what was looked at in one, when and by whom."""

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
        AddConstraintBeside(
            model_name="goal",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("is_attainable", False), ("is_measurable", False), ("is_realistic", False), ("is_specific", False), ("is_time_bound", False), ("looked_at__isnull", True), ("looked_by__isnull", True)), models.Q(models.Q(("is_attainable", False), ("is_measurable", False), ("is_realistic", False), ("is_specific", False), ("is_time_bound", False), _negated=True), ("looked_at__isnull", False), ("looked_by__isnull", False)), _connector="OR"), name="what_was_looked_at_says_when_and_by_whom"),
        ),
    ]
