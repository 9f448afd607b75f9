"""The reference data that the product brings: CSV files beside the apps that use them (docs/reference-data.md).

Loading adds what is missing and never touches what is there: what an administrator changed stays. Codes (or, where
there is none, what makes a row unique) say whether a row is there. A row of an older release that never had a plain
name gets that of the file, as long as its official name is still the file's.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from careerplan.plans.models import BarrierCategory
from careerplan.reference_rows import Row, add_missing, add_named, names_in, read, yes
from customers.models import (
    AssessmentArea,
    AssessmentLevel,
    AssessmentSection,
    AssessmentType,
    FieldDefinition,
    Program,
    SectionField,
)
from customers.sections.defining import begin_wording
from customers.sections.written import wording_in
from goals.enums import OccupationLevel
from goals.fit.models import OwnItem
from goals.ideas.models import GoalIdea
from goals.models import CareerCluster, GoalCategory, Occupation, OccupationTitle
from services.classes.support.models import SupportType
from services.costs.models import FundingSource
from services.models import Service, ServiceAnswer, ServiceCategory
from worksites.models import MinimumWage

# Illinois uses the National Career Clusters of 2002; the framework of 2024 waits in the admin.
OFFERED_FRAMEWORK = "2002"
# Of assessment types: those that are shown for everybody, done or not (ILL-039).
LISTED = "built_in"


@transaction.atomic
def load_all(*, at: datetime) -> dict[str, int]:
    """Load every list; returns what each is called and how many rows were added."""
    return {
        "programs": load_programs(at),
        "assessment types": load_assessment_types(at),
        "sections of the assessment": load_sections(at),
        "questions of sections": load_questions(at),
        "areas of assessments": load_assessment_areas(at),
        "levels of scores": load_assessment_levels(at),
        "barrier categories": load_barrier_categories(at),
        "goal categories": load_goal_categories(at),
        "goal ideas": load_goal_ideas(at),
        "career clusters": load_career_clusters(at),
        "occupations": load_occupations(at),
        "other titles of occupations": load_occupation_titles(at),
        "items of job fit reviews": load_own_items(at),
        "service categories": load_service_categories(at),
        "services": load_services(at),
        "kinds of support": load_support_types(at),
        "funding sources": load_funding_sources(at),
        "answers to needs": load_service_answers(at),
        "minimum wages": load_minimum_wages(at),
    }


def load_programs(at: datetime) -> int:
    rows = [
        Program(
            code=row["code"],
            **names_in(row),
            kind=row["kind"],
            plan_type=row["plan_type"],
            is_title_1=yes(row["is_title_1"]),
            review_interval_days=int(row["review_interval_days"]),
            notes=row["notes"],
        )
        for row in read("customers/data/programs.csv")
    ]
    return add_named(Program, rows, at=at)


def load_assessment_types(at: datetime) -> int:
    rows = [
        AssessmentType(
            code=row["code"],
            **names_in(row),
            section=row["section"],
            position=int(row["position"]),
            is_listed=row["kind"] == LISTED,
        )
        for row in read("customers/data/assessment_types.csv")
    ]
    return add_named(AssessmentType, rows, at=at)


def load_sections(at: datetime) -> int:
    rows = [
        AssessmentSection(code=row["code"], **names_in(row), position=int(row["position"]))
        for row in read("customers/data/assessment_sections.csv")
    ]
    return add_named(AssessmentSection, rows, at=at)


def load_questions(at: datetime) -> int:
    """A question that is there keeps the words that it has, whoever gave them."""
    sections = {section.code: section for section in AssessmentSection.objects.all()}
    rows = read("customers/data/assessment_fields.csv")
    places: dict[str, int] = {}
    fields = []
    for row in rows:
        places[row["section"]] = places.get(row["section"], 0) + 10  # room between them for an agency's own
        place = places[row["section"]]
        fields.append(SectionField(section=sections[row["section"]], code=row["code"], position=place))
    added = add_missing(SectionField, fields, key=("code",), at=at)
    worded = FieldDefinition.objects.values("field")
    wordless = {field.code: field for field in SectionField.objects.exclude(pk__in=worded)}
    for row in rows:
        if row["code"] in wordless:
            begin_wording(wordless[row["code"]], wording_in(row), by=None, at=at)
    return added


def load_assessment_areas(at: datetime) -> int:
    types = {row.code: row for row in AssessmentType.objects.all()}
    rows = [
        AssessmentArea(
            assessment_type=types[row["type"]],
            name=row["name"],
            **{column: Decimal(row[column]) for column in ("lowest", "highest", "step")},
            position=int(row["position"]),
            notes=row["notes"],
        )
        for row in read("customers/data/assessment_areas.csv")
    ]
    return add_missing(AssessmentArea, rows, key=("assessment_type_id", "name"), at=at)


def load_assessment_levels(at: datetime) -> int:
    """Of areas that have none yet: how an administrator divides a scale stays."""
    areas = {
        (area.assessment_type.code, area.name): area
        for area in AssessmentArea.objects.filter(levels=None).select_related("assessment_type")
    }
    rows = [
        AssessmentLevel(
            area=areas[row["type"], row["area"]],
            from_score=Decimal(row["from_score"]),
            name=row["name"],
            notes=row["notes"],
        )
        for row in read("customers/data/assessment_levels.csv")
        if (row["type"], row["area"]) in areas
    ]
    return add_missing(AssessmentLevel, rows, key=("area_id", "from_score"), at=at)


def load_barrier_categories(at: datetime) -> int:
    rows = [
        BarrierCategory(
            code=row["code"],
            **names_in(row),
            group=row["group"],
            pirl_elements=row["pirl_elements"],
            programs=row["programs"],
            definition=row["definition"],
            is_confidential=yes(row["confidential"]),
            is_system=yes(row["is_system"]),
            is_verified=row["verification"] == "verified",
            position=int(row["position"]),
            notes=row["notes"],
        )
        for row in read("careerplan/plans/data/barrier_categories.csv")
    ]
    return add_named(BarrierCategory, rows, at=at)


def load_goal_categories(at: datetime) -> int:
    rows = [
        GoalCategory(code=row["code"], **names_in(row), position=int(row["position"]))
        for row in read("goals/data/goal_categories.csv")
    ]
    return add_named(GoalCategory, rows, at=at)


def load_goal_ideas(at: datetime) -> int:
    """After the categories of goals and barriers."""
    categories = dict(GoalCategory.objects.values_list("code", "pk"))
    barriers = dict(BarrierCategory.objects.values_list("code", "pk"))
    rows = [
        GoalIdea(
            code=row["code"],
            category_id=categories[row["category"]],
            barrier_id=barriers[row["barrier"]] if row["barrier"] else None,
            term=row["term"],
            english=row["english"],
            spanish=row["spanish"],
        )
        for row in read("goals/data/goal_ideas.csv")
    ]
    return add_missing(GoalIdea, rows, key=("code",), at=at)


def load_career_clusters(at: datetime) -> int:
    rows = [
        CareerCluster(
            framework=row["framework"],
            title=row["title"],
            spanish=row["spanish"],
            position=int(row["position"]),
            is_active=row["framework"] == OFFERED_FRAMEWORK,
            notes=row["notes"],
        )
        for row in read("goals/data/career_clusters.csv")
    ]
    return add_named(CareerCluster, rows, key=("framework", "title"), names=("spanish",), at=at)


def load_occupations(at: datetime) -> int:
    """Groups before what stands under them."""
    rows = read("goals/data/soc_2018.csv")
    added = 0
    for level in OccupationLevel.values:
        stored = dict(Occupation.objects.values_list("code", "pk"))
        level_rows = [
            Occupation(code=row["code"], title=row["title"], level=level, parent_id=stored.get(row["parent_code"]))
            for row in rows
            if row["level"] == level
        ]
        added += add_missing(Occupation, level_rows, key=("code",), at=at)
    return added


def load_occupation_titles(at: datetime) -> int:
    """What people call the usual jobs of these programs, in English and Spanish; of the product itself."""
    stored = dict(Occupation.objects.values_list("code", "pk"))
    rows = [
        OccupationTitle(
            occupation_id=stored[row["code"]],
            title=row["title"],
            language=row["language"],
            is_short=yes(row["is_short"]),
        )
        for row in read("goals/data/occupation_titles.csv")
    ]
    return add_missing(OccupationTitle, rows, key=("occupation_id", "title"), at=at)


def load_own_items(at: datetime) -> int:
    """What a job fit review asks about where nothing of O*NET was imported, in words of our own."""
    stored = dict(Occupation.objects.values_list("code", "pk"))
    rows = [
        OwnItem(
            occupation_id=stored[row["code"]],
            kind=row["kind"],
            position=int(row["position"]),
            text=row["english"],
            spanish=row["spanish"],
        )
        for row in read("goals/data/job_fit_items.csv")
    ]
    return add_missing(OwnItem, rows, key=("occupation_id", "kind", "text"), at=at)


def load_service_categories(at: datetime) -> int:
    rows = [
        ServiceCategory(code=row["code"], **names_in(row), position=int(row["position"]))
        for row in read("services/data/service_categories.csv")
    ]
    return add_named(ServiceCategory, rows, at=at)


def load_services(at: datetime) -> int:
    categories = {category.code: category for category in ServiceCategory.objects.all()}
    rows = [service(row, categories[row["category"]]) for row in read("services/data/service_catalog.csv")]
    return add_named(Service, rows, at=at)


def load_support_types(at: datetime) -> int:
    stored = {service.code: service for service in Service.objects.all()}
    rows = [
        SupportType(
            code=row["code"],
            **names_in(row),
            service=stored[row["service"]] if row["service"] else None,
            is_verified=row["verification"] == "verified",
            notes=row["notes"],
        )
        for row in read("services/data/support_types.csv")
    ]
    return add_named(SupportType, rows, at=at)


def service(row: Row, category: ServiceCategory) -> Service:
    return Service(
        code=row["code"],
        **names_in(row),
        category=category,
        service_class=row["service_class"],
        pirl_elements=row["pirl_elements"],
        description=row["description"],
        causes_adult=row["participation_causing_adult"],
        causes_dislocated_worker=row["participation_causing_dw"],
        causes_youth=row["participation_causing_youth"],
        is_training=yes(row["is_training"]),
        is_supportive=yes(row["is_supportive"]),
        is_referral=yes(row["is_referral"]),
        is_gate_exempt=yes(row["is_assessment"]),
        assessment_step=row["assessment_step"],
        is_opened_by_system=yes(row["opened_by_system"]),
        in_exploration=row["career_exploration"],
        exploration_note=row["career_exploration_note"],
        offered_adult=yes(row["offered_adult"]),
        offered_dislocated_worker=yes(row["offered_dw"]),
        offered_youth=yes(row["offered_youth"]),
        form_kind=row["form_kind"],
        needs_worksite=yes(row["worksite_required"]),
        needs_soc=yes(row["soc_required"]),
        needs_rapids=yes(row["rapids_required"]),
        needs_dollar_value=yes(row["dollar_required"]),
        is_verified=row["verification"] == "verified",
        notes=row["notes"],
    )


def load_funding_sources(at: datetime) -> int:
    """After the programs."""
    programs = dict(Program.objects.values_list("code", "pk"))
    rows = [
        FundingSource(
            code=row["code"],
            **names_in(row),
            program_id=programs[row["program"]] if row["program"] else None,
            has_budgets=yes(row["has_budgets"]),
            position=int(row["position"]),
            notes=row["notes"],
        )
        for row in read("services/data/funding_sources.csv")
    ]
    return add_named(FundingSource, rows, at=at)


def load_service_answers(at: datetime) -> int:
    """After the categories of goals and barriers, and the services."""
    lists: dict[str, Any] = {"barrier": BarrierCategory, "goal_category": GoalCategory}
    lists |= {"service": Service, "category": ServiceCategory}
    keys = {name: dict(model.objects.values_list("code", "pk")) for name, model in lists.items()}
    rows = [
        ServiceAnswer(**{f"{name}_id": keys[name][row[name]] for name in lists if row[name]})
        for row in read("services/data/service_answers.csv")
    ]
    return add_missing(ServiceAnswer, rows, key=tuple(f"{name}_id" for name in lists), at=at)


def load_minimum_wages(at: datetime) -> int:
    rows = [
        MinimumWage(
            jurisdiction=row["jurisdiction"],
            circumstance=row["circumstance"],
            age=row["age"],
            employer_size=row["employer_size"],
            effective_on=date.fromisoformat(row["effective_on"]),
            rate=Decimal(row["rate"]),
            usable_for_placement=yes(row["usable_for_placement"]),
            holds_for=row["holds_for"],
            **{name: int(row[name]) if row[name] else None for name in ("under_age", "employees_from", "employees_to")},
            seen_on=date.fromisoformat(row["seen_on"]) if row["seen_on"] else None,
            verification=row["verification"],
            notes=row["notes"],
        )
        for row in read("worksites/data/minimum_wages.csv")
    ]
    key = ("jurisdiction", "circumstance", "age", "employer_size", "effective_on")
    return add_missing(MinimumWage, rows, key=key, at=at)
