"""The gate: what an active version lists may start, and nothing else that causes participation or supports."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("services", "0004_services_that_started_before_the_gate")]

    operations = [
        migrations.AddConstraint(
            model_name='plannedservice',
            constraint=models.CheckConstraint(condition=models.Q(('authorised_in__isnull', True), ('authorised_on__isnull', False), _connector='XOR'), name='an_authorised_service_names_its_version'),
        ),
        migrations.AddConstraint(
            model_name='plannedservice',
            constraint=models.CheckConstraint(condition=models.Q(('actual_start_on__isnull', True), models.Q(('gate_exemption', ''), _negated=True), models.Q(('actual_start_on__gte', models.F('authorised_on')), ('authorised_on__isnull', False)), _connector='OR'), name='a_service_starts_once_a_version_that_lists_it_is_active'),
        ),
        migrations.AddConstraint(
            model_name='plannedservice',
            constraint=models.CheckConstraint(condition=models.Q(('continues__isnull', True), models.Q(('continuation', ''), _negated=True), _connector='XOR'), name='a_service_that_goes_on_says_why'),
        ),
        migrations.AddConstraint(
            model_name='plannedservice',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('continues',), name='a_service_goes_on_once'),
        ),
    ]
