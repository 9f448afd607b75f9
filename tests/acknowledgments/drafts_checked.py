"""First drafts with and without what policy advises, and what the check says of them."""

from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.rules.completeness import warnings_about
from careerplan.plans.models import Barrier
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.lacking import lacking
from tests.markup import Page
from tests.naming import told
from tests.people import planner

COMPREHENSIVE = ("COMPREHENSIVE-ASSESSMENT", "")
TRAINING_NEED = ("NEED", "Occupational Skills Training (ITA)")
WHY = "The college tests her in the first week."


def contents(version):
    return contents_of(version.plan, version)


def missing(version):
    return [(entry.code, entry.item) for entry in lacking(version)]


def warnings(version):
    return [(entry.code, entry.item) for entry in warnings_about(contents(version))]


def service_of(version, code):
    return PlannedService.objects.in_plan().select_related("plan").get(plan=version.plan, service__code=code)


def complete(row):
    today = timezone.localdate()
    done = {"status": "complete", "actual_start_on": today, "ended_on": today}
    return save_service(row, done, by=row.plan.customer.planner, at=states.now())


def answer_the_need(version):
    """The course answers the barrier."""
    barriers = {"barriers": list(Barrier.objects.filter(plan=version.plan))}
    save_service(service_of(version, "TR-OST"), barriers, by=planner(), at=states.now())


def complete_comprehensive(version):
    complete(states.pen(version).service("IC-COMP", version.plan.goals.get()))


def without_warnings():
    version = states.draft()
    answer_the_need(version)
    complete_comprehensive(version)
    return version


def unassessed():
    """A first IEP whose initial assessment is planned and not yet done."""
    version = states.draft()
    row = service_of(version, "BC-INIT")
    save_service(row, {"status": "planned", "actual_start_on": None, "ended_on": None}, by=planner(), at=states.now())
    return version


def agreement(version):
    return reverse("plan:agreement", args=[version.plan.customer_id])


def lead_to_where_it_is_mended(browser, page, entries):
    """Each stands on the page with its citation, and its link leads to a place that is there."""
    links = page.links()
    for entry in entries:
        address = links[f"{told(entry.item)}: {entry.sentence}" if entry.item else entry.sentence]
        assert entry.citation in page.words
        target, _hash, fragment = address.partition("#")
        assert Page(browser.get(target)).has_id(fragment or "main")
