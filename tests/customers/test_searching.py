"""The search finds a customer by the beginning of any word of the names, the ID, the phone and the birth date."""

import importlib
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from hypothesis import given
from hypothesis import strategies as some

from careerplan.base import clock
from careerplan.base.history import record, record_all
from customers.models import ORDER_FOUND, Customer, SearchWord
from customers.search import phone_words, words_asked, words_to_find
from tests import people as cast

PEOPLE = {
    "garcia": {"first_name": "Inés", "last_name": "García-López"},
    "vang": {"first_name": "Pa Houa", "last_name": "Vang", "preferred_name": "Mai"},
    "lee": {"first_name": "Anna", "middle_name": "Marie", "last_name": "Lee"},
    "obrien": {"first_name": "Conor", "last_name": "O’Brien", "birth_date": date(1990, 2, 14)},
    "one": {"first_name": "", "last_name": "Suharto", "phone": "(217) 555-0134 x12", "email": "su1234567@example.org"},
    "arabic": {"first_name": "محمد", "last_name": "علي"},
    "abroad": {"first_name": "Rosa", "last_name": "Benítez", "phone": "+52 55 1234-5678"},
    "jr": {"first_name": "JR", "last_name": "Tolliver", "birth_date": date(1961, 4, 2)},
    "aj": {"first_name": "A.", "middle_name": "J", "last_name": "Ruiz", "birth_date": date(1945, 4, 2)},
    "dangelo": {"first_name": "Lia", "last_name": "Van D Angelo", "phone": "Cell: 6305557001 o 6305557002"},
    "delao": {"first_name": "Sean", "last_name": "De la O Quinn", "phone": "Tel.1 (414)555-7001/9205557002"},
    "pasted": {"first_name": "Ada", "last_name": "Ek", "email": "a.ek@example.org", "birth_date": date(1991, 4, 1)},
}


@pytest.fixture
def found(db, people):
    office = cast.david().office
    rows = [Customer(state_id=f"FIND-{key}", office=office, **values) for key, values in PEOPLE.items()]
    for row in rows:
        row.set_keys()
    record_all(rows, by=None, at=clock.now())

    def search(text, user=None):
        seen = Customer.objects.visible_to(user or cast.statewide())
        parts = seen.found_by(text) if text.strip() else [seen]
        rows = [row for part in parts for row in part]
        assert sorted(row.pk for row in rows) == sorted(row.pk for row in seen.matching(text))
        return {row.state_id.removeprefix("FIND-") for row in rows if row.state_id.startswith("FIND-")}

    return search


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("lopez", "garcia"), ("GARCIA LOPEZ", "garcia"), ("garcía-ló", "garcia"), ("lopez, ines", "garcia"),
        ("houa", "vang"), ("vang pa", "vang"), ("pahoua", "vang"), ("mai", "vang"),
        ("anna marie lee", "lee"), ("lee anna", "lee"), ("mari le", "lee"),
        ("o'brien", "obrien"), ("obrien", "obrien"), ("O Brien", "obrien"), ("brien", "obrien"),
        ("o\u200bbrien", "obrien"),
        ("02/14/1990", "obrien"), ("2-14-1990", "obrien"), ("2/14/90", "obrien"), ("1990-02-14 conor", "obrien"),
        ("February 14, 1990", "obrien"), ("brien Feb. 14 1990", "obrien"), ("14 de febrero de 1990", "obrien"),
        ("217-555-0134", "one"), ("+1 (217) 555 0134", "one"), ("2175550", "one"), ("555-0134", "one"),
        ("suharto 217.555.0134", "one"), ("(217) 555-0134 x12", "one"), ("217-555-0134 ext. 12", "one"),
        ("su1234567@example.org", "one"), ("su1234567", "one"), ("Suharto", "one"),
        ("+52 55 1234 5678", "abroad"), ("55 1234 5678", "abroad"), ("5512345678", "abroad"), ("234-5678", "abroad"),
        ("4/2/61", "jr"), ("04/02/61 jr", "jr"), ("4-2-45", "aj"), ("4.2.45", "aj"),
        ("J.R. Tolliver", "jr"), ("J R Tolliver", "jr"), ("tolliver, j.r.", "jr"),
        ("AJ Ruiz", "aj"), ("A.J. Ruiz", "aj"),
        ("Van D'Angelo", "dangelo"), ("van d’ang", "dangelo"), ("D Angelo", "dangelo"), ("O'Quinn", "delao"),
        ("630-555-7001", "dangelo"), ("6305557002", "dangelo"), ("(414) 555-7001", "delao"), ("920 555 7002", "delao"),
        ("630-555-7001 630-555-7002", "dangelo"), ("555-7002, 920", "delao"),
        ("+1 (630) 555", "dangelo"), ("+1 (630)", "dangelo"), ("1-414-555-70", "delao"), ("1414555", "delao"),
        ("001 630 555 7001", "dangelo"), ("0016305557001", "dangelo"), ("001 (630) 555-70", "dangelo"),
        ("011 52 55 1234 5678", "abroad"), ("0052 55 1234 5678", "abroad"),
        ("04021961", "jr"), ("0402196", "jr"), ("4 2 1961", "jr"),
        ("(04/02/1961)", "jr"), ("Tolliver,04/02/1961", "jr"),
        ("04/02/1961.", "jr"), ("2/14/1990 obrien", "obrien"), ("4 1 1991 ek", "pasted"), ("04–02–1961", "jr"),
        ("1.º de abril de 1991", "pasted"), ("ek 1º de abril de 1991", "pasted"), ("1°  de abril de 1991", "pasted"),
        ("<a.ek@example.org>", "pasted"), ("a.ek@example.org,", "pasted"), ("mailto:A.Ek@example.org", "pasted"),
        ("Ada Ek <a.ek@example.org>;", "pasted"), ("“a.ek@example.org”.", "pasted"), ("a.ek@", "pasted"),
        ("FIND-one", "one"), ("find lee", "lee"), ("findvang", "vang"),
        ("محمد", "arabic"),
    ],
)  # fmt: skip
def test_a_customer_is_found(found, text, who):
    assert found(text) == {who}


@pytest.mark.parametrize("text", ["...", "' -", "\u200b.", "arcia", "anna lopez", "02/15/1990", "217-555-0199"])
def test_nobody_is_found(found, text):
    assert found(text) == set()


def test_nothing_typed_is_everybody(found):
    assert found("  ") == set(PEOPLE)


def test_the_search_finds_only_whom_one_sees(found):
    stranger = cast.north_planner()
    assert found("lopez", stranger) == set()


def test_what_is_no_longer_true_finds_nobody(found):
    customer = Customer.objects.get(state_id="FIND-garcia")
    customer.last_name, customer.phone = "Núñez", "312 555 0100"
    customer.set_keys()
    record(customer, by=None, at=clock.now())
    assert (found("lopez"), found("nunez"), found("312555")) == (set(), {"garcia"}, {"garcia"})


def test_every_customer_has_exactly_the_words_of_today(found):
    kept = {}
    for row in SearchWord.objects.all():
        kept.setdefault(row.customer_id, set()).add(row.word)
    assert kept == {customer.pk: customer.search_words() for customer in Customer.objects.all()}


def test_the_upgrade_fills_in_the_words_of_customers_who_are_there(found):
    """Also of those where it was cut off before."""
    migration = importlib.import_module("customers.migrations.0004_fill_search_words")
    apps_then = MigrationLoader(connection).project_state(("customers", "0004_fill_search_words")).apps
    kept = set(SearchWord.objects.filter(customer=cast.angela()).values_list("word", flat=True))
    SearchWord.objects.exclude(customer=cast.angela()).delete()
    migration.fill(apps_then, None)
    for customer in Customer.objects.filter(preferred_name=""):  # nobody had one before the upgrade
        assert set(SearchWord.objects.filter(customer=customer).values_list("word", flat=True)) == (
            customer.search_words()
        )
    assert kept == cast.angela().search_words()


def test_the_database_refuses_a_customer_without_a_name(found):
    customer = Customer(state_id="T-NONE", office=cast.david().office)
    with pytest.raises(IntegrityError, match="a_customer_has_a_name"), transaction.atomic():
        record(customer, by=None, at=clock.now())


def test_whom_a_word_finds_stand_in_the_order_of_the_word_and_then_of_the_name(found):
    """The exact word first; somebody of whom two words begin so stands there once."""
    office = cast.david().office
    for number, (first, last) in enumerate([("Tou", "Zorn"), ("Zora", "Abel"), ("Ana", "Zorn"), ("Zorn", "Zornova")]):
        row = Customer(state_id=f"ORDER-{number}", office=office, first_name=first, last_name=last)
        row.set_keys()
        record(row, by=None, at=clock.now())
    seen = Customer.objects.visible_to(cast.statewide())
    assert in_order(seen.found_by("zor")) == ["Zora Abel", "Ana Zorn", "Tou Zorn", "Zorn Zornova"]
    assert in_order(seen.found_by("zorn t")) == ["Tou Zorn"]
    assert in_order(seen.found_by("zor z")) == ["Zora Abel", "Ana Zorn", "Tou Zorn", "Zorn Zornova"]
    assert in_order(seen.found_by("zorn zo")) == ["Zorn Zornova", "Ana Zorn", "Tou Zorn"]


def in_order(parts):
    return [str(customer) for part in parts for customer in part.order_by(*ORDER_FOUND)]


@pytest.mark.parametrize("number", ["S0004242", "WI1234567", "s0004242"])
def test_the_digits_of_a_participant_id_are_no_telephone_number(number):
    assert words_asked(number) == [number.casefold()]


def test_a_phone_has_one_reading():
    read = {"2175550134", "12175550134", "5550134"}
    assert (
        phone_words("1-217-555-0134 ext. 9") == phone_words("217.555.0134") == phone_words("tel:+12175550134") == read
    )
    assert words_asked("Lee 217-555-0134") == ["2175550134", "lee"]


@pytest.mark.parametrize(
    ("phone", "numbers"),
    [
        ("217-555-7001 ext. 12, 312-555-7002", {"2175557001", "3125557002"}),
        ("217-555-7001, extensión 12", {"2175557001"}),
        ("217-555-7001/312-555-7002", {"2175557001", "3125557002"}),
        ("home 217 555 7001 work 312 555 7002 #4", {"2175557001", "3125557002"}),
        ("Cell 2: 555-7001", {"5557001"}),
        ("+52 55 1234 5678", {"525512345678"}),
        ("+52 551 234 5678", {"525512345678"}),
        ("n/a", set()),
    ],
)
def test_each_number_of_a_phone_is_found_and_no_extension(phone, numbers):
    found = phone_words(phone)
    assert numbers <= found
    assert all(any(number.endswith(word.removeprefix("1")) for number in numbers) for word in found)


def test_a_birth_date_and_a_phone_are_two_things():
    assert words_asked("4/2/1991 217-555-7001") == words_asked("4 2 1991 217-555-7001") == ["1991-04-02", "2175557001"]
    assert words_asked("217-555-7001 4/2/1991") == ["1991-04-02", "2175557001"]
    assert words_asked("55-12-34-56") == ["55123456"]


@given(
    some.from_regex(r"(1|001|00|0)?[0-9]{7,13}|[0-9]{1,3}[- /.][0-9]{1,4}[- /.][0-9]{1,6}|[A-Z]{1,2}[-. ]?[0-9]{6,10}")
)
def test_who_types_a_participant_id_finds_it(number):
    values = {"state_id": number, "phone": "", "born": None, "email": "", "username": ""}
    found = words_to_find("Ada", "Ada", **values)
    assert all(any(word.startswith(asked) for word in found) for asked in words_asked(number))


def test_the_country_s_1_may_begin_a_participant_id():
    assert words_asked("12345678901") == ["12345678901"]


def test_the_upgrade_finds_by_the_end_of_a_foreign_phone_and_by_hmong_tones(found):
    hmong = Customer(state_id="FIND-hmong", office=cast.david().office, first_name="\U00016b1c\U00016b30")
    hmong.set_keys()
    record(hmong, by=None, at=clock.now())
    abroad = Customer.objects.get(state_id="FIND-abroad")
    for customer, former in ((hmong, "\U00016b1c"), (abroad, "525512345678")):
        SearchWord.objects.filter(customer=customer).delete()
        SearchWord.objects.create(customer=customer, word=former)
    migration = importlib.import_module("customers.migrations.0011_words_of_two_scripts_and_foreign_phones")
    name = ("customers", "0011_words_of_two_scripts_and_foreign_phones")
    apps_then = MigrationLoader(connection).project_state(name).apps
    apps_then.get_model("customers", "Customer").objects.filter(pk=hmong.pk).update(name_key="\U00016b1c")
    others = set(SearchWord.objects.exclude(customer__in=[hmong, abroad]).values_list("pk", "word"))
    migration.refresh(apps_then, None)
    for customer in (hmong, abroad):
        kept = set(SearchWord.objects.filter(customer=customer).values_list("word", flat=True))
        assert kept == customer.search_words()
    assert Customer.objects.get(pk=hmong.pk).name_key == hmong.name_key
    assert set(SearchWord.objects.exclude(customer__in=[hmong, abroad]).values_list("pk", "word")) == others


def test_the_upgrade_brings_every_customer_to_the_words_of_today(found):
    """What is missing is added, what is no longer derived removed, and the key of the order stands beside each."""
    kept = set(SearchWord.objects.values_list("customer", "word", "name_key"))
    jr = Customer.objects.get(state_id="FIND-jr")
    of_others = SearchWord.objects.exclude(customer__in=[jr, cast.angela()])
    untouched = set(of_others.values_list("pk", flat=True))
    SearchWord.objects.filter(customer=jr, word__in=["r", "04021961"]).delete()
    SearchWord.objects.filter(customer=jr, word="jr").update(name_key="")  # written by the former release
    SearchWord.objects.create(customer=jr, word="gone", name_key=jr.name_key)
    SearchWord.objects.filter(customer=cast.angela()).delete()
    migration = importlib.import_module("customers.migrations.0014_words_of_today")
    apps_then = MigrationLoader(connection).project_state(("customers", "0014_words_of_today")).apps
    for _run in range(2):  # one that was cut off is begun again
        migration.refresh(apps_then, None)
        assert set(SearchWord.objects.values_list("customer", "word", "name_key")) == kept
    assert set(of_others.values_list("pk", flat=True)) == untouched
