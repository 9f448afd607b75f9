"""Lists of training providers, brought and checked as the pages do it; and a course that was finished."""

from django.utils import timezone

from careerplan.base import clock
from careerplan.imports import actions
from careerplan.imports.enums import Encoding
from careerplan.imports.kinds import kind_of
from careerplan.imports.working import work_on
from services.actions import save_service
from services.credentials.actions import add_credential
from services.models import PlannedService
from services.providers.importing import KEY
from services.providers.models import ApprovedCredential, TrainingProgram
from tests import states
from tests.imported import LONG, as_file
from tests.people import planner, statewide

TODAY = timezone.localdate()


def program(number=1, **cells):
    """A row of a program that is not listed yet."""
    known = {
        "Provider ID": "HTC",
        "Provider": "Harbor Technical College",
        "Phone": "217-555-0171",
        "Program ID": f"HTC-{number}",
        "Program": f"Welding {number}",
        "SOC": "51-4121",
        "CIP": "48.0508",
        "Cost": "4,200.00",
        "Weeks": "16",
        "Credential": "AWS Certified Welder",
        "Credential type": "6",
    }
    return known | cells


def of_the_demo(**cells):
    """A row that says what the list says of Angela's course."""
    known = {
        "Provider ID": "LCC",
        "Provider": "Lakeside Community College",
        "Program ID": "LCC-BNA",
        "Program": "Basic Nursing Assistant",
        "SOC": "31-1131.00",
        "CIP": "51.3902",
        "Cost": "$1,385.00",
        "Weeks": "12",
        "Hours": "120",
        "Credential": "Certified Nursing Assistant",
        "Credential type": "Occupational certification",
    }
    return known | cells


def listed(rows, *, by=None, ends_missing=False, name="etpl.csv", encoding=Encoding.UTF_8):
    """Brought, its columns as guessed, and checked."""
    by, at = by or statewide(), clock.now()
    content = rows if isinstance(rows, bytes) else as_file(rows)
    bringing = actions.bring(kind_of(KEY), name, content, encoding=encoding, by=by, at=at)
    actions.map_columns(bringing, bringing.columns, {"end_missing": ends_missing}, by=by, at=at)
    work_on(bringing.pk, seconds=LONG)
    bringing.refresh_from_db()
    return bringing


def nursing():
    """The program that Angela attends."""
    return TrainingProgram.objects.select_related("provider").get(code="LCC-BNA")


def certified():
    return ApprovedCredential.objects.get(program=nursing())


def course(customer):
    rows = PlannedService.objects.select_related("plan__customer", "service", "training__training_program")
    return rows.get(plan__customer=customer, service__code="TR-OST")


def finished(customer):
    """The course, which is complete today."""
    row = course(customer)
    if row.status != "complete":
        save_service(row, {"status": "complete", "ended_on": TODAY}, by=planner(), at=states.now())
    return course(customer)


def earned(customer, **values):
    """The credential of the finished course."""
    said = {"earned_on": TODAY, "approved": certified()} | values
    return add_credential(customer, service=finished(customer), **said, by=planner(), at=states.now())
