"""The search key of each person who is there, in batches."""

from django.db import migrations

from careerplan.base.altering import ChangeInBatches
from careerplan.base.database import update_quickly
from careerplan.base.names import fold, full_name


def without_key(apps):
    return apps.get_model("accounts", "User").objects.filter(search_key="")


def fill(apps, people):
    rows = list(people)
    for person in rows:
        person.search_key = fold(full_name(person.last_name, person.first_name))[:310]
    update_quickly(rows, ["search_key"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0008_search_key_of_people")]
    operations = [ChangeInBatches(without_key, fill)]
