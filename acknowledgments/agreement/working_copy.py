"""Reads the working copy of a plan into contents, in a fixed number of queries whatever the number of rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from acknowledgments.agreement.assessed import said_in_sections
from acknowledgments.agreement.fitting import explored_last, with_job_fit
from acknowledgments.contents.items import KINDS, About, AssessmentItem, CredentialItem, PlanContents, Removal
from acknowledgments.models import Acknowledgment
from careerplan.base.links import ValuesAsJson
from careerplan.base.names import listed_name
from careerplan.base.prepared import PreparedRows
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Kind, Reading, decimal_text, iso
from careerplan.plans.models import EmploymentPlan, LegacyPlan, PlanVersion
from careerplan.plans.working_rows import rows_of_plan
from customers.enums import PlanType
from customers.models import Assessment, AssessmentSummary, Customer, Enrollment
from goals.models import CareerPath
from goals.proposing.models import StepProposal
from services.enums import AssessmentStep, ServiceStatus
from services.items import SERVICE
from services.models import EarnedCredential, PlannedService

OF_A_CREDENTIAL = ("id", "name", "credential_type", "earned_on", "approved")


def enrollments_of(customer_id: int) -> list[Enrollment]:
    """All of the customer, those that ended, too. One query."""
    return ENROLLMENTS.read(customer_id)


def all_enrollments(customer: int) -> QuerySet[Enrollment]:
    rows: QuerySet[Enrollment] = Enrollment.objects.filter(customer=customer).with_programs()
    return rows.order_by("begun_on", "id")


ENROLLMENTS = PreparedRows(all_enrollments)


@dataclass(frozen=True)
class WorkingCopy:
    """A plan as it stands: its contents, and what they were read from. Of a locked plan it stays so."""

    contents: PlanContents
    rows: Mapping[Kind, list[Any]]
    open_enrollments: Sequence[Enrollment]


def contents_of(plan: EmploymentPlan, version: PlanVersion) -> PlanContents:
    """The working copy as it stands, with the head of the paper for `version`. Five queries, or six."""
    return read_working_copy(plan, version, enrollments_of(plan.customer_id)).contents


def read_working_copy(plan: EmploymentPlan, version: PlanVersion, enrollments: Sequence[Enrollment]) -> WorkingCopy:
    """As `contents_of`, with the rows. `enrollments`: as `enrollments_of`. Four queries, or five."""
    still_open = [enrollment for enrollment in enrollments if enrollment.exited_on is None]
    rows = rows_of_plan(plan.pk)
    head, explored = about(plan, version, still_open)
    contents = with_job_fit(assemble(plan, rows, enrollments, head), plan.pk, explored=explored)
    return WorkingCopy(contents, rows, still_open)


def assemble(
    plan: EmploymentPlan, rows: Mapping[Kind, list[Any]], enrollments: Sequence[Enrollment], head: About
) -> PlanContents:
    """Contents from rows already read: items that are in the plan, and why the others left it.

    `enrollments`: all of the customer's, those that ended, too.
    """
    in_plan = {kind: sorted((row for row in rows[kind] if row.removed_at is None), key=kind.place) for kind in KINDS}
    gone = [(kind, row) for kind in KINDS for row in rows[kind] if row.removed_at is not None]
    reading = Reading(tuple(enrollments), goal_days(in_plan[SERVICE]))
    items: dict[str, Any] = {kind.plural: tuple(kind.read(row, reading) for row in in_plan[kind]) for kind in KINDS}
    return PlanContents(
        **{field.name: getattr(plan, field.bound) for field in PLAN.fields},
        **items,
        removals=tuple(removal(kind, row, reading) for kind, row in gone),
        about=head,
    )


def removal(kind: Kind, row: Any, reading: Reading) -> Removal:
    """Why an item left, and how it stood then: a removed row is never changed again."""
    left = kind.left(row, reading)
    return Removal(kind.name, row.pk, getattr(row, "removal", ""), status=getattr(row, "status", ""), **left)


def goal_days(services: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """The first and the last day of the services of each goal (ILL-047)."""
    starts: dict[int, list[date]] = {}
    ends: dict[int, list[date]] = {}
    for service in services:
        starts.setdefault(service.goal_id, []).extend(filter(None, (service.planned_start_on, service.actual_start_on)))
        ends.setdefault(service.goal_id, []).extend(filter(None, (service.planned_end_on,)))
    return {key: (iso(min(days, default=None)), iso(max(ends[key], default=None))) for key, days in starts.items()}


def about(plan: EmploymentPlan, version: PlanVersion, enrollments: list[Enrollment]) -> tuple[About, bool]:
    """The head but for the job fit review, and whether the version that was last active explored."""
    people = Customer.objects.select_related("office__region", "office__grantee", "planner", "career_path")
    customer: Any = people.annotate(**what_came_before(plan)).get(pk=plan.customer_id)
    taken = Assessment.objects.filter(customer=customer).select_related("area")
    assessments = taken.order_by("-assessed_on", "-id")[:20]
    path: CareerPath | None = getattr(customer, "career_path", None)
    head = head_of(customer, version, enrollments, list(assessments), customer.summary or "", path)
    head = replace(
        head,
        is_first=not (customer.agreed_before or customer.moved_from),
        initial_assessed_on=iso(customer.initial_assessed_on),
        comprehensive_assessed_on=iso(customer.comprehensive_assessed_on),
        written_in=plan.written_in,
        undecided_steps=customer.undecided_steps,
        moved_from=customer.moved_from or "",
        moved_acknowledged_on=iso(customer.moved_acknowledged_on),
        credentials=tuple(credential_item(row) for row in sorted(customer.earned or (), key=in_time)),
        **said_in_sections(plan),
    )
    return head, bool(customer.explored)


def credential_item(row: Mapping[str, Any]) -> CredentialItem:
    listed = row["approved"] is not None
    return CredentialItem(row["name"], row["credential_type"], row["earned_on"], listed)


def in_time(row: Mapping[str, Any]) -> tuple[str, int]:
    return row["earned_on"], row["id"]


def what_came_before(plan: EmploymentPlan | int) -> dict[str, Any]:
    """What the query of the customer adds: whether one agreed to an earlier version of this plan, which makes a later
    review "developed jointly" (12.7.8, footnote 1), when an IEP's assessments were completed in any plan (12.7.3), and
    whether the plan was agreed to in an older system, from which it moved here (12.7.2, note), the newest summary of
    the assessments, whether career exploration was the goal of the version that was last active (AMB-W1), and how many
    steps that the customer proposed are not decided (12.7.5, Action Steps, note), and which credentials were earned.
    """
    agreed = Acknowledgment.objects.by_customers().filter(version__plan=plan)
    summaries = AssessmentSummary.objects.filter(customer=OuterRef("pk")).newest_first()
    undecided = StepProposal.objects.waiting().filter(plan=plan).order_by().values("plan").annotate(number=Count("pk"))
    earned = EarnedCredential.objects.filter(customer=OuterRef("pk")).order_by().values("customer")
    earned = earned.annotate(rows=ValuesAsJson(JSONObject(**{name: name for name in OF_A_CREDENTIAL})))
    moved = LegacyPlan.objects.agreed_for_programs_of_now().filter(moved_to=plan)
    return {
        "summary": Subquery(summaries.values("text")[:1]),
        "moved_from": Subquery(moved.values("system")[:1]),
        "moved_acknowledged_on": Subquery(moved.values("acknowledged_on")[:1]),
        "agreed_before": Exists(agreed),
        "explored": explored_last(),
        "initial_assessed_on": completed(AssessmentStep.INITIAL),
        "comprehensive_assessed_on": completed(AssessmentStep.COMPREHENSIVE),
        "earned": Subquery(earned.values("rows")),
        "undecided_steps": Coalesce(Subquery(undecided.values("number")), 0),
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
    summary: str,
    path: CareerPath | None,
) -> About:
    office, planner = customer.office, customer.planner
    middle = f" {customer.middle_name[:1]}." if customer.middle_name and customer.first_name else ""
    return About(
        customer_name=listed_name(customer.first_name + middle, customer.last_name),
        participant_id=customer.state_id,
        customer_address="\n".join(filter(None, [customer.street, customer.place])),
        customer_phone=customer.phone,
        customer_email=customer.email,
        language=customer.language,
        needs=customer.needs,
        programs=tuple(enrollment.program.name for enrollment in enrollments),
        youth_programs=tuple(
            enrollment.program.name for enrollment in enrollments if enrollment.program.plan_type == PlanType.ISS
        ),
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
        wage_goal=decimal_text(path.wage_goal) if path else "",
        assessment_summary=summary,
        assessments=tuple(
            AssessmentItem(row.name, row.result_in_words, row.get_kind_display(), iso(row.assessed_on))
            for row in assessments
        ),
    )
