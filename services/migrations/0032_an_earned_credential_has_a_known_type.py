"""An earned credential has a known type; an approved one was earned in a service. What is asked of them has its indexes."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside, AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("services", "0031_what_an_earned_credential_says"),
    ]

    operations = [
        AddIndexBeside(
            model_name='earnedcredential',
            index=models.Index(condition=models.Q(('approved__isnull', False)), fields=['approved'], name='credentials_approved'),
        ),
        AddIndexBeside(
            model_name='earnedcredential',
            index=models.Index(condition=models.Q(('proof__isnull', False)), fields=['proof'], name='credentials_with_a_proof'),
        ),
        AddConstraintBeside(
            model_name='earnedcredential',
            constraint=models.CheckConstraint(condition=models.Q(('credential_type__in', ['', 'secondary', 'associate', 'bachelor', 'license', 'certificate', 'certification', 'other', 'graduate'])), name='a_credential_has_a_known_type'),
        ),
        AddConstraintBeside(
            model_name='earnedcredential',
            constraint=models.CheckConstraint(condition=models.Q(('approved__isnull', True), models.Q(('service__isnull', False), models.Q(('credential_type', ''), _negated=True)), _connector='OR'), name='an_approved_credential_was_earned_in_a_service'),
        ),
    ]
