"""A minimum wage that may be a placement's floor names its place as the list does. What can't be read so was found for
no placement; it stays as it was written, and is no floor until an administrator puts it right."""

import re

from django.db import migrations, models
from django.db.models import Q

from careerplan.base.altering import AddConstraintBeside, ChangeInBatches
from careerplan.base.database import update_quickly

FORM = r"^(US|(?!US)[A-Z]{2}(-[A-Z0-9][A-Za-z0-9]*)?)$"
SAME = ("jurisdiction", "circumstance", "age", "employer_size", "effective_on")


def spelled(text):
    state, dash, name = text.partition("-")
    words = re.findall("[A-Za-z0-9]+", name)
    return state.strip().upper() + dash.strip() + "".join(word[0].upper() + word[1:] for word in words)


def rows(apps):
    return apps.get_model("worksites", "MinimumWage").objects.exclude(
        Q(usable_for_placement=False) | Q(jurisdiction__regex=FORM)
    )


def stands_already(row):
    same = {name: getattr(row, name) for name in SAME}
    return type(row).objects.filter(**same).exclude(pk=row.pk).exists()


def spell(apps, found):
    for row in found:
        written, row.jurisdiction = row.jurisdiction, spelled(row.jurisdiction)
        if not re.search(FORM, row.jurisdiction) or stands_already(row):
            row.jurisdiction, row.usable_for_placement = written, False
        update_quickly([row], ["jurisdiction", "usable_for_placement"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("worksites", "0043_supervisors_confirm_hundredths")]
    operations = [
        ChangeInBatches(rows, spell),
        AddConstraintBeside(
            model_name='minimumwage',
            constraint=models.CheckConstraint(condition=models.Q(('usable_for_placement', False), ('jurisdiction__regex', FORM), _connector='OR'), name='a_minimum_wage_that_is_a_floor_names_its_place', violation_error_message='Enter US, a state (IL), a city (IL-OakPark) or a county (IL-CookCounty).'),
        ),
    ]
