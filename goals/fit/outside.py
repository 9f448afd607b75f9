""" "Job Fit Review was completed outside": its three steps in one (12.7.5, Job Fit, steps 1 to 3; WIS-047 to WIS-050).

The file goes to Uploads as Category Title 1, Document Type Assessments, Purpose Assessment; the record knows the
program, which an upload has no field for.
"""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from careerplan.plans.models import EmploymentPlan
from careerplan.plans.rows import for_changing
from customers import filed_as
from customers.actions import save_assessment, upload_file, write_case_note
from customers.enums import AssessmentCategory, AssessmentKind, ContactMethod, ProgramKind
from customers.models import UPLOAD_NAME_LIMIT, Customer, Enrollment
from customers.notes.assessments import begin as begin_note
from goals.fit.actions import chosen_occupation
from goals.fit.enums import FitProgram
from goals.fit.models import OutsideJobFit
from goals.models import Occupation

# Which program a file is filed under, by the kind of program that the customer is in.
PROGRAMS = {
    ProgramKind.ADULT: FitProgram.ADULT,
    ProgramKind.DISLOCATED_WORKER: FitProgram.DISLOCATED_WORKER,
}


def programs_of(customer: Customer) -> list[FitProgram]:
    """Those of the two that the customer is in now; both where it is neither, as in a state project. One query."""
    rows = Enrollment.objects.filter(customer=customer, exited_on=None).select_related("program")
    kinds = {row.program.kind for row in rows}
    return [program for kind, program in PROGRAMS.items() if kind in kinds] or list(FitProgram)


@transaction.atomic
def record_outside(
    plan: EmploymentPlan,
    occupation: Occupation,
    *,
    is_done_outside: bool,
    name: str,
    result: str,
    assessed_on: date,
    assessed_by: str = "",
    program: str,
    note: str,
    file: File,
    by: User,
    at: datetime,
) -> OutsideJobFit:
    """Record the assessment, file its document and write its case note: all of it or nothing.

    `note`: what the case note says beside the assessment's name, result and day. The file is opened before it is taken.

    Raises Refusal: the box is not ticked, no draft is open, the occupation is not chosen, the program is not the
    customer's, the note says nothing, or the file can't be taken.
    """
    plan = for_changing(plan, by=by)
    customer = plan.customer
    chosen_occupation(plan, occupation)
    if not is_done_outside:
        raise Refusal("not-ticked", _("Tick that the Job Fit Review was completed outside."), field="is_done_outside")
    if program not in programs_of(customer):
        raise Refusal("program-not-theirs", _("Choose a program that the customer is in."), field="program")
    words = said(note, _("Write in the case note why an assessment from outside was used."), field="note")
    values = {
        "name": name,
        "result": result,
        "assessed_on": assessed_on,
        "assessed_by": assessed_by,
        "kind": AssessmentKind.OCCUPATIONAL,
        "category": AssessmentCategory.CAREER,
    }
    assessment = save_assessment(customer, None, values, seen=None, by=by, at=at)
    upload = upload_file(customer, file, filed_as.ASSESSMENT | {"name": upload_name(name, program)}, by=by, at=at)
    told = begin_note(assessment, day_of(at))
    case_note = write_case_note(
        customer,
        subject=told.initial["subject"],
        text=f"{told.text}\n{words}",
        contact_on=None,
        contact_method=ContactMethod.NONE,
        category=told.category,
        about=told.about,
        by=by,
        at=at,
    )
    outside = OutsideJobFit(plan=plan, occupation=occupation, assessment=assessment, upload=upload, note=case_note)
    outside.program, outside.recorded_at, outside.recorded_by = program, at, by
    record(outside, by=by, at=at)
    return outside


def upload_name(name: str, program: str) -> str:
    """As it stands in Uploads: with the program, and in as many characters as a name has there."""
    label = f", {FitProgram(program).label}"
    return f"{_('Job Fit Review')}: {name}"[: UPLOAD_NAME_LIMIT - len(label)] + label
