"""What Jennifer Philips and her planner answered in the sections of her assessment."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from careerplan.accounts.models import User
from customers.actions import save_assessment, write_summary
from customers.enums import AssessmentCategory, AssessmentKind
from customers.models import Assessment, AssessmentArea, AssessmentSection, Customer, FieldDefinition
from customers.sections.filling import GivenAnswers, complete, fill, review

Answers = Mapping[str, Mapping[str, Any]]

# At the first meeting, by the planner.
WITH_THE_PLANNER: Answers = {
    "GOALS_AND_SITUATION": {
        "PROGRAM_GOALS": "A trade that pays enough to keep the apartment, learned at work and not in a classroom.",
        "LIVING_SITUATION": "own",
        "HOUSEHOLD_SIZE": Decimal(2),
        "CARES_FOR_CHILDREN": Decimal(1),
        "TRANSPORTATION": ["car"],
        "DRIVER_LICENSE": True,
        "COUNTY": "Sangamon",
        "PHONE_HOME": "217-555-0161",
        "PHONE_CELL": "217-555-0151",
        "BEST_TIME": "Weekdays after 3 p.m.",
    },
    "EDUCATION_LEVEL": {
        "EDUCATION_LEVEL": "1",
        "GRADE_COMPLETED": Decimal(12),
        "SCHOOL_STATUS": "5",
        "SCHOOLS": [{"school": "Marlow High School", "ended": date(2012, 5, 25), "finished": True}],
    },
    "EMPLOYMENT_INFORMATION": {
        "EMPLOYMENT_STATUS": "0",
        "WORK_HISTORY": [
            {
                "employer": "Prairie Cabinet Works",
                "job": "Assembler",
                "begun": date(2019, 3, 4),
                "ended": date(2026, 6, 26),
                "wage": Decimal("17.25"),
            },
        ],
        "INDUSTRY": "Manufacturing",
        "DISTANCE": Decimal(25),
        "EMPLOYMENT_ASSISTANCE": [
            {"what": "Résumé workshop", "offered": date(2026, 7, 6), "provided": date(2026, 7, 13)},
            {"what": "Fair of the building trades", "offered": date(2026, 7, 6)},
        ],
    },
}
# On the phone at home; the planner has read it.
BY_HERSELF: Answers = {
    "EMERGENCY_CONTACT": {
        "EMERGENCY_CONTACT": [
            {"name": "Rosa Philips", "relation": "mother", "phone": "217-555-0162", "other_phone": "217-555-0163"},
        ],
        "MAY_LEAVE_MESSAGE": True,
    },
}
# The same, and it waits for the planner.
WAITING: Answers = {
    "SKILLS_AND_INTERESTS": {
        "SKILLS": "I read drawings, I measure twice, and I showed new people how the machines work.",
        "INTERESTS": "Making things that last. I built the shelves at home.",
        "WORK_STYLE": ["hands", "team"],
        "COMPUTER_SKILLS": 3,
    },
}
SUMMARY = (
    "Jennifer assembled cabinets for seven years, until the plant closed. She reads drawings, measures with care, and "
    "taught others. She has a high school diploma, a car and a license. An apprenticeship in the building trades fits "
    "what she knows; the wage of the first year has to carry two people."
)


def assess_jennifer(customer: Customer, at: datetime) -> None:
    """Three sections at the first meeting, one completed; two by herself, of which one waits to be reviewed."""
    planner: Any = customer.planner
    herself: Any = customer.user
    answer(customer, WITH_THE_PLANNER, by=planner, at=at)
    complete(customer, section("EDUCATION_LEVEL"), seen=None, by=planner, at=at)
    answer(customer, BY_HERSELF, by=herself, at=at + timedelta(hours=8))
    review(customer, section("EMERGENCY_CONTACT"), seen=None, by=planner, at=at + timedelta(hours=23))
    write_summary(customer, text=SUMMARY, by=planner, at=at + timedelta(hours=23, minutes=20))
    answer(customer, WAITING, by=herself, at=at + timedelta(hours=32))


def section(code: str) -> AssessmentSection:
    return AssessmentSection.objects.get(code=code)


def answer(customer: Customer, answers: Answers, *, by: User, at: datetime) -> None:
    """As a form brings it that shows the questions of today."""
    for code, values in answers.items():
        asked = FieldDefinition.objects.asked().filter(field__section__code=code, field__code__in=values)
        numbers = {definition.field.code: definition.number for definition in asked}
        fill(customer, section(code), GivenAnswers(values, numbers), by=by, at=at)


def tested_twice(customer: Customer, now: datetime, *, at: datetime) -> None:
    """Mathematics, before and after a class."""
    area = AssessmentArea.objects.get(assessment_type__code="TABE-11-12", name="Mathematics")
    taken: Assessment | None = None
    for score, days in ((489, 110), (541, 12)):
        tested = now - timedelta(days=days)
        values = {
            "assessment_type": area.assessment_type,
            "name": area.assessment_type.name,
            "area": area,
            "score": Decimal(score),
            "result": str(score),
            "pre_test": taken,
            "assessed_on": timezone.localdate(tested),
            "assessed_by": "Adult education, Harbor College",
            "kind": AssessmentKind.BASIC_SKILLS,
            "category": AssessmentCategory.ABE,
        }
        taken = save_assessment(customer, None, values, seen=None, by=customer.planner, at=at)
