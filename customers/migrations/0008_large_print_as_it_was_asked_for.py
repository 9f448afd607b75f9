"""Who was noted down as needing large print, in words, gets it."""

from django.db import migrations
from django.db.models import Q

WORDS = ("large print", "larger print", "large-print", "letra grande")


def fill(apps, schema_editor):
    asked = Q()
    for words in WORDS:
        asked |= Q(needs__icontains=words)
    apps.get_model("customers", "Customer").objects.filter(asked).update(large_print=True)


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_large_print")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
