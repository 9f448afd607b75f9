"""The record of a person that was merged into another one of the same person, with when, by whom and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0019_one_sign_in'),
        ('customers', '0026_addenda_to_case_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='merge_reason',
            field=models.CharField(db_default='', default='', editable=False, max_length=1000, verbose_name='why they were merged'),
        ),
        migrations.AddField(
            model_name='customer',
            name='merged_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='merged'),
        ),
        migrations.AddField(
            model_name='customer',
            name='merged_by',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='customer',
            name='merged_into',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='former_records', to='customers.customer', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='historicalcustomer',
            name='merge_reason',
            field=models.CharField(db_default='', default='', editable=False, max_length=1000, verbose_name='why they were merged'),
        ),
        migrations.AddField(
            model_name='historicalcustomer',
            name='merged_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='merged'),
        ),
        migrations.AddField(
            model_name='historicalcustomer',
            name='merged_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='historicalcustomer',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.customer', verbose_name='merged into'),
        ),
    ]
