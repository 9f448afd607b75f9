"""The reference data: what is missing is added, what an administrator changed stays."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from careerplan.base import clock
from careerplan.base.history import record
from careerplan.plans.models import BarrierCategory
from customers.models import AssessmentArea, AssessmentLevel, AssessmentSection, AssessmentType, Program, SectionField
from goals.ideas.models import GoalIdea
from goals.models import CareerCluster, GoalCategory, Occupation, OccupationTitle
from services.classes.support.models import SupportType
from services.models import Service, ServiceAnswer, ServiceCategory
from worksites.models import MinimumWage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

FILES = {
    Program: "customers/data/programs.csv",
    AssessmentType: "customers/data/assessment_types.csv",
    AssessmentSection: "customers/data/assessment_sections.csv",
    SectionField: "customers/data/assessment_fields.csv",
    AssessmentArea: "customers/data/assessment_areas.csv",
    AssessmentLevel: "customers/data/assessment_levels.csv",
    BarrierCategory: "careerplan/plans/data/barrier_categories.csv",
    GoalCategory: "goals/data/goal_categories.csv",
    GoalIdea: "goals/data/goal_ideas.csv",
    CareerCluster: "goals/data/career_clusters.csv",
    Occupation: "goals/data/soc_2018.csv",
    OccupationTitle: "goals/data/occupation_titles.csv",
    ServiceCategory: "services/data/service_categories.csv",
    Service: "services/data/service_catalog.csv",
    SupportType: "services/data/support_types.csv",
    ServiceAnswer: "services/data/service_answers.csv",
    MinimumWage: "worksites/data/minimum_wages.csv",
}


def rows_of(path):
    with (Path(settings.BASE_DIR) / path).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def added(capsys):
    capsys.readouterr()
    call_command("seed_reference")
    lines = (line.split(": ") for line in capsys.readouterr().out.splitlines())
    return {name: int(count.split()[0]) for name, count in lines}


@pytest.mark.parametrize(("model", "path"), FILES.items(), ids=[model.__name__ for model in FILES])
def test_every_row_of_the_file_is_there(model, path):
    assert model.objects.count() == len(rows_of(path))


@pytest.mark.parametrize("model", [model for model in FILES if hasattr(model, "history")])
def test_every_row_has_its_history_with_nobody_as_its_author(model):
    entries = model.history.filter(history_change_reason="reference data")
    assert entries.count() == model.objects.count()
    assert not entries.exclude(history_user=None).exists()


def test_a_second_run_adds_nothing(capsys):
    assert set(added(capsys).values()) == {0}
    assert Service.history.count() == Service.objects.count()


def test_what_is_missing_is_added(capsys):
    Occupation.objects.filter(code="29-1151").delete()
    OccupationTitle.objects.filter(title="RN").delete()
    MinimumWage.objects.filter(jurisdiction="US", effective_on="2009-07-24", circumstance="Standard").delete()
    counts = added(capsys)
    assert {name: count for name, count in counts.items() if count} == {
        "occupations": 1,
        "other titles of occupations": 1,
        "minimum wages": 1,
    }
    assert Occupation.objects.get(code="29-1151").parent.code == "29-1150"


def test_what_an_administrator_changed_stays(capsys):
    program = Program.objects.get(code="T1-ADULT")
    program.review_interval_days = 60
    record(program, by=None, at=clock.now())
    service = Service.objects.get(code="SS-TRAN")
    service.is_active = False
    record(service, by=None, at=clock.now())
    assert set(added(capsys).values()) == {0}
    assert Program.objects.get(code="T1-ADULT").review_interval_days == 60
    assert not Service.objects.get(code="SS-TRAN").is_active


def test_the_columns_of_a_service_are_where_they_belong():
    service = Service.objects.get(code="AP-RAP")
    assert (service.category.code, service.service_class, service.form_kind) == (
        "AP",
        "apprenticeship",
        "apprenticeship",
    )
    assert (service.causes_adult, service.causes_dislocated_worker, service.causes_youth) == (
        "yes",
        "yes",
        "not_applicable",
    )
    assert (service.is_training, service.needs_soc, service.needs_rapids, service.in_exploration) == (
        True,
        True,
        True,
        "no",
    )
    assert Service.objects.get(code="SS-TRAN").needs_dollar_value
    assert Service.objects.get(code="BC-INIT").is_gate_exempt


def test_confidential_barriers_are_the_four():
    confidential = BarrierCategory.objects.filter(is_confidential=True).values_list("code", flat=True)
    assert set(confidential) == {"DISA", "HLTH", "MHSU", "DVIO"}


def test_only_the_framework_in_use_is_offered():
    offered = CareerCluster.objects.filter(is_active=True).values_list("framework", flat=True)
    assert list(offered) == ["2002"] * 16


def test_occupations_hang_together():
    roots = Occupation.objects.filter(parent=None)
    assert roots.count() == 23
    assert set(roots.values_list("level", flat=True)) == {"major"}
