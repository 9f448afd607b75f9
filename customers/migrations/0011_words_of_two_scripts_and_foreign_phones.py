"""Tones of the Hmong scripts part names now, and a foreign phone number is found by its end.

Touches the customers of whom one of both is true; the others keep their words.
"""

import re

from django.db import migrations

from careerplan.base.names import fold, full_name
from customers.search import DIGITS_OF_A_PHONE, digits_of, words_to_find

BATCH = 2000
HMONG = re.compile("[\U00016b00-\U00016b8f\U0001e100-\U0001e14f]")
NAMES = ("first_name", "middle_name", "last_name", "preferred_name")


def refresh(apps, schema_editor):
    Customer, SearchWord = apps.get_model("customers", "Customer"), apps.get_model("customers", "SearchWord")
    last = 0
    while batch := list(Customer.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        for customer in batch:
            if is_read_anew(customer):
                keys = full_name(customer.last_name, customer.first_name, customer.middle_name)
                Customer.objects.filter(pk=customer.pk).update(name_key=fold(keys)[:310])
                SearchWord.objects.filter(customer=customer.pk).delete()
                SearchWord.objects.bulk_create(SearchWord(customer=customer, word=word) for word in words_of(customer))


def is_read_anew(customer):
    in_hmong = any(HMONG.search(getattr(customer, name)) for name in NAMES)
    return in_hmong or len(digits_of(customer.phone)) > DIGITS_OF_A_PHONE


def words_of(customer):
    return sorted(
        words_to_find(
            *(getattr(customer, name) for name in NAMES),
            full_name(customer.first_name, customer.last_name),
            state_id=customer.state_id,
            phone=customer.phone,
            born=customer.birth_date,
            email=customer.email_key,
            username=customer.username_key,
        )
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_words")]
    operations = [migrations.RunPython(refresh, migrations.RunPython.noop, elidable=True)]
