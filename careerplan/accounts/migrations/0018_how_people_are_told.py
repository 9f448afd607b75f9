"""E-mails at once or once a day, and text messages to who agreed to them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0017_people_at_work_by_name'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaluser',
            name='emails_daily',
            field=models.BooleanField(db_default=False, default=False, verbose_name='one e-mail a day'),
        ),
        migrations.AddField(
            model_name='historicaluser',
            name='text_messages_agreed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed to text messages'),
        ),
        migrations.AddField(
            model_name='historicaluser',
            name='text_messages_to',
            field=models.CharField(blank=True, db_default='', default='', max_length=16, verbose_name='text messages to'),
        ),
        migrations.AddField(
            model_name='user',
            name='emails_daily',
            field=models.BooleanField(db_default=False, default=False, verbose_name='one e-mail a day'),
        ),
        migrations.AddField(
            model_name='user',
            name='text_messages_agreed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='agreed to text messages'),
        ),
        migrations.AddField(
            model_name='user',
            name='text_messages_to',
            field=models.CharField(blank=True, db_default='', default='', max_length=16, verbose_name='text messages to'),
        ),
    ]
