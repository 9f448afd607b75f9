"""Employers, worksites and jobs as tests enter them, and placements in them."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from careerplan.accounts.models import Region
from careerplan.demo.cast import REGIONS
from careerplan.imports import actions as imports
from careerplan.imports.enums import Encoding
from careerplan.imports.kinds import kind_of
from careerplan.imports.working import work_on
from services.models import PlannedService
from tests import states
from tests.imported import LONG, as_file
from tests.people import duke, planner
from tests.real_files import PDF
from worksites.enums import EmploymentType, PositionType
from worksites.placements.adding import add_placement
from worksites.placements.models import Placement
from worksites.placements.paying import Pay
from worksites.places.actions import save_employer, save_job, save_worksite
from worksites.places.agreements import file_agreement
from worksites.places.importing import KEY
from worksites.places.models import Employer, Job

AT_WORK = {"city": "Marlow", "state": "IL"}
OF_A_JOB = {
    "title": "Welder",
    "employment_type": EmploymentType.WORK_EXPERIENCE,
    "hourly_wage": Decimal("17.00"),
    "weekly_hours": Decimal(20),
    "openings": 2,
}


def region(number=0):
    """0: of Harbor Street and Millbrook. 1: of another planner."""
    return Region.objects.get(code=REGIONS[number].code)


def new_employer(name="Foundry", *, of=None, by=None, **values):
    return save_employer(of or region(), None, {"name": name, **values}, by=by or planner(), at=states.now())


def new_worksite(employer=None, name="Plant 1", *, by=None, **values):
    employer = employer or new_employer()
    return save_worksite(employer, None, AT_WORK | {"name": name} | values, by=by or planner(), at=states.now())


def new_job(worksite=None, *, by=None, **values):
    return save_job(worksite or new_worksite(), None, OF_A_JOB | values, by=by or planner(), at=states.now())


def saved(job, *, by=None, **values):
    return save_job(job.worksite, job, values, by=by or planner(), at=states.now())


def job_of_the_document(title="Teacher Assistants"):
    return Job.objects.select_related("worksite__employer__region").get(title=title)


def employer_named(name):
    return Employer.objects.select_related("region").get(name=name)


def placed(job=None, customer=None):
    """Duke, in a job under the work-experience service of his plan: in that of the demo, where none is named."""
    if job is None and customer is None:
        return Placement.objects.select_related("job__worksite__employer__region").get(planned__plan__customer=duke())
    rows = PlannedService.objects.in_plan().select_related("plan__customer", "service")
    planned = rows.get(plan__customer=customer or duke(), service__form_kind="worksite")
    values = {"position_type": PositionType.FULL_TIME}
    placement = add_placement(planned, job or job_of_the_document(), values, Pay(), by=planner(), at=states.now())
    return Placement.objects.select_related("job__worksite__employer__region").get(pk=placement.pk)


def filed(worksite, begins_on=None, ends_on=None, *, content=PDF, name="agreement.pdf", by=None):
    """An agreement, in force since yesterday where nothing else is said."""
    file, begins_on = SimpleUploadedFile(name, content), begins_on or states.today() - timedelta(days=1)
    return file_agreement(worksite, file, begins_on=begins_on, ends_on=ends_on, by=by or planner(), at=states.now())


def row_of_file(**cells):
    """Of a job that is not there yet."""
    known = {
        "Employer": "Foundry",
        "Worksite": "Plant 1",
        "City": "Marlow",
        "State": "IL",
        "Supervisor": "Ida Stone",
        "Job title": "Welder",
        "SOC": "51-4121",
        "Employment type": "Work Experience",
        "Hourly wage": "$17.00",
        "Hours a week": "20",
        "Openings": "2",
    }
    return known | cells


def brought(rows, *, by=None, of=None):
    """A file of jobs, its columns as guessed, and checked."""
    by, at = by or planner(), states.now()
    content = rows if isinstance(rows, bytes) else as_file(rows)
    kind = kind_of(KEY)
    bringing = imports.bring(kind, "jobs.csv", content, encoding=Encoding.UTF_8, by=by, at=at)
    chosen = of.pk if of else kind.options(by)["region"].initial
    imports.map_columns(bringing, bringing.columns, {"region": chosen}, by=by, at=at)
    work_on(bringing.pk, seconds=LONG)
    bringing.refresh_from_db()
    return bringing
