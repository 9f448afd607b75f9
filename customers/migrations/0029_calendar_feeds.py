"""The secret address of a calendar of what is due."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0028_what_a_merged_record_says'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='switched off')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feed', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'calendar address',
                'constraints': [models.UniqueConstraint(condition=models.Q(('digest', ''), _negated=True), fields=('digest',), name='a_calendar_address_is_one_persons'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('ended_at__isnull', False)), models.Q(models.Q(('digest', ''), _negated=True), ('ended_at', None)), _connector='OR'), name='a_calendar_address_that_ended_opens_nothing')],
            },
        ),
    ]
