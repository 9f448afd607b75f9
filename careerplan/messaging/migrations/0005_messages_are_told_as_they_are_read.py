"""A message is kept as its kind and the facts of the event; those of former releases stay as they were written."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0004_undelivered_emails_are_told'),
    ]

    operations = [
        migrations.RenameField('message', 'subject', 'written_subject'),
        migrations.RenameField('message', 'body', 'written_body'),
        migrations.AlterField(
            model_name='message',
            name='written_subject',
            field=models.CharField(blank=True, max_length=200, verbose_name='subject'),
        ),
        migrations.AlterField(
            model_name='message',
            name='written_body',
            field=models.TextField(blank=True, max_length=4000, verbose_name='message'),
        ),
        migrations.AddField(
            model_name='message',
            name='facts',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('acknowledgment-requested', 'Plan waiting for acknowledgment'), ('request-withdrawn', 'Plan taken back'), ('plan-signed', 'Signature confirmed'), ('plan-acknowledged', 'Plan acknowledged'), ('goal-off-track', 'Goal off track'), ('form-not-rendered', 'Form could not be made'), ('shared-plan-opened', 'Shared plan opened'), ('shared-plan-declined', 'Shared plan not acknowledged'), ('staff-request-asked', 'Approval requested'), ('staff-request-answered', 'Request answered'), ('agreement-recorded', 'Agreement recorded'), ('email-given-up', 'E-mail not delivered'), ('email-waits', 'E-mail not sent yet'), ('work-handed-over', 'Work handed over'), ('customer-moved-here', 'Customer handed over to you'), ('customer-moved-away', 'Customer handed over to someone else'), ('message', 'Message')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('facts__isnull', True), models.Q(('written_subject', ''), _negated=True)), models.Q(('facts__isnull', False), ('written_body', ''), ('written_subject', '')), _connector='OR'), name='a_message_is_written_or_told'),
        ),
    ]
