"""To whom support was paid, when and by which voucher is said by its costs alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('services', '0041_codes_of_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='costline',
            name='paid_to',
            field=models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='paid to'),
        ),
        migrations.AddField(
            model_name='historicalcostline',
            name='paid_to',
            field=models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='paid to'),
        ),
        migrations.RemoveField(
            model_name='historicalsupport',
            name='paid_on',
        ),
        migrations.RemoveField(
            model_name='historicalsupport',
            name='paid_to',
        ),
        migrations.RemoveField(
            model_name='historicalsupport',
            name='voucher',
        ),
        migrations.RemoveField(
            model_name='support',
            name='paid_on',
        ),
        migrations.RemoveField(
            model_name='support',
            name='paid_to',
        ),
        migrations.RemoveField(
            model_name='support',
            name='voucher',
        ),
    ]
