"""What is added to a case note once its words stay."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('customers', '0025_indexes_of_case_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name='CaseNoteAddendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('text', models.TextField(max_length=4000, verbose_name='addendum')),
                ('written_at', models.DateTimeField(verbose_name='written')),
            ],
            options={
                'verbose_name': 'addendum to a case note',
                'verbose_name_plural': 'addenda to case notes',
            },
        ),
        migrations.CreateModel(
            name='HistoricalCaseNoteAddendum',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('text', models.TextField(max_length=4000, verbose_name='addendum')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical addendum to a case note',
                'verbose_name_plural': 'historical addenda to case notes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='casenoteaddendum',
            name='note',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='customers.casenote', verbose_name='case note'),
        ),
        migrations.AddField(
            model_name='casenoteaddendum',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='historicalcasenoteaddendum',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcasenoteaddendum',
            name='note',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.casenote', verbose_name='case note'),
        ),
        migrations.AddField(
            model_name='historicalcasenoteaddendum',
            name='written_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddIndex(
            model_name='historicalcasenoteaddendum',
            index=models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='customers_casenoteadde_log'),
        ),
    ]
