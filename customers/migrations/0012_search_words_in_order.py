"""Whom a word finds stand in the order of the list: the key of that order stands beside each word."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from careerplan.base.database import plain_collation, without_time_limit


def collate(apps, schema_editor):
    plain_collation(schema_editor, "customers_searchword", ["name_key"])


def fill(apps, schema_editor):
    Customer, SearchWord = apps.get_model("customers", "Customer"), apps.get_model("customers", "SearchWord")
    of_the_word = Customer.objects.filter(pk=OuterRef("customer")).values("name_key")
    SearchWord.objects.update(name_key=Subquery(of_the_word))


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_words_of_two_scripts_and_foreign_phones")]
    operations = [
        migrations.RunPython(without_time_limit, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="searchword", name="customers_by_word"),
        migrations.AlterField(
            model_name="searchword",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="customers.customer",
                verbose_name="customer",
            ),
        ),
        migrations.AddField(
            model_name="searchword",
            name="name_key",
            field=models.CharField(db_default="", editable=False, max_length=310),
        ),
        migrations.RunPython(collate, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["word", "name_key", "customer"], name="customers_by_word_and_name"),
        ),
    ]
