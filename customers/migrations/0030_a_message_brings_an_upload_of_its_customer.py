"""What comes with a message is an upload of the customer who wrote it, or to whom it was written: of nobody else."""

from django.db import migrations

from careerplan.base.database import allow, refuse

ATTACHMENTS = "customers_attachment"
NAME = "a_message_brings_an_upload_of_its_customer"
OF_ONE_CUSTOMER = """EXISTS (
  SELECT 1 FROM "customers_upload" upload
  JOIN "customers_customer" customer ON customer.id = upload.customer_id
  JOIN "messaging_message" message ON message.id = NEW.message_id
  WHERE upload.id = NEW.upload_id AND customer.user_id IN (message.sender_id, message.recipient_id))"""


def guard(apps, schema_editor):
    for moment, columns in (("INSERT", []), ("UPDATE", ["message_id", "upload_id"])):
        refuse(schema_editor, ATTACHMENTS, NAME, moment=moment, of=columns, when=f"NOT {OF_ONE_CUSTOMER}")


def lift(apps, schema_editor):
    allow(schema_editor, ATTACHMENTS, NAME)


class Migration(migrations.Migration):
    dependencies = [("customers", "0029_calendar_feeds"), ("messaging", "0016_absences")]
    operations = [migrations.RunPython(guard, lift)]
