"""What is due is counted by office and planner."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0019_one_sign_in'),
        ('reports', '0001_counts_of_the_state'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='statecount',
            name='work_counted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='WorkCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('overdue', models.PositiveIntegerField(default=0)),
                ('this_week', models.PositiveIntegerField(default=0)),
                ('with_others', models.PositiveIntegerField(default=0)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work_counted', to='accounts.office')),
                ('planner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='work_counted', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'count of what is due',
                'constraints': [models.UniqueConstraint(fields=('office', 'planner'), name='what_is_due_is_counted_once_a_planner'), models.UniqueConstraint(condition=models.Q(('planner', None)), fields=('office',), name='what_is_due_with_nobody_is_counted_once_an_office')],
            },
        ),
    ]
