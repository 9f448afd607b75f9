"""Back and Save again, and the same post twice, make nothing twice (base/once.py)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.models import FormPost
from careerplan.base.once import KEPT_FOR
from careerplan.messaging.models import Message
from careerplan.plans.models import Barrier, BarrierCategory
from customers.models import Assessment, CaseNote, Upload
from goals.fit.models import OutsideJobFit
from goals.models import ActionStep, Goal
from goals.proposing.actions import propose_step
from goals.proposing.models import StepProposal
from goals.proving.models import StepProof
from services.attendance.models import Attendance
from services.costs.models import CostLine
from services.models import EarnedCredential, PlannedService
from tests import states
from tests.fit import BARBERS, left_exploration
from tests.markup import Page
from tests.people import angela, planner, youth_planner
from tests.real_files import PDF
from tests.rows import changed, everything
from tests.services.costs.money import budget
from tests.services.funding import service_of

pytestmark = pytest.mark.django_db

TODAY = f"{states.today():%m/%d/%Y}"


def first_goal():
    return Goal.objects.in_plan().filter(plan=states.plan_of(angela())).in_order()[0]


def day_of_the_course(number):
    return f"{service_of(angela(), 'TR-OST').actual_start_on + timedelta(days=number):%m/%d/%Y}"


def a_file():
    return SimpleUploadedFile("letter.pdf", PDF)


# Each page that adds a row: its address, what is typed (the second value is what is typed after Back), and the row.
ADDS = {
    "customers:case-notes": ("text", ("She came by.", "She came by again."), CaseNote),
    "customers:assessment-add": ("result", ("Reading 612", "Reading 640"), Assessment),
    "customers:messages": ("body", ("See you on Monday.", "See you on Tuesday."), Message),
    "customers:uploads": ("name", ("Letter", "Second letter"), Upload),
    "plan:goal-add": ("statement", ("Find a room", "Find a flat"), Goal),
    "plan:step-add": ("text", ("Call the landlord", "Call the office"), ActionStep),
    "plan:barrier-add": ("description", ("No room of her own", "No flat of her own"), Barrier),
    "credential-add": ("name", ("First aid", "Forklift"), EarnedCredential),
    "plan:cost-add": ("reference", ("V-31", "V-32"), CostLine),
    "plan:service-credential": ("name", ("First aid", "Forklift"), EarnedCredential),
    "plan:attendance": ("absence", ("sick", "no bus"), Attendance),
    "my:step-propose": ("text", ("Ask the college", "Ask the school"), StepProposal),
}
# Of what stands under a service of the plan: the service's code.
OF_A_SERVICE = {"plan:cost-add": "SS-CHLD", "plan:service-credential": "BC-INIT", "plan:attendance": "TR-OST"}
# Of the customer's own pages: no address names whose they are.
OWN = {"my:step-propose"}


# Where the column is called otherwise than the field.
COLUMNS = {"customers:messages": "written_body"}
# A plan has a barrier of each category once.
ROOMS = {"No room of her own": "HOUS", "No flat of her own": "CULT"}
# A day is attended once: so many days after the first.
DAYS = {"no bus": 1}


def typed(name, word):
    """The rest of what its form needs."""
    return {
        "customers:case-notes": {"subject": "Talk", "contact_on": TODAY, "contact_method": "in_person"},
        "customers:assessment-add": {"name": "CASAS", "assessed_on": TODAY},
        "customers:messages": {"subject": "Monday"},
        "customers:uploads": {"file": a_file()},
        "plan:goal-add": {"category": first_goal().category_id, "term": "short", "status": "not_started"},
        "plan:step-add": {"goal": first_goal().pk, "who": "customer"},
        "plan:barrier-add": {"category": BarrierCategory.objects.get(code=ROOMS.get(word, "HOUS")).pk},
        "credential-add": {"earned_on": TODAY, "credential_type": "certificate"},
        "plan:cost-add": {"paid_from": f"budget-{budget().pk}", "amount": "12.00"},
        "plan:service-credential": {"earned_on": TODAY, "credential_type": "certificate"},
        "plan:attendance": {"span": "day", "day": day_of_the_course(DAYS.get(word, 0)), "hours": "2"},
        "my:step-propose": {},
    }[name]


@pytest.fixture
def browser(client):
    states.reviewed(angela())
    client.force_login(planner())
    return client


@pytest.fixture(params=ADDS)
def page(request, browser):
    return Adding(browser, request.param)


class Adding:
    """One opening of a page that adds a row, as Back shows it again and again."""

    def __init__(self, browser, name):
        self.browser, self.name = browser, name
        if name in OWN:
            browser.force_login(angela().user)
        under = [service_of(angela(), OF_A_SERVICE[name]).pk] if name in OF_A_SERVICE else []
        self.path = reverse(name, args=[] if name in OWN else [angela().pk, *under])
        self.field, self.words, self.model = ADDS[name]
        self.fields = Page(browser.get(self.path)).form(self.path)

    def post(self, word, fields=None):
        return self.browser.post(self.path, (fields or self.fields) | typed(self.name, word) | {self.field: word})

    def rows(self):
        column = COLUMNS.get(self.name, self.field)
        return [self.model.objects.filter(**{column: word}) for word in self.words]


def test_the_same_post_twice_makes_one_row_and_leads_to_the_same_page(page):
    first = page.post(page.words[0])
    assert first.status_code == 302, first.context["form"].errors
    before = everything()
    second = page.post(page.words[0])
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert changed(before, everything()) == {}
    assert "This was already saved. Nothing was added twice." in Page(page.browser.get(second["Location"])).words


def test_other_words_after_back_are_asked_about_and_kept(page):
    """Nobody knows whether the first is to be changed or another one added: the person says it."""
    page.post(page.words[0])
    before = everything()
    asked = page.post(page.words[1])
    assert asked.status_code == 422
    assert changed(before, everything()) == {}
    shown = Page(asked)
    assert "This form was already saved." in shown.words
    again = shown.form(page.path)
    assert again[page.field] == page.words[1]
    assert page.post(page.words[1], again).status_code == 302
    assert [rows.count() for rows in page.rows()] == [1, 1]


def test_the_same_words_on_a_page_that_was_fetched_anew_are_asked_about(page):
    page.post(page.words[0])
    before = everything()
    anew = Page(page.browser.get(page.path)).form(page.path)
    asked = page.post(page.words[0], anew)
    assert asked.status_code == 422
    assert changed(before, everything()) == {}
    again = Page(asked).form(page.path)
    assert again["form_again"] == "yes"


def test_a_button_of_the_catalog_adds_its_service_once(browser):
    page = Page(browser.get(reverse("plan:catalog", args=[angela().pk])))
    [form, *_others] = page.root.xpath("//form[contains(@action, '/services/')][.//input[@name='service']]")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    plan, code = states.plan_of(angela()), fields["service"]
    before = PlannedService.objects.in_plan().filter(plan=plan, service__code=code).count()
    answers = [browser.post(form.get("action"), fields) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert PlannedService.objects.in_plan().filter(plan=plan, service__code=code).count() == before + 1
    assert "Nothing was added twice." in Page(browser.get(answers[1]["Location"])).words


def same_post_twice(browser, path, typed):
    """What is typed may be files, which are read as they are sent."""
    fields = Page(browser.get(path)).form(path)
    answers = [browser.post(path, fields | typed()) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert "Nothing was added twice." in Page(browser.get(answers[1]["Location"])).words


@pytest.mark.parametrize("own", [False, True], ids=["by the planner", "by the customer"])
def test_a_step_is_shown_to_be_done_once(browser, own):
    step = ActionStep.objects.in_plan().filter(plan=states.plan_of(angela()), done_on=None)[0]
    if own:
        browser.force_login(angela().user)
    path = reverse("my:step-proof", args=[step.pk]) if own else reverse("plan:step-proof", args=[angela().pk, step.pk])
    same_post_twice(browser, path, lambda: {"file": a_file()})
    assert StepProof.objects.filter(step=step).count() == 1


def test_a_proposed_step_is_accepted_once(browser):
    plan, person = states.plan_of(angela()), angela().user
    proposal = propose_step(plan, text="Ask the college", goal=first_goal(), by=person, at=states.now())
    same_post_twice(browser, reverse("plan:proposal-accept", args=[angela().pk, proposal.pk]), dict)
    assert ActionStep.objects.filter(plan=plan, text="Ask the college").count() == 1


def test_a_job_fit_review_from_outside_is_recorded_once(client):
    customer = left_exploration(BARBERS).plan.customer
    client.force_login(customer.planner)
    values = {
        "is_done_outside": "on", "name": "Profiler", "result": "Good", "assessed_on": TODAY, "note": "At the college.",
    }  # fmt: skip
    same_post_twice(client, reverse("plan:job-fit-outside", args=[customer.pk]), lambda: values | {"file": a_file()})
    assert OutsideJobFit.objects.filter(plan__customer=customer).count() == 1


def test_what_ends_something_is_done_again_with_the_same_words(browser):
    """A second draft is deleted for the reason of the first: no row is added by it, so nothing is asked."""
    path = reverse("plan:draft-delete", args=[angela().pk])
    for _draft in range(2):
        fields = Page(browser.get(path)).form(path)
        assert browser.post(path, fields | {"reason": "Begun by mistake"}).status_code == 302
        assert not states.newest(angela()).is_draft
        states.reviewed(angela())


def test_the_same_may_be_added_twice_by_who_says_so(browser):
    page = Adding(browser, "customers:case-notes")
    page.post(page.words[0])
    again = Page(page.post(page.words[0], Page(browser.get(page.path)).form(page.path))).form(page.path)
    assert page.post(page.words[0], again).status_code == 302
    assert page.rows()[0].count() == 2


def test_what_was_refused_was_not_saved(browser):
    page = Adding(browser, "plan:goal-add")
    assert page.post("").status_code == 422
    assert page.post(page.words[0]).status_code == 302


def test_a_row_that_is_there_is_changed_over_and_over(browser):
    goal = first_goal()
    path = reverse("plan:goal-edit", args=[angela().pk, goal.pk])
    assert "form_key" not in Page(browser.get(path)).form(path)


def test_the_key_of_another_person_does_nothing(browser, client):
    page = Adding(browser, "customers:case-notes")
    page.post(page.words[0])
    FormPost.objects.update(user=youth_planner())
    assert page.post(page.words[0]).status_code == 422


def test_keys_are_forgotten_after_a_week(browser):
    page = Adding(browser, "customers:case-notes")
    page.post(page.words[0])
    FormPost.objects.update(posted_at=states.now() - KEPT_FOR * 2)
    Adding(browser, "plan:goal-add").post("Find a room")
    assert FormPost.objects.count() == 1


@pytest.mark.parametrize("key", ["", "7", "x" * 5000])
def test_a_key_that_is_none_is_a_post_without_one(browser, key):
    page = Adding(browser, "customers:case-notes")
    assert page.post(page.words[0], page.fields | {"form_key": key}).status_code == 302
    assert not FormPost.objects.exists()


# Forms with a template of their own: what they do can't be done twice.
ONLY_ONCE = {
    "acknowledgments/acknowledge.html",  # a request is answered once
    "acknowledgments/ask.html",  # the same is asked for once at a time
    "acknowledgments/goal_change.html",  # the plan is closed by it
    "acknowledgments/desk_code.html",  # a code works once
    "acknowledgments/_draft.html",  # a version is sent once
    "customers/sections/confidential.html",  # a question has one answer, and no digest of it is kept
    "customers/sections/my_confidential.html",  # the same
    "customers/sections/my_section.html",  # a question has one answer
    "services/attendance/paste.html",  # what is pasted again is already so
    "goals/career_goal.html",  # a role has one goal
    "worksites/evaluations/code.html",  # it opens, and writes nothing twice
    "worksites/evaluations/evaluation.html",  # a link is answered once
    "worksites/evaluations/hours.html",  # the same
}


def test_every_form_that_is_filled_in_carries_its_key():
    root = Path(settings.BASE_DIR) / "templates"
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.html")
        if re.search(r"<form[^>]*method=\"post\"[^<]*(?:(?!</form>).)*{% crispy", path.read_text(), re.DOTALL)
    }
    keyed = {"includes/_form.html", "services/_catalog.html", "services/attendance/_block.html"}
    assert {name for name in found if not name.startswith("account/")} == ONLY_ONCE | keyed
