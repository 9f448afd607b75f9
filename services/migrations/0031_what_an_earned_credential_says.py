"""Of which type an earned credential is, which approved one, and what proves it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('customers', '0037_guards_of_scores'),
        ("services", "0030_providers_and_programs"),
    ]

    operations = [
        migrations.AddField(
            model_name='earnedcredential',
            name='credential_type',
            field=models.CharField(blank=True, choices=[('secondary', 'High school diploma or equivalency'), ('associate', "Associate's degree (AA or AS)"), ('bachelor', "Bachelor's degree (BA or BS)"), ('license', 'Occupational license'), ('certificate', 'Occupational certificate'), ('certification', 'Occupational certification'), ('other', 'Other recognized diploma, degree or certificate'), ('graduate', 'Graduate degree')], db_default='', default='', max_length=15, verbose_name='type of credential'),
        ),
        migrations.AddField(
            model_name='earnedcredential',
            name='proof',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.upload', verbose_name='proof'),
        ),
        migrations.AddField(
            model_name='historicalearnedcredential',
            name='credential_type',
            field=models.CharField(blank=True, choices=[('secondary', 'High school diploma or equivalency'), ('associate', "Associate's degree (AA or AS)"), ('bachelor', "Bachelor's degree (BA or BS)"), ('license', 'Occupational license'), ('certificate', 'Occupational certificate'), ('certification', 'Occupational certification'), ('other', 'Other recognized diploma, degree or certificate'), ('graduate', 'Graduate degree')], db_default='', default='', max_length=15, verbose_name='type of credential'),
        ),
        migrations.AddField(
            model_name='historicalearnedcredential',
            name='proof',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='customers.upload', verbose_name='proof'),
        ),
        migrations.AddField(
            model_name='earnedcredential',
            name='approved',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='earned', to='services.approvedcredential', verbose_name='approved credential'),
        ),
        migrations.AddField(
            model_name='historicalearnedcredential',
            name='approved',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='services.approvedcredential', verbose_name='approved credential'),
        ),
    ]
