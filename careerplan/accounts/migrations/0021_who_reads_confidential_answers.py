"""Who may read confidential answers: staff to whom an administrator gave it, and no customer those of others."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside

MAY_READ = models.BooleanField(
    db_default=False,
    default=False,
    help_text='Disability, benefits, health and the like, of the customers whom this person sees. Each look is written down, with who looked.',
    verbose_name='may read confidential answers',
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [('accounts', '0020_text_messages_go_to_who_agreed')]
    operations = [
        migrations.AddField(model_name='historicaluser', name='reads_confidential', field=MAY_READ.clone()),
        migrations.AddField(model_name='user', name='reads_confidential', field=MAY_READ.clone()),
        AddConstraintBeside(
            model_name='user',
            constraint=models.CheckConstraint(
                condition=models.Q(('reads_confidential', False), models.Q(('role', 'customer'), _negated=True), _connector='OR'),
                name='only_staff_read_confidential_answers_of_others',
                violation_error_message="Customers read their own confidential answers, and nobody else's.",
            ),
        ),
    ]
