"""The pairs of the words of each name, for the customers who are there, in batches."""

from django.db import migrations

from careerplan.base.names import full_name
from customers.search import words_to_find

BATCH = 2000
PAIR = " "  # what a pair begins with


def fill(apps, schema_editor):
    Customer, SearchWord = apps.get_model("customers", "Customer"), apps.get_model("customers", "SearchWord")
    last = 0
    while batch := list(Customer.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        rows = [
            SearchWord(customer=customer, word=word, name_key=customer.name_key)
            for customer in batch
            for word in sorted(pairs_of(customer))
        ]
        SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def pairs_of(customer):
    names = (customer.first_name, customer.middle_name, customer.last_name, customer.preferred_name)
    whole = full_name(customer.first_name, customer.last_name)
    found = words_to_find(*names, whole, state_id="", phone="", born=None, email="", username="")
    return {word for word in found if word.startswith(PAIR)}


class Migration(migrations.Migration):
    atomic = False  # each batch is kept: a run that was cut off goes on where rows are missing
    dependencies = [("customers", "0012_search_words_in_order")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
