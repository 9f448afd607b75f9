"""A number for text messages has the moment of the consent."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0019_one_sign_in")]
    operations = [
        AddConstraintBeside(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('text_messages_to', ''), ('text_messages_agreed_at__isnull', False), _connector='XOR'), name='text_messages_go_to_who_agreed'),
        ),
    ]
