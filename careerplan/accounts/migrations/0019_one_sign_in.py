"""A letter tells who had two sign-ins that one of them stays."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0018_how_people_are_told'),
    ]

    operations = [
        migrations.AlterField(
            model_name='signinletter',
            name='kind',
            field=models.CharField(choices=[('reset-link', 'Link to set a password'), ('invitation', 'Invitation to choose a password'), ('customer-invitation', 'Invitation of a customer'), ('unknown-address', 'Nobody signs in with this address'), ('password-changed', 'The password was changed'), ('email-changed', 'The e-mail address was changed'), ('one-sign-in', 'Two sign-ins became one')], max_length=20, verbose_name='what it says'),
        ),
    ]
