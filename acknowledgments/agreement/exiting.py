"""What is due of a plan as its customer leaves a program (12.7.6, notes; 12.7.5; 12.7.8): said, and no more."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acknowledgments.models import Acknowledgment
from careerplan.base.dates import in_row
from careerplan.plans.enums import VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion
from customers.exits import DueAtExit
from customers.models import Enrollment
from services.items import UNDER_WAY
from services.models import PlannedService


def due_of_plan(enrollment: Enrollment, on: date) -> list[DueAtExit]:
    """Documents that are not on file, what is not agreed to, services of the program, and the plan of the last one."""
    is_last = (
        not Enrollment.objects.filter(customer=enrollment.customer_id, exited_on=None)
        .exclude(pk=enrollment.pk)
        .exists()
    )
    found = documents(enrollment, on) if is_last else []
    plan = EmploymentPlan.objects.filter(customer=enrollment.customer_id, closed_at=None).first()
    if plan is None:
        return found
    found += versions(plan) if is_last else []
    found += services(plan, enrollment, is_last=is_last)
    return found + ([open_plan(plan)] if is_last else [])


def documents(enrollment: Enrollment, on: date) -> list[DueAtExit]:
    """By the exit, or 30 days after the agreement, whichever is earlier (AMB-W20)."""
    rows = Acknowledgment.objects.with_due_on().filter(
        version__plan__customer=enrollment.customer_id, agreed_on__isnull=False, documents=None
    )
    found = []
    for row in rows.select_related("version").order_by("agreed_on", "pk"):
        due_on = min(row.due_on, max(on, row.agreed_on))
        sentence = _("Upload the document of the agreement to version %(number)d, due by %(day)s.")
        found.append(
            DueAtExit(
                "document",
                "DWD 12.7.6",
                sentence % {"number": row.version.number, "day": in_row(due_on)},
                reverse("plan:evidence-add", args=[enrollment.customer_id, row.version_id]),
                due_on,
            )
        )
    return found


def versions(plan: EmploymentPlan) -> list[DueAtExit]:
    """A draft, or a version that waits for the customer."""
    words = {
        VersionState.DRAFT: _("Version %(number)d is still a draft. Send it, or delete it."),
        VersionState.AWAITING: _("Version %(number)d waits for the customer. Record the agreement, or take it back."),
    }
    path = reverse("plan:agreement", args=[plan.customer_id])
    return [
        DueAtExit("open-version", "DWD 12.7.6", words[VersionState(row.state)] % {"number": row.number}, path)
        for row in PlanVersion.objects.open().filter(plan=plan)
    ]


def services(plan: EmploymentPlan, enrollment: Enrollment, *, is_last: bool) -> list[DueAtExit]:
    """What is planned or under way: with the last program all of it, else what this program gives."""
    rows = PlannedService.objects.in_plan().filter(plan=plan, status__in=UNDER_WAY)
    number = (rows if is_last else rows.filter(program=enrollment.program_id)).count()
    if not number:
        return []
    sentence = ngettext(
        "%(number)d service is still planned or under way. Say how it ended, or why it was never provided.",
        "%(number)d services are still planned or under way. Say how each ended, or why it was never provided.",
        number,
    )
    path = reverse("plan:services", args=[plan.customer_id])
    return [DueAtExit("services", "DWD 12.7.5", sentence % {"number": number}, path)]


def open_plan(plan: EmploymentPlan) -> DueAtExit:
    """The plan lasts as long as the participant is enrolled (12.7.1)."""
    sentence = _("The plan is still open. Close it: as completed, or as not completed.")
    return DueAtExit("open-plan", "DWD 12.7.8", sentence, reverse("plan:overview", args=[plan.customer_id]))
