"""A record that was merged stays as it is, or goes on again by itself, where it was another person's after all."""

from django.db import migrations

from careerplan.base.database import differs, refuse

CUSTOMERS, ONCE = "customers_customer", "a_record_is_merged_once"
COLUMNS = ["merged_into_id", "merged_at", "merged_by_id", "merge_reason"]
AGAIN = f"OLD.merged_into_id IS NOT NULL AND {differs(*COLUMNS)}"
# All four at once: the table's own constraint lets none of them stand alone.
SEPARATED = """(
  NEW.merged_into_id IS NULL AND NEW.merged_at IS NULL AND NEW.merged_by_id IS NULL AND NEW.merge_reason = '')"""


def guard(apps, schema_editor):
    refuse(schema_editor, CUSTOMERS, ONCE, moment="UPDATE", of=COLUMNS, when=f"{AGAIN} AND NOT {SEPARATED}")


def lift(apps, schema_editor):
    refuse(schema_editor, CUSTOMERS, ONCE, moment="UPDATE", of=COLUMNS, when=AGAIN)


class Migration(migrations.Migration):
    dependencies = [("careerplan", "0023_a_merged_record_stays")]
    operations = [migrations.RunPython(guard, lift)]
