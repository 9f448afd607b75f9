"""What a case note is about, what asked for it, and whether it is pinned; the former release writes without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('customers', '0023_reminders'),
    ]
    operations = [
        migrations.AddField(
            model_name='casenote',
            name='about_key',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='casenote',
            name='about_kind',
            field=models.CharField(blank=True, choices=[('version', 'Version of the plan'), ('service', 'Step/service'), ('assessment', 'Assessment')], db_default='', default='', editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name='casenote',
            name='category',
            field=models.CharField(choices=[('contact', 'Contact'), ('intake', 'Eligibility and intake'), ('assessment', 'Assessment'), ('review', 'Plan and review'), ('service', 'Services and training'), ('support', 'Supportive services'), ('employment', 'Job search and employment'), ('evidence', 'Documents and evidence'), ('exit', 'Exit and follow-up'), ('other', 'Other')], db_default='other', default='other', max_length=12, verbose_name='category'),
        ),
        migrations.AddField(
            model_name='casenote',
            name='pinned_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='pinned'),
        ),
        migrations.AddField(
            model_name='historicalcasenote',
            name='about_key',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalcasenote',
            name='about_kind',
            field=models.CharField(blank=True, choices=[('version', 'Version of the plan'), ('service', 'Step/service'), ('assessment', 'Assessment')], db_default='', default='', editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name='historicalcasenote',
            name='category',
            field=models.CharField(choices=[('contact', 'Contact'), ('intake', 'Eligibility and intake'), ('assessment', 'Assessment'), ('review', 'Plan and review'), ('service', 'Services and training'), ('support', 'Supportive services'), ('employment', 'Job search and employment'), ('evidence', 'Documents and evidence'), ('exit', 'Exit and follow-up'), ('other', 'Other')], db_default='other', default='other', max_length=12, verbose_name='category'),
        ),
        migrations.AddField(
            model_name='historicalcasenote',
            name='pinned_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='pinned'),
        ),
    ]
