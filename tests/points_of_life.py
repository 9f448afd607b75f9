"""Customers at points of a plan's life that few pages are about, as the product's own actions bring them about."""

from decimal import Decimal

from django.utils import timezone

from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.talking import ask_about_item
from acknowledgments.models import Paper
from careerplan.base import clock
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.plans.actions import open_review
from careerplan.plans.models import EmploymentPlan
from customers.absences import go_away
from customers.actions import add_case_note
from customers.enrolling import end_enrollment
from customers.merging import merge
from customers.threads import write_to_customer, write_to_planner
from goals.items import GOAL
from goals.proposing.actions import propose_step
from services.attendance.actions import Said, record_attendance
from services.attendance.enums import Span
from services.models import PlannedService
from tests import payroll, people, placed, states, supervised
from tests.fit import begun
from tests.imported import catalog_brought, checked, person
from tests.providers import earned, listed, program
from tests.rows import write
from tests.services import feeding
from tests.shared_plans import WORKER, asked, closing, enroll
from tests.worksites.follow_ups.done import after, do, placement_since
from tests.worksites.places.places import brought, row_of_file


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
    return begun(states.draft()).plan.customer


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
