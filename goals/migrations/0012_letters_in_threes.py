"""Titles are searched by letters in threes (`base/indexes.py`)."""

from django.db import migrations

from careerplan.base.altering import MakeExtension


class Migration(migrations.Migration):
    dependencies = [("goals", "0011_when_a_goal_moved")]
    operations = [MakeExtension("pg_trgm")]
