"""Records whose e-mail differs from that of the sign-in take the sign-in's: there the customer gets e-mail today.

The former address stays in the history, and the Update Log shows it.
"""

import unicodedata

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def key_of(text):
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())[:254]


def settle(apps, schema_editor):
    Customer, Entry = apps.get_model("customers", "Customer"), apps.get_model("customers", "HistoricalCustomer")
    at = timezone.now()
    differing = Customer.objects.filter(user__isnull=False).exclude(email=F("user__email")).select_related("user")
    columns = [field.attname for field in Customer._meta.concrete_fields]
    for customer in differing.iterator(chunk_size=1000):
        former = customer.email
        customer.email = customer.user.email
        customer.email_key = key_of(customer.email)
        customer.row_version += 1
        customer.save(update_fields=["email", "email_key", "row_version"])
        kept = {field.attname for field in Entry._meta.concrete_fields}
        Entry.objects.create(
            history_date=at,
            history_type="~",
            history_change_reason="one e-mail address",
            about="Customer",
            about_customer_id=customer.pk,
            changes=[{"label": "e-mail", "from": former, "to": customer.email}],
            **{column: getattr(customer, column) for column in columns if column in kept},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("customers", "0008_large_print_as_it_was_asked_for"),
    ]
    operations = [migrations.RunPython(settle, migrations.RunPython.noop, elidable=True)]
