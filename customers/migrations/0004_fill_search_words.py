"""The words of the customers who are there, in batches; and the keys of order, as names are read now."""

from django.db import migrations

from careerplan.base.database import plain_collation
from careerplan.base.names import fold, full_name
from customers.search import words_to_find

BATCH = 2000


def collate(apps, schema_editor):
    plain_collation(schema_editor, "customers_searchword", ["word"])


def fill(apps, schema_editor):
    Customer, SearchWord = apps.get_model("customers", "Customer"), apps.get_model("customers", "SearchWord")
    last = 0
    while batch := list(Customer.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last, rows = batch[-1].pk, []
        for customer in batch:
            customer.name_key = fold(full_name(customer.last_name, customer.first_name, customer.middle_name))[:310]
            customer.email_key = customer.email.strip().casefold()
            customer.username_key = customer.username_key.casefold()
            rows += [SearchWord(customer=customer, word=word) for word in sorted(words_of(customer))]
        Customer.objects.bulk_update(batch, ["name_key", "email_key", "username_key"], batch_size=500)
        SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def words_of(customer):
    return words_to_find(
        *(customer.first_name, customer.middle_name, customer.last_name),
        full_name(customer.first_name, customer.last_name),
        state_id=customer.state_id,
        phone=customer.phone,
        born=customer.birth_date,
        email=customer.email_key,
        username=customer.username_key,
    )


class Migration(migrations.Migration):
    atomic = False  # each batch is kept: a run that was cut off goes on where rows are missing
    dependencies = [("customers", "0003_names_and_search_words")]
    operations = [
        migrations.RunPython(collate, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
