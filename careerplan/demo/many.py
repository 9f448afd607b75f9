"""Many made-up customers at once, for measuring and for tests: batches of rows with their history and sealed contents.

They are written without the actions, which would take hours, but stand as the actions would have left them: contents
sealed from the same rows, evidence, events. Only the papers are missing, since a paper is a file.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from acknowledgments.agreement.fitting import with_job_fit
from acknowledgments.agreement.sealing import SHORT_CODE_LETTERS
from acknowledgments.agreement.statement import STATEMENT_VERSION, statement
from acknowledgments.agreement.working_copy import assemble, head_of
from acknowledgments.contents.chain import BEGINNING, link_of
from acknowledgments.contents.items import KINDS, SCHEMA, JobFitItem, PlanContents
from acknowledgments.contents.sealed_text import canonical_json, digest_of
from acknowledgments.enums import Method
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from careerplan.base import clock
from careerplan.base.database import insert_quickly, update_quickly
from careerplan.base.history import Entry, changed_values, history_row, record_all, remember, signed
from careerplan.demo.made_up import INITIAL_ASSESSMENT, Lists, MadeUp, Move, draw, make_progress, state_id
from careerplan.demo.pen import BROWSER
from careerplan.plans.kinds import Kind
from careerplan.plans.models import PlanVersion, VersionEvent
from careerplan.plans.policy import TRANSITIONS
from customers.models import Customer
from services.models import PlannedService

BATCH = 500
TELL_EVERY = 1000


def build_many(count: int, *, seed: int, today: date, tell: Callable[[str], None]) -> None:
    """Add the customers 1 to `count` of this seed that are missing."""
    lists, password = Lists(), make_password(settings.DEMO_PASSWORD)
    for first in range(1, count + 1, BATCH):
        last = min(first + BATCH - 1, count)
        wanted = {state_id(seed, number): number for number in range(first, last + 1)}
        present = set(Customer.objects.filter(state_id__in=wanted).values_list("state_id", flat=True))
        missing = [number for key, number in wanted.items() if key not in present]
        made = [draw(number, seed=seed, today=today, lists=lists, password=password) for number in missing]
        with transaction.atomic():
            save(made)
        if last % TELL_EVERY == 0 or last == count:
            tell(f"{last} of {count} customers")


def save(batch: list[MadeUp]) -> None:
    """Parents before children, a table at a time; and in the order of a plan's life, which the database asks for."""
    if not batch:
        return
    at = clock.now()  # every row says itself when it was written
    for name in ("user", "customer", "enrollment", "plan", "version"):
        record_all([getattr(made, name) for made in batch], by=None, at=at)
    VersionEvent.objects.bulk_create(begun(made.version) for made in batch)
    for kind in KINDS:
        record_all([row for made in batch for row in made.of(kind)], by=None, at=at)
    link_barriers(batch)
    sent = [made for made in batch if made.sent is not None]
    seals = seal_all(sent)
    move_all([(made.version, made.sent) for made in sent if made.sent is not None])
    requests = ask_all(seals)
    acknowledge_all(seals, requests)
    approved = [(made, made.approved) for made in sent if made.approved is not None]
    move_all([(made.version, move) for made, move in approved])
    go_on(approved)


def begun(version: PlanVersion) -> VersionEvent:
    return VersionEvent(
        version=version, name="open", target=version.state, by=version.created_by, at=version.created_at
    )


def move_all(moves: list[tuple[PlanVersion, Move]]) -> None:
    """Each version along its move, with the history and the event that `transitions.move` leaves."""
    events = []
    for version, move in moves:
        remember(version)
        source, version.state = version.state, TRANSITIONS[move.name].target
        version.row_version += 1
        for column, value in move.columns.items():
            setattr(version, column, value)
        passed = {"name": move.name, "source": source, "target": version.state}
        events.append(VersionEvent(version=version, **passed, by=move.by, at=move.at))
    if moves:
        columns = ["state", "row_version", *moves[0][1].columns]
        QuerySet(PlanVersion).bulk_update([version for version, _move in moves], columns)
        entries = [history_row(row, "~", Entry(move.by, move.at, move.name)) for row, move in moves]
        insert_quickly(entries, batch_size=BATCH)
        VersionEvent.objects.bulk_create(events)


def link_barriers(batch: list[MadeUp]) -> None:
    link = PlannedService.barriers.through
    services = (service for made in batch for service in made.services)
    link.objects.bulk_create(
        link(plannedservice=service, barrier=barrier) for service in services for barrier in service.barriers.all()
    )


Seals = list[tuple[MadeUp, Seal]]
# What is asked for of the job fit review, by the kind of plan and the occupation of its goal.
Fits = dict[tuple[str, str], JobFitItem | None]
Requests = list[AcknowledgmentRequest]


def seal_all(batch: list[MadeUp]) -> Seals:
    fits: Fits = {}
    seals = [(made, seal_of(made, made.sent.at, fits)) for made in batch if made.sent is not None]
    Seal.objects.bulk_create(seal for _made, seal in seals)
    return seals


def seal_of(made: MadeUp, at: datetime, fits: Fits) -> Seal:
    canonical = canonical_json(contents_of_rows(made, fits))
    letters = random.Random(made.short_code_seed).choices(SHORT_CODE_LETTERS, k=12)
    seal = Seal(
        version=made.version,
        canonical=canonical,
        digest=digest_of(canonical),
        schema=SCHEMA,
        short_code="".join(letters),
        sealed_at=at,
        sealed_by=made.planner,
        planner_name=str(made.planner),
    )
    seal.chain_digest = link_of(BEGINNING, vars(seal))
    return seal


def contents_of_rows(made: MadeUp, fits: Fits) -> PlanContents:
    """The rows are sealed before anything begins: no job fit review either, of which `fits` remembers what is asked."""
    rows = {kind: sorted(made.of(kind), key=place_of(kind)) for kind in KINDS}
    enrollments = [made.enrollment]
    head = head_of(made.customer, made.version, enrollments, [], "", None)
    assessed = [str(row.ended_on) for row in made.services if row.service.code == INITIAL_ASSESSMENT]
    head = replace(head, is_first=True, initial_assessed_on="".join(assessed))
    contents = assemble(made.plan, rows, enrollments, head)
    goal = contents.career_goal("employment")
    chosen = contents.plan_type, goal.occupation_code if goal else ""
    if chosen not in fits:
        fits[chosen] = with_job_fit(contents, made.plan.pk, explored=False).about.job_fit
    return replace(contents, about=replace(contents.about, job_fit=fits[chosen]))


def place_of(kind: Kind) -> Callable[[Any], Any]:
    """Where a row stands among its kind, as the database orders them."""
    return attrgetter(*(name.replace("__", ".") for name in kind.order))


def ask_all(seals: Seals) -> Requests:
    return AcknowledgmentRequest.objects.bulk_create(
        AcknowledgmentRequest(
            seal=seal,
            key=made.key,
            created_at=seal.sealed_at,
            notified_at=seal.sealed_at,
            opened_at=made.approved and made.approved.at,
        )
        for made, seal in seals
    )


def acknowledge_all(seals: Seals, requests: Requests) -> None:
    """Evidence first: a request is answered by nothing else."""
    words, zone = statement(), timezone.get_default_timezone_name()
    Acknowledgment.objects.bulk_create(
        acknowledgment(made, made.approved.at, seal, request, words, zone)
        for (made, seal), request in zip(seals, requests, strict=True)
        if made.approved is not None
    )
    answered = [request for (made, _seal), request in zip(seals, requests, strict=True) if made.approved is not None]
    for request in answered:
        request.answered_at = request.opened_at
    if answered:
        update_quickly(answered, ["answered_at"])


# What goes on once a version is in force, by kind of row.
GOES_ON = {
    "services": (
        "authorised_in", "authorised_on", "status", "actual_start_on", "ended_on", "never_provided_reason",
    ),
    "goals": ("status", "verified_how"),
    "action_steps": ("authorised_in", "authorised_on", "done_on"),
}  # fmt: skip


def go_on(approved: list[tuple[MadeUp, Move]]) -> None:
    """What has happened under the plans in force, as the planner recorded it, with its history."""
    for made, move in approved:
        for row in (*made.services, *made.goals, *made.action_steps):
            remember(row)
            signed(row, by=made.planner, at=move.at)
        make_progress(made, move.columns["approved_on"])
    for name, columns in GOES_ON.items():
        rows = [row for made, _move in approved for row in getattr(made, name) if changed_values(row)]
        if rows:
            update_quickly(rows, columns)
            entries = [history_row(row, "~", row.carried.entry) for row in rows]
            insert_quickly(entries, batch_size=BATCH)


def acknowledgment(
    made: MadeUp, at: datetime, seal: Seal, request: AcknowledgmentRequest, words: str, zone: str
) -> Acknowledgment:
    name = str(made.customer)
    return Acknowledgment(
        version=made.version,
        seal=seal,
        request=request,
        method=Method.ELECTRONIC,
        signer=made.user,
        signer_name=name,
        sealed_name=seal.contents.about.customer_name,
        typed_name=name,
        acknowledged_at=at,
        local_time=timezone.localtime(at).isoformat(timespec="seconds"),
        time_zone=zone,
        digest=seal.digest,
        statement=words,
        statement_version=STATEMENT_VERSION,
        language="en",
        ip_address=made.address,
        user_agent=BROWSER,
    )
