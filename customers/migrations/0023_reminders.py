"""Of which deadlines people were reminded."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0022_days_between_contacts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('row_key', models.BigIntegerField()),
                ('day', models.DateField()),
                ('threshold', models.SmallIntegerField()),
                ('found_on', models.DateField(db_index=True)),
                ('told_on', models.DateField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'indexes': [models.Index(condition=models.Q(('told_on__isnull', True)), fields=['person'], name='reminders_not_told')],
                'constraints': [models.UniqueConstraint(fields=('code', 'row_key', 'day', 'threshold', 'person'), name='nobody_is_reminded_twice')],
            },
        ),
    ]
