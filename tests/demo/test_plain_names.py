"""Every entry that customers read of has a plain name and a Spanish one; what an administrator says stays."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from careerplan.base import clock
from careerplan.base.history import record
from careerplan.base.named import NamedModel
from careerplan.plans.models import BarrierCategory
from customers.models import AssessmentSection, AssessmentType, Program
from goals.models import GoalCategory
from services.classes.support.models import SupportType
from services.costs.models import FundingSource
from services.models import Service, ServiceCategory
from tests.reading import grade, syllables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

FILES = {
    Program: "customers/data/programs.csv",
    AssessmentType: "customers/data/assessment_types.csv",
    AssessmentSection: "customers/data/assessment_sections.csv",
    BarrierCategory: "careerplan/plans/data/barrier_categories.csv",
    GoalCategory: "goals/data/goal_categories.csv",
    ServiceCategory: "services/data/service_categories.csv",
    Service: "services/data/service_catalog.csv",
    SupportType: "services/data/support_types.csv",
    FundingSource: "services/data/funding_sources.csv",
}
GRADE = 8
# Peoples are called as they call themselves.
NAMES_OF_PEOPLES = {"NATV"}


def rows():
    for path in FILES.values():
        with (Path(settings.BASE_DIR) / path).open(newline="", encoding="utf-8") as file:
            yield from csv.DictReader(file)


ROWS = list(rows())


def test_every_kind_of_entry_that_customers_read_of_is_looked_at():
    assert set(FILES) == set(NamedModel.__subclasses__())


@pytest.mark.parametrize(("word", "count"), [("care", 1), ("training", 2), ("services", 3), ("table", 2), ("ages", 2)])
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_most_official_names_are_above_the_grade():
    """The measure tells them apart: a test that finds all names easy would prove nothing."""
    official = [row["name"] for row in ROWS]
    assert sum(grade(name) > GRADE for name in official) > len(official) / 2


@pytest.mark.parametrize("row", ROWS, ids=[row["code"] for row in ROWS])
def test_a_plain_name_is_read_at_8th_grade_or_below(row):
    assert row["plain_english"]
    assert row["code"] in NAMES_OF_PEOPLES or grade(row["plain_english"]) <= GRADE


def test_every_entry_has_a_spanish_name_of_its_own():
    assert [row["code"] for row in ROWS if not row["plain_spanish"]] == []
    for path in FILES.values():
        with (Path(settings.BASE_DIR) / path).open(newline="", encoding="utf-8") as file:
            found = list(csv.DictReader(file))
        for column in ("plain_english", "plain_spanish"):
            names = [row[column] for row in found]
            assert sorted(names) == sorted(set(names)), path


def test_the_plain_name_is_the_readers():
    service = Service.objects.get(code="SS-HOUS")
    assert (service.plain_name, service.plain_name.official) == ("Help with housing", "Support - Housing Assistance")
    with translation.override("es"):
        assert (service.plain_name, service.plain_name.is_foreign) == ("Ayuda con la vivienda", False)


def test_without_a_spanish_name_the_english_one_is_told_as_english():
    service = Service(code="OWN", name="Own service", plain_english="Our own help")
    with translation.override("es"):
        assert (service.plain_name, service.plain_name.is_foreign) == ("Our own help", True)
    assert Service(code="OWN", name="Own service").plain_name == "Own service"


# --- an older release ---------------------------------------------------------------------------


def without_plain_names(code):
    """As an installation of a release before plain names holds it."""
    row = Service.objects.get(code=code)
    row.delete()
    row.pk = None
    row._state.adding = True
    row.plain_english = row.plain_spanish = ""
    record(row, by=None, at=clock.now())
    return row


def test_rows_of_an_older_release_get_their_plain_names_with_a_history():
    row = without_plain_names("SS-OTHR")
    call_command("seed_reference", verbosity=0)
    row.refresh_from_db()
    assert (row.plain_english, row.plain_spanish) == ("Other help to take part", "Otra ayuda para participar")
    assert row.history.latest("history_id").plain_spanish == "Otra ayuda para participar"


@pytest.mark.parametrize(
    "changes",
    [{"name": "Rent help of this office"}, {"plain_english": "Rent help"}, {"plain_spanish": "Ayuda con la renta"}],
)
def test_what_an_administrator_said_is_not_written_over(changes):
    row = without_plain_names("SS-OTHR")
    for column, value in changes.items():
        setattr(row, column, value)
    record(row, by=None, at=clock.now())
    call_command("seed_reference", verbosity=0)
    kept = Service.objects.get(code="SS-OTHR")
    assert {column: getattr(kept, column) for column in ("plain_english", "plain_spanish")} == {
        "plain_english": "",
        "plain_spanish": "",
    } | {column: value for column, value in changes.items() if column != "name"}


def test_a_plain_name_that_was_taken_away_stays_away():
    row = Service.objects.get(code="SS-OTHR")
    row.plain_english = row.plain_spanish = ""
    record(row, by=None, at=clock.now())
    call_command("seed_reference", verbosity=0)
    assert Service.objects.get(code="SS-OTHR").plain_english == ""
