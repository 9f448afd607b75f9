"""Every address of the product, with values for its parameters, and how a test calls it."""

import re
from contextlib import contextmanager
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.talking import ask_about_item
from acknowledgments.filing.failed import failed_papers
from acknowledgments.models import AcknowledgmentRequest, ItemQuestion, Paper, StaffRequest
from careerplan.base import clock
from careerplan.imports.models import Import, ImportRow
from careerplan.messaging.enums import Notice
from careerplan.messaging.failed import failed_emails
from careerplan.messaging.models import Absence, Message, Notification
from careerplan.plans.actions import open_review
from careerplan.plans.models import BarrierCategory, EmploymentPlan
from customers.absences import go_away
from customers.actions import add_case_note
from customers.calendar_feeds import make_feed
from customers.enrolling import end_enrollment
from customers.merging import merge
from customers.models import Assessment, CaseNote, SavedView, Upload
from customers.threads import write_to_customer, write_to_planner, written_threads
from goals.fit.models import JobFitReview
from goals.items import GOAL
from goals.models import ActionStep, Goal
from goals.proposing.actions import propose_step
from goals.proposing.models import StepProposal
from services.attendance.actions import Said, record_attendance
from services.attendance.enums import Span
from services.attendance.models import Attendance
from services.costs.models import Budget, CostLine
from services.feed.models import FeedRecord, FeedSource
from services.models import EarnedCredential, PlannedService
from tests import payroll, people, placed, states, supervised
from tests.fit import begun
from tests.imported import catalog_brought, checked, person
from tests.providers import earned, listed, program
from tests.rows import write
from tests.services import feeding
from tests.shared_plans import WORKER, asked, closing, enroll
from tests.worksites.follow_ups.done import after, do, placement_since
from tests.worksites.places.places import brought, filed, job_of_the_document, row_of_file
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


def shared_plan():
    """Angela: her version 1 is in force, version 2 is a draft; another planner shares it, and is asked to close it."""
    customer = people.angela()
    enroll(customer, WORKER, people.youth_planner())
    asked(closing(customer, people.planner()), people.planner())
    open_review(EmploymentPlan.objects.get(customer=customer), by=people.planner(), at=clock.now())
    return customer


def on_paper():
    """A customer whose version waits to be signed on paper."""
    customer = states.enrolled()
    states.sent(states.written(customer), electronic=False)
    return customer


def signed_on_paper():
    """A customer who signed on paper; the copy is not on file yet."""
    customer = on_paper()
    agreed = {"method": "paper", "agreed_on": timezone.localdate(), "name": str(customer)}
    record_agreement(states.newest(customer), **agreed, by=people.planner(), at=clock.now())
    return customer


def asking():
    """A customer who asks about the first goal of the version that waits."""
    customer = states.enrolled()
    request = states.told(states.sent(states.written(customer)))
    line = {"kind": GOAL, "item_id": request.seal.contents.goals[0].id, "text": "Why this one?", "stance": "asks"}
    ask_about_item(request, **line, by=customer.user, at=clock.now())
    return customer


def failing():
    """A customer to whom an e-mail was given up, and a paper could not be made."""
    customer = states.enrolled()
    states.sent(states.written(customer))
    Paper.objects.filter(seal__version__plan__customer=customer).update(attempts=Paper.ATTEMPTS, error="OSError")
    at = clock.now()
    Notification.objects.create(
        key="failing",
        recipient=customer.user,
        message=Message.objects.create(
            recipient=customer.user, kind=Notice.MESSAGE, written_subject="Hello", sent_at=at
        ),
        created_at=at,
        available_at=at,
        given_up_at=at,
        last_error="550",
    )
    return customer


def bringing():
    """Angela, whose planner brought a file with a row to be mended."""
    checked([person(**{"Birth date": "31.12.1990"})])
    return people.angela()


def earning():
    """Angela, who finished her course and earned a credential."""
    earned(people.angela())
    return people.angela()


def listing():
    """Angela, while statewide staff brought a list of providers with a row to be mended."""
    listed([program(Cost="much")])
    return people.angela()


def bringing_jobs():
    """Angela, whose planner brought a file of jobs with a row to be mended."""
    brought([row_of_file(**{"Hourly wage": "much"})])
    return people.angela()


def paying():
    """A customer who was paid by a file of payroll; of another one a row is to be mended."""
    placement = payroll.working()
    payroll.taken_over([payroll.row(placement)])
    payroll.checked([payroll.row(payroll.working(), Hours="many")])
    return placement.customer


def bringing_services():
    """Angela; an administrator brought a file of services with a row to be mended."""
    catalog_brought([{"code": "SS-TRAN", "offered_until": "31.12.2030"}])
    return people.angela()


def fed():
    """Angela, of whom another system says something; one can be asked."""
    feeding.waiting(people.angela())
    feeding.source("asked", asking="files")
    return people.angela()


def writing():
    """A customer who answered the planner, who is away."""
    customer = states.enrolled()
    states.written(customer)
    first = write_to_customer(customer, subject="Hello", body="Hello", by=people.planner(), at=clock.now())
    write_to_planner(customer, body="Hello", thread=first, by=customer.user, at=clock.now())
    days = {"begins_on": states.today(), "ends_on": states.today()}
    go_away(people.planner(), **days, stand_in=people.youth_planner(), by=people.planner(), at=clock.now())
    return customer


def with_readers():
    """Angela, whose confidential answers her planner and statewide staff may read."""
    for staff in (people.planner(), people.statewide()):
        write(staff, reads_confidential=True)
    return people.angela()


def noted():
    """Angela, about whom the planner wrote a case note today."""
    customer = people.angela()
    words = {"subject": "Call", "text": "Hello", "contact_on": None, "contact_method": "none"}
    add_case_note(customer, **words, by=people.planner(), at=clock.now())
    return customer


def two_taken_for_one():
    """Angela, into whose record another one was merged."""
    customer, other = people.angela(), states.enrolled(with_sign_in=False)
    end_enrollment(other.enrollments.get(), exited_on=states.today(), by=people.planner(), at=clock.now())
    merge(customer, other, reason="One card.", by=people.statewide(), at=clock.now())
    return customer


def a_colleague():
    return people.person("train10")


def colleague_away():
    """Angela, and a colleague of her planner's who is away."""
    days = {"begins_on": states.today(), "ends_on": states.today()}
    go_away(a_colleague(), **days, stand_in=people.statewide(), by=people.administrator(), at=clock.now())
    return people.angela()


def fitting():
    """A customer with a job fit review, and a goal to put steps under."""
    return begun(states.written(states.enrolled())).plan.customer


def proposing():
    """Angela, who proposed a step."""
    customer = people.angela()
    propose_step(states.plan_of(customer), text="Ask about the class", by=customer.user, at=clock.now())
    return customer


def attending():
    """Angela, who attended the first service of her plan on the day on which it began."""
    service = PlannedService.objects.in_plan().filter(plan__customer=people.angela()).earliest("pk")
    said = Said(service.pk, Span.DAY, service.actual_start_on, Decimal(2))
    record_attendance(said, by=people.planner(), at=clock.now())
    return people.angela()


def followed_up():
    """A customer who started a job, of which a follow-up was done."""
    return do(after(placement_since(), 30)).placement.customer


def placing():
    """A customer who is planned for a job, with an opening left in it."""
    return placed.planned(at=placed.job(openings=2)).customer


def supervising():
    """A customer in a placement, whose supervisor was asked for the hours of a week."""
    placement = supervised.begun()
    supervised.asked(placement, supervised.week(placement))
    return placement.customer


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


def arguments_of(customer, name=""):
    """A value for every parameter of an address: the customer's own."""
    plan = EmploymentPlan.objects.get(customer=customer)
    goal = Goal.objects.in_plan().filter(plan=plan).first()
    job = job_of_the_document()
    first_version = plan.versions.order_by("number").first()
    return {
        "pk": customer.pk,
        "other_pk": (customer.former_records.first() or people.jennifer()).pk,
        "secret": secret_for(name, customer),
        "enrollment_pk": key_of(customer.enrollments),
        "note_pk": key_of(CaseNote.objects.filter(customer=customer)),
        "attendance_pk": key_of(Attendance.objects.filter(planned__plan=plan)),
        "assessment_pk": key_of(Assessment.objects.filter(customer=customer)),
        "upload_pk": key_of(Upload.objects.filter(customer=customer).exclude(paper__kind="to_sign")),
        "goal_pk": goal.pk,
        "step_pk": key_of(ActionStep.objects.in_plan().filter(plan=plan)),
        "proposal_pk": key_of(StepProposal.objects.filter(plan=plan)),
        "barrier_pk": key_of(plan.barriers.in_plan()),
        "category_pk": key_of(BarrierCategory.objects.filter(code="TRAN")),
        "move": "start",
        "how": "complete",
        "service_pk": key_of(services_for(name, plan)),
        "placement_pk": key_of(Placement.objects.filter(planned__plan=plan)),
        "version_pk": first_version.pk,
        "role": "long_term" if name == "plan:career-goal-same" else "employment",
        "which": "first",
        "slug": "disability-benefits" if "confidential" in name else "education-level",
        "link_pk": key_of(SupervisorLink.objects.filter(placement__planned__plan=plan)),
        "kind": "evaluation"
        if name == "supervisor-ask"
        else "start_plan"
        if name == "plan:ask"
        else "task"
        if "job-fit" in name
        else "goal",
        "review_pk": key_of(JobFitReview.objects.filter(plan=plan)),
        "method": "paper",
        "question_pk": key_of(ItemQuestion.objects.filter(seal__version__plan=plan)),
        "asked_pk": key_of(AcknowledgmentRequest.objects.filter(seal__version__plan=plan)),
        "view_pk": view_of_planner() if name == "customers:view-remove" else 0,
        "request_pk": key_of(StaffRequest.objects.filter(customer=customer)),
        "item_pk": goal.pk,
        "message_pk": key_of(messages_for(name, customer)),
        "absence_pk": key_of(Absence.objects.filter(person=a_colleague() if "person" in name else customer.planner)),
        "key": AcknowledgmentRequest.objects.filter(seal__version=first_version).values_list("key", flat=True).first(),
        "uidb36": "1",
        "letters": "BCDFGH",
        "entry": "region",
        "entry_pk": customer.office.region_id,
        "person_pk": a_colleague().pk,
        "email_pk": key_of(failed_emails()),
        "paper_pk": key_of(failed_papers()),
        "credential_pk": key_of(EarnedCredential.objects.filter(customer=customer)),
        "import_pk": key_of(waiting := Import.objects.exclude(state="done")),
        "cost_pk": key_of(costs_for(name, plan)),
        "budget_pk": key_of(Budget.objects.filter(region=customer.office.region_id)),
        "follow_up_pk": key_of(FollowUp.objects.of_begun().filter(placement__planned__plan=plan)),
        "employer_pk": job.worksite.employer_id,
        "worksite_pk": job.worksite_id,
        "job_pk": key_of(Job.objects.filter(placements__planned__plan=plan)) if name == "job-customers" else job.pk,
        "agreement_pk": filed(job.worksite).pk if name == "agreement-file" else 0,
        "row_pk": key_of(ImportRow.objects.filter(bringing__in=waiting)),
        "payroll_pk": key_of(PayrollUpload.objects.all()),
        "paid_pk": key_of(PayrollEntry.objects.filter(placement__planned__plan=plan)),
        "record_pk": key_of(FeedRecord.objects.filter(customer=customer)),
        "source_pk": key_of(FeedSource.objects.filter(asking="files")),
    }


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
    """What is written here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def call(client, method, address, data):
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address, data)
    if response.streaming:
        b"".join(response)  # read to its end, a file is closed
    return response, writes(queries.captured_queries)
