"""Local administrators of regions, and invitations."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0014_customers_are_invited'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalLocalAdministration',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical local administration',
                'verbose_name_plural': 'historical local administrations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LocalAdministration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'local administration',
                'verbose_name_plural': 'local administrations',
            },
        ),
        migrations.AddField(
            model_name='historicaluser',
            name='is_local_administrator',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='manages the staff of a region'),
        ),
        migrations.AddField(
            model_name='user',
            name='is_local_administrator',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='manages the staff of a region'),
        ),
        migrations.AlterField(
            model_name='signinletter',
            name='kind',
            field=models.CharField(choices=[('reset-link', 'Link to set a password'), ('invitation', 'Invitation to choose a password'), ('customer-invitation', 'Invitation of a customer'), ('unknown-address', 'Nobody signs in with this address'), ('password-changed', 'The password was changed'), ('email-changed', 'The e-mail address was changed')], max_length=20, verbose_name='what it says'),
        ),
        migrations.AddField(
            model_name='historicallocaladministration',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicallocaladministration',
            name='region',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.region', verbose_name='region'),
        ),
        migrations.AddField(
            model_name='historicallocaladministration',
            name='user',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='localadministration',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='administrations', to='accounts.region', verbose_name='region'),
        ),
        migrations.AddField(
            model_name='localadministration',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='administrations', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddIndex(
            model_name='historicallocaladministration',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='accounts_localadminis_log'),
        ),
        migrations.AddConstraint(
            model_name='localadministration',
            constraint=models.UniqueConstraint(fields=('user', 'region'), name='a_region_is_administered_by_a_person_once'),
        ),
    ]
