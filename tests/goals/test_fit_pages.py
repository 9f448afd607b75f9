"""Pages of the job fit review: the planner's, the customer's own, the result, and what is printed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acknowledgments.paper.rows import job_fit_row
from careerplan.messaging.models import Message
from goals.enums import OnetKind
from goals.fit.enums import Comfort
from goals.fit.models import JobFitAnswer, JobFitReview
from goals.models import ActionStep, Goal
from tests import states
from tests.fit import (
    BARBERS,
    answers_of,
    begun,
    document,
    done,
    left_exploration,
    occupation,
    onet_imported,
    say,
    say_all,
)
from tests.goals.test_fit_outside import recorded
from tests.markup import Page, words_of
from tests.onet import FILES
from tests.people import david, planner

pytestmark = pytest.mark.django_db
ATTRIBUTION = "includes information from the O*NET 29.3 Database"


@pytest.fixture
def as_planner(client):
    client.force_login(planner())
    return client


def of(version, name="plan:job-fit", *more):
    return reverse(name, args=[version.plan.customer_id, *more])


def shown(client, path):
    return Page(client.get(path))


def rating_form(client, path, comfort=None):
    """What the screen sends as it stands, or with this comfort for all of it."""
    form = shown(client, path).form(path)
    if comfort is None:
        return form
    return form | {f"item_{name.removeprefix('showed_')}": str(comfort) for name in form if name.startswith("showed_")}


def scale_of(page, caption):
    """The rows of a group's chart: how many items each point of the scale has."""
    table = next(found for found in page.root.iter("table") if words_of(found.find("caption")) == caption)
    rows = table.xpath("./tbody/tr")
    return [{"Comfort": words_of(row.find("th")), "Items": words_of(row.find("td"))} for row in rows]


# --- the planner ------------------------------------------------------------------------------


def test_the_page_says_what_is_required_and_where_to_begin(as_planner):
    draft = left_exploration()
    page = shown(as_planner, of(draft))
    assert "Nursing Assistants" in page.words
    assert "Required before the plan is sent" in page.words
    page.form(of(draft, "plan:job-fit-begin"), "Ask the customer to do it")
    assert of(draft, "plan:job-fit-outside") in page.links().values()


def test_without_an_occupation_the_page_says_to_choose_one(as_planner):
    version = states.started(states.enrolled())
    assert "No occupation is chosen yet" in shown(as_planner, of(version)).words
    assert as_planner.get(of(version, "plan:job-fit-outside")).status_code == 404


@pytest.mark.policy("WIS-045")
def test_the_planner_records_the_answers_a_screen_a_group(as_planner):
    draft = left_exploration()
    begin = {"occupation": "31-1131", "way": "record"}
    answer = as_planner.post(of(draft, "plan:job-fit-begin"), begin)
    review = JobFitReview.objects.get(plan=draft.plan)
    for kind in OnetKind.values:
        path = of(draft, "plan:job-fit-rate", review.pk, kind)
        assert answer.url == path
        page = shown(as_planner, path)
        assert "Your name is kept with each answer" in page.words
        answer = as_planner.post(path, rating_form(as_planner, path, 4))
    assert answer.url == of(draft, "plan:job-fit-result", review.pk)
    result = shown(as_planner, answer.url)
    customer = draft.plan.customer
    assert f"{planner()} recorded 14 answers of {customer}." in result.words
    assert "This job fits well" in result.words
    review.refresh_from_db()
    assert review.completed_at is not None


def test_the_planner_asks_the_customer_who_finds_the_review(as_planner):
    draft = left_exploration()
    answer = as_planner.post(of(draft, "plan:job-fit-begin"), {"occupation": "31-1131", "way": "ask"}, follow=True)
    assert "The customer was told" in Page(answer).words
    review = JobFitReview.objects.get(plan=draft.plan)
    person = draft.plan.customer.user
    as_planner.force_login(person)
    message = Message.objects.get(recipient=person, kind="job-fit-asked")
    assert as_planner.get(message.path).status_code == 200
    dashboard = shown(as_planner, reverse("my:dashboard"))
    assert "You answered 0 of 14." in dashboard.words
    assert message.path == reverse("my:job-fit", args=[review.pk])


def test_where_the_occupation_has_parts_the_planner_chooses_the_nearest(as_planner, tmp_path):
    data = {}
    for name in ("Task Statements.txt", "Skills.txt", "Knowledge.txt"):
        twice = [
            line.replace("31-1131.00", code)
            for line in FILES[name].splitlines()[1:]
            for code in ("31-1131.01", "31-1131.02")
        ]
        data[name.replace(" ", "").removesuffix(".txt")] = (
            FILES[name],
            "\n".join([FILES[name].splitlines()[0], *twice, ""]),
        )
    data["OccupationData"] = ("51-4121.00\tWelders", "31-1131.02\tDay Helpers\tBy day.\n51-4121.00\tWelders")
    onet_imported(tmp_path, **data)
    draft = left_exploration()
    page = shown(as_planner, of(draft))
    assert "Which of these is the nearest?" in page.words
    assert page.form(of(draft, "plan:job-fit-begin"))["source"] == "31-1131.01"
    as_planner.post(of(draft, "plan:job-fit-begin"), {"occupation": "31-1131", "way": "record", "source": "31-1131.02"})
    assert JobFitReview.objects.get(plan=draft.plan).source.title == "Day Helpers"


def test_a_kind_that_the_review_does_not_ask_and_a_review_of_another_plan_are_not_found(as_planner):
    draft, other = left_exploration(), left_exploration()
    review = begun(draft)
    assert as_planner.get(of(draft, "plan:job-fit-rate", review.pk, "hobby")).status_code == 404
    assert as_planner.get(of(other, "plan:job-fit-result", review.pk)).status_code == 404


# --- the customer -----------------------------------------------------------------------------


@pytest.mark.policy("WIS-045", "WIS-046", "WIS-051")
def test_the_customer_answers_stops_and_goes_on(client):
    draft = left_exploration()
    review = begun(draft)
    client.force_login(draft.plan.customer.user)
    start = reverse("my:job-fit", args=[review.pk])
    path = reverse("my:job-fit-rate", args=[review.pk, "task"])
    assert shown(client, start).links()["Begin"] == path
    page = shown(client, path)
    for comfort in Comfort:
        assert str(comfort.label) in page.words
    form = rating_form(client, path)
    first = answers_of(review)[0]
    answer = client.post(path, form | {f"item_{first.pk}": "2"}, follow=True)
    assert "Screen 2 of 3. 1 of 14 items are answered." in Page(answer).words
    page = shown(client, start)
    assert page.links()["Go on"] == f"{path}#div_id_item_{answers_of(review)[1].pk}"  # six tasks are still open
    assert "You answered 1 of 14." in page.words
    assert rating_form(client, path)[f"item_{first.pk}"] == "2"
    say_all(review)
    page = shown(client, start)
    assert "What fits" in page.words
    assert "See what fits and what to learn" in shown(client, reverse("my:dashboard")).links()


def test_another_customer_and_staff_find_no_review_there(client):
    review = begun(left_exploration())
    for person in (david().user, planner()):
        client.force_login(person)
        for path in (reverse("my:job-fit", args=[review.pk]), reverse("my:job-fit-rate", args=[review.pk, "task"])):
            assert client.get(path).status_code == 404


def test_once_the_plan_was_sent_the_screens_show_what_was_said_and_take_nothing(client):
    draft = left_exploration()
    review = done(draft)
    states.sent(draft)
    client.force_login(draft.plan.customer.user)
    path = reverse("my:job-fit-rate", args=[review.pk, "skill"])
    page = shown(client, path)
    assert "The plan was sent" in page.words
    key = answers_of(review)[-1].pk
    answer = client.post(path, {f"item_{key}": "1", f"showed_{key}": "2-4"})
    assert answer.status_code in {200, 422}
    assert not JobFitAnswer.objects.filter(review=review, comfort=1).exists()


def test_two_pages_at_once_show_both_words_and_the_second_save_holds(client):
    draft = left_exploration()
    review = begun(draft)
    customer = draft.plan.customer.user
    client.force_login(customer)
    path = reverse("my:job-fit-rate", args=[review.pk, "task"])
    first, second = answers_of(review)[:2]
    form = rating_form(client, path) | {f"item_{first.pk}": "1", f"item_{second.pk}": "2"}
    say(review, {first.pk: 5}, by=planner())
    answer = client.post(path, form)
    assert answer.status_code == 422
    page = Page(answer)
    assert f"{planner()} chose “Very comfortable” meanwhile." in page.words
    comforts = {answer.pk: answer.comfort for answer in answers_of(review)}
    assert (comforts[first.pk], comforts[second.pk]) == (5, 2)
    again = page.form(path)
    assert again[f"item_{first.pk}"] == "1"  # what the customer chose is not lost
    assert client.post(path, again).status_code == 302
    assert JobFitAnswer.objects.get(pk=first.pk).said_by == customer


def test_a_post_without_what_the_screen_showed_changes_nothing(client):
    draft = left_exploration()
    review = begun(draft)
    client.force_login(draft.plan.customer.user)
    key = answers_of(review)[0].pk
    for showed in ("", "x", "1-9"):
        client.post(reverse("my:job-fit-rate", args=[review.pk, "task"]), {f"item_{key}": "3", f"showed_{key}": showed})
    assert JobFitAnswer.objects.get(pk=key).comfort is None


# --- O*NET ------------------------------------------------------------------------------------


@pytest.mark.policy("WIS-051")
def test_the_attribution_stands_where_items_of_onet_are_shown_and_nowhere_else(client, tmp_path):
    own = done(left_exploration())
    onet_imported(tmp_path)
    of_onet = done(left_exploration())
    for review, expected in ((own, False), (of_onet, True)):
        client.force_login(review.plan.customer.user)
        for path in (reverse("my:job-fit", args=[review.pk]), reverse("my:job-fit-rate", args=[review.pk, "task"])):
            assert (ATTRIBUTION in shown(client, path).words) == expected
        client.force_login(planner())
        assert (ATTRIBUTION in shown(client, of(review, "plan:job-fit-result", review.pk)).words) == expected


# --- the result -------------------------------------------------------------------------------


def test_the_result_says_what_fits_what_to_learn_and_draws_each_group(as_planner):
    draft = left_exploration()
    review = begun(draft)
    tasks = [answer for answer in answers_of(review) if answer.kind == "task"]
    say_all(review)
    say(review, {tasks[0].pk: 1, tasks[1].pk: 3})
    page = shown(as_planner, of(draft, "plan:job-fit-result", review.pk))
    assert "5 of 7 fit. To practice: 1. To learn: 1." in page.words
    assert "On average 3.4 of 5." in page.words
    counts = {row["Comfort"]: row["Items"] for row in scale_of(page, "Tasks")}
    assert counts == {
        "Very comfortable": "0",
        "Comfortable": "5",
        "Somewhat comfortable": "1",
        "A little comfortable": "0",
        "Not comfortable yet": "1",
    }
    bars = page.root.xpath("//section[@aria-labelledby='task-title']//*[local-name()='rect']/@width")
    assert bars == ["200", "40", "40"]
    assert len(scale_of(page, "Skills")) == len(scale_of(page, "Knowledge")) == len(Comfort)
    gaps = page.root.xpath("//section[@aria-labelledby='task-title']//ul[@class='step-list']/li/@id")
    assert gaps == [f"answer-{tasks[0].pk}", f"answer-{tasks[1].pk}"]


def test_a_gap_becomes_an_action_step_with_one_click(as_planner):
    draft = left_exploration()
    review = done(draft, 2)
    answer = answers_of(review)[0]
    path = of(draft, "plan:job-fit-step", review.pk)
    page = shown(as_planner, of(draft, "plan:job-fit-result", review.pk))
    form = page.form(path)
    assert form["answer"] == str(answer.pk)
    assert as_planner.post(path, form).url.endswith(f"#answer-{answer.pk}")
    assert ActionStep.objects.filter(plan=draft.plan, text__startswith="Learn and practice").count() == 1
    page = shown(as_planner, of(draft, "plan:job-fit-result", review.pk))
    assert "Is an action step now" in page.words
    assert page.form(path)["answer"] != str(answer.pk)
    assert any(link.startswith(of(draft, "plan:catalog")) for link in page.links().values())


def test_with_several_goals_the_planner_chooses_and_another_plans_goal_is_refused(as_planner):
    draft, other = left_exploration(), left_exploration()
    second = states.add_goal(draft.plan.customer)
    review = done(draft, 1)
    path = of(draft, "plan:job-fit-step", review.pk)
    key = answers_of(review)[0].pk
    strange = Goal.objects.get(plan=other.plan)
    for sent in ({"answer": key, "goal": strange.pk}, {"answer": key}, {"goal": second.pk}):
        assert as_planner.post(path, sent).status_code == 409
    as_planner.post(path, {"answer": key, "goal": second.pk})
    assert ActionStep.objects.get(text__startswith="Learn and practice").goal == second


def test_without_a_draft_the_result_says_how_a_gap_becomes_a_step(as_planner):
    draft = left_exploration()
    review = done(draft, 1)
    states.signed(draft)
    page = shown(as_planner, of(draft, "plan:job-fit-result", review.pk))
    assert "choose Update/Review first" in page.words
    assert "Make it an action step" not in page.words


# --- the paper and the version ----------------------------------------------------------------


def test_the_version_and_the_paper_say_what_was_done(as_planner):
    draft = left_exploration()
    done(draft)
    seal = states.sent(draft)
    shown_fact = shown(as_planner, of(draft, "plan:version", draft.pk)).facts()["Job Fit Review"]
    assert "14 of 14 items are comfortable, 0 are to be learned" in shown_fact
    assert job_fit_row(seal.contents)["occupation"] == "Nursing Assistants"


def test_the_paper_names_the_assessment_from_outside(as_planner):
    draft = left_exploration(BARBERS)
    recorded(draft, file=document())
    seal = states.sent(draft)
    row = job_fit_row(seal.contents)
    assert (row["outside"], row["result"]) == ("O*NET Interest Profiler", "Social: 34 of 40")
    fact = shown(as_planner, of(draft, "plan:version", draft.pk)).facts()["Job Fit Review"]
    assert "Assessment from outside: O*NET Interest Profiler" in fact


def test_a_plan_without_a_review_prints_that_none_was_done():
    contents = states.sent(states.draft()).contents
    assert job_fit_row(contents) is None
    assert occupation().title == contents.about.job_fit.occupation


# --- questions to the database ----------------------------------------------------------------


def questions(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_pages_ask_as_many_questions_whatever_the_number_of_items(client, tmp_path):
    """The customer's ask twelve at most; beside the planner's stands the list of tasks, which asks seven by itself."""
    few = done(left_exploration(), 2)
    tasks = "".join(f"31-1131.00\t{100 + n}\tTask number {n}.\tCore\t08/2023\n" for n in range(15))
    onet_imported(tmp_path, TaskStatements=(FILES["Task Statements.txt"], FILES["Task Statements.txt"] + tasks))
    many = done(left_exploration(), 2)
    counts = {}
    for review in (few, many):
        own = [reverse("my:job-fit", args=[review.pk]), reverse("my:job-fit-rate", args=[review.pk, "task"])]
        client.force_login(review.plan.customer.user)
        of_customer = [questions(client, path) for path in (*own, *own)][2:]
        client.force_login(planner())
        names = ("plan:job-fit-result", "plan:job-fit-rate")
        paths = [
            of(review),
            *(of(review, name, review.pk, *more) for name, more in zip(names, ((), ("task",)), strict=True)),
        ]
        of_planner = [questions(client, path) for path in (*paths, *paths)][3:]
        counts[review] = of_customer, of_planner
    assert counts[few] == counts[many]
    assert max(counts[few][0]) <= 12
    assert max(counts[few][1]) <= 19
