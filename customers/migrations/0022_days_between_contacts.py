"""A program contacts its customers after a day or more."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0021_attachments")]
    operations = [
        AddConstraintBeside(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(contact_interval_days__isnull=True) | models.Q(contact_interval_days__gte=1),
                name="a_program_contacts_after_a_day_or_more",
            ),
        ),
    ]
