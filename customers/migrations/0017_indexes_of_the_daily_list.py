"""The daily list begins where it is asked to, and reads nobody who has left it; the administration asks for types."""

from django.db import migrations, models

from careerplan.base.altering import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0016_who_left_the_daily_list")]
    operations = [
        AddIndexBeside(
            model_name="customer",
            index=models.Index(fields=["customer_type", "name_key", "id"], name="customers_of_a_type"),
        ),
        AddIndexBeside(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("in_daily_list", True)), fields=["name_key", "id"], name="customers_listed_by_name"
            ),
        ),
        AddIndexBeside(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("in_daily_list", True)),
                fields=["office", "name_key", "id"],
                name="customers_listed_of_an_office",
            ),
        ),
        AddIndexBeside(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("in_daily_list", True), ("programs_ended_on__isnull", False)),
                fields=["programs_ended_on", "id"],
                name="customers_leaving_the_list",
            ),
        ),
    ]
