"""The minimum wages that programs set: with dates and source, one a day, and kept (AMB-I9)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from careerplan.base.refusals import Refusal
from customers.models import Program
from tests.at_once import all_at_once
from tests.people import administrator, duke
from tests.rows import refuses, write
from tests.wages import program_minimum
from worksites.models import ProgramMinimum

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)


def program():
    return Program.objects.get(code="CYEP")


def row(**values):
    return program_minimum(program(), "15.00", FIRST, **{"until_on": LAST} | values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("a_programs_minimum_wage_is_a_cent_or_more", {"rate": Decimal(0)}),
        ("a_programs_minimum_wage_has_its_source", {"source": ""}),
        ("a_programs_minimum_wage_ends_after_it_begins", {"until_on": date(2019, 12, 31)}),
        ("a_minimum_wage_stays_of_its_program_and_region", {"region_id": 1}),
    ],
)
def test_the_database_refuses(name, values):
    if "region_id" in values:
        values = {"region_id": duke().office.region_id}
    refuses(name, lambda: write(row(), **values))


def test_it_must_say_where_the_program_says_so():
    with pytest.raises(Refusal) as refused:
        row(source=" ")
    assert refused.value.field == "source"


OVERLAPS = [(FIRST, LAST), (LAST, None), (date(2019, 1, 1), FIRST), (date(2019, 1, 1), None), (date(2020, 5, 1), None)]
APART = [(date(2021, 1, 1), None), (date(2019, 1, 1), date(2019, 12, 31))]


@pytest.mark.policy("AMB-I9")
@pytest.mark.parametrize(("from_on", "until_on"), OVERLAPS)
@pytest.mark.parametrize("of_a_region", [False, True])
def test_two_of_one_program_do_not_overlap(from_on, until_on, of_a_region):
    region = duke().office.region if of_a_region else None
    row(region=region)
    other = {"from_on": from_on, "until_on": until_on, "rate": Decimal("16.00"), "source": "Grant", "region": region}
    refuses("a_program_has_one_minimum_wage_a_day", lambda: ProgramMinimum(program=program(), **other).save())
    with pytest.raises(ValidationError, match="End it first"):
        ProgramMinimum(program=program(), **other).full_clean()


@pytest.mark.parametrize(("from_on", "until_on"), APART)
def test_one_follows_another(from_on, until_on):
    row()
    program_minimum(program(), "16.00", from_on, until_on=until_on)
    program_minimum(Program.objects.get(code="APP-IL"), "16.00", FIRST)
    program_minimum(program(), "17.00", FIRST, region=duke().office.region)
    assert ProgramMinimum.objects.exclude(program__code="JTED").count() == 4


def test_it_is_not_made_to_overlap_afterwards():
    first = row()
    program_minimum(program(), "16.00", date(2021, 1, 1))
    refuses("a_program_has_one_minimum_wage_a_day", lambda: write(first, until_on=None))


def test_it_is_not_deleted():
    first = row()
    refuses("are kept as they are", lambda: ProgramMinimum.objects.filter(pk=first.pk)._raw_delete("default"))


@pytest.mark.policy("AMB-I9")
def test_an_administrator_enters_one(client, django_capture_on_commit_callbacks):
    client.force_login(administrator())
    said = {"program": program().pk, "region": "", "from_on": "2026-01-01", "until_on": "", "rate": "15.00"}
    path = reverse("admin:worksites_programminimum_add")
    assert ProgramMinimum.objects.exclude(program__code="JTED").count() == 0
    answer = client.post(path, said | {"source": ""})
    assert answer.status_code == 200
    assert ProgramMinimum.objects.exclude(program__code="JTED").count() == 0
    with django_capture_on_commit_callbacks() as afterwards:
        assert client.post(path, said | {"source": "Grant agreement"}).status_code == 302
    made = ProgramMinimum.objects.exclude(program__code="JTED").get()
    assert (made.rate, made.from_on) == (Decimal("15.00"), date(2026, 1, 1))
    assert made.history.get().history_user == administrator()
    assert afterwards, "a worker is asked to look at placements"
    overlapping = client.post(path, said | {"source": "Another grant", "from_on": "2026-06-01"})
    assert "End it first." in overlapping.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_at_once_the_second_is_told():
    said = {"program": program().pk, "region": "", "until_on": "", "rate": "15.00", "source": "Grant agreement"}
    path = reverse("admin:worksites_programminimum_add")

    def enter(client, day):
        return lambda: client.post(path, said | {"from_on": day})

    first, second = signed_in(), signed_in()
    both = enter(first, "2026-01-01"), enter(second, "2026-06-01")
    answers = all_at_once(Program.objects.filter(pk=program().pk), *both)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    [told] = [answer for answer in answers if answer.status_code == 200]
    assert "End it first." in told.content.decode()
    assert ProgramMinimum.objects.filter(program=program()).count() == 1


def signed_in():
    client = Client()
    client.force_login(administrator())
    return client
