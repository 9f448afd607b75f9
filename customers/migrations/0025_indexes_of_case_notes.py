"""Pinned notes, and those that a row asked for, are found at once."""

from django.db import migrations, models

from careerplan.base.altering import AddConstraintBeside, AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ('customers', '0024_what_case_notes_are_about'),
    ]
    operations = [
        AddIndexBeside(
            model_name='casenote',
            index=models.Index(condition=models.Q(('pinned_at__isnull', False)), fields=['customer'], name='case_notes_pinned'),
        ),
        AddIndexBeside(
            model_name='casenote',
            index=models.Index(condition=models.Q(('about_key__isnull', False)), fields=['about_key', 'about_kind'], name='case_notes_by_matter'),
        ),
        AddConstraintBeside(
            model_name='casenote',
            constraint=models.CheckConstraint(condition=models.Q(('about_kind', ''), ('about_key__isnull', False), _connector='XOR'), name='a_case_note_names_what_it_is_about'),
        ),
    ]
