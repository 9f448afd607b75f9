"""Evidence says which name stood in the sealed plan, beside the typed one and the one on record."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('acknowledgments', '0012_the_printed_form_is_a_paper'),
    ]

    operations = [
        migrations.AddField(
            model_name='acknowledgment',
            name='sealed_name',
            field=models.CharField(blank=True, max_length=210),
        ),
    ]
