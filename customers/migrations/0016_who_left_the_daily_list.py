"""Both columns of the daily list, for the customers who are there and have left their programs, in batches."""

from django.db import migrations
from django.db.models import Exists, OuterRef
from django.utils import timezone

from careerplan.base.altering import ChangeInBatches
from careerplan.base.dates import day_of
from customers.models.daily_list import keep_ends


def unsettled(apps):
    programs = apps.get_model("customers", "Enrollment").objects.filter(customer=OuterRef("pk"))
    left, open_ones = programs.filter(exited_on__isnull=False), programs.filter(exited_on=None)
    customers = apps.get_model("customers", "Customer").objects
    return customers.filter(Exists(left), ~Exists(open_ones), programs_ended_on=None)


def settle(apps, customers):
    keep_ends(customers, apps.get_model("customers", "Enrollment").objects.all(), on=day_of(timezone.now()))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0015_the_daily_list")]
    operations = [ChangeInBatches(unsettled, settle)]
