"""The crosswalk of services, whose history is kept like every other."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from careerplan.base.database import keep_rows, release_rows

TABLE = "services_historicalservicecrosswalk"


def keep(apps, schema_editor):
    release_rows(schema_editor, TABLE)  # a new installation may have kept it with all others
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ("services", "0022_history_of_limits_stays"),
        ("careerplan", "0001_keep_history_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalServiceCrosswalk',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('system', models.CharField(default='IWDS', max_length=20, validators=[django.core.validators.RegexValidator('^[A-Z0-9-]{2,20}$', 'Enter the short name of the system in capital letters, such as IWDS.')], verbose_name='system')),
                ('code', models.CharField(blank=True, help_text='Empty: that system has none.', max_length=40, verbose_name='code in that system')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'historical code in another system',
                'verbose_name_plural': 'historical codes in other systems',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_servicecross_log')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ServiceCrosswalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('system', models.CharField(default='IWDS', max_length=20, validators=[django.core.validators.RegexValidator('^[A-Z0-9-]{2,20}$', 'Enter the short name of the system in capital letters, such as IWDS.')], verbose_name='system')),
                ('code', models.CharField(blank=True, help_text='Empty: that system has none.', max_length=40, verbose_name='code in that system')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crosswalk', to='services.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'code in another system',
                'verbose_name_plural': 'codes in other systems',
                'constraints': [models.UniqueConstraint(fields=('service', 'system'), name='a_service_has_one_code_in_a_system', violation_error_message='This service has a code in this system already. Change that one.'), models.CheckConstraint(condition=models.Q(('system__regex', '^[A-Z0-9-]{2,20}$')), name='a_system_is_called_by_its_short_name', violation_error_message='Enter the short name of the system in capital letters, such as IWDS.')],
            },
        ),
        migrations.RunPython(keep, release),
    ]
