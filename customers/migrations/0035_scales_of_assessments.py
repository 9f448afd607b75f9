"""Scales of assessment types with their levels; a score on one, the test before it, and the file of the result."""

import django.db.models.deletion
import simple_history.models
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0032_what_was_asked_and_answered_stays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('from_score', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='from score')),
                ('name', models.CharField(max_length=80, verbose_name='level')),
                ('notes', models.CharField(blank=True, help_text='Where the level is from.', max_length=200, verbose_name='notes')),
            ],
            options={
                'verbose_name': 'level of scores',
                'verbose_name_plural': 'levels of scores',
            },
        ),
        migrations.CreateModel(
            name='HistoricalAssessmentArea',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80, verbose_name='area')),
                ('lowest', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='lowest score')),
                ('highest', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='highest score')),
                ('step', models.DecimalField(decimal_places=2, default=Decimal('1'), help_text='By how much two scores that are next to each other differ.', max_digits=6, verbose_name='step')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('notes', models.CharField(blank=True, help_text='Where the scale is from.', max_length=200, verbose_name='notes')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical area of an assessment',
                'verbose_name_plural': 'historical areas of assessments',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAssessmentLevel',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('from_score', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='from score')),
                ('name', models.CharField(max_length=80, verbose_name='level')),
                ('notes', models.CharField(blank=True, help_text='Where the level is from.', max_length=200, verbose_name='notes')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical level of scores',
                'verbose_name_plural': 'historical levels of scores',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='assessment',
            name='document',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='customers.upload', verbose_name='file of the result'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='pre_test',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='post_tests', to='customers.assessment', verbose_name='pre-test'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='score',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='score'),
        ),
        migrations.AddField(
            model_name='assessmenttype',
            name='days_valid',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: it may be reused while it is less than six months old.', null=True, verbose_name='days for which it is valid'),
        ),
        migrations.AddField(
            model_name='assessmenttype',
            name='is_listed',
            field=models.BooleanField(db_default=True, default=True, help_text='Shown for each customer, done or not. Others stand among the outside assessments once one is done.', verbose_name='listed for everybody'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.upload', verbose_name='file of the result'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='pre_test',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.assessment', verbose_name='pre-test'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='score',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='score'),
        ),
        migrations.AddField(
            model_name='historicalassessmenttype',
            name='days_valid',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: it may be reused while it is less than six months old.', null=True, verbose_name='days for which it is valid'),
        ),
        migrations.AddField(
            model_name='historicalassessmenttype',
            name='is_listed',
            field=models.BooleanField(db_default=True, default=True, help_text='Shown for each customer, done or not. Others stand among the outside assessments once one is done.', verbose_name='listed for everybody'),
        ),
        migrations.CreateModel(
            name='AssessmentArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=80, verbose_name='area')),
                ('lowest', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='lowest score')),
                ('highest', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='highest score')),
                ('step', models.DecimalField(decimal_places=2, default=Decimal('1'), help_text='By how much two scores that are next to each other differ.', max_digits=6, verbose_name='step')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('notes', models.CharField(blank=True, help_text='Where the scale is from.', max_length=200, verbose_name='notes')),
                ('assessment_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='customers.assessmenttype', verbose_name='assessment type')),
            ],
            options={
                'verbose_name': 'area of an assessment',
                'verbose_name_plural': 'areas of assessments',
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='area',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='customers.assessmentarea', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='historicalassessment',
            name='area',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.assessmentarea', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='assessmentlevel',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='customers.assessmentarea', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='historicalassessmentarea',
            name='assessment_type',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.assessmenttype', verbose_name='assessment type'),
        ),
        migrations.AddField(
            model_name='historicalassessmentarea',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalassessmentlevel',
            name='area',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.assessmentarea', verbose_name='area'),
        ),
        migrations.AddField(
            model_name='historicalassessmentlevel',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='assessmentarea',
            constraint=models.UniqueConstraint(fields=('assessment_type', 'name'), name='an_area_stands_once_in_its_type', violation_error_message='This type has an area of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='assessmentarea',
            constraint=models.CheckConstraint(condition=models.Q(('lowest__lt', models.F('highest'))), name='a_scale_goes_up', violation_error_message='Enter a highest score that is above the lowest.'),
        ),
        migrations.AddConstraint(
            model_name='assessmentarea',
            constraint=models.CheckConstraint(condition=models.Q(('step__gt', 0)), name='a_scale_has_steps', violation_error_message='Enter a step of more than 0.'),
        ),
        migrations.AddConstraint(
            model_name='assessmentlevel',
            constraint=models.UniqueConstraint(fields=('area', 'from_score'), name='a_level_begins_once_in_its_area', violation_error_message='Another level of this area begins at this score.'),
        ),
        migrations.AddIndex(
            model_name='historicalassessmentarea',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='customers_assessmentar_log'),
        ),
        migrations.AddIndex(
            model_name='historicalassessmentlevel',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='customers_assessmentle_log'),
        ),
    ]
