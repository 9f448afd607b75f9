from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0006_kind_of_each_version'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='planversion',
            constraint=models.CheckConstraint(condition=models.Q(('plan_type__in', ['IEP', 'ISS', 'both'])), name='a_version_has_a_known_plan_type'),
        ),
    ]
