"""An enrollment ends, it is not deleted, and it stays its customer's; an administrator may correct its days."""

from django.db import migrations

from careerplan.base.database import allow, differs, refuse, refuse_deletion, release_rows

ENROLLMENTS = "customers_enrollment"
STAYS = "an_enrollment_stays_its_customers"


def guard(apps, schema_editor):
    refuse_deletion(schema_editor, ENROLLMENTS)
    refuse(schema_editor, ENROLLMENTS, STAYS, moment="UPDATE", of=["customer_id"], when=differs("customer_id"))


def lift(apps, schema_editor):
    release_rows(schema_editor, ENROLLMENTS)
    allow(schema_editor, ENROLLMENTS, STAYS)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0013_goals_go_off_track_in_a_draft")]
    operations = [migrations.RunPython(guard, lift)]
