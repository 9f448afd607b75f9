"""Job fit reviews: begun, answered by the customer or for the customer, complete; over where the occupation changed."""

import pytest
from django.db import models, transaction
from django.utils import translation

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from goals.actions import remove_career_goal, set_career_goal
from goals.enums import CareerGoalRole, OnetKind
from goals.fit import actions
from goals.fit.choosing import items_of, sources_of
from goals.fit.enums import FitEnding
from goals.fit.models import JobFitAnswer, JobFitReview, OwnItem
from goals.fit.reading import read_review
from goals.models import ActionStep, CareerGoal, Goal
from goals.onet.models import OnetItem
from tests import states
from tests.fit import BARBERS, CNA, TRUCKS, answers_of, begun, done, occupation, onet_imported, say, say_all
from tests.onet import FILES
from tests.people import david, north_planner
from tests.rows import copy, everything, refuses, write

pytestmark = pytest.mark.django_db


def draft(*programs):
    return states.draft(*programs)


def again(review):
    return JobFitReview.objects.select_related("plan__customer__user", "occupation").get(pk=review.pk)


def with_more(file, *rows):
    """New rows at the end of a file of a release."""
    return {
        file.replace(" ", "").removesuffix(".txt"): (FILES[file], FILES[file] + "".join(f"{row}\n" for row in rows))
    }


# --- which items ------------------------------------------------------------------------------


@pytest.mark.policy("WIS-051")
def test_a_review_asks_about_the_tasks_skills_and_knowledge_of_onet_the_most_important_first(tmp_path):
    onet_imported(tmp_path)
    review = begun(draft())
    said = [(answer.kind, str(answer)) for answer in answers_of(review)]
    assert said == [
        ("task", "Help people to stand."),
        ("task", "Wash people."),
        ("task", "Help people to eat."),
        ("task", "Say good night."),
        ("skill", "Reading"),
        ("skill", "Listening"),
        ("knowledge", "People"),
    ]
    assert (review.source.code, str(review.release)) == ("31-1131.00", "O*NET 29.3")
    assert not OwnItem.objects.filter(pk__in=[answer.own_item_id for answer in answers_of(review)]).exists()


def test_at_most_35_items_are_asked_and_of_skills_that_are_hardly_important_five(tmp_path):
    tasks = [f"31-1131.00\t{100 + n}\tTask number {n}.\tCore\t08/2023" for n in range(30)]
    skills = [f"31-1131.00\t2.B.{n}\tSkill {n}\tIM\t{2 + n / 100:.2f}\tN" for n in range(30)]
    knowledge = [f"2.C.{n}\t31-1131.00\tKnowledge {n}\tIM\t{3 + n / 100:.2f}\tN" for n in range(30)]
    more = with_more("Task Statements.txt", *tasks) | with_more("Skills.txt", *skills)
    onet_imported(tmp_path, **more | with_more("Knowledge.txt", *knowledge))
    kinds = [answer.kind for answer in answers_of(begun(draft()))]
    assert [kinds.count(kind) for kind in OnetKind.values] == [15, 5, 10]


@pytest.mark.policy("WIS-052")
def test_there_is_no_review_of_an_occupation_for_which_onet_lacks_one_of_the_three(tmp_path):
    onet_imported(tmp_path)
    welders = occupation("51-4121")  # its release knows no task of theirs
    version = draft()
    set_career_goal(version.plan, "long_term", occupation=welders, by=version.plan.customer.planner, at=states.now())
    set_career_goal(version.plan, "employment", occupation=welders, by=version.plan.customer.planner, at=states.now())
    assert sources_of(welders) == []
    assert items_of(welders, None) == []
    with pytest.raises(Refusal) as refused:
        begun(version, "51-4121")
    assert refused.value.code == "no-review"


def test_only_where_the_soc_occupation_has_no_data_its_parts_are_asked_about(tmp_path):
    part = [
        "31-1131.01\t91\tHelp by night.\tCore\t08/2023",
        "31-1131.01\t2.A.9\tStaying awake\tIM\t4.00\tN",
        "2.C.9\t31-1131.01\tSleep\tIM\t4.00\tN",
    ]
    files = ("Task Statements.txt", "Skills.txt", "Knowledge.txt")
    more = {
        name: change for file, row in zip(files, part, strict=True) for name, change in with_more(file, row).items()
    }
    onet_imported(tmp_path, **more)
    assert [source.code for source in sources_of(occupation())] == ["31-1131.00"]
    alone = {
        "Knowledge": (FILES["Knowledge.txt"], FILES["Knowledge.txt"].replace("31-1131.00", "31-1131.01")),
        "Skills": more["Skills"],
        "TaskStatements": more["TaskStatements"],
    }
    (tmp_path / "later").mkdir()
    onet_imported(tmp_path / "later", ReadMe=("{number}", "29.4"), **alone)
    assert [source.code for source in sources_of(occupation())] == ["31-1131.01"]
    review = actions.begin(draft_plan := draft().plan, occupation(), by=draft_plan.customer.planner, at=states.now())
    assert [str(answer) for answer in answers_of(review)] == ["Help by night.", "Staying awake", "People"]


def test_where_nothing_of_onet_was_imported_the_products_own_items_are_asked_in_the_readers_language(settings):
    review = begun(draft())
    answers = answers_of(review)
    assert [answer.onet_item for answer in answers] == [None] * len(answers)
    assert {answer.kind for answer in answers} == set(OnetKind.values)
    with translation.override("es"):
        assert answers[0].in_words == "Ayudar a las personas a levantarse, vestirse y lavarse."
        assert answers[0].in_words.language == "es"
    assert review.release is None


def test_a_review_reads_as_it_was_asked_after_a_newer_release(tmp_path):
    onet_imported(tmp_path)
    review = done(draft())
    before = [str(answer) for answer in answers_of(review)]
    (tmp_path / "later").mkdir()
    onet_imported(
        tmp_path / "later", ReadMe=("{number}", "29.4"), TaskStatements=("Wash people.", "Wash people gently.")
    )
    assert OnetItem.objects.current().filter(text="Wash people gently.").exists()
    assert [str(answer) for answer in answers_of(review)] == before
    assert "Wash people." in before


def test_the_database_keeps_what_was_asked_and_of_which_release(tmp_path):
    onet_imported(tmp_path)
    review = begun(draft())
    first, second = answers_of(review)[:2]
    refuses("a_job_fit_review_asks_of_an_item_once", lambda: copy(first, position=99))
    refuses("a_job_fit_review_of_onet_names_its_release", lambda: write(review, release=None))
    refuses("rows of goals_jobfitanswer are kept as they are", lambda: write(first, position=99))
    refuses("rows of goals_jobfitanswer are kept as they are", lambda: write(first, onet_item=second.onet_item))
    for row in (first, OwnItem.objects.first()):
        refuses("are kept as they are", row.delete)
    refuses("are kept as they are", lambda: models.QuerySet(JobFitReview).filter(pk=review.pk)._raw_delete("default"))
    refuses("rows of goals_ownitem are kept as they are", lambda: write(OwnItem.objects.first(), text="Else"))


# --- beginning --------------------------------------------------------------------------------


@pytest.mark.policy("WIS-044")
def test_a_review_begins_only_once_its_occupation_is_chosen():
    version = draft()
    with pytest.raises(Refusal) as refused:
        begun(version, TRUCKS)
    assert refused.value.code == "occupation-not-chosen"
    assert begun(version).occupation.code == CNA


def test_there_is_one_open_review_of_an_occupation():
    version = draft()
    review = begun(version)
    assert begun(version) == review
    say_all(review)
    assert begun(version) != review


@pytest.mark.policy("WIS-044")
def test_once_the_plan_is_sent_nothing_is_begun_or_answered():
    version = draft()
    review = begun(version)
    other = answers_of(review)[0].pk
    states.sent(version)
    with pytest.raises(Refusal) as refused:
        begun(version)
    assert refused.value.code == "awaiting"
    with pytest.raises(Refusal) as refused:
        say(again(review), {other: 3})
    assert refused.value.code == "plan-was-sent"
    states.recalled(states.newest(version.plan.customer))
    assert say(again(review), {other: 3}).saved


def test_a_review_of_an_earlier_version_is_not_answered_again():
    version = draft()
    review = done(version)
    key = answers_of(review)[0].pk
    assert say(again(review), {key: 2}).saved  # until the plan is sent, a slip is mended
    states.signed(version)
    states.reviewed(version.plan.customer)
    with pytest.raises(Refusal) as refused:
        say(again(review), {key: 3})
    assert refused.value.code == "done-before"


# --- answering --------------------------------------------------------------------------------


@pytest.mark.policy("WIS-045")
def test_the_customer_answers_or_a_planner_records_the_answers_and_both_names_are_kept():
    version = draft()
    review = begun(version)
    customer, planner = version.plan.customer.user, version.plan.customer.planner
    first, second, *rest = [answer.pk for answer in answers_of(review)]
    say(review, {first: 4}, by=customer)
    say(review, {second: 2}, by=planner)
    by = {answer.pk: answer.said_by for answer in answers_of(review)}
    assert (by[first], by[second]) == (customer, planner)
    assert read_review(again(review)).recorded_by == [(customer, 1), (planner, 1)]
    say(review, dict.fromkeys(rest, 5), by=planner)
    complete = again(review)
    assert (complete.completed_by, complete.plan.customer.user) == (planner, customer)


@pytest.mark.policy("WIS-046")
def test_a_review_is_complete_once_all_is_answered():
    review = begun(draft())
    *most, last = [answer.pk for answer in answers_of(review)]
    assert not say(review, dict.fromkeys(most, 3)).is_complete
    assert again(review).completed_at is None
    assert say(review, {last: 1}).is_complete
    assert again(review).completed_at is not None


def test_nobody_else_answers():
    review = begun(draft())
    key = answers_of(review)[0].pk
    for stranger in (david().user, north_planner()):
        with pytest.raises(NotAllowed):
            say(review, {key: 3}, by=stranger)


def test_two_people_at_once_lose_nothing_and_hear_of_each_other():
    version = draft()
    review = begun(version)
    customer, planner = version.plan.customer.user, version.plan.customer.planner
    first, second, third, *_rest = answers_of(review)
    say(review, {first.pk: 4, second.pk: 5}, by=planner)
    # The customer's page was opened before: it shows nothing chosen.
    shown = {first.pk: 1, third.pk: 2, second.pk: 5}
    said = {key: actions.GivenComfort(comfort, None, 1) for key, comfort in shown.items()}
    rated = actions.rate(review, said, by=customer, at=states.now())
    assert [answer.pk for answer in rated.saved] == [third.pk]
    assert [(answer.pk, answer.comfort, answer.said_by) for answer in rated.differing] == [(first.pk, 4, planner)]
    comforts = {answer.pk: answer.comfort for answer in answers_of(review)}
    assert (comforts[first.pk], comforts[second.pk], comforts[third.pk]) == (4, 5, 2)
    # Having seen it, the last word holds.
    assert say(review, {first.pk: 1}, by=customer).saved
    answer = JobFitAnswer.objects.get(pk=first.pk)
    assert (answer.comfort, answer.said_by) == (1, customer)


def test_what_was_not_touched_on_an_old_page_overwrites_nothing():
    review = begun(draft())
    first = answers_of(review)[0]
    say(review, {first.pk: 2})
    say(review, {first.pk: 4})
    old = {first.pk: actions.GivenComfort(2, 2, first.row_version + 1)}
    rated = actions.rate(review, old, by=review.plan.customer.user, at=states.now())
    assert rated.saved == rated.differing == []
    assert JobFitAnswer.objects.get(pk=first.pk).comfort == 4


def test_a_comfort_that_is_not_on_the_scale_is_refused():
    review = begun(draft())
    with pytest.raises(Refusal), transaction.atomic():
        say(review, {answers_of(review)[0].pk: 6})


# --- the occupation changes -------------------------------------------------------------------


def test_a_review_ends_where_the_occupation_changes_and_stays_to_read():
    version = draft()
    review = begun(version)
    key = answers_of(review)[0].pk
    say(review, {key: 3})
    planner = version.plan.customer.planner
    set_career_goal(version.plan, "employment", occupation=occupation(BARBERS), by=planner, at=states.now())
    ended = again(review)
    assert (ended.ending, ended.ended_by) == (FitEnding.OCCUPATION_CHANGED, planner)
    with pytest.raises(Refusal) as refused:
        say(ended, {key: 4})
    assert refused.value.code == "occupation-changed"
    assert read_review(ended).answered == 1
    set_career_goal(version.plan, "employment", occupation=occupation(), by=planner, at=states.now())
    assert begun(version) != review


def test_a_review_ends_where_the_career_goal_is_removed():
    version = draft()
    review = begun(version)
    goal = CareerGoal.objects.get(plan=version.plan, role=CareerGoalRole.EMPLOYMENT)
    remove_career_goal(goal, reason="Wrong one", by=version.plan.customer.planner, at=states.now())
    assert again(review).ending == FitEnding.OCCUPATION_CHANGED


# --- asking the customer ----------------------------------------------------------------------


def asked(version):
    by = version.plan.customer.planner
    return actions.ask_customer(version.plan, occupation(), by=by, at=states.now())


def test_the_customer_is_told_that_it_waits_and_no_more_once_it_is_done():
    version = draft()
    review = asked(version)
    message = Message.objects.get(recipient=version.plan.customer.user, kind=Notice.JOB_FIT_ASKED)
    assert message.path == actions.path_of(review)
    assert "Nursing Assistants" in message.body
    asked(version)
    assert Message.objects.filter(kind=Notice.JOB_FIT_ASKED).count() == 1  # once a day
    say_all(again(review))
    message.refresh_from_db()
    assert message.read_at is not None


def test_what_was_asked_of_another_occupation_is_no_news():
    version = draft()
    asked(version)
    set_career_goal(
        version.plan, "employment", occupation=occupation(BARBERS), by=version.plan.customer.planner, at=states.now()
    )
    assert not Message.objects.filter(kind=Notice.JOB_FIT_ASKED, read_at=None).exists()


def test_a_customer_without_sign_in_is_not_asked_and_nothing_is_begun():
    version = states.written(states.enrolled(with_sign_in=False))
    before = everything()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        asked(version)
    assert refused.value.code == "no-sign-in"
    assert everything() == before


# --- what is to be learned --------------------------------------------------------------------


def test_what_is_to_be_learned_becomes_an_action_step_once():
    version = draft()
    review = done(version, 1)
    goal = Goal.objects.get(plan=version.plan)
    answer = answers_of(review)[0]
    by = version.plan.customer.planner
    step = actions.add_step(review, answer.pk, goal, by=by, at=states.now())
    assert step.text == "Learn and practice: Help people get out of bed, dress and wash."
    assert (step.goal, step.who) == (goal, "customer")
    assert actions.add_step(review, answer.pk, goal, by=by, at=states.now()) == step
    assert ActionStep.objects.filter(plan=version.plan, text=step.text).count() == 1
    states.sent(version)
    with pytest.raises(Refusal) as refused:
        actions.add_step(review, answers_of(review)[1].pk, goal, by=by, at=states.now())
    assert refused.value.code == "awaiting"


def test_a_step_of_another_plan_is_refused_by_the_database():
    version, other = draft(), draft()
    answer = answers_of(done(version, 1))[0]
    step = ActionStep.objects.filter(plan=other.plan)[0]
    refuses("a_job_fit_answer_becomes_a_step_of_its_plan", lambda: write(answer, step=step))


def test_a_long_item_makes_a_step_of_as_many_characters_as_a_step_has(tmp_path):
    onet_imported(tmp_path, TaskStatements=("Wash people.", "Wash " + "many " * 100 + "people."))
    version = draft()
    review = done(version, 1)
    long = next(answer for answer in answers_of(review) if len(str(answer)) > 300)
    step = actions.add_step(
        review, long.pk, Goal.objects.get(plan=version.plan), by=version.plan.customer.planner, at=states.now()
    )
    assert len(step.text) <= 300
    assert step.text.endswith("…")
