"""A plan as files: what a planner takes into a spreadsheet, and what the state's system wants to know of its services.

The document's head line names "Print Customer Copy", "Export" and the "IWDS Crosswalk" (ILL-022 to ILL-024; AMB-I12).
The copy is a paper (acknowledgments/views/versions.py); the other two are CSV: the plan as it stands today. The
crosswalk comes as JSON, too. None has what is confidential, nor notes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.items import PlanContents
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.paper.rows import plan_rows, without_confidential
from careerplan.base.csv_cells import csv_lines
from careerplan.base.events import note_event
from careerplan.plans.items import BARRIER
from careerplan.plans.pages import PlanPage, started_page
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL
from services.classes.kinds import RELATED
from services.classes.provided import provider_of
from services.crosswalk.codes import codes_in, system_asked
from services.items import SERVICE
from services.models import PlannedService

# A machine reads them: the same in every language (docs/reference-data.md).
CROSSWALK = (
    "participant_id", "plan", "version", "goal", "service_code", "service", "category", "pirl_elements", "system",
    "system_code", "program_code", "status", "planned_start", "planned_end", "actual_start", "actual_end",
    "weekly_hours", "dollar_value", "provider",
)  # fmt: skip


@require_GET
def plan_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Export: everything that stands in the plan, a line each, in the reader's words."""
    page = started_page(request, pk)
    contents = in_plain_words(without_confidential(contents_of(page.plan, newest(page))))
    return csv_file(request, page, "plan", [HEADINGS(), *lines_of(contents)])


@require_GET
def plan_crosswalk(request: HttpRequest, pk: int) -> HttpResponse:
    """Export IWDS Crosswalk: each planned service with its codes and its federal reporting elements (PIRL)."""
    page = started_page(request, pk)
    return csv_file(request, page, "crosswalk", [CROSSWALK, *crosswalk_of(page, system_of(request))])


@require_GET
def plan_crosswalk_json(request: HttpRequest, pk: int) -> JsonResponse:
    """The same rows for a program that reads them: an object each, with the columns as its keys."""
    page = started_page(request, pk)
    rows = [dict(zip(CROSSWALK, row, strict=True)) for row in crosswalk_of(page, system_of(request))]
    note_event("file-taken", request, thing="crosswalk", key=page.plan.pk, customer_id=page.customer.pk)
    return JsonResponse({"services": rows}, headers=attachment(page, "crosswalk", "json"))


def system_of(request: HttpRequest) -> str:
    return system_asked(request.GET.get("system", ""))


def newest(page: PlanPage) -> Any:
    return page.current or page.active or page.versions[0]


def csv_file(request: HttpRequest, page: PlanPage, thing: str, rows: Iterable[Iterable[str]]) -> HttpResponse:
    note_event("file-taken", request, thing=thing, key=page.plan.pk, customer_id=page.customer.pk)
    headers = attachment(page, thing, "csv")
    return HttpResponse("".join(csv_lines(rows)), content_type="text/csv; charset=utf-8", headers=headers)


def attachment(page: PlanPage, thing: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{thing}-{page.customer.state_id}.{ending}"'}


def HEADINGS() -> list[str]:  # the words are the reader's
    return [
        _("Kind"),
        _("Number of the goal"),
        _("What"),
        _("Category"),
        _("Status"),
        _("Starts"),
        _("Ends"),
        _("Who"),
        _("Hours a week"),
        _("Dollar value"),
        _("More"),
    ]


def lines_of(contents: PlanContents) -> Iterator[list[str]]:
    """In plan order: career goals, barriers, each goal with its services and action steps, and what has no goal."""
    rows = plan_rows(contents)
    for goal in rows["career_goals"]:
        yield line(CAREER_GOAL, what=goal["what"], category=goal["role"])
    for barrier in rows["barriers"]:
        more = [barrier["description"], barrier["how"]]
        yield line(BARRIER, what=barrier["category"], status=barrier["status"], more=more)
    for goal in rows["goals"]:
        number = str(goal["number"])
        told = {"what": goal["statement"], "category": goal["category"], "more": [goal["term"]]}
        yield line(GOAL, number, **told, status=goal["status"], starts=goal["starts"], ends=goal["ends"])
        yield from (service_line(service, number) for service in goal["services"])
        for step in goal["steps"]:
            done = _("Done") if step["is_done"] else ""
            yield line(ACTION_STEP, number, what=step["text"], status=done, ends=step["due"], who=step["who"])
    yield from (service_line(service) for service in rows["groundwork"])


def service_line(service: dict[str, Any], number: str = "") -> list[str]:
    told = {name: service[name] for name in ("category", "status", "starts", "ends", "cost")}
    who, hours, more = service["provider"], service["hours"], more_of_service(service)
    return line(SERVICE, number, what=service["name"], who=who, hours=hours, more=more, **told)


def more_of_service(service: dict[str, Any]) -> Iterator[str]:
    """What only its class says: the training program with its credentials, the apprenticeship with its wages."""
    yield from (service["training_program"], *service["expected_credentials"], *service["barriers"])
    yield from (f"{fact['label']}: {fact['text'] or fact['name']}" for fact in service["apprenticeship"])
    yield from (f"{step['when']}: {step['pay']}" for step in service["wage_steps"])


def line(
    kind: Any,
    number: str = "",
    *,
    what: str,
    category: str = "",
    status: str = "",
    starts: str = "",
    ends: str = "",
    who: str = "",
    hours: str = "",
    cost: str = "",
    more: Iterable[str] = (),
) -> list[str]:
    cells = [
        _(kind.label),
        number,
        what,
        category,
        status,
        starts,
        ends,
        who,
        hours,
        cost,
        " · ".join(str(word) for word in more if word),
    ]
    return [str(cell) for cell in cells]


def crosswalk_of(page: PlanPage, system: str) -> Iterator[list[str]]:
    """Every planned service; the code is empty where the system has none for it."""
    planned = PlannedService.objects.in_plan().filter(plan=page.plan).in_order()
    rows = list(planned.select_related("service__category", "program", "goal", *RELATED, "training__listed_provider"))
    codes = codes_in(system, (row.service_id for row in rows))
    for row in rows:
        days = (row.planned_start_on, row.planned_end_on, row.actual_start_on, row.ended_on)
        amounts = (row.weekly_hours, row.dollar_value)
        yield [
            page.customer.state_id,
            str(page.plan.plan_type),
            str(newest(page).number),
            row.goal.statement if row.goal else "",
            row.service.code,
            row.service.name,
            row.service.category.name,
            row.service.pirl_elements,
            system,
            codes.get(row.service_id, ""),
            row.program.code if row.program else "",
            row.status,
            *("" if day is None else day.isoformat() for day in days),
            *("" if amount is None else str(amount) for amount in amounts),
            provider_of(row) or page.customer.office.grantee.name,
        ]
