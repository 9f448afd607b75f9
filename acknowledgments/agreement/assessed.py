"""What the printed form names of the customer's assessment.

A planner answers for the paper: what the customer typed stands on it from when a planner has reviewed it. Confidential
answers are not read here.
"""

from collections.abc import Mapping
from typing import Any

from acknowledgments.contents.items import AssistanceItem, ContactItem
from careerplan.plans.models import EmploymentPlan
from customers.enums import PlanType
from customers.models import SectionAnswer
from customers.sections.reading import Answer, answers_to

# By the codes of their questions: what both forms ask for, and what one of them does.
TEXTS = {
    "COUNTY": "county",
    "PHONE_HOME": "phone_home",
    "PHONE_WORK": "phone_work",
    "PHONE_CELL": "phone_cell",
    "BEST_TIME": "best_time",
    "DISTANCE": "distance",
    "INDUSTRY": "industry",
}
CHOICES = {"EDUCATION_LEVEL": "education_level", "SCHOOL_STATUS": "school_status"}
CONTACTS, ASSISTANCE = "EMERGENCY_CONTACT", "EMPLOYMENT_ASSISTANCE"
IEP_ALONE, ISS_ALONE = frozenset({"INDUSTRY", ASSISTANCE}), frozenset({CONTACTS})


def said_in_sections(plan: EmploymentPlan) -> dict[str, Any]:
    """The part of `About` that the sections say. One query."""
    answers = answers_to(plan.customer_id, asked_by(plan.plan_type))
    said = {code: answer for code, answer in answers.items() if answer.reviewed_at is not None}
    found: dict[str, Any] = {TEXTS[code]: answer.value for code, answer in said.items() if code in TEXTS}
    for code, name in CHOICES.items():
        if code in said:
            found |= {name: said[code].value, f"{name}_name": english_name(said[code])}
    if CONTACTS in said:
        found["emergency_contacts"] = tuple(contact(row) for row in said[CONTACTS].value)
    if ASSISTANCE in said:
        found["employment_assistance"] = tuple(assistance(row) for row in said[ASSISTANCE].value)
    return found


def left_out(plan: EmploymentPlan) -> int:
    """How many answers the form asks for, and leaves out until a planner has reviewed them. One query."""
    rows = SectionAnswer.objects.filter(record__customer=plan.customer_id, field__code__in=asked_by(plan.plan_type))
    return int(rows.filter(value__isnull=False, reviewed_at=None).count())


def asked_by(plan_type: str) -> frozenset[str]:
    """Of which questions the form of this plan names the answers; that of a shared plan of all."""
    everything = frozenset({*TEXTS, *CHOICES, CONTACTS, ASSISTANCE})
    others = {PlanType.IEP: ISS_ALONE, PlanType.ISS: IEP_ALONE}
    return everything - others.get(PlanType(plan_type), frozenset())


def english_name(answer: Answer) -> str:
    """Of a choice, in the wording to which it was the answer."""
    return next(str(choice["english"]) for choice in answer.definition.choices if choice["code"] == answer.value)


def contact(row: Mapping[str, Any]) -> ContactItem:
    return ContactItem(**{name: row.get(name) or "" for name in ("name", "relation", "phone", "other_phone")})


def assistance(row: Mapping[str, Any]) -> AssistanceItem:
    """Columns that an administrator added are no part of the form."""
    return AssistanceItem(row.get("what") or "", row.get("offered") or "", row.get("provided") or "")
