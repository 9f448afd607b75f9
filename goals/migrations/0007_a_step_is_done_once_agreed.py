from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0006_steps_done_before_the_gate'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='actionstep',
            constraint=models.CheckConstraint(condition=models.Q(('authorised_in__isnull', True), ('authorised_on__isnull', False), _connector='XOR'), name='an_authorised_step_names_its_version'),
        ),
        migrations.AddConstraint(
            model_name='actionstep',
            constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('gate_exemption', ''), _negated=True), models.Q(('authorised_on__isnull', False), ('done_on__gte', models.F('authorised_on'))), _connector='OR'), name='a_step_is_done_once_a_version_that_lists_it_is_active'),
        ),
    ]
