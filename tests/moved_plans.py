"""Plans that were in an older system and move here at their next review (12.7.2)."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from acknowledgments.agreement.reviews import review_without_customer
from careerplan.plans.actions import register_legacy_plan
from customers.actions import upload_file
from tests import states
from tests.people import planner
from tests.real_files import PDF

POSTED = {"system": "ASSET", "reference": "77-120", "acknowledged_on": "2026-08-03", "next_review_on": "2026-12-01"}
VALUES = POSTED | {"acknowledged_on": date(2026, 8, 3), "next_review_on": date(2026, 12, 1)}


def moved(**values):
    """The first version here of a plan that was in an older system, written and not yet sent."""
    customer = states.enrolled()
    if values.get("acknowledgment"):
        values["acknowledgment"] = signed_copy(customer)
    register_legacy_plan(customer, VALUES | values, by=planner(), at=states.now())
    return states.written(customer)


def signed_copy(customer):
    about = {"name": "Signed plan", "category": "title_1", "document_type": "employment_plan"}
    file = SimpleUploadedFile("plan.pdf", PDF)
    return upload_file(customer, file, about | {"purpose": "employment_plan"}, by=planner(), at=states.now())


def recorded(version, *, unchanged=True):
    note = {"text": "Nothing changed.", **states.contact()}
    return review_without_customer(version, **note, unchanged=unchanged, by=planner(), at=states.now())
