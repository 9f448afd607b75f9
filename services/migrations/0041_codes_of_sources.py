"""A source's own codes mean services of the catalog by a table; a record whose code is in none waits without a service."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('customers', '0037_guards_of_scores'),
        ('services', '0040_wage_steps_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(max_length=40, verbose_name='code in the source')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
            ],
            options={
                'verbose_name': 'code of a source',
                'verbose_name_plural': 'codes of sources',
            },
        ),
        migrations.CreateModel(
            name='HistoricalFeedCode',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(max_length=40, verbose_name='code in the source')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical code of a source',
                'verbose_name_plural': 'historical codes of sources',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='feedrecord',
            name='service_code',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='code in the source'),
        ),
        migrations.AddField(
            model_name='feedrun',
            name='unmapped',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='without a known code'),
        ),
        migrations.AddField(
            model_name='historicalfeedrecord',
            name='service_code',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='code in the source'),
        ),
        migrations.AlterField(
            model_name='feedrecord',
            name='service',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.service', verbose_name='service'),
        ),
        migrations.AddConstraint(
            model_name='feedrecord',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), models.Q(('service_code', ''), _negated=True), _connector='OR'), name='a_record_says_which_service_it_is_of'),
        ),
        migrations.AddConstraint(
            model_name='feedrecord',
            constraint=models.CheckConstraint(condition=models.Q(('service__isnull', False), ('planned', None), _connector='OR'), name='a_record_in_the_plan_is_of_the_catalog'),
        ),
        migrations.AddField(
            model_name='feedcode',
            name='service',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.service', verbose_name='service of the catalog'),
        ),
        migrations.AddField(
            model_name='feedcode',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='services.feedsource', verbose_name='source'),
        ),
        migrations.AddField(
            model_name='historicalfeedcode',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalfeedcode',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.service', verbose_name='service of the catalog'),
        ),
        migrations.AddField(
            model_name='historicalfeedcode',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.feedsource', verbose_name='source'),
        ),
        migrations.AddConstraint(
            model_name='feedcode',
            constraint=models.UniqueConstraint(fields=('source', 'code'), name='a_code_of_a_source_means_one_service', violation_error_message='This code of the source is there already. Change that one.'),
        ),
        migrations.AddConstraint(
            model_name='feedcode',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='a_code_of_a_source_is_said'),
        ),
        migrations.AddIndex(
            model_name='historicalfeedcode',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='services_feedcode_log'),
        ),
        migrations.AddIndex(
            model_name='feedrecord',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['source', 'service_code'], name='feed_codes_that_wait'),
        ),
    ]
