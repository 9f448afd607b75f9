"""Whether a customer's forms and pages are in large print."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0006_who_assessed'),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='large_print',
            field=models.BooleanField(default=False, help_text="Forms are printed, and the customer's pages are shown, in large letters.", verbose_name='large print'),
        ),
        migrations.AddField(
            model_name='historicalcustomer',
            name='large_print',
            field=models.BooleanField(default=False, help_text="Forms are printed, and the customer's pages are shown, in large letters.", verbose_name='large print'),
        ),
    ]
