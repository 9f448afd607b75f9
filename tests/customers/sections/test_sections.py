"""The thirteen sections of the assessment: filled, reviewed, complete, open again (ILL-050 to ILL-068)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from customers.enums import SectionState
from customers.models import AssessmentSection, SectionAnswer, SectionRecord
from customers.sections.filling import NOTHING_YET
from customers.sections.reading import answers_to, sections_of
from tests import people
from tests.assessed import complete, fill, fill_confidential, reopen, review, said, section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

# The document's own order and names.
THIRTEEN = {
    "ILL-056": "Goals and Current Situation",
    "ILL-057": "Skills and Interests",
    "ILL-058": "Employment Goals",
    "ILL-059": "Education Level",
    "ILL-060": "Employment Related Information",
    "ILL-061": "Barriers to Employment",
    "ILL-062": "Disability Benefits Estimator",
    "ILL-063": "Employment 101",
    "ILL-064": "NOCTI Results",
    "ILL-065": "Observational Evaluation",
    "ILL-066": "Worksite Evaluation",
    "ILL-067": "Emergency Contact",
    "ILL-068": "Other Considerations",
}
# What each of them asks for, at least.
ASKED = {
    "ILL-056": {"PROGRAM_GOALS", "COUNTY", "PHONE_HOME", "PHONE_WORK", "PHONE_CELL", "BEST_TIME"},
    "ILL-057": {"SKILLS", "INTERESTS"},
    "ILL-058": {"WORK_WANTED", "WAGE_WANTED"},
    "ILL-059": {"EDUCATION_LEVEL", "SCHOOL_STATUS"},
    "ILL-060": {"WORK_HISTORY", "INDUSTRY", "DISTANCE", "EMPLOYMENT_ASSISTANCE"},
    "ILL-061": {"LONG_UNEMPLOYED", "ENGLISH_LEARNER", "JUSTICE"},
    "ILL-062": {"DISABILITY", "SSI_SSDI", "ESTIMATE_RESULT"},
    "ILL-063": {"EMP101_PRE_SCORE", "EMP101_POST_SCORE"},
    "ILL-064": {"NOCTI"},
    "ILL-065": {"OBS_ON_TIME", "OBS_TEAM"},
    "ILL-066": {"SITE_ON_TIME", "SITE_SAFETY"},
    "ILL-067": {"EMERGENCY_CONTACT"},
    "ILL-068": {"OTHER_CONSIDERATIONS"},
}
EDUCATION = {"EDUCATION_LEVEL": "1", "SCHOOL_STATUS": "5"}


def planner():
    return people.planner()


def line(customer, code):
    [found] = [one for one in sections_of(customer.pk) if one.section.code == code]
    return found


@pytest.mark.parametrize(
    ("number", "name", "asks"),
    [
        pytest.param(number, name, ASKED[identity], marks=pytest.mark.policy(identity), id=identity)
        for number, (identity, name) in enumerate(THIRTEEN.items(), start=1)
    ],
)
def test_a_section_has_its_name_its_place_and_its_questions(number, name, asks):
    found = AssessmentSection.objects.get(name=name)
    assert [*AssessmentSection.objects.order_by("position")].index(found) == number - 1
    assert asks <= set(found.fields.values_list("code", flat=True))


@pytest.mark.policy("ILL-051")
def test_before_anything_is_answered_every_section_is_not_started(customer):
    lines = sections_of(customer.pk)
    assert [one.section.name for one in lines] == list(THIRTEEN.values())
    assert {one.state for one in lines} == {SectionState.NOT_STARTED}
    assert not SectionRecord.objects.filter(customer=customer).exists()


def test_the_list_asks_the_database_once(customer, django_assert_num_queries):
    fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    with django_assert_num_queries(1):
        sections_of(customer.pk)


def test_what_was_answered_is_kept_with_who_when_and_under_which_wording(customer):
    row = fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    assert row.state == SectionState.IN_PROGRESS
    found = answers_to(customer.pk)["EDUCATION_LEVEL"]
    assert (found.value, found.words, found.said_by) == ("1", "High school diploma", planner())
    assert found.definition.number == 1
    with translation.override("es"):
        assert answers_to(customer.pk)["EDUCATION_LEVEL"].words == "Diploma de escuela secundaria"


def test_rows_hold_days_and_wages(customer):
    job = {
        "employer": "Mercy", "job": "Aide", "begun": date(2024, 1, 2), "ended": None, "wage": Decimal("17.25"),
    }  # fmt: skip
    fill(customer, "EMPLOYMENT_INFORMATION", by=planner(), WORK_HISTORY=[job, dict.fromkeys(job)])
    found = answers_to(customer.pk, ["WORK_HISTORY"])["WORK_HISTORY"]
    assert found.typed == [job | {"reason": None}]
    assert [[cell for _name, cell in row] for row in found.rows] == [["Mercy", "Aide", "01/02/2024", "$17.25"]]


WRONG = {
    "a code that is no choice": ("EDUCATION_LEVEL", {"EDUCATION_LEVEL": "99"}, "not-a-choice"),
    "a text where a number is asked": ("EDUCATION_LEVEL", {"GRADE_COMPLETED": "ten"}, "no-number"),
    "a number that can't be": ("EDUCATION_LEVEL", {"GRADE_COMPLETED": Decimal("-1")}, "unlikely-number"),
    "a row that lacks something": (
        "EMERGENCY_CONTACT", {"EMERGENCY_CONTACT": [{"name": "Ana"}]}, "row-incomplete",
    ),
    "more rows than fit": (
        "EMERGENCY_CONTACT", {"EMERGENCY_CONTACT": [{"name": "Ana", "phone": "1"}] * 21}, "too-many-rows",
    ),
    "a rating of six": ("OBSERVATION", {"OBS_TEAM": 6}, "not-a-choice"),
    "too long": ("OTHER_CONSIDERATIONS", {"FAMILY_SUPPORT": "a" * 4001}, "too-long"),
    "a word where yes or no is asked": ("BARRIERS", {"LOW_INCOME": "yes"}, "wrong-kind"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_fit_is_refused_at_its_question(customer, what):
    code, values, refusal = WRONG[what]
    with pytest.raises(Refusal) as refused:
        fill(customer, code, by=planner(), **values)
    assert (refused.value.code, refused.value.field) == (refusal, next(iter(values)))
    assert not SectionRecord.objects.filter(customer=customer).exists()


def test_the_history_says_what_was_answered_before_and_now(customer):
    at = clock.now()  # of both: the time of the review would be told, too, where another minute had begun
    fill(customer, "EDUCATION_LEVEL", by=planner(), at=at, **EDUCATION)
    fill(customer, "EDUCATION_LEVEL", by=planner(), at=at, EDUCATION_LEVEL="6")
    newest = SectionAnswer.history.filter(about_customer_id=customer.pk).latest()
    assert newest.changes == [
        {"label": "Highest level that you completed", "from": "High school diploma", "to": "Associate's degree"}
    ]


def test_the_same_answer_again_writes_nothing(customer):
    before = fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    after = fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    assert after.row_version == before.row_version
    assert SectionAnswer.history.filter(about_customer_id=customer.pk).count() == 2


def test_an_answer_that_is_taken_back_leaves_the_section_as_before(customer):
    fill(customer, "EDUCATION_LEVEL", by=planner(), EDUCATION_LEVEL="1")
    row = fill(customer, "EDUCATION_LEVEL", by=planner(), EDUCATION_LEVEL="")
    assert row.state == SectionState.NOT_STARTED
    assert answers_to(customer.pk) == {}


# --- the customer's own word ------------------------------------------------------------------


@pytest.mark.policy("ILL-053")
def test_what_the_customer_answers_waits_until_a_planner_has_reviewed_it(customer):
    row = fill(customer, "EDUCATION_LEVEL", by=customer.user, **EDUCATION)
    assert line(customer, "EDUCATION_LEVEL").waiting == 2
    assert review(customer, "EDUCATION_LEVEL", by=planner(), seen=row.row_version) == 2
    assert line(customer, "EDUCATION_LEVEL").waiting == 0
    assert {answer.reviewed_by for answer in row.answers.all()} == {planner()}


def test_what_a_planner_answers_is_reviewed_as_it_is_written(customer):
    fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    assert line(customer, "EDUCATION_LEVEL").waiting == 0


def test_a_planner_who_saves_without_a_change_has_not_reviewed(customer):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, **EDUCATION)
    fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    assert line(customer, "EDUCATION_LEVEL").waiting == 2


def test_a_review_is_of_what_was_read(customer):
    row = fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="1")
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="2")
    with pytest.raises(StaleRow):
        review(customer, "EDUCATION_LEVEL", by=planner(), seen=row.row_version)


def test_customers_review_nothing(customer):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, **EDUCATION)
    with pytest.raises(NotAllowed):
        review(customer, "EDUCATION_LEVEL", by=customer.user)


@pytest.mark.parametrize("who", [people.north_planner, people.administrator, lambda: people.angela().user])
def test_nobody_else_fills_a_section(customer, who):
    for act in (lambda by: fill(customer, "EDUCATION_LEVEL", by=by, **EDUCATION),
                lambda by: complete(customer, "EDUCATION_LEVEL", by=by),
                lambda by: reopen(customer, "EDUCATION_LEVEL", by=by)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act(who())


# --- complete, and open again -----------------------------------------------------------------


def test_a_section_is_complete_by_somebody_at_a_time(customer):
    fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    row = complete(customer, "EDUCATION_LEVEL", by=planner())
    assert (row.state, row.completed_by) == (SectionState.COMPLETE, planner())
    assert row.completed_at is not None


def test_a_section_is_not_complete_without_what_it_needs(customer):
    fill(customer, "EDUCATION_LEVEL", by=planner(), EDUCATION_LEVEL="1")
    with pytest.raises(Refusal) as refused:
        complete(customer, "EDUCATION_LEVEL", by=planner())
    assert refused.value.code == "unanswered"
    assert "School today" in str(refused.value.sentence)


def test_a_planner_reviews_before_completing_and_the_customer_may_say_done(customer):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, **EDUCATION)
    with pytest.raises(Refusal) as refused:
        complete(customer, "EDUCATION_LEVEL", by=planner())
    assert refused.value.code == "not-reviewed"
    assert complete(customer, "EDUCATION_LEVEL", by=customer.user).completed_by == customer.user


def test_a_confidential_word_that_waits_keeps_a_planner_from_completing(customer):
    fill_confidential(customer, "DISABILITY_BENEFITS", by=customer.user, SNAP=True)
    with pytest.raises(Refusal) as refused:
        complete(customer, "DISABILITY_BENEFITS", by=planner())
    assert refused.value.code == "not-reviewed"


def test_a_complete_section_changes_once_it_is_open_again(customer):
    fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    complete(customer, "EDUCATION_LEVEL", by=planner())
    with pytest.raises(Refusal) as refused:
        fill(customer, "EDUCATION_LEVEL", by=planner(), EDUCATION_LEVEL="2")
    assert refused.value.code == "section-complete"
    row = reopen(customer, "EDUCATION_LEVEL", by=planner())
    assert (row.state, row.completed_by, row.completed_at) == (SectionState.IN_PROGRESS, None, None)
    fill(customer, "EDUCATION_LEVEL", by=planner(), EDUCATION_LEVEL="2")


def test_a_section_is_completed_once(customer):
    fill(customer, "EDUCATION_LEVEL", by=planner(), **EDUCATION)
    complete(customer, "EDUCATION_LEVEL", by=planner())
    with pytest.raises(Refusal) as refused:
        complete(customer, "EDUCATION_LEVEL", by=customer.user)
    assert refused.value.code == "complete-already"


# --- two at once ------------------------------------------------------------------------------


def test_of_two_who_begin_a_section_at_once_the_second_is_told(customer):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, seen=NOTHING_YET, EDUCATION_LEVEL="1")
    with pytest.raises(StaleRow):
        fill(customer, "EDUCATION_LEVEL", by=planner(), seen=NOTHING_YET, EDUCATION_LEVEL="2")
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value == "1"


def test_a_confidential_answer_of_another_is_noticed_too(customer):
    row = fill(customer, "BARRIERS", by=planner(), LOW_INCOME=True)
    fill_confidential(customer, "BARRIERS", by=customer.user, HEALTH=True)
    with pytest.raises(StaleRow):
        fill(customer, "BARRIERS", by=planner(), seen=row.row_version, LOW_INCOME=False)


def test_said_names_the_wording_of_each_answer():
    assert said(EDUCATION_LEVEL="1").numbers == {"EDUCATION_LEVEL": 1}
    assert section("EDUCATION_LEVEL").slug == "education-level"
