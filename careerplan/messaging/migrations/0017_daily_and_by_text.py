"""E-mails that leave once a day, and text messages that something waits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0016_absences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField()),
                ('available_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=300)),
                ('sent_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('unconfirmed_at', models.DateTimeField(null=True)),
                ('reported_at', models.DateTimeField(null=True)),
                ('key', models.CharField(max_length=150, unique=True)),
                ('number', models.CharField(max_length=16, verbose_name='number')),
            ],
            options={
                'verbose_name': 'text message',
            },
        ),
        migrations.AddField(
            model_name='notification',
            name='daily',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('acknowledgment-requested', 'Plan waiting for acknowledgment'), ('request-withdrawn', 'Plan taken back'), ('plan-signed', 'Signature confirmed'), ('plan-acknowledged', 'Plan acknowledged'), ('goal-off-track', 'Goal off track'), ('form-not-rendered', 'Form could not be made'), ('shared-plan-opened', 'Shared plan opened'), ('shared-plan-declined', 'Shared plan not acknowledged'), ('staff-request-asked', 'Approval requested'), ('staff-request-answered', 'Request answered'), ('agreement-recorded', 'Agreement recorded'), ('item-asked', 'Question about the plan'), ('item-answered', 'Question answered'), ('plan-not-agreed', 'Customer does not agree'), ('email-given-up', 'E-mail not delivered'), ('email-waits', 'E-mail not sent yet'), ('email-to-switched-off', 'E-mail not sent: sign-in switched off'), ('sign-in-email-lost', 'E-mail about signing in not delivered'), ('work-handed-over', 'Work handed over'), ('part-handed-over', 'Part of the work handed over'), ('customer-moved-here', 'Customer handed over to you'), ('customer-has-no-planner', 'Customer without a planner'), ('customer-moved-away', 'Customer handed over to someone else'), ('record-damaged', 'Something in the record is not as it was'), ('deadlines-near', 'Deadlines'), ('still-waits', 'Still waiting for you'), ('message', 'Message')], max_length=40),
        ),
        migrations.AddField(
            model_name='textmessage',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='text_messages', to='messaging.message'),
        ),
        migrations.AddField(
            model_name='textmessage',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='text_messages', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='textmessage',
            index=models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['available_at', 'id'], name='text_messages_waiting'),
        ),
        migrations.AddIndex(
            model_name='textmessage',
            index=models.Index(condition=models.Q(('given_up_at__isnull', False), models.Q(('last_error', 'What it tells of has passed.'), _negated=True)), fields=['-given_up_at', '-id'], name='text_messages_given_up'),
        ),
        migrations.AddConstraint(
            model_name='textmessage',
            constraint=models.CheckConstraint(condition=models.Q(('sent_at__isnull', True), ('given_up_at__isnull', True), _connector='OR'), name='a_text_message_ends_one_way'),
        ),
    ]
