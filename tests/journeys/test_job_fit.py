"""A customer leaves career exploration for Nursing Assistants, does the review on a phone, and the plan is sent.

With a real release of O*NET, where one lies on the machine (tests/real_onet.py)."""

import io

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse

from acknowledgments.models import Seal
from goals.fit.models import JobFitAnswer, JobFitReview
from goals.fit.rules import MOST_ITEMS, MOST_TASKS
from tests.fit import left_exploration, usual_release
from tests.journeys.browser import both_widths, sign_in
from tests.journeys.steps import SEND, follow, press, said, say_why
from tests.people import planner

pytestmark = pytest.mark.django_db(transaction=True)


ATTRIBUTION = "Database by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA)"


@pytest.mark.policy("WIS-041", "WIS-045", "WIS-046", "WIS-051")
def test_the_review_is_done_on_a_phone_and_the_plan_can_be_sent(page, live_server, people, tmp_path):
    call_command("import_onet", usual_release(tmp_path), verbosity=0)
    draft = left_exploration()
    customer = draft.plan.customer
    sign_in(page, live_server, planner())
    page.goto(reverse("plan:goals", args=[customer.pk]))
    page.get_by_text("You can send the plan after 1 more thing.").wait_for()
    follow(page, "Complete the Job Fit Review")
    both_widths(page, "75-job-fit")
    press(page, "Ask the customer to do it")
    assert "The customer was told" in said(page)

    sign_in(page, live_server, customer.user)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("my:dashboard"))
    follow(page, "Begin", within=page.locator("#job-fit"))
    follow(page, "Begin")
    review = JobFitReview.objects.get(plan=draft.plan)
    asked = list(JobFitAnswer.objects.filter(review=review).with_items().in_order())
    tasks = [answer for answer in asked if answer.kind == "task"]
    assert 0 < len(tasks) <= MOST_TASKS
    assert len(tasks) < len(asked) <= MOST_ITEMS
    cores = [answer.onet_item.is_core is True for answer in tasks]
    assert cores[0]
    assert cores == sorted(cores, reverse=True)  # core tasks before the others
    assert [words_of(field) for field in page.locator("main fieldset legend").all()] == [str(task) for task in tasks]
    page.get_by_text(ATTRIBUTION).wait_for()
    both_widths(page, "75-job-fit-tasks")
    page.set_viewport_size({"width": 390, "height": 844})
    answer_all(page, "A little comfortable")
    press(page, "Save and go on")
    page.goto(reverse("my:dashboard"))  # stopped, and gone on later
    follow(page, "Go on", within=page.locator("#job-fit"))
    follow(page, "Go on")
    answer_all(page, "Very comfortable")
    press(page, "Save and go on")
    answer_all(page, "Comfortable")
    press(page, "Save")
    assert "All is answered" in said(page)
    page.get_by_text("What to learn or practice").wait_for()
    page.get_by_text(ATTRIBUTION).wait_for()
    both_widths(page, "75-job-fit-result")

    sign_in(page, live_server, planner())
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(reverse("plan:job-fit-result", args=[customer.pk, review.pk]))
    page.get_by_role("button", name=f"Make it an action step {tasks[0]}", exact=True).click()
    page.get_by_text("Is an action step now").wait_for()
    both_widths(page, "75-job-fit-result-of-the-planner")
    page.get_by_text("Nothing is missing.", exact=True).wait_for()
    page.goto(reverse("plan:agreement", args=[customer.pk]))
    say_why(page)
    press(page, SEND)
    sealed = Seal.objects.get(version=draft).contents.about.job_fit
    fits = len(asked) - len(tasks)
    assert (sealed.need, sealed.asked_of, sealed.fits, sealed.learns) == ("required", len(asked), fits, len(tasks))
    form = page.locator("a", has_text="View/Print IEP/ISS Form").first.get_attribute("href")
    printed = text_of(page.request.get(form).body())
    assert f"{fits} of {len(asked)} items are comfortable, {len(tasks)} are to be learned" in printed


def answer_all(page, comfort):
    for group in page.locator("main fieldset").all():
        group.get_by_label(comfort, exact=True).check()


def words_of(place):
    return " ".join(place.inner_text().split())


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
