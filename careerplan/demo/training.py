"""The list of training providers of the demo, one college with the program that Angela attends; and what Duke's
apprenticeship says."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from goals.models import Occupation
from services.classes.apprenticeship.enums import CountedIn
from services.classes.apprenticeship.policy import Step
from services.enums import CredentialType
from services.providers.actions import keep_credential, keep_program, keep_provider
from services.providers.models import TrainingProgram

COLLEGE = {
    "name": "Lakeside Community College",
    "street": "600 College Way",
    "city": "Marlow",
    "state": "IL",
    "zip_code": "62799",
    "phone": "217-555-0160",
    "email": "workforce@lakeside.example",
    "website": "https://lakeside.example/training",
}


def nursing_assistant_program(at: datetime) -> TrainingProgram:
    """With the credential that it leads to; kept by statewide staff."""
    by = User.objects.filter(role=Role.STATEWIDE).order_by("pk")[0]
    college = keep_provider("LCC", COLLEGE, by=by, at=at)
    course = {
        "name": "Basic Nursing Assistant",
        "occupation": Occupation.objects.get(code="31-1131"),
        "cip_code": "51.3902",
        "cost": Decimal("1385.00"),
        "weeks": 12,
        "hours": 120,
    }
    program = keep_program(college, "LCC-BNA", course, by=by, at=at)
    keep_credential(program, "Certified Nursing Assistant", CredentialType.CERTIFICATION, by=by, at=at)
    return program


def teacher_assistant() -> dict[str, Any]:
    """An apprenticeship at a school, with a wage that rises each thousand hours."""
    wages = ((0, "16.50", 60), (1000, "18.00", 65), (2000, "20.25", 75), (3000, "22.75", 85))
    return {
        "occupation": Occupation.objects.get(code="25-9042"),
        "rapids_id": "IL008950001",
        "sponsor": "Marlow School District 12",
        "provider": "Marlow School District 12",
        "provider_contact": "21 School Lane, Marlow; 217-555-0161",
        "instruction_hours": Decimal(288),
        "job_hours": Decimal(4000),
        "wage_steps": tuple(Step(CountedIn.HOURS, after, Decimal(wage), Decimal(part)) for after, wage, part in wages),
    }
