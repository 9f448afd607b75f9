"""A plan says for a moment, within a transaction, that its working copy is being put back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0003_legacy_plans_and_reasons'),
    ]

    operations = [
        migrations.AddField(
            model_name='employmentplan',
            name='restoring',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.employmentplan'),
        ),
        migrations.AddConstraint(
            model_name='employmentplan',
            constraint=models.CheckConstraint(condition=models.Q(('restoring__isnull', True), ('restoring', 0), _connector='OR'), name='a_plan_is_restoring_for_a_moment'),
        ),
    ]
