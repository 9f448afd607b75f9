"""Signing at the desk: codes that are shown, screens that are handed over, and what came of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('acknowledgments', '0030_what_became_of_a_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskSigning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device', models.CharField(choices=[('phone', 'Another device, opened with the code shown'), ('tablet', "The planner's screen, handed over")], max_length=10, verbose_name='device')),
                ('seed', models.CharField(blank=True, max_length=32)),
                ('code_digest', models.CharField(max_length=64, null=True)),
                ('session_key', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('identity', models.CharField(blank=True, choices=[('sign_in', 'The customer signed in'), ('birth_date_and_email', 'Birth date and e-mail on file')], max_length=20, verbose_name='how the customer was confirmed')),
                ('signed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end', models.CharField(blank=True, choices=[('signed', 'Signed'), ('replaced', 'Another code was made'), ('wrong_person', 'The customer could not be confirmed'), ('left', 'Closed before signing'), ('over', 'Its time, or the session beside it, was over')], max_length=20)),
                ('acknowledgment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='desk_signing', to='acknowledgments.acknowledgment')),
                ('planner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='career planner')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_signings', to='acknowledgments.acknowledgmentrequest')),
            ],
            options={
                'verbose_name': 'signing at the desk',
                'verbose_name_plural': 'signings at the desk',
                'indexes': [models.Index(condition=models.Q(('signed_at__isnull', False)), fields=['signed_at'], name='desk_signings_by_time'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['expires_at'], name='desk_signings_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('request',), name='one_desk_signing_at_a_time'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('code_digest',), name='one_desk_signing_a_code'), models.CheckConstraint(condition=models.Q(models.Q(('code_digest__isnull', False), ('device', 'phone')), models.Q(('code_digest__isnull', True), ('device', 'tablet'), ('opened_at', models.F('made_at')), ('opened_at__isnull', False), ('session_key', '')), _connector='OR'), name='a_phone_has_a_code_and_a_screen_has_none'), models.CheckConstraint(condition=models.Q(('opened_at__isnull', True), models.Q(('opened_at__gte', models.F('made_at')), ('opened_at__lte', models.F('expires_at'))), _connector='OR'), name='a_desk_signing_is_opened_in_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('identity', '')), models.Q(('confirmed_at__gte', models.F('opened_at')), ('confirmed_at__isnull', False), ('identity__in', ['sign_in', 'birth_date_and_email']), ('opened_at__isnull', False)), _connector='OR'), name='a_customer_is_confirmed_in_one_way_after_opening'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledgment__isnull', True), ('signed_at__isnull', True)), models.Q(('acknowledgment__isnull', False), ('confirmed_at__isnull', False), ('end', 'signed'), ('signed_at__gte', models.F('confirmed_at')), ('signed_at__isnull', False)), _connector='OR'), name='who_signs_at_the_desk_was_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at__isnull', True)), models.Q(('end__in', ['signed', 'replaced', 'wrong_person', 'left', 'over']), ('ended_at__isnull', False), ('session_key', '')), _connector='OR'), name='a_desk_signing_that_ended_says_why')],
            },
        ),
    ]
