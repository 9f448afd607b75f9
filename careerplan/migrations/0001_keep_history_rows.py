"""The history of what people changed is never changed or deleted itself."""

from django.db import migrations

from careerplan.base.database import keep_rows, release_rows

APPS = ("accounts", "customers", "plans", "goals", "services", "worksites")


def history_tables(apps):
    return [
        model._meta.db_table
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model.__name__.startswith("Historical")
    ]


def keep(apps, schema_editor):
    for table in history_tables(apps):
        keep_rows(schema_editor, table)


def release(apps, schema_editor):
    for table in history_tables(apps):
        release_rows(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("customers", "0002_plain_collation_of_search_keys"),
        ("plans", "0001_initial"),
        ("goals", "0002_goals_of_the_same_plan"),
        ("services", "0002_goals_of_the_same_plan"),
        ("worksites", "0001_initial"),
    ]
    operations = [migrations.RunPython(keep, release)]
