"""The state of each named demo customer: what the planner wrote, sent, and what the customer answered.

David Kruse's and Duke Lasley's days are those of the Illinois workNet document; the others' follow from today.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from careerplan.accounts.models import User
from careerplan.demo.assessed import assess_jennifer, tested_twice
from careerplan.demo.cast import ANGELA, DAVID, DUKE, HENRIK, JENNIFER, KEISHA, LUCIA, TRAINING_ACCOUNT, TYRELL
from careerplan.demo.money import angelas_costs
from careerplan.demo.pen import Pen, agree, ask, begin, begin_together, give_to
from careerplan.demo.training import nursing_assistant_program, teacher_assistant
from careerplan.demo.worksites import place_duke
from customers.actions import add_case_note, save_assessment, write_summary
from customers.enums import AssessmentCategory, AssessmentKind, ContactMethod, NoteCategory
from customers.models import Assessment, Customer, Program
from goals.actions import save_career_path
from goals.enums import CareerGoalRole, StepWho, Term
from goals.models import CareerCluster, Occupation
from services.actions import save_service
from services.classes.support.enums import Frequency
from services.classes.support.models import SupportType
from services.credentials.actions import add_credential
from services.enums import ServiceStatus
from services.models import PlannedService

EDUCATION, SUPPORT, CAREER = "EDUCATION_TRAINING", "SUPPORT_SERVICES", "CAREER_PLAN"


def morning(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=timezone.get_default_timezone())


FIXED_BEGINNINGS = {DAVID: morning(2020, 5, 26), DUKE: morning(2020, 5, 8)}
DAYS_AGO = {JENNIFER: 4, ANGELA: 32, TYRELL: 12, LUCIA: 9, KEISHA: 6, HENRIK: 2}


def begun(username: str, at: datetime) -> datetime:
    """When the customer came to the office."""
    return FIXED_BEGINNINGS.get(username) or at - timedelta(days=DAYS_AGO[username])


# --- the Illinois workNet document ----------------------------------------------------------------


def david_kruse(customer: Customer, _now: datetime) -> None:
    """Four goals, two assessments, a credential, five case notes; nothing sent yet."""
    pen = begin(customer, morning(2020, 5, 27))
    title_1 = {"program": Program.objects.get(code="T1-YOUTH")}
    ged = pen.goal("Earn GED", EDUCATION)
    pen.goal("Gain Credential", EDUCATION)
    pen.goal("Learn how to drive", SUPPORT, Term.LONG)
    job = pen.goal("Gain Full-time employment", CAREER)
    pen.service("YE-01", ged, planned_start_on=date(2020, 6, 1), planned_end_on=date(2020, 6, 10), **title_1)
    pen.service("WE-PERM", job, planned_start_on=date(2020, 6, 8), planned_end_on=date(2020, 6, 12), **title_1)
    earned = {
        "name": "First Aid, CPR and AED",
        "earned_on": date(2020, 5, 15),
        "service": None,
        "credential_type": "certificate",
    }
    add_credential(customer, **earned, by=customer.planner, at=morning(2020, 5, 27, 11))
    staff = User.objects.get(username=TRAINING_ACCOUNT)
    for result, day in (("628", 11), ("750", 15)):
        tested = morning(2020, 6, day)
        values = {
            "name": "TABE 11-12",
            "result": result,
            "assessed_on": tested.date(),
            "kind": AssessmentKind.BASIC_SKILLS,
            "category": AssessmentCategory.ABE,
        }
        save_assessment(customer, None, values, seen=None, by=staff, at=tested)
    for day, subject, text, method, category in DAVIDS_NOTES:
        note = {"subject": subject, "text": text, "contact_on": day.date(), "contact_method": method}
        add_case_note(customer, **note, category=category, by=customer.planner, at=day)


DAVIDS_NOTES = (
    (
        morning(2020, 5, 26), "Orientation",
        "David came in for orientation. He left school in the eleventh grade and wants to finish with a GED.",
        ContactMethod.IN_PERSON, NoteCategory.INTAKE,
    ),
    (
        morning(2020, 5, 27, 11), "First goals",
        "We wrote four goals together. He would like an apprenticeship in health care after the GED.",
        ContactMethod.IN_PERSON, NoteCategory.REVIEW,
    ),
    (
        morning(2020, 6, 2), "GED class",
        "David called: the class moved to the evening. He can take the 6:10 bus.",
        ContactMethod.PHONE, NoteCategory.SERVICE,
    ),
    (
        morning(2020, 6, 11, 15), "TABE, first try",
        "Reading went well; mathematics needs work. He asked to take the test again next week.",
        ContactMethod.VIDEO, NoteCategory.ASSESSMENT,
    ),
    (
        morning(2020, 6, 15, 15), "TABE, second try",
        "The score went up to 750. We look for a driving course next.",
        ContactMethod.IN_PERSON, NoteCategory.ASSESSMENT,
    ),
)  # fmt: skip


def jennifer_philips(customer: Customer, now: datetime) -> None:
    """An assessment that is under way, with mathematics tested before and after a class, and two planned services that
    stand under no goal yet."""
    met = begun(JENNIFER, now) + timedelta(days=1)
    assess_jennifer(customer, met)
    pen = begin(customer, met + timedelta(days=1))
    pen.service("WE-PERM")
    pen.service("BC-JREQ")
    tested_twice(customer, now, at=pen.at)


def duke_lasley(customer: Customer, _now: datetime) -> None:
    """A goal with permanent employment under it, ready for a placement, and the apprenticeship on the way to it."""
    pen = begin(customer, morning(2020, 5, 11))
    goal = pen.goal("Start permanent employment as a teacher assistant", CAREER)
    jted = Program.objects.get(code="JTED")
    days = {"planned_start_on": date(2020, 5, 15), "weekly_hours": Decimal(40)}
    placed = pen.service("WE-PERM", goal, **days, program=jted)
    place_duke(placed, at=morning(2020, 5, 13))
    program = Program.objects.get(code="APP-IL")
    pen.service("AP-RAP", goal, **teacher_assistant(), weekly_hours=Decimal(35), program=program)


# --- the cases of Wisconsin's policy --------------------------------------------------------------


def angela_whitfield(customer: Customer, now: datetime) -> None:
    """Three different career goals (12.7.5, the first example); version 1 is in force."""
    pen = begin(customer, begun(ANGELA, now) + timedelta(days=2))
    angelas_goals(pen)
    angelas_record(customer, pen.at)
    training = angelas_services(pen)
    seal = ask(pen.version, pen.at + timedelta(days=3))
    agree(seal, customer, pen.at + timedelta(days=4, hours=6))
    started = pen.at + timedelta(days=12)
    values = {"status": ServiceStatus.STARTED, "actual_start_on": timezone.localdate(started)}
    save_service(training, values, by=customer.planner, at=started)
    angelas_costs(customer, at=started)


def angelas_goals(pen: Pen) -> None:
    pen.career_goal(CareerGoalRole.EMPLOYMENT, "31-1131")
    pen.career_goal(CareerGoalRole.LONG_TERM, "29-1171")
    pen.career_goal(CareerGoalRole.SELF_SUFFICIENCY, "29-1141")
    pen.note(barriers_comment="Angela's sister can help with the children on weekends.")


def angelas_record(customer: Customer, at: datetime) -> None:
    tested = at - timedelta(days=1)
    values = {
        "name": "TABE 11-12",
        "result": "Reading 612, mathematics 574",
        "assessed_on": timezone.localdate(tested),
        "kind": AssessmentKind.BASIC_SKILLS,
        "category": AssessmentCategory.ABE,
    }
    save_assessment(customer, None, values, seen=None, by=customer.planner, at=tested)
    text = (
        "Angela reads well and works steadily; mathematics is strong enough for the nursing assistant course. "
        "She has cared for her grandmother for three years. Child care and the way to the college stand between her "
        "and the course."
    )
    write_summary(customer, text=text, by=customer.planner, at=at)
    path = {
        "pathway": CareerCluster.objects.get(framework="2002", title="Health Science"),
        "wage_goal": Decimal("19.50"),
    }
    path |= {
        "occupation_1": Occupation.objects.get(code="31-1131"),
        "occupation_2": Occupation.objects.get(code="29-1141"),
    }
    save_career_path(customer, path, by=customer.planner, at=at)


def angelas_services(pen: Pen) -> PlannedService:
    """Goals with barriers, services and steps; returns the training."""
    adult = {"program": Program.objects.get(code="T1-ADULT")}
    care = pen.barrier("CHLD", "Two children, 4 and 7; no care before 8 in the morning.", "Child care near the college")
    way = pen.barrier("TRAN", "No car; the bus takes 70 minutes.", "Bus pass, and a ride share with a classmate")
    learn = pen.goal("Complete the nursing assistant course and pass the state examination", EDUCATION)
    work = pen.goal("Work full-time as a certified nursing assistant", CAREER)
    attend = pen.goal("Attend every class, with the children cared for", SUPPORT)
    pen.initial_assessment(learn, **adult)
    tested = Assessment.objects.get(customer=pen.plan.customer)
    months = {"planned_start_on": pen.in_days(12), "planned_end_on": pen.in_days(96)}
    training = pen.service(
        "TR-OST", learn, **months, **adult, weekly_hours=Decimal(24), assessment=tested,
        training_program=nursing_assistant_program(pen.at), notes="Classes Monday to Thursday, 9 to 3.",
    )  # fmt: skip
    search = {"planned_start_on": pen.in_days(80), "planned_end_on": pen.in_days(140), "weekly_hours": Decimal(3)}
    pen.service("BC-JSST", work, **search, **adult)
    sitter = {"support_type": support("CHILD-CARE"), "dollar_value": Decimal("1250.00"), "barriers": [care]}
    pen.service("SS-CHLD", attend, **months, **adult, **sitter)
    bus = {"support_type": support("BUS-PASS"), "frequency": Frequency.MONTH, "times": 4, "barriers": [way]}
    pen.service("SS-TRAN", attend, **months, **adult, dollar_value=Decimal("240.00"), **bus)
    pen.step("Hand in the health form and the background check to the college", learn, in_days=10)
    pen.step("Register for the state examination", learn, in_days=90)
    pen.step("Ask three care homes about openings", work, in_days=85)
    pen.step("Arrange the early drop-off with the day care", attend, in_days=9, who=StepWho.BOTH)
    return training


def support(code: str) -> SupportType:
    return SupportType.objects.get(code=code)


def tyrell_brooks(customer: Customer, now: datetime) -> None:
    """An ISS with all four career goals (12.7.5, Goals for the Title I Youth Program); it waits for him."""
    pen = begin(customer, begun(TYRELL, now) + timedelta(days=2))
    youth = {"program": Program.objects.get(code="T1-YOUTH")}
    pen.career_goal(CareerGoalRole.EMPLOYMENT, "47-2111")
    pen.career_goal(CareerGoalRole.SHORT_EMPLOYMENT, words="A paid summer job with an electrical contractor")
    pen.career_goal(CareerGoalRole.SHORT_EDUCATION, words="Earn the high school equivalency diploma")
    pen.career_goal(CareerGoalRole.LONG_TERM, "47-2111")
    pen.barrier("NHSD", "Left school in the eleventh grade.", "Evening classes at the learning center")
    licence = pen.barrier("DLIC", "No driver license yet.", "Driving lessons after the summer job begins")
    diploma = pen.goal("Earn the high school equivalency diploma", EDUCATION)
    summer = pen.goal("Work this summer with an electrical contractor", CAREER)
    drive = pen.goal("Get a driver license", SUPPORT, Term.LONG)
    weeks = {"planned_start_on": pen.in_days(14), "planned_end_on": pen.in_days(130), **youth}
    center = {"provider": "Millbrook Learning Center", "provider_contact": "15 School Street, Millbrook; 217-555-0142"}
    pen.service("YE-01", diploma, **weeks, weekly_hours=Decimal(8), **center)
    pen.service("YE-03A", summer, planned_start_on=pen.in_days(30), planned_end_on=pen.in_days(100), **youth)
    pen.service("YE-07", drive, **weeks, dollar_value=Decimal("380.00"), barriers=[licence], notes="Driving lessons.")
    pen.step("Sign up for the evening class", diploma, in_days=12)
    pen.step("Write to two contractors with the letter that we drafted", summer, in_days=20)
    pen.step("Bring the birth certificate for the permit", drive, in_days=25)
    ask(pen.version, begun(TYRELL, now) + timedelta(days=10))


def lucia_herrera(customer: Customer, now: datetime) -> None:
    """Career exploration (12.7.5): only services that it allows; ready to be sent."""
    pen = begin(customer, begun(LUCIA, now) + timedelta(days=3))
    program = {"program": Program.objects.get(code="T1-DW")}
    pen.career_goal(CareerGoalRole.EMPLOYMENT, explores=True)
    lost = pen.barrier(
        "LTUE", "Out of work since the plant closed ten months ago.", "Work experience while she decides"
    )
    way = pen.barrier("TRAN", "Shares one car with her husband.", "Fuel card")
    choose = pen.goal("Choose an occupation that pays enough for the family", CAREER)
    try_out = pen.goal("Try out two lines of work", CAREER)
    weeks = {"planned_start_on": pen.in_days(10), "planned_end_on": pen.in_days(60), **program}
    pen.initial_assessment(choose, **program)
    pen.service("BC-COUN", choose, **weeks, weekly_hours=Decimal(1))
    pen.service("WE-EXP", try_out, **weeks, weekly_hours=Decimal(20), barriers=[lost])
    pen.service("SS-TRAN", try_out, **weeks, dollar_value=Decimal("120.00"), barriers=[way])
    pen.step("Read about five occupations and mark what fits", choose, in_days=14)
    pen.step("Talk with someone who works in each line of work", try_out, in_days=40, who=StepWho.BOTH)


def keisha_monroe(customer: Customer, now: datetime) -> None:
    """Co-enrolled in Adult and Youth: one shared plan of both types (12.7.9), still being written."""
    pen = begin_together(customer, begun(KEISHA, now) + timedelta(days=2))
    pen.career_goal(CareerGoalRole.EMPLOYMENT, "15-1232")
    pen.career_goal(CareerGoalRole.SHORT_EDUCATION, words="Finish the basic computer support certificate")
    pen.barrier("JSRC", "Has never written a résumé.", "Workshop, then practice interviews")
    learn = pen.goal("Finish the basic computer support certificate", EDUCATION)
    work = pen.goal("Find a first job at a help desk", CAREER)
    youth, adult = Program.objects.get(code="T1-YOUTH"), Program.objects.get(code="T1-ADULT")
    course = pen.service("YE-04", learn, planned_start_on=pen.in_days(20), planned_end_on=pen.in_days(110))
    give_to(youth, course, pen)
    pen.initial_assessment(work, program=adult)
    pen.service("BC-JSST", work, planned_start_on=pen.in_days(90), program=adult)
    pen.step("Write a first résumé and bring it along", work, in_days=21)


def henrik_aalto(_customer: Customer, _now: datetime) -> None:
    """No plan yet: the planner can start one."""


BRING: dict[str, Callable[[Customer, datetime], None]] = {
    DAVID: david_kruse,
    JENNIFER: jennifer_philips,
    DUKE: duke_lasley,
    ANGELA: angela_whitfield,
    TYRELL: tyrell_brooks,
    LUCIA: lucia_herrera,
    KEISHA: keisha_monroe,
    HENRIK: henrik_aalto,
}
