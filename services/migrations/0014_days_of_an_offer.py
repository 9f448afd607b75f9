"""Since when and until when an entry of the catalog is offered, and what the plan opens by itself."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("services", "0013_details_of_services_stay")]
    operations = [
        migrations.AddField(
            model_name='historicalservice',
            name='is_opened_by_system',
            field=models.BooleanField(db_default=False, default=False, help_text='The writing and reviewing of the plan: nobody adds it.', verbose_name='opened by the plan itself'),
        ),
        migrations.AddField(
            model_name='historicalservice',
            name='offered_from',
            field=models.DateField(blank=True, help_text='It can be added from this day on. Empty: always.', null=True, verbose_name='first day'),
        ),
        migrations.AddField(
            model_name='historicalservice',
            name='offered_until',
            field=models.DateField(blank=True, help_text='It can be added until this day. It stays in the plans that have it. Empty: without end.', null=True, verbose_name='last day'),
        ),
        migrations.AddField(
            model_name='service',
            name='is_opened_by_system',
            field=models.BooleanField(db_default=False, default=False, help_text='The writing and reviewing of the plan: nobody adds it.', verbose_name='opened by the plan itself'),
        ),
        migrations.AddField(
            model_name='service',
            name='offered_from',
            field=models.DateField(blank=True, help_text='It can be added from this day on. Empty: always.', null=True, verbose_name='first day'),
        ),
        migrations.AddField(
            model_name='service',
            name='offered_until',
            field=models.DateField(blank=True, help_text='It can be added until this day. It stays in the plans that have it. Empty: without end.', null=True, verbose_name='last day'),
        ),
        AddConstraintBeside(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('offered_from', None), ('offered_until', None), ('offered_until__gte', models.F('offered_from')), _connector='OR'), name='an_offer_ends_after_it_begins', violation_error_message="The last day can't be before the first. Correct one of the two."),
        ),
    ]
