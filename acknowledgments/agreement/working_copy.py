"""Reads the working copy of a plan into contents, in a fixed number of queries whatever the number of rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery

from acknowledgments.contents.items import (
    About,
    ActionStepItem,
    AssessmentItem,
    BarrierItem,
    CareerGoalItem,
    GoalItem,
    PlanContents,
    Removal,
    ServiceItem,
)
from acknowledgments.models import Acknowledgment
from careerplan.plans.models import Barrier, EmploymentPlan, LegacyPlan, PlanVersion
from customers.models import Assessment, AssessmentSummary, Customer, Enrollment
from goals.enums import GoalStatus
from goals.models import ActionStep, CareerGoal, CareerPath, Goal
from services.enums import AssessmentStep, Continuation, ServiceStatus
from services.models import PlannedService
from services.participation import causes_participation

ROLE_ORDER = ("employment", "short_employment", "short_education", "long_term", "self_sufficiency")


def contents_of(plan: EmploymentPlan, version: PlanVersion) -> PlanContents:
    """The working copy as it stands, with the head of the form for `version`. Eleven queries at most."""
    enrollments = list(
        Enrollment.objects.filter(customer=plan.customer_id).select_related("program").order_by("begun_on", "id")
    )
    still_open = [enrollment for enrollment in enrollments if enrollment.exited_on is None]
    rows = {
        "career_goal": list(CareerGoal.objects.filter(plan=plan).select_related("occupation")),
        "goal": list(Goal.objects.filter(plan=plan).select_related("category").in_order()),
        "barrier": list(Barrier.objects.filter(plan=plan).select_related("category").order_by("id")),
        "service": list(
            PlannedService.objects.filter(plan=plan)
            .select_related("service__category", "program", "assessment")
            .prefetch_related("barriers")
            .in_order()
        ),
        "action_step": list(ActionStep.objects.filter(plan=plan).order_by("goal__position", "id")),
    }
    return assemble(plan, rows, enrollments, about(plan, version, still_open))


def assemble(plan: EmploymentPlan, rows: dict[str, list], enrollments: list[Enrollment], head: About) -> PlanContents:
    """Contents from rows already read: items that stand in the plan, and why the others left it.

    `enrollments`: all of the customer's, those that ended, too.
    """
    standing = {kind: [row for row in found if row.removed_at is None] for kind, found in rows.items()}
    gone = [(kind, row) for kind, found in rows.items() for row in found if row.removed_at is not None]
    services = [service_item(row, enrollments) for row in standing["service"]]
    return PlanContents(
        plan_type=plan.plan_type,
        career_goals=tuple(
            career_goal_item(row) for row in sorted(standing["career_goal"], key=lambda row: ROLE_ORDER.index(row.role))
        ),
        goals=tuple(goal_item(row, standing["service"]) for row in standing["goal"]),
        barriers=tuple(barrier_item(row) for row in standing["barrier"]),
        services=tuple(services),
        action_steps=tuple(step_item(row) for row in standing["action_step"]),
        barriers_comment=plan.barriers_comment,
        comment_rewording=plan.comment_rewording,
        no_services_reason=plan.no_services_reason,
        no_supportive_services=plan.no_supportive_services,
        removals=tuple(removal(kind, row, enrollments) for kind, row in gone),
        about=head,
    )


def removal(kind: str, row: Any, enrollments: list[Enrollment]) -> Removal:
    """Why an item left, and how it stood then: a removed row is never changed again."""
    is_service = kind == "service"
    goes_on = is_service and row.continuation == Continuation.FUNDING
    return Removal(
        kind,
        row.pk,
        getattr(row, "removal", ""),
        status=getattr(row, "status", ""),
        ended_on=iso(row.ended_on) if is_service else "",
        continues=row.continues_id if goes_on else None,
        causes_participation=causes_participation(row, enrollments) if is_service else None,
    )


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:.2f}"


def career_goal_item(row: CareerGoal) -> CareerGoalItem:
    return CareerGoalItem(
        id=row.pk,
        role=row.role,
        explores=row.explores,
        occupation_code=row.occupation.code if row.occupation else "",
        occupation=row.occupation.title if row.occupation else "",
        words=row.words,
    )


def goal_item(row: Goal, services: list[PlannedService]) -> GoalItem:
    mine = [service for service in services if service.goal_id == row.pk]
    starts = [day for service in mine for day in (service.planned_start_on, service.actual_start_on) if day]
    ends = [service.planned_end_on for service in mine if service.planned_end_on]
    return GoalItem(
        id=row.pk,
        statement=row.statement,
        category=row.category.name,
        term=row.term,
        status=row.status,
        starts_on=iso(min(starts, default=None)),
        ends_on=iso(max(ends, default=None)),
        times_off_track=row.times_off_track if row.status == GoalStatus.OFF_TRACK else 0,
    )


def barrier_item(row: Barrier) -> BarrierItem:
    return BarrierItem(
        id=row.pk,
        category_code=row.category.code,
        category=row.category.name,
        description=row.description,
        how_addressed=row.how_addressed,
        status=row.status,
        confidential=row.category.is_confidential,
        rewording=row.rewording,
    )


def service_item(row: PlannedService, enrollments: list[Enrollment]) -> ServiceItem:
    service = row.service
    barriers = row.barriers.all() if row.pk else []  # one that is about to go on from another is not saved yet
    return ServiceItem(
        id=row.pk,
        code=service.code,
        name=service.name,
        service_class=service.service_class,
        category=service.category.name,
        goal_id=row.goal_id,
        program_code=row.program.code if row.program else "",
        is_training=service.is_training,
        is_supportive=service.is_supportive,
        is_referral=service.is_referral,
        is_gate_exempt=service.is_gate_exempt,
        causes_participation=causes_participation(row, enrollments),
        in_exploration=service.in_exploration,
        needs_dollar_value=service.needs_dollar_value,
        status=row.status,
        planned_start_on=iso(row.planned_start_on),
        planned_end_on=iso(row.planned_end_on),
        actual_start_on=iso(row.actual_start_on),
        ended_on=iso(row.ended_on),
        weekly_hours=plain(row.weekly_hours),
        provider=row.provider,
        provider_contact=row.provider_contact,
        dollar_value=plain(row.dollar_value),
        notes=row.notes,
        barrier_ids=tuple(sorted(barrier.pk for barrier in barriers if barrier.removed_at is None)),
        assessment=row.assessment.name if row.assessment else "",
        exploration_reason=row.exploration_reason,
        contract=row.contract,
        continues=row.continues_id,
        continuation=row.continuation,
    )


def step_item(row: ActionStep) -> ActionStepItem:
    return ActionStepItem(
        id=row.pk,
        goal_id=row.goal_id,
        text=row.text,
        who=row.who,
        due_on=iso(row.due_on),
        done_on=iso(row.done_on),
        rewording=row.rewording,
    )


def about(plan: EmploymentPlan, version: PlanVersion, enrollments: list[Enrollment]) -> About:
    people = Customer.objects.select_related("office__region", "office__grantee", "planner")
    customer = people.annotate(**what_came_before(plan)).get(pk=plan.customer_id)
    assessments = Assessment.objects.filter(customer=customer).order_by("-assessed_on", "-id")[:20]
    summary = AssessmentSummary.objects.filter(customer=customer).order_by("-written_at", "-id").first()
    path = CareerPath.objects.filter(customer=customer).first()
    head = head_of(customer, version, enrollments, list(assessments), summary, path)
    return replace(
        head,
        is_first=not (customer.agreed_before or customer.moved_from),
        initial_assessed_on=iso(customer.initial_assessed_on),
        comprehensive_assessed_on=iso(customer.comprehensive_assessed_on),
        moved_from=customer.moved_from or "",
        moved_acknowledged_on=iso(customer.moved_acknowledged_on),
    )


def what_came_before(plan: EmploymentPlan) -> dict[str, Any]:
    """What the query of the customer adds: whether one agreed to an earlier version of this plan, which makes a later
    review "developed jointly" (12.7.8, footnote 1), when an IEP's assessments were completed in any plan (12.7.3), and
    whether the plan was agreed to in an older system, from which it moved here (12.7.2, note).
    """
    agreed = Acknowledgment.objects.by_customers().filter(version__plan=plan)
    moved = LegacyPlan.objects.agreed_for_programs_of_now().filter(moved_to=plan)
    return {
        "moved_from": Subquery(moved.values("system")[:1]),
        "moved_acknowledged_on": Subquery(moved.values("acknowledged_on")[:1]),
        "agreed_before": Exists(agreed),
        "initial_assessed_on": completed(AssessmentStep.INITIAL),
        "comprehensive_assessed_on": completed(AssessmentStep.COMPREHENSIVE),
    }


def completed(step: AssessmentStep) -> Subquery:
    """The day on which the assessment was completed last."""
    done = PlannedService.objects.filter(plan__customer=OuterRef("pk"), status=ServiceStatus.COMPLETE)
    return Subquery(done.filter(service__assessment_step=step).order_by("-ended_on").values("ended_on")[:1])


def head_of(
    customer: Customer,
    version: PlanVersion,
    enrollments: list[Enrollment],
    assessments: list[Assessment],
    summary: AssessmentSummary | None,
    path: CareerPath | None,
) -> About:
    office, planner = customer.office, customer.planner
    middle = f" {customer.middle_name[:1]}." if customer.middle_name else ""
    return About(
        customer_name=f"{customer.last_name}, {customer.first_name}{middle}",
        participant_id=customer.state_id,
        customer_address="\n".join(filter(None, [customer.street, customer.place])),
        customer_phone=customer.phone,
        customer_email=customer.email,
        language=customer.language,
        needs=customer.needs,
        programs=tuple(enrollment.program.name for enrollment in enrollments),
        agency=settings.AGENCY_NAME,
        region=office.region.name,
        office=office.name,
        office_address=", ".join(
            filter(None, [office.street, office.city, f"{office.state} {office.zip_code}".strip()])
        ),
        office_phone=office.phone,
        office_relay=office.relay,
        grantee=office.grantee.name,
        planner_name=str(planner) if planner else "",
        planner_phone=planner.phone if planner else "",
        planner_email=planner.email if planner else "",
        version=version.number,
        created_on=iso(version.created_on),
        wage_goal=plain(path.wage_goal) if path else "",
        assessment_summary=summary.text if summary else "",
        assessments=tuple(
            AssessmentItem(row.name, row.result, row.get_kind_display(), iso(row.assessed_on)) for row in assessments
        ),
    )
