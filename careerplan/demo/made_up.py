"""Draws one made-up customer with a plan: rows in memory, the same for the same seed, number and day."""

import random
import unicodedata
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from acknowledgments.contents.items import KINDS
from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, User
from careerplan.base.history import signed
from careerplan.demo import stories
from careerplan.demo.cast import FAMILY_NAMES, GIVEN_NAMES, STAFF, STREETS
from careerplan.plans.enums import BarrierStatus, GateExemption, VersionState
from careerplan.plans.kinds import Kind
from careerplan.plans.models import Barrier, BarrierCategory, EmploymentPlan, PlanVersion
from customers.enums import CustomerType, EnrollmentStatus, PlanType
from customers.models import Customer, Enrollment, Program
from goals.enums import CareerGoalRole, GoalStatus, StepWho, Term
from goals.models import ActionStep, CareerGoal, Goal, GoalCategory, Occupation
from services.enums import NeverProvided, ServiceStatus
from services.models import PlannedService, Service

STATES = ((VersionState.DRAFT, 30), (VersionState.AWAITING, 10), (VersionState.ACTIVE, 60))
PROGRAMS = (("T1-ADULT", 42), ("T1-DW", 23), ("T1-YOUTH", 25), ("APP-IL", 6), ("JTED", 4))
INITIAL_ASSESSMENT = "BC-INIT"
VERIFIED = "The services of the goal are complete."
CUSTOMER_TYPES = {"T1-ADULT": CustomerType.ADULT, "T1-DW": CustomerType.DISLOCATED_WORKER}
YOUTH_TYPES = (CustomerType.YOUTH_OUT_OF_SCHOOL, CustomerType.YOUTH_OUT_OF_SCHOOL, CustomerType.YOUTH_IN_SCHOOL)


class Lists:
    """What there is to choose from, read once."""

    def __init__(self) -> None:
        people = User.objects.in_bulk([person.username for person in STAFF], field_name="username")
        self.offices = list(Office.objects.select_related("region", "grantee").order_by("pk"))
        self.planners = {office.pk: planner_of(office, people) for office in self.offices}
        self.programs = Program.objects.in_bulk(field_name="code")
        self.goal_categories = GoalCategory.objects.in_bulk(field_name="code")
        self.barrier_categories = BarrierCategory.objects.in_bulk(field_name="code")
        self.services = {row.code: row for row in Service.objects.select_related("category")}
        codes = {code for story in stories.STORIES for code in (story.occupation, story.long_term)}
        self.occupations = Occupation.objects.in_bulk(codes, field_name="code")


def planner_of(office: Office, people: dict[str, User]) -> User:
    """The demo planner whose scope holds the office."""
    holders = [
        people[person.username]
        for person in STAFF
        if person.role == Role.PLANNER and (person.office == office.name or person.region == office.region.code)
    ]
    return min(holders, key=lambda person: person.pk)


@dataclass(frozen=True)
class Move:
    """A transition of the version still to be made, with the columns that go with it."""

    name: str
    by: User
    at: datetime
    columns: dict[str, Any]


@dataclass
class MadeUp:
    """One customer's rows; the version is a draft until its moves are made, as far as it came.

    Its `dice` are thrown again for what goes on by `today`, once the version is in force (`make_progress`).
    """

    dice: random.Random
    today: date

    user: User
    customer: Customer
    enrollment: Enrollment
    plan: EmploymentPlan
    version: PlanVersion
    sent: Move | None
    approved: Move | None
    short_code_seed: int
    key: uuid.UUID
    address: str
    career_goals: list[CareerGoal] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)
    services: list[PlannedService] = field(default_factory=list)
    action_steps: list[ActionStep] = field(default_factory=list)

    @property
    def planner(self) -> User:
        return self.version.created_by

    def of(self, kind: Kind) -> list[Any]:
        """The rows of a kind; none of one that nothing is drawn for."""
        return getattr(self, kind.plural, [])


def state_id(seed: int, number: int) -> str:
    """Two seeds never make the same ID; the named customers' IDs are shorter."""
    return f"{seed}{number:07d}"


def plain(name: str) -> str:
    """A name in the letters of a username."""
    letters = unicodedata.normalize("NFKD", name.replace("Ł", "L").replace("ı", "i")).encode("ascii", "ignore")
    return "".join(letter for letter in letters.decode().lower() if letter.isalnum())


def hour_of(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def draw(number: int, *, seed: int, today: date, lists: Lists, password: str) -> MadeUp:
    """The customer of this number: who it is, the plan, and how far it came."""
    dice = random.Random(f"{seed}:{number}")
    state = dice.choices([name for name, _ in STATES], [weight for _, weight in STATES])[0]
    began = today - timedelta(days=dice.randint(*{"draft": (0, 20), "awaiting": (3, 25), "active": (12, 150)}[state]))
    office = dice.choice(lists.offices)
    planner = lists.planners[office.pk]
    program = lists.programs[dice.choices([code for code, _ in PROGRAMS], [weight for _, weight in PROGRAMS])[0]]
    customer = draw_customer(dice, state_id(seed, number), office, planner, program, began, password)
    plan, version, sent, approved = draw_plan(dice, customer, program, planner, state, began)
    made = MadeUp(
        dice=dice,
        today=today,
        user=customer.user,
        customer=customer,
        enrollment=draw_enrollment(dice, customer, program, planner, state, began),
        plan=plan,
        version=version,
        sent=sent,
        approved=approved,
        short_code_seed=dice.getrandbits(64),
        key=uuid.UUID(int=dice.getrandbits(128), version=4),
        address=f"198.51.100.{dice.randint(1, 254)}",
    )
    draw_contents(dice, made, program, lists)
    for row in (row for kind in KINDS for row in made.of(kind)):
        signed(row, by=planner, at=version.created_at)
    return made


def draw_customer(
    dice: random.Random, number: str, office: Office, planner: User, program: Program, began: date, password: str
) -> Customer:
    given, middle, family = dice.choice(GIVEN_NAMES), dice.choice(GIVEN_NAMES), dice.choice(FAMILY_NAMES)
    username = f"{plain(given)}.{plain(family)}.{number}"
    young = program.plan_type == PlanType.ISS
    person = {"first_name": given, "last_name": family, "email": f"{username}@careerplan.test"}
    person["phone"] = f"{office.phone[:3]}-555-{dice.randint(100, 199):04d}"
    joined = hour_of(began, 9) - timedelta(days=2)
    user = User(username=username, role=Role.CUSTOMER, password=password, date_joined=joined, **person)
    customer = Customer(
        user=signed(user, by=planner, at=joined),
        middle_name=middle if dice.random() < 0.4 else "",
        birth_date=began - timedelta(days=dice.randint(*((16 * 366, 24 * 365) if young else (25 * 366, 62 * 365)))),
        street=f"{dice.randint(1, 999)} {dice.choice(STREETS)} Street",
        city=office.city,
        state=office.state,
        zip_code=office.zip_code,
        customer_type=dice.choice(YOUTH_TYPES) if young else CUSTOMER_TYPES.get(program.code, ""),
        state_id=number,
        office=office,
        planner=planner,
        **person,
    )
    customer.set_keys(username)
    return signed(customer, by=planner, at=joined)


def draw_enrollment(
    dice: random.Random, customer: Customer, program: Program, planner: User, state: str, began: date
) -> Enrollment:
    begun_on = began - timedelta(days=dice.randint(0, 2))
    draft_statuses = [EnrollmentStatus.APPLICANT, EnrollmentStatus.REGISTRANT]
    status = dice.choice(draft_statuses) if state == VersionState.DRAFT else EnrollmentStatus.ENROLLED
    enrollment = Enrollment(customer=customer, program=program, planner=planner, status=status, begun_on=begun_on)
    return signed(enrollment, by=planner, at=hour_of(begun_on, 10))


def draw_plan(
    dice: random.Random, customer: Customer, program: Program, planner: User, state: str, began: date
) -> tuple[EmploymentPlan, PlanVersion, Move | None, Move | None]:
    """The plan with its only version, and the moves that bring it to its state."""
    at = hour_of(began, 10, dice.randint(0, 59))
    plan = EmploymentPlan(customer=customer, plan_type=program.plan_type, started_at=at, started_by=planner)
    kept = {"plan_type": plan.plan_type, "created_on": began, "created_at": at, "created_by": planner}
    version = PlanVersion(plan=plan, number=1, **kept)
    sent = approved = None
    if state != VersionState.DRAFT:
        at += timedelta(days=dice.randint(0, 3), hours=2)
        sent = Move("send", planner, at, {"sent_at": at, "sent_by": planner})
    if state == VersionState.ACTIVE:
        at += timedelta(days=dice.randint(0, 5), hours=2)
        approved = Move("acknowledge", customer.user, at, approval(at, program))
    for row in (plan, version):
        signed(row, by=planner, at=version.created_at)
    return plan, version, sent, approved


def approval(at: datetime, program: Program) -> dict[str, Any]:
    day = timezone.localdate(at)
    next_review_on = day + timedelta(days=program.review_interval_days)
    return {"approved_at": at, "approved_on": day, "next_review_on": next_review_on}


def draw_contents(dice: random.Random, made: MadeUp, program: Program, lists: Lists) -> None:
    story = dice.choice(stories.STORIES)
    young = program.plan_type == PlanType.ISS
    made.career_goals = draw_career_goals(made.plan, story, young, lists)
    made.goals = draw_goals(dice, made.plan, story, young, lists)
    for code, description, how in dice.sample(stories.BARRIERS, dice.randint(1, 3)):
        category = lists.barrier_categories[code]
        status = dice.choice((BarrierStatus.OPEN, BarrierStatus.BEING_ADDRESSED))
        values = {"category": category, "description": description, "how_addressed": how, "status": status}
        made.barriers.append(Barrier(plan=made.plan, **values))
    draw_services(dice, made, story, program, lists)
    for text in dice.sample(stories.STEPS, dice.randint(1, 4)):
        due_on = made.version.created_on + timedelta(days=dice.randint(10, 90))
        who = dice.choice((StepWho.CUSTOMER, StepWho.CUSTOMER, StepWho.BOTH))
        made.action_steps.append(
            ActionStep(plan=made.plan, goal=dice.choice(made.goals), text=text, who=who, due_on=due_on)
        )


def draw_career_goals(plan: EmploymentPlan, story: stories.Story, young: bool, lists: Lists) -> list[CareerGoal]:
    goals = [
        CareerGoal(plan=plan, role=CareerGoalRole.EMPLOYMENT, occupation=lists.occupations[story.occupation]),
        CareerGoal(plan=plan, role=CareerGoalRole.LONG_TERM, occupation=lists.occupations[story.long_term]),
    ]
    if young:
        goals += [
            CareerGoal(plan=plan, role=CareerGoalRole.SHORT_EMPLOYMENT, words=stories.SHORT_EMPLOYMENT),
            CareerGoal(plan=plan, role=CareerGoalRole.SHORT_EDUCATION, words=stories.SHORT_EDUCATION),
        ]
    return goals


def draw_goals(
    dice: random.Random, plan: EmploymentPlan, story: stories.Story, young: bool, lists: Lists
) -> list[Goal]:
    """Learn, work, and up to three more; in plan order."""
    learn = stories.SHORT_EDUCATION if young and dice.random() < 0.5 else story.learn
    chosen = [(learn, "EDUCATION_TRAINING", False), (story.work, "CAREER_PLAN", False)]
    chosen += dice.sample(stories.MORE_GOALS, dice.randint(0, 3))
    return [
        Goal(
            plan=plan,
            statement=statement,
            category=lists.goal_categories[category],
            term=Term.LONG if is_long else Term.SHORT,
            position=position,
        )
        for position, (statement, category, is_long) in enumerate(chosen, start=1)
    ]


def draw_services(dice: random.Random, made: MadeUp, story: stories.Story, program: Program, lists: Lists) -> None:
    """Two to eight services: the course first, then others under any goal."""
    young = program.plan_type == PlanType.ISS
    course = (stories.YOUTH_TRAINING if young else stories.ADULT_TRAINING, 24, 0)
    support = [(stories.YOUTH_SUPPORT, 0, 240)] if young else list(stories.SUPPORT)
    others = list(stories.YOUTH_SERVICES if young else stories.ADULT_SERVICES) + support
    chosen = [course, *dice.sample(others, min(dice.randint(1, 7), len(others)))]
    if not young:
        made.services.append(initial_assessment(made, program, lists))
    for number, (code, hours, dollars) in enumerate(chosen):
        goal = made.goals[number] if number < 2 else dice.choice(made.goals)
        start = made.version.created_on + timedelta(days=dice.randint(10, 45))
        service = PlannedService(
            plan=made.plan,
            service=lists.services[code],
            goal=goal,
            program=program,
            planned_start_on=start,
            planned_end_on=start + timedelta(days=dice.randint(14, 120)),
            weekly_hours=hours or None,
            dollar_value=dollars or None,
            provider=story.provider if number == 0 else "",
            notes=f"{story.course}." if number == 0 else "",
        )
        # Read as if prefetched: the barriers that a supportive service answers.
        service._prefetched_objects_cache = {"barriers": [dice.choice(made.barriers)] if dollars else []}
        made.services.append(service)


def initial_assessment(made: MadeUp, program: Program, lists: Lists) -> PlannedService:
    """The assessment that an IEP rests on, done when the plan was begun."""
    day = made.version.created_on
    service = PlannedService(
        plan=made.plan,
        service=lists.services[INITIAL_ASSESSMENT],
        goal=made.goals[0],
        program=program,
        planned_start_on=day,
        planned_end_on=day,
        actual_start_on=day,
        ended_on=day,
        status=ServiceStatus.COMPLETE,
        gate_exemption=GateExemption.ASSESSMENT,
    )
    service._prefetched_objects_cache = {"barriers": []}
    return service


def make_progress(made: MadeUp, approved_on: date) -> None:
    """What has happened by today under a plan in force."""
    dice, today = made.dice, made.today
    for service in made.services:
        service.authorised_in, service.authorised_on = made.version, approved_on
        if service.actual_start_on or max(service.planned_start_on, service.authorised_on) > today:
            continue
        luck = dice.random()
        if luck < 0.06:
            service.status, service.never_provided_reason = ServiceStatus.NEVER_PROVIDED, NeverProvided.NO_SHOW
        elif luck < 0.9:
            begin_service(dice, service, today)
    for goal in made.goals:
        statuses = [service.status for service in made.services if service.goal is goal]
        if statuses and all(status == ServiceStatus.COMPLETE for status in statuses):
            goal.status, goal.verified_how = GoalStatus.COMPLETE, VERIFIED
        elif ServiceStatus.STARTED in statuses or ServiceStatus.COMPLETE in statuses:
            goal.status = dice.choice((GoalStatus.STARTED, GoalStatus.ON_TRACK))
    for step in made.action_steps:
        step.authorised_in, step.authorised_on = made.version, approved_on
        if approved_on <= step.due_on <= today and dice.random() < 0.7:
            step.done_on = step.due_on


def begin_service(dice: random.Random, service: PlannedService, today: date) -> None:
    service.status = ServiceStatus.STARTED
    service.actual_start_on = max(service.planned_start_on, service.authorised_on)
    if service.planned_end_on <= today and dice.random() < 0.8:
        service.status, service.ended_on = ServiceStatus.COMPLETE, service.planned_end_on
