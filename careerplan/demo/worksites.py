"""The employers, worksites and jobs of the demo.

Six jobs are of the Illinois workNet document: the five that its picture of the worksite table shows, in that order,
and the one at Roosevelt University, of its picture of a placement. It says that there are 13 entries: the other seven,
and the two of another region, are made up, and so are all addresses, numbers and people.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Region, User
from careerplan.base.history import record
from careerplan.demo.cast import REGIONS, STATE
from goals.models import Occupation
from services.models import PlannedService
from worksites.enums import EmploymentType, PositionType
from worksites.placements.adding import add_placement
from worksites.placements.paying import Pay
from worksites.places.actions import save_employer, save_job, save_worksite
from worksites.places.models import Employer, Job, Worksite
from worksites.wages.models import ProgramMinimum

# The county decides which minimum wage holds.
COUNTIES = {REGIONS[0].code: "Sangamon", REGIONS[1].code: "McHenry"}
# Illinois' minimum wage since January 1, 2025.
LEAST = "15.00"


@dataclass(frozen=True)
class WorksiteFacts:
    employer: str
    industry: str
    street: str
    city: str
    zip_code: str
    supervisor: str
    phone: str
    email: str


@dataclass(frozen=True)
class JobFacts:
    """`employer`: as in the worksites, of which each employer has one."""

    employer: str
    title: str
    occupation: str
    openings: int
    wage: str = LEAST
    hours: int = 20
    employment_type: EmploymentType = EmploymentType.WORK_EXPERIENCE
    starts_on: date | None = None


CYEP, QUALITY, DOUBLE_E, ROOSEVELT = "Testing CYEP Employer", "Quality testers", "Double E", "Roosevelt University"
LIBRARY, CLINIC, HARDWARE = "Marlow Public Library", "River Valley Clinic", "Harbor Hardware"
SHORE, BAKERY = "Shoreline Grocers", "Two Rivers Bakery"

OF_THE_DOCUMENT = (
    WorksiteFacts(CYEP, "Business services", "1 Test Lane", "Marlow", "62799",
                  "Nadia Farrow", "217-555-0150", "nadia.farrow@cyep.example"),
    WorksiteFacts(QUALITY, "Retail", "14 Market Street", "Marlow", "62799",
                  "Owen Bright", "217-555-0151", "owen.bright@qualitytesters.example"),
    WorksiteFacts(DOUBLE_E, "Information technology", "200 Foundry Road", "Millbrook", "62798",
                  "Elena Esposito", "217-555-0152", "elena.esposito@doublee.example"),
    WorksiteFacts(ROOSEVELT, "Education", "430 College Avenue", "Marlow", "62799",
                  "Marcus Hale", "217-555-0153", "marcus.hale@roosevelt.example"),
)  # fmt: skip
MADE_UP = (
    WorksiteFacts(LIBRARY, "Public administration", "9 Library Square", "Marlow", "62799",
                  "June Abbott", "217-555-0154", "june.abbott@marlowlibrary.example"),
    WorksiteFacts(CLINIC, "Health care", "77 Mercy Drive", "Millbrook", "62798",
                  "Samuel Ortega", "217-555-0155", "samuel.ortega@rivervalleyclinic.example"),
    WorksiteFacts(HARDWARE, "Retail", "31 Harbor Street", "Marlow", "62799",
                  "Bea Lindgren", "217-555-0156", "bea.lindgren@harborhardware.example"),
)  # fmt: skip
IN_THE_NORTH = (
    WorksiteFacts(SHORE, "Retail", "5 Shore Drive", "Pine Lake", "60098",
                  "Amir Haddad", "217-555-0157", "amir.haddad@shoreline.example"),
    WorksiteFacts(BAKERY, "Food", "12 Bridge Avenue", "Two Rivers", "60097",
                  "Lotte Keller", "217-555-0158", "lotte.keller@tworivers.example"),
)  # fmt: skip

JOBS = (
    JobFacts(CYEP, "Business Operations Specialists, All Other", "13-1199", 1, "18.50"),
    JobFacts(QUALITY, "Cashiers", "41-2011", 1),
    JobFacts(DOUBLE_E, "Chief Sustainability", "11-1011", 1, "24.00"),
    JobFacts(DOUBLE_E, "Computer Operators Level 1", "15-1299", 0, "17.00"),
    JobFacts(DOUBLE_E, "Computer Programmers", "15-1251", 1, "22.50"),
    JobFacts(ROOSEVELT, "Teacher Assistants", "25-9044", 1, LEAST, 40, EmploymentType.PERMANENT, date(2020, 5, 15)),
    JobFacts(LIBRARY, "Library clerk", "43-4121", 2),
    JobFacts(LIBRARY, "Receptionist", "43-4171", 1, "15.75"),
    JobFacts(CLINIC, "Nursing assistant trainee", "31-1131", 3, "17.25", 32, EmploymentType.ON_THE_JOB),
    JobFacts(CLINIC, "Janitor", "37-2011", 1, "15.50"),
    JobFacts(HARDWARE, "Stocker", "53-7065", 4, LEAST, 25, EmploymentType.SUMMER),
    JobFacts(HARDWARE, "Sales associate", "41-2031", 2, "15.25", 30),
    JobFacts(HARDWARE, "Maintenance helper", "49-9071", 1, "16.00", 30, EmploymentType.TRANSITIONAL),
)  # fmt: skip
NORTHERN_JOBS = (
    JobFacts(SHORE, "Cashier", "41-2011", 2),
    JobFacts(BAKERY, "Baker's helper", "51-3011", 1, "15.50", 30, EmploymentType.INTERNSHIP),
)

# Region, who keeps its list, its worksites and its jobs.
LISTS = (
    (REGIONS[0].code, "planner", (*OF_THE_DOCUMENT, *MADE_UP), JOBS),
    (REGIONS[1].code, "planner.north", IN_THE_NORTH, NORTHERN_JOBS),
)


def build_worksites(*, at: datetime) -> None:
    """Of each region that has none yet."""
    for code, planner, worksites, jobs in LISTS:
        region = Region.objects.get(code=code)
        if not Employer.objects.filter(region=region).exists():
            by = User.objects.get(username=planner)
            made = {facts.employer: build_worksite(region, facts, by=by, at=at) for facts in worksites}
            for job in jobs:
                build_job(made[job.employer], job, by=by, at=at)


def build_worksite(region: Region, facts: WorksiteFacts, *, by: User, at: datetime) -> Worksite:
    """Each is called as its employer, as in the document."""
    employer = save_employer(region, None, {"name": facts.employer, "industry": facts.industry}, by=by, at=at)
    values = {
        "name": facts.employer,
        "street": facts.street,
        "city": facts.city,
        "county": COUNTIES[region.code],
        "state": STATE,
        "zip_code": facts.zip_code,
        "supervisor": facts.supervisor,
        "supervisor_phone": facts.phone,
        "supervisor_email": facts.email,
    }
    return save_worksite(employer, None, values, by=by, at=at)


def build_job(worksite: Worksite, facts: JobFacts, *, by: User, at: datetime) -> None:
    values = {
        "title": facts.title,
        "occupation": Occupation.objects.get(code=facts.occupation),
        "employment_type": facts.employment_type,
        "hourly_wage": Decimal(facts.wage),
        "weekly_hours": Decimal(facts.hours),
        "openings": facts.openings,
        "starts_on": facts.starts_on,
    }
    save_job(worksite, None, values, by=by, at=at)


def place_duke(planned: PlannedService, *, at: datetime) -> None:
    """In the job of the document, with its wages; it has not started, since nobody agreed to the plan yet.

    The document shows a minimum wage of 15.00 in 2020, when Illinois had 9.25: it is the program's own (AMB-I9).
    """
    source = "The picture of a placement in the Illinois workNet document."
    least = ProgramMinimum(program=planned.program, from_on=date(2020, 1, 1), rate=Decimal("15.00"), source=source)
    record(least, by=User.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")[0], at=at, reason="demo")
    job = Job.objects.get(worksite__name=ROOSEVELT, title="Teacher Assistants")
    pay = Pay(subsidized=Decimal("10.00"))
    values = {"position_type": PositionType.FULL_TIME}
    add_placement(planned, job, values, pay, by=planned.plan.customer.planner, at=at)
