"""Goal ideas, whose history is kept like every other."""


import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from careerplan.base.database import keep_rows, release_rows

TABLE = "goals_historicalgoalidea"


def keep(apps, schema_editor):
    release_rows(schema_editor, TABLE)  # a new installation may have kept it with all others
    keep_rows(schema_editor, TABLE)


def release(apps, schema_editor):
    release_rows(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0018_what_is_said_of_a_goal_is_whole'),
        ('plans', '0012_language_of_notes'),
        ("careerplan", "0001_keep_history_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GoalIdea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='code')),
                ('term', models.CharField(choices=[('short', 'Short Term Goal'), ('long', 'Long Term Goal')], max_length=5, verbose_name='short or long term')),
                ('english', models.CharField(max_length=144, verbose_name='goal statement')),
                ('spanish', models.CharField(blank=True, help_text='Empty: it is not offered in plans that are written in Spanish.', max_length=144, verbose_name='goal statement in Spanish')),
                ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                ('barrier', models.ForeignKey(blank=True, help_text='It is offered where the plan has this barrier. Empty: in every plan.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.barriercategory', verbose_name='barrier category')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='goals.goalcategory', verbose_name='category')),
            ],
            options={
                'verbose_name': 'goal idea',
                'verbose_name_plural': 'goal ideas',
                'constraints': [models.CheckConstraint(condition=models.Q(('english', ''), _negated=True), name='a_goal_idea_says_something'), models.CheckConstraint(condition=models.Q(('term__in', ['short', 'long'])), name='a_goal_idea_is_short_or_long_term')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalGoalIdea',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('about_customer_id', models.BigIntegerField(editable=False, null=True)),
                ('about_plan_id', models.BigIntegerField(editable=False, null=True)),
                ('about', models.CharField(editable=False, max_length=200)),
                ('changes', models.JSONField(default=list, editable=False)),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(max_length=30, verbose_name='code')),
                ('term', models.CharField(choices=[('short', 'Short Term Goal'), ('long', 'Long Term Goal')], max_length=5, verbose_name='short or long term')),
                ('english', models.CharField(max_length=144, verbose_name='goal statement')),
                ('spanish', models.CharField(blank=True, help_text='Empty: it is not offered in plans that are written in Spanish.', max_length=144, verbose_name='goal statement in Spanish')),
                ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField()),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('barrier', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='It is offered where the plan has this barrier. Empty: in every plan.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plans.barriercategory', verbose_name='barrier category')),
                ('category', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='goals.goalcategory', verbose_name='category')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical goal idea',
                'verbose_name_plural': 'historical goal ideas',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
                'indexes': [models.Index(fields=['about_plan_id', '-history_date', '-history_id'], name='goals_goalidea_log')],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(keep, release),
    ]
