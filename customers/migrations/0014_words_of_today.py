"""Letters joined and parted, every number of a phone, birth dates as digits: each customer gets the words of today.

In batches: what is missing is added, what is no longer derived removed, and the key of the order put beside each word.
"""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

from careerplan.base.names import full_name
from customers.search import words_to_find

BATCH = 2000
NAMES = ("first_name", "middle_name", "last_name", "preferred_name")


def refresh(apps, schema_editor):
    Customer, SearchWord = apps.get_model("customers", "Customer"), apps.get_model("customers", "SearchWord")
    last = 0
    while batch := list(Customer.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        of_the_batch = SearchWord.objects.filter(customer__gt=last, customer__lte=batch[-1].pk)
        last = batch[-1].pk
        settle(Customer, SearchWord, batch, of_the_batch)


def settle(Customer, SearchWord, batch, of_the_batch):
    present = {(customer, word): key for key, customer, word in of_the_batch.values_list("pk", "customer", "word")}
    wanted = {(customer.pk, word): customer.name_key for customer in batch for word in words_of(customer)}
    missing = sorted(wanted.keys() - present.keys())
    rows = (SearchWord(customer_id=row[0], word=row[1], name_key=wanted[row]) for row in missing)
    SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    gone = [present[row] for row in present.keys() - wanted.keys()]
    for start in range(0, len(gone), BATCH):
        SearchWord.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    key = Customer.objects.filter(pk=OuterRef("customer")).values("name_key")
    of_the_batch.exclude(name_key=F("customer__name_key")).update(name_key=Subquery(key))


def words_of(customer):
    return words_to_find(
        *(getattr(customer, name) for name in NAMES),
        full_name(customer.first_name, customer.last_name),
        state_id=customer.state_id,
        phone=customer.phone,
        born=customer.birth_date,
        email=customer.email_key,
        username=customer.username_key,
    )


class Migration(migrations.Migration):
    atomic = False  # each batch is kept: a run that was cut off is begun again, and writes what is missing
    dependencies = [("customers", "0013_pairs_of_names")]
    operations = [migrations.RunPython(refresh, migrations.RunPython.noop, elidable=True)]
