"""Providers of training, their programs and the credentials approved for each; which of them a training names."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('goals', '0023_job_fit_reviews_stay'),
        ("services", "0027_records_of_feeds_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovedCredential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField(blank=True, help_text='Empty: it may be chosen. Services that name it keep it.', null=True, verbose_name='no longer listed since')),
                ('name', models.CharField(max_length=150, verbose_name='credential')),
                ('credential_type', models.CharField(choices=[('secondary', 'High school diploma or equivalency'), ('associate', "Associate's degree (AA or AS)"), ('bachelor', "Bachelor's degree (BA or BS)"), ('license', 'Occupational license'), ('certificate', 'Occupational certificate'), ('certification', 'Occupational certification'), ('other', 'Other recognized diploma, degree or certificate'), ('graduate', 'Graduate degree')], max_length=15, verbose_name='type of credential')),
            ],
            options={
                'verbose_name': 'approved credential',
                'verbose_name_plural': 'approved credentials',
            },
        ),
        migrations.CreateModel(
            name='HistoricalApprovedCredential',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField(blank=True, help_text='Empty: it may be chosen. Services that name it keep it.', null=True, verbose_name='no longer listed since')),
                ('name', models.CharField(max_length=150, verbose_name='credential')),
                ('credential_type', models.CharField(choices=[('secondary', 'High school diploma or equivalency'), ('associate', "Associate's degree (AA or AS)"), ('bachelor', "Bachelor's degree (BA or BS)"), ('license', 'Occupational license'), ('certificate', 'Occupational certificate'), ('certification', 'Occupational certification'), ('other', 'Other recognized diploma, degree or certificate'), ('graduate', 'Graduate degree')], max_length=15, verbose_name='type of credential')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical approved credential',
                'verbose_name_plural': 'historical approved credentials',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalProvider',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField(blank=True, help_text='Empty: it may be chosen. Services that name it keep it.', null=True, verbose_name='no longer listed since')),
                ('code', models.CharField(max_length=20, verbose_name='provider ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('street', models.CharField(blank=True, max_length=100, verbose_name='street')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='city')),
                ('state', models.CharField(blank=True, max_length=2, verbose_name='state')),
                ('zip_code', models.CharField(blank=True, max_length=10, verbose_name='ZIP code')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical provider',
                'verbose_name_plural': 'historical providers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTraining',
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
                'verbose_name': 'historical details of a training',
                'verbose_name_plural': 'historical details of trainings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTrainingProgram',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField(blank=True, help_text='Empty: it may be chosen. Services that name it keep it.', null=True, verbose_name='no longer listed since')),
                ('code', models.CharField(max_length=30, verbose_name='program ID')),
                ('name', models.CharField(max_length=200, verbose_name='training program')),
                ('cip_code', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^[0-9]{2}\\.[0-9]{4}$', 'Enter a CIP code such as 51.3902: two digits, a point, four digits.')], verbose_name='field of study (CIP)')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, help_text='Tuition, fees, books and supplies of the whole program.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost in dollars')),
                ('weeks', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(260)], verbose_name='length in weeks')),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='length in hours')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical training program',
                'verbose_name_plural': 'historical training programs',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField(blank=True, help_text='Empty: it may be chosen. Services that name it keep it.', null=True, verbose_name='no longer listed since')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='provider ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('street', models.CharField(blank=True, max_length=100, verbose_name='street')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='city')),
                ('state', models.CharField(blank=True, max_length=2, verbose_name='state')),
                ('zip_code', models.CharField(blank=True, max_length=10, verbose_name='ZIP code')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='website')),
            ],
            options={
                'verbose_name': 'provider',
                'verbose_name_plural': 'providers',
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'details of a training',
                'verbose_name_plural': 'details of trainings',
            },
        ),
        migrations.CreateModel(
            name='TrainingProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('ended_on', models.DateField(blank=True, help_text='Empty: it may be chosen. Services that name it keep it.', null=True, verbose_name='no longer listed since')),
                ('code', models.CharField(max_length=30, verbose_name='program ID')),
                ('name', models.CharField(max_length=200, verbose_name='training program')),
                ('cip_code', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^[0-9]{2}\\.[0-9]{4}$', 'Enter a CIP code such as 51.3902: two digits, a point, four digits.')], verbose_name='field of study (CIP)')),
                ('cost', models.DecimalField(blank=True, decimal_places=2, help_text='Tuition, fees, books and supplies of the whole program.', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost in dollars')),
                ('weeks', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(260)], verbose_name='length in weeks')),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='length in hours')),
            ],
            options={
                'verbose_name': 'training program',
                'verbose_name_plural': 'training programs',
            },
        ),
        migrations.AddField(
            model_name='historicalapprovedcredential',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalprovider',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltraining',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltraining',
            name='planned',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.plannedservice', verbose_name='service'),
        ),
        migrations.AddField(
            model_name='historicaltrainingprogram',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltrainingprogram',
            name='occupation',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='goals.occupation', verbose_name='occupation (SOC)'),
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_provider_has_its_id_and_its_name'),
        ),
        migrations.AddField(
            model_name='historicaltrainingprogram',
            name='provider',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.provider', verbose_name='provider'),
        ),
        migrations.AddField(
            model_name='historicaltraining',
            name='listed_provider',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.provider', verbose_name='listed provider'),
        ),
        migrations.AddField(
            model_name='training',
            name='listed_provider',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='services.provider', verbose_name='listed provider'),
        ),
        migrations.AddField(
            model_name='training',
            name='planned',
            field=models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s', to='services.plannedservice', verbose_name='service'),
        ),
        migrations.AddField(
            model_name='trainingprogram',
            name='occupation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goals.occupation', verbose_name='occupation (SOC)'),
        ),
        migrations.AddField(
            model_name='trainingprogram',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='services.provider', verbose_name='provider'),
        ),
        migrations.AddField(
            model_name='training',
            name='training_program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='services.trainingprogram', verbose_name='training program'),
        ),
        migrations.AddField(
            model_name='historicaltraining',
            name='training_program',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.trainingprogram', verbose_name='training program'),
        ),
        migrations.AddField(
            model_name='historicalapprovedcredential',
            name='program',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.trainingprogram', verbose_name='training program'),
        ),
        migrations.AddField(
            model_name='approvedcredential',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='services.trainingprogram', verbose_name='training program'),
        ),
        migrations.AddIndex(
            model_name='historicalprovider',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_provider_log'),
        ),
        migrations.AddIndex(
            model_name='historicaltrainingprogram',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_trainingprog_log'),
        ),
        migrations.AddConstraint(
            model_name='trainingprogram',
            constraint=models.UniqueConstraint(fields=('provider', 'code'), name='a_program_stands_once_under_its_provider'),
        ),
        migrations.AddConstraint(
            model_name='trainingprogram',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_program_has_its_id_and_its_name'),
        ),
        migrations.AddConstraint(
            model_name='trainingprogram',
            constraint=models.CheckConstraint(condition=models.Q(('cip_code', ''), ('cip_code__regex', '^[0-9]{2}\\.[0-9]{4}$'), _connector='OR'), name='a_cip_code_has_its_form', violation_error_message='Enter a CIP code such as 51.3902: two digits, a point, four digits.'),
        ),
        migrations.AddConstraint(
            model_name='trainingprogram',
            constraint=models.CheckConstraint(condition=models.Q(('cost', None), ('cost__gte', 0), _connector='OR'), name='what_a_program_costs_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='trainingprogram',
            constraint=models.CheckConstraint(condition=models.Q(('weeks', None), models.Q(('weeks__gte', 1), ('weeks__lte', 260)), _connector='OR'), name='weeks_of_a_program_can_be'),
        ),
        migrations.AddConstraint(
            model_name='trainingprogram',
            constraint=models.CheckConstraint(condition=models.Q(('hours', None), models.Q(('hours__gte', 1), ('hours__lte', 10000)), _connector='OR'), name='hours_of_a_program_can_be'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('training_program', None), ('listed_provider__isnull', False), _connector='OR'), name='a_training_program_comes_with_its_provider'),
        ),
        migrations.AddIndex(
            model_name='historicaltraining',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_training_log'),
        ),
        migrations.AddIndex(
            model_name='historicalapprovedcredential',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_approvedcred_log'),
        ),
        migrations.AddConstraint(
            model_name='approvedcredential',
            constraint=models.UniqueConstraint(fields=('program', 'name'), name='a_credential_is_approved_once_for_a_program'),
        ),
        migrations.AddConstraint(
            model_name='approvedcredential',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='an_approved_credential_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='approvedcredential',
            constraint=models.CheckConstraint(condition=models.Q(('credential_type__in', ['secondary', 'associate', 'bachelor', 'license', 'certificate', 'certification', 'other', 'graduate'])), name='an_approved_credential_has_a_known_type'),
        ),
    ]
