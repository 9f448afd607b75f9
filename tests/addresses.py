"""Every address of the product, with values for its parameters, and how a test calls it."""

import re
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from traceback import format_exception

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from acknowledgments.filing.failed import failed_papers
from acknowledgments.models import AcknowledgmentRequest, ItemQuestion, Paper, StaffRequest
from careerplan.base import clock
from careerplan.imports.models import Import, ImportRow
from careerplan.messaging.failed import failed_emails
from careerplan.messaging.models import Absence, Message
from careerplan.plans.models import BarrierCategory, EmploymentPlan
from customers.calendar_feeds import make_feed
from customers.models import Assessment, CaseNote, SavedView, Upload
from customers.threads import written_threads
from goals.fit.models import JobFitReview
from goals.models import ActionStep, Goal
from goals.proposing.models import StepProposal
from services.attendance.models import Attendance
from services.costs.models import Budget, CostLine
from services.feed.models import FeedRecord, FeedSource
from services.models import EarnedCredential, PlannedService
from tests import people, stock
from tests.points_of_life import (
    a_colleague,
    asking,
    attending,
    bringing,
    bringing_jobs,
    bringing_services,
    colleague_away,
    earning,
    failing,
    fed,
    fitting,
    followed_up,
    listing,
    noted,
    on_paper,
    paying,
    placing,
    proposing,
    signed_on_paper,
    supervising,
    two_taken_for_one,
    with_readers,
    writing,
)
from tests.worksites.places.places import filed, job_of_the_document
from worksites.evaluations.codes import secret_of
from worksites.evaluations.models import SupervisorLink
from worksites.models import FollowUp, Job, PayrollEntry, PayrollUpload, Placement


def addresses(patterns=None, spaces=(), under=""):
    """(name with its namespaces, parameter -> its kind) of every address, but those of the administration."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = under + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*spaces, pattern.name or whole])
            yield name, {parameter: kind for kind, parameter in re.findall(r"<(?:(\w+):)?(\w+)>", whole)}
        elif pattern.namespace != "admin":
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern.url_patterns, (*spaces, *space), whole)


PARAMETERS = dict(addresses())


def administration(key="1"):
    """Every address of the administration but its sign-out, with the same key for each."""
    space = next(pattern for pattern in get_resolver().url_patterns if getattr(pattern, "namespace", "") == "admin")
    for pattern in routes(space.url_patterns):
        if pattern != "logout/":
            filled = re.sub(r"<app_label>\w+|\(\?P<app_label>[^)]*\)", "customers", pattern)
            yield "/admin/" + re.sub(r"<[^>]+>|\([^)]*\)", key, filled).replace("^", "").rstrip("$")


def routes(patterns, under=""):
    for pattern in patterns:
        whole = under + str(pattern.pattern)
        yield from [whole] if isinstance(pattern, URLPattern) else routes(pattern.url_patterns, whole)


# Pages that make sense only at another point of a plan's life than Angela's.
CALLED_FOR = {
    "my:acknowledge": people.tyrell,
    "my:opened": people.tyrell,
    "my:ask": people.tyrell,
    "my:disagree": people.tyrell,
    "plan:question-answer": asking,
    "plan:desk": asking,
    "plan:desk-code": asking,
    "plan:hand-over": asking,
    "today-remind": asking,
    "customers:thread": writing,
    "my:thread": writing,
    "message-read": writing,
    "customers:separate": two_taken_for_one,
    "absence-end": writing,
    "person-absence-end": colleague_away,
    "plan:agreement-record": on_paper,
    "plan:unable": on_paper,
    "plan:evidence-add": signed_on_paper,
    **{name: fitting for name in PARAMETERS if "job-fit" in name},
    **{name: with_readers for name in PARAMETERS if name.startswith("customers:section-confidential")},
    "plan:proposal-accept": proposing,
    "plan:proposal-decline": proposing,
    "my:proposal-take-back": proposing,
    "my:steps": proposing,
    "plan:attendance-edit": attending,
    "system-email-again": failing,
    "system-paper-again": failing,
    **{name: noted for name in PARAMETERS if name.startswith("customers:case-note-") or name == "customers:case-note"},
    **{name: fed for name in PARAMETERS if name.startswith("plan:feed-")},
    **{name: bringing for name in PARAMETERS if name.startswith("customer-import:")},
    **{name: listing for name in PARAMETERS if name.startswith("provider-import:")},
    **{name: bringing_jobs for name in PARAMETERS if name.startswith("worksite-import:")},
    **{name: paying for name in PARAMETERS if name.startswith("payroll-")},
    "credential-edit": earning,
    "follow-up": followed_up,
    "follow-up-take-back": followed_up,
    **{name: placing for name in PARAMETERS if "placement" in name or name == "job-customers"},
    **{name: supervising for name in PARAMETERS if name.startswith("supervisor")},
    **{name: bringing_services for name in PARAMETERS if name.startswith("catalog-import:")},
}


def view_of_planner():
    return SavedView.objects.get_or_create(user=people.planner(), name="Drafts", query="plan=draft")[0].pk


def secret_for(name, customer):
    if name == "calendar-feed":
        return make_feed(by=people.planner(), at=clock.now())
    link = SupervisorLink.objects.filter(placement__planned__plan__customer=customer).first()
    return secret_of(link.seed) if link else None


def customer_of(name, angela):
    return CALLED_FOR[name]() if name in CALLED_FOR else angela


# --- many addresses in one test ----------------------------------------------------------------

# So many in one test that what they need is made for a few tests, and so few that several processes share them.
IN_A_PART = 25
# So many places of what failed are shown, from its end.
LAST_PLACES = -5


def in_parts(cases):
    """Gives a test the cases in parts, as `part`: each is the name of an address, or a tuple that begins with it."""
    cases = sorted(((case,) if isinstance(case, str) else tuple(case) for case in cases), key=maker)
    parts = [cases[first : first + IN_A_PART] for first in range(0, len(cases), IN_A_PART)]
    return pytest.mark.parametrize("part", parts, ids=[f"from {'-'.join(part[0])}" for part in parts])


def maker(case):
    """By whom the customer is made for whom the address is called; nobody where it is Angela."""
    name, *_more = case
    return CALLED_FOR[name].__name__ if name in CALLED_FOR else ""


def each_of_its_customer(part, angela, check, begin=lambda customer: customer):
    """The check gets what `begin` makes of the customer, once for all cases that have the same, and the case."""
    faults = {}
    for _maker, cases in groupby(part, maker):
        cases = list(cases)
        with undone():
            at = begin(customer_of(cases[0][0], angela))
            faults |= faults_of(cases, lambda *case, at=at: check(at, *case))
    name_all(faults)


def each(part, check):
    name_all(faults_of(part, check))


def faults_of(cases, check):
    """Each case finds what the first one found."""
    faults = {}
    for case in cases:
        try:
            with undone(), translation.override("en"):
                check(*case)
        except Exception as error:
            faults[", ".join(case)] = "".join(format_exception(error, limit=LAST_PLACES))
    return faults


def name_all(faults):
    if faults:
        told = "".join(f"\n{case}:\n{fault}" for case, fault in faults.items())
        pytest.fail(f"{'; '.join(faults)}\n{told}", pytrace=False)


# --- the address itself ------------------------------------------------------------------------


def arguments_of(customer, name=""):
    """A value for every parameter of the address, of any address where none is named: the customer's own."""
    plan = EmploymentPlan.objects.get(customer=customer)
    the_job = cache(job_of_the_document)
    first_version = cache(lambda: plan.versions.order_by("number").first())
    first_goal = cache(lambda: Goal.objects.in_plan().filter(plan=plan).first())
    asked_for = {"supervisor-ask": "evaluation", "plan:ask": "start_plan"}
    waiting = Import.objects.exclude(state="done")
    values = {
        "pk": lambda: customer.pk,
        "other_pk": lambda: (customer.former_records.first() or people.jennifer()).pk,
        "secret": lambda: secret_for(name, customer),
        "enrollment_pk": lambda: key_of(customer.enrollments),
        "note_pk": lambda: key_of(CaseNote.objects.filter(customer=customer)),
        "attendance_pk": lambda: key_of(Attendance.objects.filter(planned__plan=plan)),
        "assessment_pk": lambda: key_of(Assessment.objects.filter(customer=customer)),
        "upload_pk": lambda: key_of(Upload.objects.filter(customer=customer).exclude(paper__kind="to_sign")),
        "goal_pk": lambda: first_goal().pk,
        "step_pk": lambda: key_of(ActionStep.objects.in_plan().filter(plan=plan)),
        "proposal_pk": lambda: key_of(StepProposal.objects.filter(plan=plan)),
        "barrier_pk": lambda: key_of(plan.barriers.in_plan()),
        "category_pk": lambda: key_of(BarrierCategory.objects.filter(code="TRAN")),
        "move": lambda: "start",
        "how": lambda: "complete",
        "service_pk": lambda: key_of(services_for(name, plan)),
        "placement_pk": lambda: key_of(Placement.objects.filter(planned__plan=plan)),
        "version_pk": lambda: first_version().pk,
        "role": lambda: "long_term" if name == "plan:career-goal-same" else "employment",
        "which": lambda: "first",
        "slug": lambda: "disability-benefits" if "confidential" in name else "education-level",
        "link_pk": lambda: key_of(SupervisorLink.objects.filter(placement__planned__plan=plan)),
        "kind": lambda: asked_for.get(name, "task" if "job-fit" in name else "goal"),
        "review_pk": lambda: key_of(JobFitReview.objects.filter(plan=plan)),
        "method": lambda: "paper",
        "question_pk": lambda: key_of(ItemQuestion.objects.filter(seal__version__plan=plan)),
        "asked_pk": lambda: key_of(AcknowledgmentRequest.objects.filter(seal__version__plan=plan)),
        "view_pk": lambda: view_of_planner() if name == "customers:view-remove" else 0,
        "request_pk": lambda: key_of(StaffRequest.objects.filter(customer=customer)),
        "item_pk": lambda: first_goal().pk,
        "message_pk": lambda: key_of(messages_for(name, customer)),
        "absence_pk": lambda: key_of(
            Absence.objects.filter(person=a_colleague() if "person" in name else customer.planner)
        ),
        "key": lambda: (
            AcknowledgmentRequest.objects.filter(seal__version=first_version()).values_list("key", flat=True).first()
        ),
        "uidb36": lambda: "1",
        "letters": lambda: "BCDFGH",
        "entry": lambda: "region",
        "entry_pk": lambda: customer.office.region_id,
        "person_pk": lambda: a_colleague().pk,
        "email_pk": lambda: key_of(failed_emails()),
        "paper_pk": lambda: key_of(failed_papers()),
        "credential_pk": lambda: key_of(EarnedCredential.objects.filter(customer=customer)),
        "import_pk": lambda: key_of(waiting),
        "cost_pk": lambda: key_of(costs_for(name, plan)),
        "budget_pk": lambda: key_of(Budget.objects.filter(region=customer.office.region_id)),
        "follow_up_pk": lambda: key_of(FollowUp.objects.of_begun().filter(placement__planned__plan=plan)),
        "employer_pk": lambda: the_job().worksite.employer_id,
        "worksite_pk": lambda: the_job().worksite_id,
        "job_pk": lambda: (
            key_of(Job.objects.filter(placements__planned__plan=plan)) if name == "job-customers" else the_job().pk
        ),
        "agreement_pk": lambda: filed(the_job().worksite).pk if name == "agreement-file" else 0,
        "row_pk": lambda: key_of(ImportRow.objects.filter(bringing__in=waiting)),
        "payroll_pk": lambda: key_of(PayrollUpload.objects.all()),
        "paid_pk": lambda: key_of(PayrollEntry.objects.filter(placement__planned__plan=plan)),
        "record_pk": lambda: key_of(FeedRecord.objects.filter(customer=customer)),
        "source_pk": lambda: key_of(FeedSource.objects.filter(asking="files")),
    }
    return {parameter: values[parameter]() for parameter in (PARAMETERS[name] if name else values)}


def services_for(name, plan):
    """The first one; the work experience where a job is chosen."""
    rows = PlannedService.objects.in_plan().filter(plan=plan)
    return rows.filter(service__form_kind="worksite") if "placement" in name else rows


def costs_for(name, plan):
    """A promised one; a planned one for the page that obligates."""
    return CostLine.objects.filter(service__plan=plan, stage="planned" if name == "cost-obligate" else "obligated")


def messages_for(name, customer):
    """What the page is about: a thread, what the planner got, or what the customer did."""
    if name in {"customers:thread", "my:thread"}:
        return written_threads(customer)
    if name == "message-read":
        return Message.objects.filter(recipient=customer.planner, sender=customer.user)
    return Message.objects.filter(recipient=customer.user)


def key_of(rows):
    """The first row's key; 1 where there is none, for pages that need none."""
    return rows.order_by("pk").values_list("pk", flat=True).first() or 1


def address_of(name, values):
    return reverse(name, kwargs={parameter: values[parameter] for parameter in PARAMETERS[name]})


def address_with(name, values, key, number):
    """The same with another number for this key, which need not be one that the product would write."""
    rare = 987_654_321
    return address_of(name, values | {key: rare}).replace(str(rare), str(number))


def what_is_posted(customer):
    """Enough for the buttons; the forms answer that fields are missing."""
    plan = EmploymentPlan.objects.get(customer=customer)
    papers = Paper.objects.filter(seal__version__plan=plan)
    version = plan.versions.order_by("-number").first()
    lines = [f"{row.pk}.{row.row_version}" for row in plan.services.in_plan().order_by("pk")[:2]]
    return {"version": version.pk, "paper": key_of(papers), "service": "BC-JSST", "line": lines}


def writes(queries):
    """The statements that change something else than the session."""
    found = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return [sql for sql in found if '"django_session"' not in sql]


@contextmanager
def undone():
    """What is written here is taken back; the next one begins with the same."""
    taken = len(stock.taken)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        del stock.taken[taken:]


def call(client, method, address, data):
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address, data)
    if response.streaming:
        b"".join(response)  # read to its end, a file is closed
    return response, writes(queries.captured_queries)
