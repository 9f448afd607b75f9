from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside

FORMER = (
    "hours_asked_of_a_supervisor_can_be_and_are_in_quarters",
    "hours_confirmed_can_be_and_are_in_quarters",
)


def can_be(name):
    return models.Q((name, None), models.Q((f"{name}__gte", 0), (f"{name}__lte", 744)), _connector="OR")


class Migration(migrations.Migration):
    """Files of payroll have hundredths of an hour."""

    atomic = False

    dependencies = [("worksites", "0042_supervisor_letters_to_tell_of")]

    operations = [
        AddConstraintBeside(
            "supervisorlink",
            models.CheckConstraint(condition=can_be("hours_asked"), name="hours_asked_of_a_supervisor_can_be"),
        ),
        AddConstraintBeside(
            "supervisorlink", models.CheckConstraint(condition=can_be("hours"), name="hours_confirmed_can_be")
        ),
        *[migrations.RemoveConstraint("supervisorlink", name) for name in FORMER],
    ]
