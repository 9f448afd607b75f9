"""What the database refuses of goals, career goals, action steps and occupations, whatever code writes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import models

from goals.fit.models import OwnItem
from goals.ideas.models import GoalIdea
from goals.models import ActionStep, CareerCluster, CareerGoal, CareerPath, Goal, Occupation, OccupationTitle
from goals.progress.models import GoalSetback
from goals.proposing.actions import propose_step
from tests import states
from tests.fit import BARBERS, answers_of, begun, left_exploration, say_all
from tests.goals.test_fit_outside import recorded
from tests.people import angela, planner, tyrell
from tests.rows import constraints_of, copy, refuses, write

pytestmark = pytest.mark.django_db


def goal():
    return Goal.objects.filter(plan__customer=angela()).in_order()[0]


def career_goal(role="employment", customer=angela):
    return CareerGoal.objects.get(plan__customer=customer(), role=role)


def step():
    return ActionStep.objects.filter(plan__customer=angela()).order_by("id")[0]


def went_off_track(**values):
    said = {"goal": goal(), "number": 1, "reason": "No time", "remedy": "An evening class"} | values
    return GoalSetback.objects.create(**said, said_at=states.now(), said_by=planner())


def set_occupation(code, **values):
    models.QuerySet(Occupation).filter(code=code).update(**values)


def half_removed(row):
    """A removal without its time, its person or its reason."""
    return [
        lambda: write(row(), removed_at=states.now()),
        lambda: write(row(), removed_at=states.now(), removed_by=planner()),
        lambda: write(row(), removed_at=states.now(), removed_reason="Not wanted"),
        lambda: write(row(), removed_by=planner(), removed_reason="Not wanted"),
        lambda: write(row(), removed_reason="Not wanted"),
    ]


def undone_step():
    """A step that a version lists, and one that waits."""
    version = states.newest(tyrell())
    return ActionStep.objects.filter(plan=version.plan).order_by("id")[0]


def review(version=None):
    return begun(version or states.draft())


def complete_review():
    return say_all(review())


def answer():
    return answers_of(review())[0]


def copied(row, **values):
    return lambda: copy(row(), **values)


def proposed():
    """A step that waits for a decision."""
    customer = angela()
    return propose_step(states.plan_of(customer), text="Ask about it", by=customer.user, at=states.now())


def write_proposal(becomes="waiting", **values):
    """A proposal of this state in all that goes with it, but for `values`."""
    row, now = proposed(), states.now()
    decided = {"decided_at": now, "decided_by": planner(), "word": "Because"}
    fits = {
        "waiting": {},
        "accepted": decided | {"step": step()},
        "declined": decided,
        "taken_back": {"decided_at": now, "decided_by": row.proposed_by},
    }
    write(row, **{"state": becomes, **fits[becomes], **values})


CASES = {
    "one_open_job_fit_review_a_plan_and_occupation": [copied(review)],
    "a_job_fit_review_says_who_asked": [
        lambda: write(review(), asked_at=states.now()),
        lambda: write(review(), asked_by=planner()),
    ],
    "a_complete_job_fit_review_says_by_whom": [
        lambda: write(review(), completed_at=states.now()),
        lambda: write(complete_review(), completed_by=None),
    ],
    "a_job_fit_review_ends_unanswered_by_whom_and_why": [
        lambda: write(review(), ended_at=states.now(), ended_by=planner()),
        lambda: write(review(), ended_at=states.now(), ending="occupation_changed"),
        lambda: write(review(), ended_at=states.now(), ended_by=planner(), ending="tired"),
        lambda: write(complete_review(), ended_at=states.now(), ended_by=planner(), ending="occupation_changed"),
    ],
    "a_job_fit_answer_says_how_much_by_whom_and_when": [
        lambda: write(answer(), comfort=3),
        lambda: write(answer(), comfort=3, said_by=planner()),
        lambda: write(answer(), comfort=6, said_by=planner(), said_at=states.now()),
        lambda: write(answer(), said_at=states.now()),
    ],
    "a_job_fit_review_asks_in_one_order": [copied(answer, own_item_id=10**6)],
    "a_job_fit_review_asks_of_an_own_item_once": [copied(answer, position=99)],
    "a_job_fit_answer_is_about_one_item": [copied(answer, position=99, own_item_id=None)],
    "a_job_fit_answer_is_of_a_known_kind": [copied(answer, position=99, own_item_id=10**6, kind="hobby")],
    "a_job_fit_review_from_outside_has_its_program": [
        copied(lambda: recorded(left_exploration(BARBERS)), program="youth"),
    ],
    "an_own_item_is_in_once": [copied(OwnItem.objects.first)],
    "an_own_item_is_of_a_known_kind": [copied(OwnItem.objects.first, text="Else", kind="hobby")],
    "an_own_item_says_it_in_each_language": [
        copied(OwnItem.objects.first, text="Else", spanish=""),
        copied(OwnItem.objects.first, text=""),
    ],
    "an_authorised_step_names_its_version": [
        lambda: write(step(), authorised_on=None),
        lambda: write(step(), authorised_in=None),
    ],
    "a_step_is_done_once_a_version_that_lists_it_is_active": [
        lambda: write(undone_step(), done_on=states.today()),
        lambda: write(step(), done_on=step().authorised_on - timedelta(days=1)),
    ],
    "an_occupation_stands_under_its_group": [
        lambda: set_occupation("11-0000", parent=Occupation.objects.get(code="13-0000")),
        lambda: set_occupation("31-1131", parent=None),
    ],
    "an_occupation_has_another_title_once": [lambda: copy(OccupationTitle.objects.order_by("id")[0])],
    "another_title_says_something": [lambda: write(OccupationTitle.objects.order_by("id")[0], title="")],
    "a_pathway_is_in_a_framework_once": [lambda: copy(CareerCluster.objects.order_by("id")[0])],
    "a_wage_goal_is_not_negative": [
        lambda: write(CareerPath.objects.get(customer=angela()), wage_goal=Decimal("-0.01")),
    ],
    "goals_careergoal_removed_says_when_by_whom_why": half_removed(career_goal),
    "one_career_goal_a_role": [lambda: copy(career_goal()), lambda: write(career_goal("long_term"), role="employment")],
    "a_career_goal_is_an_occupation_or_exploration": [
        lambda: write(career_goal(), occupation=None),
        lambda: write(career_goal(), explores=True),
        lambda: write(career_goal(), occupation=None, words="A good job"),
        lambda: write(career_goal("short_employment", tyrell), words=""),
        lambda: write(career_goal("short_education", tyrell), words=""),
    ],
    "a_career_goal_has_a_known_role": [lambda: write(career_goal(), role="hobby")],
    "goals_goal_removed_says_when_by_whom_why": half_removed(goal),
    "a_goal_has_a_statement": [lambda: write(goal(), statement="")],
    "a_complete_goal_says_how_it_was_verified": [lambda: write(goal(), status="complete", verified_how="")],
    "what_was_looked_at_says_when_and_by_whom": [
        lambda: write(goal(), is_specific=True),
        lambda: write(goal(), is_time_bound=True, looked_at=states.now()),
        lambda: write(goal(), looked_at=states.now(), looked_by=planner()),
    ],
    "a_goal_idea_says_something": [lambda: write(GoalIdea.objects.order_by("id")[0], english="")],
    "a_goal_idea_is_short_or_long_term": [lambda: write(GoalIdea.objects.order_by("id")[0], term="soon")],
    "a_setback_says_why_and_what_to_do": [
        lambda: went_off_track(reason=""),
        lambda: went_off_track(remedy=""),
    ],
    "a_goal_has_a_known_status": [lambda: write(goal(), status="paused"), lambda: write(goal(), status="")],
    "a_goal_is_short_or_long_term": [lambda: write(goal(), term="never"), lambda: write(goal(), term="")],
    "goals_actionstep_removed_says_when_by_whom_why": half_removed(step),
    "an_action_step_says_what_to_do": [lambda: write(step(), text="")],
    "a_proposed_step_says_what_to_do": [lambda: copy(proposed(), text="")],
    "what_became_of_a_proposed_step_is_known": [
        lambda: write_proposal("declined", state="lost", word=""),
        lambda: write_proposal("declined", state="", word=""),
    ],
    "a_decided_proposal_says_when_and_by_whom": [
        lambda: write_proposal("declined", decided_at=None),
        lambda: write_proposal("accepted", decided_by=None),
        lambda: write_proposal("taken_back", decided_at=None, decided_by=None),
        lambda: write_proposal("waiting", decided_at=states.now()),
    ],
    "an_accepted_proposal_became_a_step": [
        lambda: write_proposal("accepted", step=None),
        lambda: write_proposal("declined", step=step()),
        lambda: write_proposal("waiting", step=step()),
    ],
    "a_declined_proposal_says_why": [lambda: write_proposal("declined", word="")],
    "a_proposal_accepted_in_other_words_says_why": [
        lambda: write_proposal("accepted", accepted_as="Ask twice", word=""),
        lambda: write_proposal("declined", accepted_as="Ask twice"),
    ],
    "a_word_about_a_proposal_decides_it": [
        lambda: write_proposal("waiting", word="Because"),
        lambda: write_proposal("taken_back", word="Because"),
    ],
}  # fmt: skip

# The column is no longer than 144 characters either, and says so first (test_goal_statements).
HELD_BY_THE_COLUMN_TOO = {"a_goal_statement_has_144_characters_at_most"}
# What the key of an action step's goal and plan points to (test_action_steps).
A_KEY = {"a_goal_is_named_with_its_plan"}
# Of releases of O*NET, which are not among the demo data (test_onet).
OF_ONET = {
    "an_onet_occupation_is_in_once", "an_onet_title_is_in_once", "an_onet_item_is_in_once", "a_job_zone_is_one_of_five",
    "an_onet_item_is_of_a_known_kind", "importance_is_from_one_to_five",
}  # fmt: skip
# Of reviews that ask O*NET's items (test_fit_actions).
OF_ONETS_ITEMS = {"a_job_fit_review_asks_of_an_item_once", "a_job_fit_review_of_onet_names_its_release"}


def test_every_constraint_has_a_case():
    assert CASES.keys() | HELD_BY_THE_COLUMN_TOO | A_KEY | OF_ONET | OF_ONETS_ITEMS == constraints_of("goals")


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in CASES.items() for number in range(len(writings))]
)
def test_the_database_refuses(name, number):
    refuses(name, CASES[name][number])
