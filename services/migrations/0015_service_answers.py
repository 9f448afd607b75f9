"""Which services answer which needs; the history is kept like every other."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from careerplan.base.database import keep_rows, release_rows

TABLE = "services_historicalserviceanswer"


def keep(apps, schema_editor):
    release_rows(schema_editor, TABLE)  # a new installation may have kept it with all others
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0014_days_of_an_offer"),
        ("goals", "0023_job_fit_reviews_stay"),
        ("plans", "0012_language_of_notes"),
        ("careerplan", "0001_keep_history_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ServiceAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('is_active', models.BooleanField(default=True, verbose_name='used')),
                ('barrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.barriercategory', verbose_name='barrier category')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='services.servicecategory', verbose_name='category of services')),
                ('goal_category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='goals.goalcategory', verbose_name='category of goals')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='services.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'answer to a need',
                'verbose_name_plural': 'answers to needs',
                'constraints': [models.CheckConstraint(condition=models.Q(('barrier__isnull', True), ('goal_category__isnull', True), _connector='XOR'), name='an_answer_is_to_a_barrier_or_a_goal'), models.CheckConstraint(condition=models.Q(('service__isnull', True), ('category__isnull', True), _connector='XOR'), name='an_answer_is_a_service_or_a_category'), models.UniqueConstraint(condition=models.Q(('barrier__isnull', False), ('service__isnull', False)), fields=('barrier', 'service'), name='a_barrier_has_a_service_once', violation_error_message='This is in the list already. Change that row instead.'), models.UniqueConstraint(condition=models.Q(('barrier__isnull', False), ('category__isnull', False)), fields=('barrier', 'category'), name='a_barrier_has_a_category_once', violation_error_message='This is in the list already. Change that row instead.'), models.UniqueConstraint(condition=models.Q(('goal_category__isnull', False), ('service__isnull', False)), fields=('goal_category', 'service'), name='a_kind_of_goal_has_a_service_once', violation_error_message='This is in the list already. Change that row instead.'), models.UniqueConstraint(condition=models.Q(('category__isnull', False), ('goal_category__isnull', False)), fields=('goal_category', 'category'), name='a_kind_of_goal_has_a_category_once', violation_error_message='This is in the list already. Change that row instead.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalServiceAnswer',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('is_active', models.BooleanField(default=True, verbose_name='used')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('barrier', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.barriercategory', verbose_name='barrier category')),
                ('category', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.servicecategory', verbose_name='category of services')),
                ('goal_category', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='goals.goalcategory', verbose_name='category of goals')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'historical answer to a need',
                'verbose_name_plural': 'historical answers to needs',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_serviceanswe_log')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(keep, release),
    ]
